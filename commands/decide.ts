// R3.1, R3.4: an approver of the school's district decides the revision that was seen.
import { brokenDecisionRules, refuseDecision } from '../domain/decision';
import { mayDecideSo } from '../domain/entitlement';
import { Refused, refuseBroken } from '../domain/refused';
import type { Decision } from '../domain/registration';
import { refuseApproval } from '../domain/warnings';
import { alreadyDecided } from './already-decided';
import { settleForm } from './case-updates';
import { codeOf } from './check-submission';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { registrationForm, unlessRepeated } from './forms';
import { type RegistrationWithFacts, registrationWithFacts } from './registration-row';

/** Decides a registration and waits until the decision is recorded. */
export function decide(dependencies: CommandDependencies): Commands['decide'] {
  return async ({ registrationId, caller, decision, revision, verified, reason, formId }) => {
    const row = await registrationWithFacts(dependencies, registrationId);
    if (!mayDecideSo(decision, caller, row)) throw new Refused('FORBIDDEN');
    refuseBroken(brokenDecisionRules({ decision, ...(verified !== undefined && { verified }), ...(reason !== undefined && { reason }) }), codeOf);
    await unlessRepeated(dependencies, formId, () => refuseState(dependencies, row, { decision, revision }));
    const recheck = () =>
      unlessRepeated(dependencies, formId, async () => {
        await refuseState(dependencies, await registrationWithFacts(dependencies, registrationId), { decision, revision });
      });
    const outcome = await settleForm(
      dependencies,
      registrationForm(row, {
        id: formId,
        kind: 'DECISION',
        actorId: caller.id,
        payload: { decision, revision, ...(reason !== undefined && { reason: reason.trim() }) },
      }),
      recheck,
    );
    if (outcome.applied) return;
    if (outcome.refusal === 'ALREADY_DECIDED') throw await alreadyDecided(dependencies, registrationId);
    throw new Refused(outcome.refusal);
  };
}

/** Refuses before anything is stored what the recording would refuse anyway, so that a crowd is answered at once. */
async function refuseState(
  dependencies: CommandDependencies,
  row: RegistrationWithFacts,
  { decision, revision }: { decision: Decision; revision: number },
): Promise<void> {
  const refusal = refuseDecision(row, revision);
  if (refusal === 'ALREADY_DECIDED') throw await alreadyDecided(dependencies, row.id);
  if (refusal) throw new Refused(refusal);
  const wait = decision === 'APPROVE' && row.facts ? refuseApproval(row.facts) : null;
  if (wait) throw new Refused(wait);
}
