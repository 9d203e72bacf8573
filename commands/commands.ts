// What people can ask the registrar for. Every function refuses by throwing `Refused` (domain/refused.ts); each takes
// the ID of its form where one is stored, so that the same request can be repeated safely (docs/decisions.md 1).
import type { Caller, NamedCaller } from '../domain/entitlement';
import type { BrokenRule } from '../domain/refusal';
import type { Decision, RegistrationStatus } from '../domain/registration';
import type { Submission } from '../domain/submission';
import type { TransferDecision } from '../domain/transfer';
import type { OfficeCommands } from './office-commands';
import type { RosterCommands } from './roster-commands';

/** Somebody who signed in, as `GET /api/me` tells it. */
export interface AccountView {
  id: string;
  email: string;
  name: string;
  role: 'SCHOOL' | 'DISTRICT' | 'CENTRAL';
  schoolCode: string | null;
  districtCode: string | null;
  head: boolean;
}

export interface Commands extends RosterCommands, OfficeCommands {
  /**
   * R1.1-R1.7, R2.1-R2.6, R4.6. `submission` is parsed and normalised; its rules are checked here. `caller` is needed to hand over,
   * and to type in for a school: such an officer is not given the tracking token, which goes to the registrant by mail.
   * Throws UNAUTHENTICATED, FORBIDDEN for another district's.
   */
  submitRegistration(request: {
    submission: Submission;
    caller?: AccountView | null;
    formId: string;
  }): Promise<{ registrationId: string; trackingToken?: string }>;
  /** R3.1, R3.4. Resolves when the decision is recorded as asked; otherwise refuses. */
  decide(request: {
    registrationId: string;
    caller: NamedCaller;
    decision: Decision;
    revision: number;
    verified?: boolean | undefined;
    reason?: string | undefined;
    /** R3.7: refuses HAS_WARNINGS and NOT_OPENED too. */
    amongMany?: true | undefined;
    formId: string;
  }): Promise<void>;
  /** R3.7: the same for many at once, each with its own outcome, in the order asked. Throws NOT_VERIFIED, REASON_REQUIRED for all of them. */
  decideMany(request: DecisionOfMany): Promise<OutcomeOfOne[]>;
  /** R3.4: the registrant corrects a returned registration. Entitlement is checked by the caller (tracking token). */
  resubmit(request: { registrationId: string; submission: Submission; formId: string }): Promise<void>;
  /** R2.4: who was registered by a sheet acknowledges it, by the tracking token. Throws NOT_POSSIBLE_NOW. */
  acknowledge(request: { registrationId: string; formId: string }): Promise<void>;
  /** The registrant takes the open registration back. */
  withdraw(request: { registrationId: string; formId: string }): Promise<void>;
  /** R4.2, R4.3: uses the link, sets the password, makes the account ACTIVE. Throws WEAK_PASSWORD, LINK_EXPIRED, LINK_USED, NOT_FOUND. */
  confirm(request: { token: string; password: string; formId: string }): Promise<void>;
  /** R4.2: a new link cancels the older one. Asked by staff (entitled callers only) or by the registrant (caller null). */
  renewLink(request: { registrationId: string; caller: Caller | null; formId: string }): Promise<void>;
  /** R4.2: the same, with an expired link instead of a session. NOT_FOUND for an unknown token, LINK_USED for a used one. */
  renewLinkByToken(request: { token: string; formId: string }): Promise<void>;
  /** R4.1: another e-mail address; a new revision, which somebody else approves. */
  mendAddress(request: { registrationId: string; caller: Caller; email: string; formId: string }): Promise<void>;
  /** R2.8: an objection to whatever is open for the school. Throws NOT_FOUND for an unknown school alone. */
  object(request: { schoolCode: string; name: string; phone: string; note: string; formId: string }): Promise<void>;
  /** R4.5: the same whether or not the address has an account. */
  requestPasswordReset(request: { email: string; formId: string }): Promise<void>;
  /** R4.5: sets the password, ends the account's sessions. Throws NOT_FOUND, LINK_EXPIRED, LINK_USED, WEAK_PASSWORD. */
  resetPassword(request: { token: string; password: string; formId: string }): Promise<void>;
  /**
   * R5.3c, R5.3e: asks that the record of the person whom a look-up found be moved to the caller's school. Throws FORBIDDEN for
   * another school, LOOKUP_REQUIRED, NAME_MISMATCH (three void the look-up), VALIDATION, ALREADY_ON_ROSTER, TRANSFER_OPEN.
   */
  requestTransfer(request: TransferRequest): Promise<{ transferId: string }>;
  /** R5.3d. Throws FORBIDDEN, REASON_REQUIRED, ALREADY_DECIDED naming who and when. */
  decideTransfer(request: {
    transferId: string;
    caller: Caller;
    decision: TransferDecision;
    reason?: string | undefined;
    formId: string;
  }): Promise<void>;
  /** The school that asked takes an open request back. Throws NOT_POSSIBLE_NOW. */
  withdrawTransfer(request: { transferId: string; caller: Caller; formId: string }): Promise<void>;
  /** R5.3d: the school that asked appeals against a rejection, once. Throws REASON_REQUIRED, NOT_POSSIBLE_NOW, TRANSFER_OPEN. */
  appealTransfer(request: { transferId: string; caller: Caller; reason: string; formId: string }): Promise<void>;
  /** R1.3: stores evidence until a submission claims it. Throws FILE_REJECTED. */
  storeFile(request: { bytes: Uint8Array; fileName: string }): Promise<{ id: string; type: string; size: number }>;
  /** R4.4. Throws SIGN_IN_FAILED, in the same time whatever the cause. `token` goes into the cookie. */
  signIn(request: { email: string; password: string }): Promise<{ token: string; account: AccountView }>;
  signOut(request: { token: string }): Promise<void>;
  /** The account of a session token, or null when the session is unknown, ended, idle too long or too old. Keeps it alive. */
  authenticate(token: string): Promise<AccountView | null>;
  /** R2.4: `on` is an ISO date; the meeting's ID is the form's. Throws FORBIDDEN for who is no officer of a district. */
  createMeeting(request: { title: string; on: string; caller: Caller; formId: string }): Promise<{ meetingId: string }>;
  /**
   * R2.4: takes a sheet of schools and registrants; what can be registered is done by the meeting's workflow, row by row. Throws
   * NOT_FOUND, FORBIDDEN, SHEET_REJECTED.
   */
  takeMeetingSheet(request: { meetingId: string; bytes: Uint8Array; caller: Caller }): Promise<void>;
  /**
   * R4.6: ends the access of a school's administrator at once. `accountId` is whom the officer saw: somebody else, who may have taken
   * over meanwhile, is not meant. Throws NOT_FOUND, FORBIDDEN, REASON_REQUIRED, NO_ADMINISTRATOR, or NOT_POSSIBLE_NOW where `accountId`
   * administers the school no more.
   */
  revokeAdministrator(request: {
    schoolCode: string;
    accountId?: string | undefined;
    caller: Caller;
    reason?: string | undefined;
    formId: string;
  }): Promise<void>;
  /** R3.2: the central office gives a school its district; an open case is told. */
  assignDistrict(request: { schoolCode: string; districtCode: string; caller: Caller }): Promise<void>;
  /**
   * R5.3d: the central office closes a school from a day on, which may lie ahead; open cases are told. Throws REASON_REQUIRED,
   * VALIDATION for a day more than a year away, SCHOOL_CLOSED where a closing stands.
   */
  closeSchool(request: { schoolCode: string; on: string; reason?: string | undefined; caller: Caller; formId: string }): Promise<void>;
  /** Takes a closing back, before or after its day. Throws NOT_FOUND where none stands. */
  reopenSchool(request: { schoolCode: string; caller: Caller }): Promise<void>;
  /** R3.5: the central office adds a holiday, `YYYY-MM-DD`, or takes one back (NOT_FOUND for none); open clocks follow. */
  setHoliday(request: { date: string; name: string; caller: Caller }): Promise<void>;
  removeHoliday(request: { date: string; caller: Caller }): Promise<void>;
  /** What the central office has set. */
  settings(): Promise<{ evidenceRequired: boolean }>;
  /** R1.3 [P]: the central office requires evidence of delegations, or not. */
  changeSettings(request: { evidenceRequired: boolean; caller: Caller }): Promise<void>;
}

/** R3.7: one decision on a list. */
export interface DecisionOfMany {
  /** With the revision that was seen, or what is wrong with the item; of one that names no case the ID is empty. */
  items: readonly ({ registrationId: string; revision: number } | { registrationId: string; broken: BrokenRule[] })[];
  caller: NamedCaller;
  decision: Decision;
  verified?: boolean | undefined;
  reason?: string | undefined;
  formId: string;
}

/** What became of one of many: the status that it was given, or why not. UNAVAILABLE may still be done; a repeat with the same form tells. */
export type OutcomeOfOne = { registrationId: string; status: RegistrationStatus } | { registrationId: string; failure: unknown };

/** What a school says when it asks for a person's record (R5.3c). */
export interface TransferRequest {
  caller: Caller;
  lookupId: string;
  toSchoolCode: string;
  /** As typed, to confirm who is meant. */
  firstName: string;
  lastName: string;
  reason?: string | undefined;
  order?: { number: string; date: string } | undefined;
  /** `YYYY-MM-DD`; today unless told. */
  effectiveOn?: string | undefined;
  formId: string;
}
