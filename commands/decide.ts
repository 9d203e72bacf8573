// R3.1, R3.4: an approver of the school's district decides the revision that was seen.
import { brokenDecisionRules, refuseApproval, refuseDecision } from '../domain/decision';
import { refuseDecider } from '../domain/entitlement';
import { Refused, refuseBroken } from '../domain/refused';
import type { Decision } from '../domain/registration';
import { warningsOf } from '../domain/warnings';
import { alreadyDecided } from './already-decided';
import { settleForm } from './case-updates';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { formRefused } from './form-refused';
import { registrationForm, unlessRepeated } from './forms';
import { onBehalfOf } from './on-behalf-of';
import { type RegistrationWithFacts, registrationWithFacts } from './registration-row';

/** Decides a registration and waits until the decision is recorded. */
export function decide(dependencies: CommandDependencies): Commands['decide'] {
  return async ({ registrationId, caller, decision, revision, verified, reason, amongMany, formId }) => {
    const row = await registrationWithFacts(dependencies, registrationId);
    // What was decided by this request once is answered again, whoever decides by now.
    await unlessRepeated(dependencies, formId, () => {
      const barred = refuseDecider(decision, caller, row);
      if (barred) throw new Refused(barred);
    });
    refuseBroken(brokenDecisionRules({ decision, ...(verified !== undefined && { verified }), ...(reason !== undefined && { reason }) }));
    const asked = { decision, revision, callerId: caller.id, amongMany };
    await unlessRepeated(dependencies, formId, () => refuseState(dependencies, row, asked));
    const recheck = () =>
      unlessRepeated(dependencies, formId, async () => {
        await refuseState(dependencies, await registrationWithFacts(dependencies, registrationId), asked);
      });
    const outcome = await settleForm(
      dependencies,
      registrationForm(row, {
        id: formId,
        kind: 'DECISION',
        actorId: caller.id,
        onBehalfOf: await onBehalfOf(dependencies, caller, (absent) => refuseDecider(decision, absent, row) === null),
        payload: { decision, revision, ...(reason !== undefined && { reason: reason.trim() }), ...(amongMany && { amongMany }) },
      }),
      recheck,
    );
    if (outcome.applied) return;
    if (outcome.refusal === 'ALREADY_DECIDED') throw await alreadyDecided(dependencies, registrationId);
    throw formRefused(outcome.refusal);
  };
}

/** Refuses before anything is stored what the recording would refuse anyway, so that a crowd is answered at once. */
async function refuseState(
  dependencies: CommandDependencies,
  row: RegistrationWithFacts,
  { decision, revision, ...asked }: { decision: Decision; revision: number; callerId: string; amongMany?: true | undefined },
): Promise<void> {
  const refusal = refuseDecision(row, revision);
  if (refusal === 'ALREADY_DECIDED') throw await alreadyDecided(dependencies, row.id);
  if (refusal) throw new Refused(refusal);
  if (decision !== 'APPROVE' || !row.facts) return;
  const wait = refuseApproval(row, row.facts, asked.amongMany ? { opened: await hasOpened(dependencies, row, asked.callerId) } : null);
  if (!wait) return;
  throw new Refused(wait, wait === 'HAS_WARNINGS' ? { extra: { warnings: warningsOf(row.facts), contested: row.contested } } : {});
}

/** R3.7: whether this approver has opened the case at its present revision. */
async function hasOpened(
  { prisma }: CommandDependencies,
  { id: registrationId, revision }: RegistrationWithFacts,
  accountId: string,
): Promise<boolean> {
  return (await prisma.opening.count({ where: { registrationId, accountId, revision } })) === 1;
}
