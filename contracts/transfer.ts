// What commands, the worker and the transfer workflow say to each other, beside what every case says.
import type { Decider, TransferStatus } from '../domain/transfer';
import type { CaseState } from './case';

/** The one place that builds a transfer's workflow ID: at most one open transfer of a person (R5.3c). */
export function transferWorkflowId(personId: string): string {
  return `transfer/${personId}`;
}

/** Name of the transfer workflow, as started by commands. */
export const TRANSFER_WORKFLOW = 'transfer';

/** Arguments of the `transfer` workflow. Starting it again with the same ones resumes the case from its row. */
export interface TransferStart {
  transferId: string;
  /** The school that asks. */
  schoolCode: string;
  /** The form that main records: the request, or the appeal that opens the case again. */
  formId: string;
}

/** Update names; the same words stand in the Temporal UI. */
export const TRANSFER_UPDATE = { request: 'request', decide: 'decide', withdraw: 'withdraw', appeal: 'appeal' } as const;

/** A transfer as its row tells it. */
export interface TransferState extends CaseState<TransferStatus> {
  /** NONE where the holding school owes the decision, or nobody does. */
  escalation: Exclude<Decider, 'SCHOOL'> | 'NONE';
  fromSchoolCode: string | null;
  /** ISO 8601, UTC; null where nobody appealed. */
  appealedAt: string | null;
  /** People whose open transfers are to look anew: the move took the administrator from a school that decides, or asks, there. */
  touched: string[];
}
