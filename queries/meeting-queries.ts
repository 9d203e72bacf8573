// What a district sees of its orientation meetings (R2.4).
import type { Caller } from '../domain/entitlement';
import type { MeetingRowOutcome } from '../domain/meeting';
import type { BrokenRule, RefusalCode } from '../domain/refusal';
import type { RegistrationStatus } from '../domain/registration';
import type { SheetFormat } from '../domain/staff-sheet';
import type { Page } from './queries';

export interface MeetingSummary {
  id: string;
  title: string;
  /** ISO date. */
  on: string;
  districtCode: string;
  joinCode: string;
  /** Whether the code is still good. */
  joinable: boolean;
}

/** The registration that came of a row, or by the code. */
export interface RowRegistration {
  id: string;
  reference: string;
  status: RegistrationStatus;
  /** The registrant has yet to acknowledge it. */
  awaitsAcknowledgement?: boolean;
}

/** A row of a sheet, or a school that registered by the code: then without the number of a row. */
export interface MeetingRowView {
  row?: number;
  /** As far as it can be read. */
  schoolCode?: string;
  schoolName?: string;
  outcome: MeetingRowOutcome;
  registration?: RowRegistration;
  /** Why it was refused: the status and code that a single submission would have got. */
  problem?: { status: number; code: RefusalCode; errors: BrokenRule[] };
}

export interface MeetingView extends MeetingSummary {
  rows: MeetingRowView[];
}

export interface MeetingQueries {
  /** Throws NOT_FOUND, FORBIDDEN for who is no officer of the district that holds it. */
  meetingAccess(id: string, caller: Caller): Promise<void>;
  meetings(filter: { cursor?: string | undefined; limit: number }, caller: Caller): Promise<Page<MeetingSummary>>;
  /** Throws as `meetingAccess`. */
  meeting(id: string, caller: Caller): Promise<MeetingView>;
  /** Throws as `meetingAccess`. */
  meetingSheet(id: string, format: SheetFormat, caller: Caller): Promise<{ type: string; bytes: Uint8Array }>;
  /** For anyone; null for a code that is unknown or over. */
  meetingByCode(code: string): Promise<MeetingSummary | null>;
}
