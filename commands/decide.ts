// R3.1, R3.4: an approver of the school's district decides the revision that was seen.
import { brokenDecisionRules, refuseDecision, refuseUnacknowledged } from '../domain/decision';
import { mayDecideSo } from '../domain/entitlement';
import { Refused, refuseBroken } from '../domain/refused';
import type { Decision } from '../domain/registration';
import { refuseApproval } from '../domain/warnings';
import type { Registration } from '../prisma/generated/client';
import { alreadyDecided } from './already-decided';
import { settleForm } from './case-updates';
import { codeOf } from './check-submission';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { isStored, registrationForm } from './forms';
import { registrationRow } from './registration-row';

/** Decides a registration and waits until the decision is recorded. */
export function decide(dependencies: CommandDependencies): Commands['decide'] {
  return async ({ registrationId, caller, decision, revision, verified, reason, formId }) => {
    const row = await registrationRow(dependencies, registrationId);
    if (!mayDecideSo(decision, caller, row)) throw new Refused('FORBIDDEN');
    refuseBroken(brokenDecisionRules({ decision, ...(verified !== undefined && { verified }), ...(reason !== undefined && { reason }) }), codeOf);
    const recheck = async () => {
      if (await isStored(dependencies, formId)) return;
      await refuseState(dependencies, await registrationRow(dependencies, registrationId), { decision, revision });
    };
    await recheck();
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
  row: Registration,
  { decision, revision }: { decision: Decision; revision: number },
): Promise<void> {
  const refusal = refuseDecision(row, revision);
  if (refusal === 'ALREADY_DECIDED') throw await alreadyDecided(dependencies, row.id);
  if (refusal) throw new Refused(refusal);
  const unacknowledged = decision === 'APPROVE' && refuseUnacknowledged(row);
  if (unacknowledged) throw new Refused(unacknowledged);
  const facts = decision === 'APPROVE' ? await dependencies.prisma.registrationFacts.findUnique({ where: { id: row.id } }) : null;
  const wait = facts && refuseApproval(facts);
  if (wait) throw new Refused(wait);
}
