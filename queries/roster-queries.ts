// What people can see of rosters (R5.0-R5.2). Entitlement is part of each question: a school sees its own, a district its
// schools', the central office all.
import type { Caller } from '../domain/entitlement';
import type { RosterSummary } from '../domain/roster';
import type { StaffField, StaffRecord } from '../domain/staff';
import type { SheetFormat } from '../domain/staff-sheet';
import type { WrittenSheet } from '../sheets/sheet';
import type { Page } from './queries';

/** Somebody on a roster; the national ID is masked (X4). */
export interface StaffView extends StaffRecord {
  id: string;
  nationalId: string;
  verifiedOn: string | null;
  completeness: { complete: boolean; missing: StaffField[] };
}

/** One person, with the schools they were at, the latest first. */
export interface StaffMemberView extends StaffView {
  /** Of the data: another one with each change of it. */
  version: string;
  postings: { school: { code: string; name: string }; from: string; to: string | null }[];
}

export interface StaffFilter {
  /** By name, however typed, or masked national ID (X5); a whole one is refused, for it belongs in no address (X3). */
  q?: string | undefined;
  complete?: boolean | undefined;
  /** true: only whose data was confirmed as current lately; false: only the others. */
  verified?: boolean | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** The state of one school's roster (R5.0). */
export interface RosterView extends RosterSummary {
  school: { code: string; name: string };
  district: { code: string; name: string } | null;
  /** It was not attested within the time that the policy gives. */
  overdue: boolean;
}

/** An attestation (R5.0), with what was explained of it. */
export interface RosterCheckView {
  /** The day, `YYYY-MM-DD`. */
  on: string;
  /** `item` is `headcount` or a person's ID; `name` is null for the headcount, and for who is not on this roster any more. */
  explanations: { item: string; name: string | null; explanation: string }[];
}

/** A look-up as far as a transfer cites it, told as it was told then (R5.3c). */
export interface CitedLookup {
  lookupId: string;
  found: 'ELSEWHERE' | 'UNPOSTED';
  maskedId: string;
  maskedName: string;
  /** Where the person is now. */
  school: { code: string; name: string } | null;
  /** It is neither used, nor a day old, nor void after three wrong names. */
  citable: boolean;
}

export interface RosterFilter {
  district?: string | undefined;
  overdue?: boolean | undefined;
}

/** A person of whom the central office is asked to erase everything (X7). */
export interface ErasureSubject {
  /** Of the record, of a registration, or of a form that named the person before a correction. */
  id: string;
  maskedId: string;
  name: string;
  school: { code: string; name: string } | null;
  /** Rows that are kept of the person. */
  counts: { postings: number; transfers: number; registrations: number; formerForms: number };
}

export interface RosterQueries {
  /** Throws NOT_FOUND for another school's roster (R5.0), FORBIDDEN for another district's. */
  rosterAccess(schoolCode: string, caller: Caller): Promise<void>;
  /** In the order of the names (X6). */
  staff(schoolCode: string, filter: StaffFilter): Promise<Page<StaffView> & { summary: RosterSummary }>;
  /** Throws NOT_FOUND for somebody who is not on this roster. */
  staffMember(schoolCode: string, personId: string): Promise<StaffMemberView>;
  /** Throws NOT_FOUND for somebody who is not, and was not, on this roster. */
  removalAccess(schoolCode: string, personId: string): Promise<void>;
  /** Throws NOT_FOUND for somebody who has left the roster, unless the request of this form removed them. */
  refuseLeft(schoolCode: string, personId: string, formId: string): Promise<void>;
  rosterSummary(schoolCode: string): Promise<RosterSummary>;
  /** The last attestation; null where there is none. */
  lastCheck(schoolCode: string): Promise<RosterCheckView | null>;
  /** The whole roster as a sheet that can be taken back in. */
  staffSheet(schoolCode: string, format: SheetFormat): Promise<WrittenSheet>;
  /** Its headings alone, to fill in. */
  emptyStaffSheet(format: SheetFormat): Promise<WrittenSheet>;
  /** R5.3c: an own look-up that found somebody who is on another roster, or on none. Throws NOT_FOUND. */
  citedLookup(id: string, caller: Caller): Promise<CitedLookup>;
  /** X7: for the central office. Throws FORBIDDEN, NOT_FOUND also for who is erased. */
  erasureSubject(id: string, caller: Caller): Promise<ErasureSubject>;
  /** The schools of an office with the state of their rosters, by school code. Throws FORBIDDEN for another's district. */
  rosters(filter: RosterFilter & { cursor?: string | undefined; limit: number }, caller: Caller): Promise<Page<RosterView>>;
  /** All of them as CSV. */
  rostersSheet(filter: RosterFilter, caller: Caller): Promise<WrittenSheet>;
}
