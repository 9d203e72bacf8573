// What commands, the worker and the registration workflow say to each other. IDs, stages, dates and
// public codes are all that travels (X3): whatever is personal or free text stays in PostgreSQL.
import type { Escalation, RegistrationStatus } from '../domain/registration';

/** The one place that builds a registration's workflow ID: at most one open registration of a school (R1.1). */
export function registrationWorkflowId(schoolCode: string): string {
  return `registration/${schoolCode}`;
}

/** Workflow that carries one mail after its case has closed. */
export function mailWorkflowId(mailId: string): string {
  return `mail/${mailId}`;
}

/** Name of the registration workflow, as started by commands. */
export const REGISTRATION_WORKFLOW = 'registration';

/** Name of the workflow that carries one mail. */
export const MAIL_WORKFLOW = 'mail';

/** Arguments of the `registration` workflow. Starting it again with the same ones resumes the case from its row. */
export interface RegistrationStart {
  registrationId: string;
  schoolCode: string;
  /** The SUBMISSION form that main records. */
  formId: string;
}

/** What an update carries: a form of this registration, stored before the call. */
export interface FormReference {
  registrationId: string;
  formId: string;
}

/** A decision names the revision the approver saw (R3.1). */
export interface DecisionReference extends FormReference {
  revision: number;
}

/** Update names; the same words stand in the Temporal UI. */
export const UPDATE = {
  submit: 'submit',
  decide: 'decide',
  resubmit: 'resubmit',
  withdraw: 'withdraw',
  confirm: 'confirm',
  renewLink: 'renewLink',
  mendAddress: 'mendAddress',
} as const;

/** Signal names: what happened elsewhere and needs no answer. */
export const SIGNAL = {
  mailTrouble: 'mailTrouble',
  mailBounced: 'mailBounced',
  caseChanged: 'caseChanged',
  objected: 'objected',
} as const;

export const DEADLINE_KINDS = ['ESCALATE_HEAD', 'ESCALATE_CENTRAL', 'EXPIRE'] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

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
export interface CaseState {
  status: RegistrationStatus;
  revision: number;
  districtCode: string | null;
  escalation: Escalation;
  /** Since when the present status lasts, ISO 8601 UTC. */
  since: string;
  deadline: Deadline | null;
  /** By when somebody is to act, ISO 8601 UTC; for operators' lists. */
  dueAt: string | null;
  /** The mails of the case that are not delivered yet. */
  mails: MailOrder[];
}

/** What became of a form: the state of its case, null where no case came of it, and the refusal code of a refused form. */
export interface Recorded {
  state: CaseState | null;
  refusal?: string;
}

/** How a sending ended. */
export interface MailOutcome {
  outcome: 'SENT' | 'BOUNCED' | 'FAILED' | 'CANCELLED';
  /** A mail with a confirmation link sets the case's clock when it goes out (R4.2). */
  deadline?: Deadline | null;
}
