// What people can see; entitlement by row is part of each question (R3.1, X8). Nothing is written but that somebody looked: an
// approver at a case (R3.7), an office at the audit (X1).
import type { Caller, DecisionRights, NamedCaller } from '../domain/entitlement';
import type { RegistrationStatus } from '../domain/registration';
import type { WarningCode } from '../domain/warnings';
import type { MeetingQueries } from './meeting-queries';
import type { OfficeQueries } from './office-queries';
import type { RosterQueries } from './roster-queries';
import type { TransferQueries } from './transfer-queries';

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface DistrictView {
  code: string;
  name: string;
  kind: string;
}

/** How an office is reached, as mails tell it too. */
export interface OfficeContact {
  name: string;
  phone: string | null;
}

export interface SchoolView {
  code: string;
  name: string;
  /** Tells schools of one name apart; blank where the directory does not say. */
  place: { subdistrict: string; amphoe: string; province: string };
  district: DistrictView | null;
  /** Only for DISTRICT and CENTRAL callers. */
  hasAdministrator?: boolean;
  registrationOpen?: boolean;
  closureReason?: string;
  /** Only of a single school. OPEN: free to register; PENDING: one is open; TAKEN: it has an administrator; CLOSED: the school is no more. */
  registration?: 'OPEN' | 'PENDING' | 'TAKEN' | 'CLOSED';
  /** From which day on the school is closed, `YYYY-MM-DD`; it may lie ahead. */
  closedOn?: string;
}

export interface HistoryEntry {
  at: string;
  /** Name of the officer for staff; for the registrant the office or `registrant`; `system` for the clock. */
  actor: string;
  onBehalfOf?: string;
  action: string;
  note?: string;
}

/** Lists tell what the caller may decide, too (R3.1, R3.5). */
export interface RegistrationView extends Partial<DecisionRights> {
  id: string;
  reference: string;
  status: RegistrationStatus;
  revision: number;
  channel: string;
  capacity: string;
  schoolCode: string;
  /** For pages. */
  schoolName: string;
  district: { code: string; name: string } | null;
  registrant: {
    nationalId: string; // masked, X4
    title: string;
    firstName: string;
    lastName: string;
    position: string;
    homeSchoolCode: string;
    email: string;
    phone: string;
  };
  emailKind: string;
  actingOrder?: { number: string; date: string };
  delegation?: {
    delegator: {
      title: string;
      firstName: string;
      lastName: string;
      position: string;
      homeSchoolCode: string;
      actingOrder?: { number: string; date: string } | undefined;
    };
    /** `deletedAt`: when the file went, after its set time (X7). */
    evidence?: { documentNumber?: string | undefined; date?: string | undefined; attached: boolean; deletedAt?: string };
  };
  /** Absent for the registrant (X8). */
  warnings?: WarningCode[];
  contested?: boolean;
  /** It takes the place of the school's present administrator (R4.6). */
  replaces?: true;
  /** Registered by a sheet: the registrant has yet to acknowledge it, before approval (R2.4). */
  awaitsAcknowledgement?: true;
  /** In lists: whether the caller has opened this revision (R3.7). */
  opened?: boolean;
  submittedAt: string;
  dueAt: string | null;
  escalatedTo?: 'HEAD' | 'CENTRAL';
  decidedBy?: { name?: string; districtCode: string | null };
  decidedAt?: string;
  reason?: string;
  /** When the personal data went, after the set time or on a lawful request (X7); its texts are empty then. */
  dataDeletedAt?: string;
  mail: { status: string; lastError?: string };
  history: HistoryEntry[];
}

/** What a registration is called by. */
export type RegistrationTitle = Pick<RegistrationView, 'reference' | 'schoolName' | 'schoolCode'>;

/** Which registrations, and in which order. A flag that is true takes only those of its kind, false only the others. */
export interface RegistrationConditions {
  status?: RegistrationStatus | undefined;
  q?: string | undefined;
  overdue?: boolean | undefined;
  warnings?: boolean | undefined;
  /** Warnings, an objection, or a mail to the registrant that came back. */
  attention?: boolean | undefined;
  escalatedTo?: 'HEAD' | 'CENTRAL' | undefined;
  /** R3.2: of schools without a district. */
  held?: boolean | undefined;
  /** `due`: overdue first, then by when somebody has to act; otherwise oldest first. */
  order?: 'due' | undefined;
}

