import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { type MailOrder, mailWorkflowId } from '../contracts/case';
import { mail } from './mail';

/** Leaves a mail to a workflow of its own, which outlives the one that ordered it (docs/decisions.md 4). */
export async function startMailOfItsOwn(order: MailOrder, summary: string): Promise<void> {
  try {
    await startChild(mail, {
      args: [order],
      workflowId: mailWorkflowId(order.mailId),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: summary,
    });
  } catch (failure) {
    // It was left before, by a run of which this one is a repeat: the mail is on its way already.
    if (!(failure instanceof WorkflowExecutionAlreadyStartedError)) throw failure;
  }
}
