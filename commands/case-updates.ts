// Asking an open case for something: its form is stored and opened, the workflow is sent the update, and the answer is
// read from the form's row, whatever the update said (DESIGN.md, decision 1).
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import { decisionPayload } from '../contracts/forms';
import { type DecisionReference, type FormReference, UPDATE } from '../contracts/registration';
import { isRefusalCode, type RefusalCode } from '../domain/refusal';
import { isOpen } from '../domain/registration';
import type { Form } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';
import { type FormOutcome, formOutcome, type NewForm, openForm, outcomeOf, refuseOpenForm } from './forms';
import { type Patience, patience } from './patience';
import { resumeCase } from './resume-case';
import { isUnanswered } from './unanswered';

const UPDATE_OF: Record<Form['kind'], string> = {
  SUBMISSION: UPDATE.submit,
  DECISION: UPDATE.decide,
  RESUBMISSION: UPDATE.resubmit,
  WITHDRAWAL: UPDATE.withdraw,
  CONFIRMATION: UPDATE.confirm,
  RENEWAL: UPDATE.renewLink,
  ADDRESS: UPDATE.mendAddress,
};

/** A form that is open for longer was left by a caller that is gone: whoever comes next finishes it. */
const ABANDONED_AFTER_MS = 3_000;

/**
 * Carries a form of an existing case to its outcome.
 * @param recheck looks at the row again after another form of the case was settled, and refuses where that changed things
 * @throws Refused UNAVAILABLE when there is no outcome in time; the form stays, and a repeat with its ID goes on with it
 */
export async function settleForm(dependencies: CommandDependencies, form: NewForm, recheck: () => Promise<void>): Promise<FormOutcome> {
  const wait = patience();
  for (;;) {
    const opening = await openForm(dependencies, form);
    if (opening.kind === 'CLOSED') return outcomeOf(opening.form);
    if (opening.kind === 'OPEN') return carry(dependencies, opening.form, wait);
    await settleOther(dependencies, opening.by, wait);
    await recheck();
  }
}

async function carry(dependencies: CommandDependencies, form: Form, wait: Patience): Promise<FormOutcome> {
  for (;;) {
    await sendUpdate(dependencies, form, wait);
    const outcome = await formOutcome(dependencies, form.id);
    if (outcome) return outcome;
    await wait.rest();
  }
}

/** Waits for the form that is in the way; one whose caller is gone is sent again, under its own update ID. */
async function settleOther(dependencies: CommandDependencies, other: Form | null, wait: Patience): Promise<void> {
  if (!other) return;
  while (!(await formOutcome(dependencies, other.id))) {
    const age = dependencies.now().getTime() - other.createdAt.getTime();
    if (age > ABANDONED_AFTER_MS) await sendUpdate(dependencies, other, wait);
    await wait.rest();
  }
}

/** Sends the update; what it answers does not matter, only whether the case refused to take the form at all. */
async function sendUpdate(dependencies: CommandDependencies, form: Form, wait: Patience): Promise<void> {
  const { temporal } = dependencies;
  const handle = temporal.workflow.getHandle(form.workflowId);
  try {
    await temporal.withDeadline(Date.now() + wait.left(), () =>
      handle.executeUpdate<unknown, [FormReference]>(UPDATE_OF[form.kind], { args: [reference(form)], updateId: form.id }),
    );
  } catch (failure) {
    await understand(dependencies, form, failure);
  }
}

function reference(form: Form): FormReference | DecisionReference {
  const { caseId: registrationId, id: formId } = form;
  if (form.kind !== 'DECISION') return { registrationId, formId };
  return { registrationId, formId, revision: decisionPayload.parse(form.payload).revision };
}

async function understand(dependencies: CommandDependencies, form: Form, failure: unknown): Promise<void> {
  if (failure instanceof WorkflowUpdateFailedError) return refuseOpenForm(dependencies, form.id, refusalOf(failure));
  if (failure instanceof WorkflowNotFoundError) return withoutWorkflow(dependencies, form);
  if (!isUnanswered(failure)) throw failure;
}

/** The code that the workflow's validator named. */
function refusalOf(failure: WorkflowUpdateFailedError): RefusalCode {
  const { cause } = failure;
  return cause instanceof ApplicationFailure && cause.type && isRefusalCode(cause.type) ? cause.type : 'NOT_POSSIBLE_NOW';
}

/** No workflow runs: either the case is closed, or its workflow was lost and resumes from the row. */
async function withoutWorkflow(dependencies: CommandDependencies, form: Form): Promise<void> {
  const row = await dependencies.prisma.registration.findUnique({ where: { id: form.caseId } });
  if (row && isOpen(row.status)) return resumeCase(dependencies, row);
  await refuseOpenForm(dependencies, form.id, form.kind === 'DECISION' ? 'ALREADY_DECIDED' : 'NOT_POSSIBLE_NOW');
}
