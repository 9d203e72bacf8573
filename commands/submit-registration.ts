// R1.1: a school registers. The workflow's ID is the school's, so that Temporal itself refuses a second open one.
import type { Caller } from '../domain/entitlement';
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
  return async ({ submission, officer = null, formId }) => {
    if (submission.assisted) await refuseOfficer(dependencies, officer, submission.schoolCode);
    // The form's ID is the registration's: a repeat with the same form is the same registration.
    const registrationId = formId;
    await checkSubmission(dependencies, submission, { officer }).catch(async (refusal) => {
      // A repeat after success: the file is claimed by this very form, and the outcome stands.
      if (!(await formOutcome(dependencies, formId))?.applied) throw refusal;
    });
    const recheck = async () => {
      if (await formOutcome(dependencies, formId)) return;
      const taken = await schoolTaken(dependencies, submission.schoolCode, registrationId);
      if (taken) throw new Refused(taken);
    };
    await recheck();
    const payload = submissionForm(dependencies, submission, registrationId);
    const row = { id: registrationId, schoolCode: submission.schoolCode };
    const form = registrationForm(row, { id: formId, kind: 'SUBMISSION', ...typedBy(officer, registrationId), payload });
    const outcome = await settleForm(dependencies, form, recheck);
    if (!outcome.applied) throw new Refused(outcome.refusal);
    // R2.6: with it an officer could act as the registrant, whom the mail brings it to.
    return { registrationId, ...(!submission.assisted && { trackingToken: trackingTokenOf(dependencies.tokenKey, registrationId, 0) }) };
  };
}

/** R2.6: the audit names both, the officer by the account and the registrant by the case. */
function typedBy(officer: Caller | null, registrationId: string) {
  return { actorId: officer?.id ?? null, onBehalfOf: officer && registrationId };
}

/** R2.6: only the school's own district helps. @throws Refused UNAUTHENTICATED, FORBIDDEN */
async function refuseOfficer({ prisma }: CommandDependencies, officer: Caller | null, code: string): Promise<void> {
  if (!officer) throw new Refused('UNAUTHENTICATED');
  const school = await prisma.school.findUnique({ where: { code }, select: { districtCode: true } });
  const own = officer.role === 'DISTRICT' && officer.districtCode !== null && (!school || school.districtCode === officer.districtCode);
  if (!own) throw new Refused('FORBIDDEN');
}
