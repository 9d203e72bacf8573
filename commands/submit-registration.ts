// R1.1: a school registers. The workflow's ID is the school's, so that Temporal itself refuses a second open one.
import { type Caller, mayAssist } from '../domain/entitlement';
import { mayHandOver } from '../domain/handover';
import { Refused } from '../domain/refused';
import type { Submission } from '../domain/submission';
import { trackingToken as trackingTokenOf } from '../security/tokens';
import { settleForm } from './case-updates';
import { checkSubmission } from './check-submission';
import type { AccountView, Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { formRefused } from './form-refused';
import { formOutcome, registrationForm } from './forms';
import { meetingOf } from './meeting-code';
import { schoolTaken } from './school-taken';
import { submissionForm } from './submission-form';

/** Submits a registration and waits until it is PENDING or refused. */
export function submitRegistration(dependencies: CommandDependencies): Commands['submitRegistration'] {
  return async ({ submission, caller = null, formId }) => {
    // The form's ID is the registration's: a repeat with the same form is the same registration.
    const registrationId = formId;
    if (submission.assisted || submission.replaces) await refuseCaller(dependencies, submission, caller);
    const meeting = await meetingOf(dependencies, submission);
    await checkSubmission(dependencies, submission, { officer: officerOf(caller) }).catch(async (refusal) => {
      // A repeat after success: the file is claimed by this very form, and the outcome stands.
      if (!(await formOutcome(dependencies, formId))?.applied) throw refusal;
    });
    const recheck = async () => {
      const taken = await schoolTaken(dependencies, submission.schoolCode, { id: registrationId, replaces: submission.replaces });
      if (taken && !(await formOutcome(dependencies, formId))) throw new Refused(taken);
    };
    await recheck();
    const payload = submissionForm(dependencies, submission, registrationId, meeting ? { meetingId: meeting.id } : {});
    const row = { id: registrationId, schoolCode: submission.schoolCode };
    const form = registrationForm(row, { id: formId, kind: 'SUBMISSION', ...askedBy(submission, caller, registrationId), payload });
    const outcome = await settleForm(dependencies, form, recheck);
    if (!outcome.applied) throw formRefused(outcome.refusal);
    // R2.6: with it an officer could act as the registrant, whom the mail brings it to.
    return { registrationId, ...(!submission.assisted && { trackingToken: trackingTokenOf(dependencies.tokenKey, registrationId, 0) }) };
  };
}

/** R2.6: an officer who registers a school's administrator, in whichever way, is not that one. */
function officerOf(caller: AccountView | null): AccountView | null {
  return caller?.role === 'DISTRICT' ? caller : null;
}

/** R2.6, R4.6: the audit names who hands over; of an assisted one both, the officer by the account and the registrant by the case. */
function askedBy({ assisted, replaces }: Submission, caller: Caller | null, registrationId: string) {
  return { actorId: assisted || replaces ? (caller?.id ?? null) : null, onBehalfOf: assisted ? registrationId : null };
}

/**
 * R2.6: only the school's own district types in for it. R4.6: only its own administrator, or its district, hands over.
 * @throws Refused UNAUTHENTICATED, FORBIDDEN
 */
async function refuseCaller({ prisma }: CommandDependencies, submission: Submission, caller: Caller | null): Promise<void> {
  if (!caller) throw new Refused('UNAUTHENTICATED');
  const school = await prisma.school.findUnique({ where: { code: submission.schoolCode }, select: { code: true, districtCode: true } });
  if (submission.assisted && !mayAssist(caller, school)) throw new Refused('FORBIDDEN');
  if (submission.replaces && !(school && mayHandOver(caller, school))) throw new Refused('FORBIDDEN');
}
