// What commands, the worker and the workflows of every kind of case say to each other. IDs, stages, dates and public codes
// are all that travels (X3): whatever is personal or free text stays in PostgreSQL.

/** What an update carries: a form of this case, stored before the call. */
export interface FormReference {
  caseId: string;
  formId: string;
}

/** Workflow that carries one mail after its case has closed. */
export function mailWorkflowId(mailId: string): string {
  return `mail/${mailId}`;
}

/** Signal names: what happened elsewhere and needs no answer. */
export const SIGNAL = {
  mailTrouble: 'mailTrouble',
  mailBounced: 'mailBounced',
  caseChanged: 'caseChanged',
  objected: 'objected',
  sheetStored: 'sheetStored',
} as const;

/** What an instant does to a case by itself (R3.5, R5.3d). */
const DEADLINE_KINDS = ['ESCALATE_HEAD', 'ESCALATE_DISTRICT', 'ESCALATE_CENTRAL', 'EXPIRE', 'MOVE'] as const;
type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** The deadline kind that a stored word names, or undefined. */
export function deadlineKind(word: string | null): DeadlineKind | undefined {
  return DEADLINE_KINDS.find((kind) => kind === word);
}

/** An instant at which the case changes by itself. */
export interface Deadline {
  kind: DeadlineKind;
  /** ISO 8601, UTC. */
  at: string;
}

/** A mail that is to go out, told by its ID alone. */
export interface MailOrder {
  mailId: string;
  purpose: string;
  audience: string;
}

/** The state of the row, as the recording activity left it; the workflow adopts it. */
export interface CaseState<Status extends string = string> {
  status: Status;
  /** The office that the case is before; null where the school has none (R3.2). */
  districtCode: string | null;
  /** Who may decide besides those who always may, NONE where nobody: for operators' lists. */
  escalation: string;
  /** Since when the present status lasts, ISO 8601 UTC. */
  since: string;
  deadline: Deadline | null;
  /** By when somebody is to act, ISO 8601 UTC; for operators' lists. */
  dueAt: string | null;
  /** The mails of the case that are not delivered yet. */
  mails: MailOrder[];
  /** Of a case that closed: mails that went out, or whose link was used, though the workflow may not have been told so yet. */
  arrived?: string[];
}

/** What became of a form: the state of its case, null where no case came of it, and the refusal code of a refused form. */
export interface Recorded<State extends CaseState = CaseState> {
  state: State | null;
  refusal?: string;
}

/** What an update answers; people are answered from the row. */
export interface Answer<Status extends string = string> {
  status: Status | null;
  refusal?: string;
}

/** How a sending ended. */
export interface MailOutcome {
  /** `UNSENT`: one that is said to have come back has not gone out, and stays on its way. */
  outcome: 'SENT' | 'BOUNCED' | 'FAILED' | 'CANCELLED' | 'UNSENT';
  /** A mail with a confirmation link sets the case's clock when it goes out (R4.2). */
  deadline?: Deadline | null;
}