export interface RegistrationFilter extends RegistrationConditions {
  cursor?: string | undefined;
  limit: number;
}

/** Figures on the inbox's headings; all but `returned` and `approved` are of PENDING ones. */
export interface RegistrationCounts {
  pending: number;
  overdue: number;
  attention: number;
  /** Pending without anything that wants attention. */
  clear: number;
  /** To the central office. */
  escalated: number;
  held: number;
  returned: number;
  approved: number;
}

/** R3.1: what an approver checks the registrant's data against. */
export interface VerificationView extends DecisionRights {
  /** Where the roster has the person of this national ID today; null when nowhere. `since` is an ISO date. */
  posting: { schoolCode: string; schoolName: string; since: string } | null;
  /** R2.8, oldest first. */
  objections: { at: string; name: string; phone: string; note: string }[];
}

/** What differs between two revisions at one place (`registrant.email`); null where there was, or is, nothing. */
export interface Change {
  path: string;
  before: string | null;
  after: string | null;
}

export interface AuditView {
  /** What the entry is about, in one of the `SUBJECT_FORMS` (queries/audit-subjects.ts). */
  subject: string;
  /** The chain that the hash belongs to; of a registration or a transfer the bare ID. */
  caseId: string;
  seq: number;
  at: string;
  actorKind: string;
  actorId: string | null;
  onBehalfOf: string | null;
  action: string;
  schoolCode: string | null;
  districtCode: string | null;
  /** Of a transfer the second district that was a party. */
  otherDistrictCode: string | null;
  before: unknown;
  after: unknown;
  hash: string;
}

export interface HolidayView {
  /** `YYYY-MM-DD`. */
  date: string;
  name: string;
}

/** A mail that wants a look; its address is not told. */
export interface StuckMailView {
  id: string;
  purpose: string;
  audience: string;
  status: string;
  attempts: number;
  createdAt: string;
  /** Of its registration or transfer, if it belongs to one. */
  reference?: string;
  lastError?: string;
}

/** How the service does, as /metrics tells it: every status counts, also one without rows. */
export interface Figures {
  registrations: { status: string; count: number }[];
  transfers: { status: string; count: number }[];
  mails: { status: string; count: number }[];
  stuckMails: number;
  /** Entries of the audit that the seals cover (X1): never fewer than before. */
  sealedEntries: number;
  /** The last holiday that is entered; deadlines in working days beyond it pass over weekends alone (R3.5). */
  lastHoliday: Date | null;
  /** The recurring jobs: when each ran last, and how much it found. */
  jobs: { name: string; ranAt: Date; found: number }[];
}

