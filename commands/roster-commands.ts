// What a school's administrator can ask about the roster (R5.0-R5.4), and the central office about a person (X7). Every
// function refuses by throwing `Refused`; each that is repeated with the ID of its form answers as before.
import type { Caller } from '../domain/entitlement';
import type { BrokenRule } from '../domain/refusal';
import type { RemovalKind } from '../domain/removal';
import type { StaffChange, StaffField, StaffRecord } from '../domain/staff';
import type { LookupFound } from '../domain/staff-lookup';
import type { RowOutcome } from '../domain/staff-sheet';

/** What a look-up tells (R5.3c): where the person is, and a masked name. */
export interface LookupView {
  lookupId: string;
  found: LookupFound;
  maskedName?: string;
  school?: { code: string; name: string };
}

/** What became, or would become, of one row of a sheet. */
export interface SheetRow {
  /** As the spreadsheet counts: the headings are row 1. */
  row: number;
  outcome: RowOutcome;
  /** Of somebody on the roster, or added. */
  personId?: string;
  /** The fields that an UPDATE changes. */
  changes?: StaffField[];
  /** Of the data of an UPDATE or UNCHANGED, before anything is written. */
  version?: string;
  /** For NEEDS_TRANSFER: the look-up that the transfer cites, and what it showed. */
  lookup?: LookupView;
  /** Why it is refused. */
  errors?: BrokenRule[];
}

export interface SheetResult {
  dryRun: boolean;
  counts: Record<RowOutcome, number>;
  rows: SheetRow[];
  /** Headings that are none of ours. */
  ignoredColumns: string[];
}

export interface RosterCommands {
  /** R5.3a. Throws RATE_LIMITED when the account's budget is used up. */
  lookUpStaff(request: { caller: Caller; nationalId: string; formId: string }): Promise<LookupView>;
  /** R5.2, R5.3b. Throws LOOKUP_REQUIRED, VALIDATION, ALREADY_ON_ROSTER, MUST_TRANSFER; gives the person's ID. */
  addStaff(request: {
    caller: Caller;
    schoolCode: string;
    lookupId: string;
    nationalId: string;
    record: StaffRecord;
    formId: string;
  }): Promise<{ id: string }>;
  /**
   * R5.1: changes data, which confirms it as current unless `verified` is false; without data `verified` true confirms alone.
   * Throws VALIDATION, and STALE_REVISION where the data is no more of the `version` that was seen; then nothing is saved.
   */
  changeStaff(request: {
    caller: Caller;
    schoolCode: string;
    personId: string;
    change: StaffChange;
    verified?: boolean | undefined;
    version?: string | undefined;
  }): Promise<void>;
  /** R5.4. Answers with the day that was recorded, not before the person came. Without a `kind`, and unless it is RETIRED or DIED, it is consent to an open transfer. Throws REASON_REQUIRED, VALIDATION, OWN_RECORD. */
  removeStaff(request: {
    caller: Caller;
    schoolCode: string;
    personId: string;
    reason?: string | undefined;
    kind?: RemovalKind | undefined;
    on: string;
    formId: string;
  }): Promise<{ on: string }>;
  /** R5.0: how many people the school says it has. */
  stateHeadcount(request: { caller: Caller; schoolCode: string; headcount: number }): Promise<void>;
  /** R5.0: attests the roster as checked and current today. `explanations` by person or `headcount`. Throws ROSTER_OPEN_ITEMS. */
  checkRoster(request: { caller: Caller; schoolCode: string; explanations: Record<string, string>; formId: string }): Promise<void>;
  /**
   * R5.0: a roster from CSV or XLSX. A dry run writes nothing but its look-ups; `seen` are the versions that it told, by person: who was
   * changed since is left as they are (STALE_REVISION in the row). `begins` is told before the first row is written. Throws
   * SHEET_REJECTED, RATE_LIMITED.
   */
  takeSheet(request: {
    caller: Caller;
    schoolCode: string;
    bytes: Uint8Array;
    dryRun: boolean;
    seen?: ReadonlyMap<string, string>;
    begins?: () => Promise<void>;
  }): Promise<SheetResult>;
  /** X7: who has a national ID, for the central office. Audited. */
  findPerson(request: { caller: Caller; nationalId: string }): Promise<PersonFound>;
  /** X7: erases a person, or refuses the request, with a reason. `id` is the person's, a registration's or a former form's. Throws ERASURE_BLOCKED. */
  erasePerson(request: { caller: Caller; id: string; decision: 'ERASE' | 'REFUSE'; reason?: string | undefined; formId: string }): Promise<void>;
}

/** What is kept under a national ID: the person's record, registrations, and forms of registrations that are another's since. */
export interface PersonFound {
  person: { id: string; school: { code: string; name: string } | null } | null;
  registrations: { id: string; reference: string; status: string }[];
  /** The newest first; `reference` is that of the registration. */
  formerForms: { id: string; reference: string }[];
}
