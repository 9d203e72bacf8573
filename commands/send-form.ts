// Sending a form to the workflow that holds its case. What the workflow answers matters only where the form was applied, or
// where it refused to take the form at all: otherwise what became of the form is told by its row.
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
    await (starts ? understandStart(dependencies, form, failure, wait) : understandUpdate(dependencies, form, failure));
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
    return wait.isLong() ? tellToLook(dependencies, form) : undefined;
  }
  if (!(failure instanceof WorkflowUpdateFailedError || isUnanswered(failure))) throw failure;
}

/** After a restore the run may be of a case that is over, and not know: it looks at its row, and ends. */
async function tellToLook(dependencies: CommandDependencies, { workflowId }: Form): Promise<void> {
  const { temporal } = dependencies;
  await tellIfAnswered(dependencies, () => tellCase(temporal, workflowId));
}

async function understandUpdate(dependencies: CommandDependencies, form: Form, failure: unknown): Promise<void> {
  if (failure instanceof WorkflowUpdateFailedError) return refuseOpenForm(dependencies, form.id, refusalOf(failure));
  if (failure instanceof WorkflowNotFoundError) return withoutWorkflow(dependencies, form);
  if (!isUnanswered(failure)) throw failure;
}

/** The code that the workflow's validator named. */
function refusalOf(failure: WorkflowUpdateFailedError): RefusalCode {
  const { cause } = failure;
  return cause instanceof ApplicationFailure && cause.type && isRefusalCode(cause.type) ? cause.type : 'NOT_POSSIBLE_NOW';
}

/** No workflow runs: either the case is closed, or its workflow was lost and takes the case up where the row left it. */
async function withoutWorkflow(dependencies: CommandDependencies, form: Form): Promise<void> {
  const { kind, closed } = WAYS[form.kind];
  const first = await kind.resumesWith(dependencies, form.caseId);
  if (first === null) return refuseOpenForm(dependencies, form.id, closed);
  await unlessStarted(dependencies.temporal.workflow.start(kind.workflow, kind.startOptions(first)));
}