export interface Queries extends RosterQueries, OfficeQueries, TransferQueries, MeetingQueries {
  /** Throws NOT_FOUND, FORBIDDEN. Counts as opened by this approver at this revision (R3.7). */
  registration(id: string, caller: Caller): Promise<RegistrationView>;
  /** The same for pages that show no case: reading it does not count as opened. Throws NOT_FOUND, FORBIDDEN. */
  registrationUnopened(id: string, caller: Caller): Promise<RegistrationView>;
  /** One that an officer typed in (R2.6); reading it does not count as opened. Throws NOT_FOUND, also for another channel's, FORBIDDEN. */
  assistedRegistration(id: string, caller: Caller): Promise<RegistrationView>;
  /** Throws NOT_FOUND, or FORBIDDEN where the caller may not decide this registration, nor repeats what was asked of it once. */
  access(id: string, caller: Caller, call: { mayRepeat: boolean }): Promise<void>;
  /** R4.6: whether the caller may hand this school over. Throws UNAUTHENTICATED, FORBIDDEN. */
  handoverAccess(schoolCode: string, caller: Caller | null): Promise<void>;
  /** R4.6: whether one is open already, for who may hand this school over. Throws FORBIDDEN. */
  handoverOpen(schoolCode: string, caller: Caller): Promise<boolean>;
  /** R4.6: whether the caller may revoke its administrator. Throws NOT_FOUND, FORBIDDEN. */
  revocationAccess(schoolCode: string, caller: Caller): Promise<void>;
  /** R4.6: whose access an office would end, null where the school has no administrator. Throws NOT_FOUND, FORBIDDEN. */
  administrator(schoolCode: string, caller: Caller): Promise<{ id: string; name: string } | null>;
  /** The registrant's view; null when there is none of this ID. */
  registrationForRegistrant(id: string): Promise<RegistrationView | null>;
  /** The registration of a tracking token, or null. */
  registrationIdOfTrackingToken(token: string): Promise<string | null>;
  registrations(filter: RegistrationFilter, caller: NamedCaller): Promise<Page<RegistrationView>>;
  /** What registrations are called by, of those among the IDs that the caller may read. */
  registrationTitles(ids: readonly string[], caller: Caller): Promise<Map<string, RegistrationTitle>>;
  /** The ID of the one behind this in the list, going round; null when the list has no other. Throws NOT_FOUND, FORBIDDEN. */
  nextRegistration(id: string, conditions: RegistrationConditions, caller: Caller): Promise<string | null>;
  registrationCounts(caller: Caller): Promise<RegistrationCounts>;
  /** Throws NOT_FOUND, FORBIDDEN. */
  verification(id: string, caller: NamedCaller): Promise<VerificationView>;
  /** R3.1: how the present revision differs from the one that was seen. Throws NOT_FOUND, FORBIDDEN. */
  changesSince(id: string, revision: number, caller: Caller): Promise<Change[]>;
  /** R3.4: reasons that the caller, and then others of the office, gave for returns and rejections, latest first. */
  decisionReasons(caller: Caller): Promise<string[]>;
  /** The evidence file. Throws NOT_FOUND, FORBIDDEN. */
  evidence(id: string, caller: Caller): Promise<{ type: string; bytes: Uint8Array; fileName: string }>;
  schools(
    filter: { q?: string | undefined; district?: string | undefined; cursor?: string | undefined; limit: number },
    caller: Caller | null,
  ): Promise<Page<SchoolView>>;
  /** Throws NOT_FOUND. */
  school(code: string, caller: Caller | null): Promise<SchoolView>;
  /** The office of a code, null where there is none: for pages on which schools are sent to it. */
  officeContact(districtCode: string): Promise<OfficeContact | null>;
  /** R4.2: what the confirmation page shows; throws NOT_FOUND, LINK_EXPIRED, LINK_USED. Consumes nothing. */
  confirmation(token: string): Promise<{ school: { code: string; name: string }; expiresAt: string | null }>;
  /** R4.1, R4.2: whether a new link can be asked for with this one, once it has expired, and nothing of why not (X8). Throws NOT_FOUND. */
  confirmationRenewable(token: string): Promise<boolean>;
  /** R4.1: whom the holder of a dead link asks: the office of its school, null where there is none yet. Throws NOT_FOUND. */
  confirmationOffice(token: string): Promise<OfficeContact | null>;
  /** Throws NOT_FOUND for a token that is no link's; a dead link is told later, so that a repeat is answered as before. */
  confirmationAccess(token: string): Promise<void>;
  /** Everything about a case, oldest first; reading is audited (X1). Throws FORBIDDEN for SCHOOL callers. */
  audit(
    filter: { subject?: string | undefined; actor?: string | undefined; from?: Date | undefined; cursor?: string | undefined; limit: number },
    caller: Caller,
  ): Promise<Page<AuditView>>;
  /** What the process needs to be ready: throws when the database does not answer. */
  ping(): Promise<void>;
  /** R4.5: what opening the link for a new password shows; throws NOT_FOUND, LINK_EXPIRED, LINK_USED. Consumes nothing. */
  passwordReset(token: string): Promise<{ expiresAt: string | null }>;
  /** Throws NOT_FOUND for a token that is no link's. */
  passwordResetAccess(token: string): Promise<void>;
  /** R3.5: the official holidays, in their order. */
  holidays(): Promise<HolidayView[]>;
  /** Mails that have been on their way for an hour, wait for an address, or were given up, oldest first. Throws FORBIDDEN for SCHOOL callers. */
  stuckMails(filter: { cursor?: string | undefined; limit: number }, caller: Caller): Promise<Page<StuckMailView>>;
  /** Figures for /metrics. */
  figures(): Promise<Figures>;
}
