// R1.1: a school registers. The workflow's ID is the school's, so that Temporal itself refuses a second open one.
import { Refused } from '../domain/refused';
import { trackingToken as trackingTokenOf } from '../security/tokens';
import { settleForm } from './case-updates';
import { checkSubmission } from './check-submission';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { formOutcome, registrationForm } from './forms';
import { schoolTaken } from './school-taken';
import { submissionForm } from './submission-form';

/** Submits a registration and waits until it is PENDING or refused. */
export function submitRegistration(dependencies: CommandDependencies): Commands['submitRegistration'] {
  return async ({ submission, formId }) => {
    // The form's ID is the registration's: a repeat with the same form is the same registration.
    const registrationId = formId;
    await checkSubmission(dependencies, submission).catch(async (refusal) => {
      // A repeat after success: the file is claimed by this very form, and the outcome stands.
      if (!(await formOutcome(dependencies, formId))?.applied) throw refusal;
    });
    const recheck = async () => {
      const taken = await schoolTaken(dependencies, submission.schoolCode, registrationId);
      if (taken && !(await formOutcome(dependencies, formId))) throw new Refused(taken);
    };
    await recheck();
    const payload = submissionForm(dependencies, submission, registrationId);
    const row = { id: registrationId, schoolCode: submission.schoolCode };
    const form = registrationForm(row, { id: formId, kind: 'SUBMISSION', actorId: null, payload });
    const outcome = await settleForm(dependencies, form, recheck);
    if (!outcome.applied) throw new Refused(outcome.refusal);
    return { registrationId, trackingToken: trackingTokenOf(dependencies.tokenKey, registrationId, 0) };
  };
}
