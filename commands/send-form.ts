// Sending a form to the workflow that holds its case. What the workflow answers matters only where the form was applied, or
// where it refused to take the form at all, and the case's row says so too: otherwise what became of the form is told by its row.
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/common';
import type { Answer, FormReference } from '../contracts/case';
import { isRefusalCode, type RefusalCode } from '../domain/refusal';
import type { Form } from '../prisma/generated/client';
import { tellCase, unlessStarted } from '../temporal/case-workflows';
import { type CaseStart, reference, WAYS } from './case-kinds';
import type { CommandDependencies } from './dependencies';
import { refuseOpenForm } from './forms';
import type { Patience } from './patience';
import { isUnanswered, tellIfAnswered } from './unanswered';

/** Sends it, by its own update ID: the same form twice is one update. @returns what the workflow answered, null for no answer */
export async function sendForm(dependencies: CommandDependencies, form: Form, wait: Patience): Promise<Answer | null> {
  const { temporal } = dependencies;
  const { starts } = WAYS[form.kind];
  const send = starts ? sendWithStart : sendUpdate;
  try {
    return await temporal.withDeadline(Date.now() + wait.left(), () => send(dependencies, form));
  } catch (failure) {
    await (starts ? understandStart : understandUpdate)(dependencies, form, failure, wait);
    return null;
  }
}

function sendUpdate({ temporal }: CommandDependencies, form: Form): Promise<Answer> {
  const handle = temporal.workflow.getHandle(form.workflowId);
  return handle.executeUpdate<Answer, [FormReference]>(WAYS[form.kind].update, { args: [reference(form)], updateId: form.id });
}

/** Update-with-start; it is not atomic, so that only the form's row tells what became of it (docs/decisions.md 3). */
function sendWithStart({ temporal }: CommandDependencies, form: Form): Promise<Answer> {
  const { kind, update } = WAYS[form.kind];
  const startWorkflowOperation = new WithStartWorkflowOperation<(start: CaseStart) => Promise<unknown>>(kind.workflow, {
    ...kind.startOptions(form),
    workflowIdConflictPolicy: 'FAIL',
  });
  return temporal.workflow.executeUpdateWithStart<(start: CaseStart) => Promise<unknown>, Answer, [FormReference]>(update, {
    startWorkflowOperation,
    updateId: form.id,
    args: [reference(form)],
  });
}

/** The ID is taken: by another case that is open, or for a moment by one that is just beginning or closing. */
async function understandStart(dependencies: CommandDependencies, form: Form, failure: unknown, wait: Patience): Promise<void> {
  if (failure instanceof WorkflowExecutionAlreadyStartedError) {
    const refusal = await WAYS[form.kind].kind.inTheWay(dependencies, form);
    if (refusal !== null) return refuseOpenForm(dependencies, form.id, refusal);
    return wait.isLong() ? tellToLook(dependencies, form, wait) : undefined;
  }
  if (!(failure instanceof WorkflowUpdateFailedError || isUnanswered(failure))) throw failure;
}

/**
 * A run may not know what its row says: after a restore, or where Temporal lost what had just been recorded. It looks at its row, adopts
 * its state and sends its mails, or ends.
 */
export async function tellToLook(dependencies: CommandDependencies, { workflowId }: Form, wait: Patience): Promise<void> {
  const { temporal } = dependencies;
  await tellIfAnswered(dependencies, () => tellCase(temporal, workflowId), wait.left());
}

async function understandUpdate(dependencies: CommandDependencies, form: Form, failure: unknown, wait: Patience): Promise<void> {
  if (failure instanceof WorkflowUpdateFailedError) return understandRefusal(dependencies, form, failure, wait);
  if (failure instanceof WorkflowNotFoundError) return withoutWorkflow(dependencies, form);
  if (!isUnanswered(failure)) throw failure;
}

/** A refusal stands where the row refuses as well. A workflow that refuses what the row allows is behind it: it looks, and is asked again. */
async function understandRefusal(dependencies: CommandDependencies, form: Form, failure: WorkflowUpdateFailedError, wait: Patience): Promise<void> {
  const allowed = (await WAYS[form.kind].refusal(dependencies, form)) === null;
  await (allowed ? tellToLook(dependencies, form, wait) : refuseOpenForm(dependencies, form.id, refusalOf(failure)));
}

/** The code that the workflow's validator named. */
function refusalOf(failure: WorkflowUpdateFailedError): RefusalCode {
  const { cause } = failure;
  return cause instanceof ApplicationFailure && cause.type && isRefusalCode(cause.type) ? cause.type : 'NOT_POSSIBLE_NOW';
}

/** No workflow runs: either the case is closed, or its workflow was lost and takes the case up where the row left it. */
async function withoutWorkflow(dependencies: CommandDependencies, form: Form): Promise<void> {
  const { kind, refusal } = WAYS[form.kind];
  const first = await kind.resumesWith(dependencies, form.caseId);
  if (first === null) return refuseOpenForm(dependencies, form.id, (await refusal(dependencies, form)) ?? 'NOT_POSSIBLE_NOW');
  await unlessStarted(dependencies.temporal.workflow.start(kind.workflow, kind.startOptions(first)));
}
