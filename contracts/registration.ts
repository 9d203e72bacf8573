// What commands, the worker and the registration workflow say to each other, beside what every case says.
import type { Escalation, RegistrationStatus } from '../domain/registration';
import type { CaseState, FormReference } from './case';

/** The one place that builds a registration's workflow ID: at most one open registration of a school (R1.1). */
export function registrationWorkflowId(schoolCode: string): string {
  return `registration/${schoolCode}`;
}

/** Name of the registration workflow, as started by commands. */
export const REGISTRATION_WORKFLOW = 'registration';

/** Arguments of the `registration` workflow. Starting it again with the same ones resumes the case from its row. */
export interface RegistrationStart {
  registrationId: string;
  schoolCode: string;
  /** The SUBMISSION form that main records. */
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
  acknowledge: 'acknowledge',
} as const;

/** A registration as its row tells it. */
export interface RegistrationState extends CaseState<RegistrationStatus> {
  revision: number;
  escalation: Escalation;
  /** R2.4: absent where it does not, and in histories from before 1 December 2026. */
  awaitsAcknowledgement?: true;
}
