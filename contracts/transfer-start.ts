import { caseStartOptions } from './case-start';
import type { TransferStart } from './transfer';

/**
 * How a transfer's workflow is started, by requests and appeals, and for cases that resume.
 * @param workflowId of the person (`transferWorkflowId`)
 */
export function transferStartOptions(workflowId: string, start: TransferStart) {
  const { schoolCode, transferId } = start;
  return caseStartOptions({ workflowId, start, schoolCode, summary: `Transfer to school ${schoolCode}`, memo: { transferId } });
}
