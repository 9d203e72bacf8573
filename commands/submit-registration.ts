// R1.1: a school registers. The workflow's ID is the school's, so that Temporal itself refuses a second open one.
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { type FormReference, REGISTRATION_WORKFLOW, type RegistrationStart, UPDATE } from '../contracts/registration';
import { registrationStartOptions } from '../contracts/registration-start';
import type { RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { OPEN_STATUSES } from '../domain/registration';
import type { Form } from '../prisma/generated/client';
import { trackingToken as trackingTokenOf } from '../security/tokens';
import { checkSubmission } from './check-submission';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { formOutcome, openForm, outcomeOf, refuseOpenForm, registrationForm } from './forms';
import { type Patience, patience, unavailable } from './patience';
import { submissionForm } from './submission-form';
import { isUnanswered } from './unanswered';

/** Submits a registration and waits until it is PENDING or refused. */
export function submitRegistration(dependencies: CommandDependencies): Commands['submitRegistration'] {
  return async ({ submission, formId }) => {
    // The form's ID is the registration's: a repeat with the same form is the same registration.
    const registrationId = formId;
    await checkSubmission(dependencies, submission).catch(async (refusal) => {
      // A repeat after success: the file is claimed by this very form, and the outcome stands.
      if (!(await formOutcome(dependencies, formId))?.applied) throw refusal;
    });
    if (!(await formOutcome(dependencies, formId))) {
      const taken = await schoolTaken(dependencies, submission.schoolCode, registrationId);
      if (taken) throw new Refused(taken);
    }
    const payload = submissionForm(dependencies, submission, registrationId);
    const row = { id: registrationId, schoolCode: submission.schoolCode };
    const opening = await openForm(dependencies, registrationForm(row, { id: formId, kind: 'SUBMISSION', actorId: null, payload }));
    if (opening.kind === 'BLOCKED') throw unavailable();
    const outcome = opening.kind === 'CLOSED' ? outcomeOf(opening.form) : await start(dependencies, opening.form, patience());
    if (!outcome.applied) throw new Refused(outcome.refusal);
    return { registrationId, trackingToken: trackingTokenOf(dependencies.tokenKey, registrationId, 0) };
  };
}

/** What stands in the way of another registration of the school (R1.1). */
async function schoolTaken({ prisma }: CommandDependencies, schoolCode: string, except: string): Promise<RefusalCode | null> {
  const administrator = await prisma.account.findFirst({ where: { schoolCode, role: 'SCHOOL', status: 'ACTIVE' }, select: { id: true } });
  if (administrator) return 'SCHOOL_HAS_ADMINISTRATOR';
  const open = await prisma.registration.findFirst({
    where: { schoolCode, status: { in: [...OPEN_STATUSES] }, id: { not: except } },
    select: { id: true },
  });
  return open ? 'REGISTRATION_OPEN' : null;
}

async function start(dependencies: CommandDependencies, form: Form, wait: Patience) {
  for (;;) {
    const started = await startOnce(dependencies, form, wait);
    const outcome = await formOutcome(dependencies, form.id);
    if (outcome) return outcome;
    // The ID is taken: by another registration that is open, or for a moment by one that is just closing.
    const taken = started === 'TAKEN' ? await schoolTaken(dependencies, form.schoolCode, form.caseId) : null;
    if (taken) await refuseOpenForm(dependencies, form.id, taken);
    else await wait.rest();
  }
}

/** Update-with-start; it is not atomic, so that only the form's row tells what became of it (decision 2). */
async function startOnce({ temporal }: CommandDependencies, form: Form, wait: Patience): Promise<'STARTED' | 'TAKEN' | 'UNKNOWN'> {
  const { caseId: registrationId, id: formId, schoolCode } = form;
  const start: RegistrationStart = { registrationId, schoolCode, formId };
  const startWorkflowOperation = new WithStartWorkflowOperation(REGISTRATION_WORKFLOW, {
    ...registrationStartOptions(start),
    workflowIdConflictPolicy: 'FAIL',
  });
  try {
    await temporal.withDeadline(Date.now() + wait.left(), () =>
      temporal.workflow.executeUpdateWithStart<(start: RegistrationStart) => Promise<unknown>, unknown, [FormReference]>(UPDATE.submit, {
        startWorkflowOperation,
        updateId: formId,
        args: [{ registrationId, formId }],
      }),
    );
    return 'STARTED';
  } catch (failure) {
    if (failure instanceof WorkflowExecutionAlreadyStartedError) return 'TAKEN';
    if (failure instanceof WorkflowUpdateFailedError || isUnanswered(failure)) return 'UNKNOWN';
    throw failure;
  }
}
