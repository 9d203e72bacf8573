// R3.1, R3.4: an approver of the school's district decides the revision that was seen.
import { brokenDecisionRules, refuseDecision } from '../domain/decision';
import { mayDecide } from '../domain/entitlement';
import { Refused, refuseBroken } from '../domain/refused';
import type { Registration } from '../prisma/generated/client';
import { codeOf } from './check-submission';
import { settleForm } from './case-updates';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { alreadyDecided } from './already-decided';
import { registrationRow } from './registration-row';

/** Decides a registration and waits until the decision is recorded. */
export function decide(dependencies: CommandDependencies): Commands['decide'] {
  return async ({ registrationId, caller, decision, revision, verified, reason, formId }) => {
    const row = await registrationRow(dependencies, registrationId);
    if (!mayDecide(caller, row)) throw new Refused('FORBIDDEN');
    refuseBroken(
      brokenDecisionRules({ decision, ...(verified !== undefined && { verified }), ...(reason !== undefined && { reason }) }),
      codeOf,
    );
    const recheck = async () => refuseState(dependencies, await registrationRow(dependencies, registrationId), revision, formId);
    await refuseState(dependencies, row, revision, formId);
    const outcome = await settleForm(
      dependencies,
      {
        id: formId,
        kind: 'DECISION',
        registrationId,
        schoolCode: row.schoolCode,
        actorId: caller.id,
        payload: { decision, revision, ...(reason !== undefined && { reason: reason.trim() }) },
      },
      recheck,
    );
    if (outcome.applied) return;
    if (outcome.refusal === 'ALREADY_DECIDED') throw await alreadyDecided(dependencies, registrationId);
    throw new Refused(outcome.refusal);
  };
}

/** Refuses before anything is stored what the row refuses already; a repeat of a form that was stored goes on to its outcome. */
async function refuseState(dependencies: CommandDependencies, row: Registration, revision: number, formId: string): Promise<void> {
  const refusal = refuseDecision(row, revision);
  if (!refusal) return;
  if (await dependencies.prisma.form.findUnique({ where: { id: formId }, select: { id: true } })) return;
  throw refusal === 'ALREADY_DECIDED' ? await alreadyDecided(dependencies, row.id) : new Refused(refusal);
}
