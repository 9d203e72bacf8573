// R5.3d: the holding school, or whoever was brought in after it, decides on a transfer.
import { transferDecided } from '../domain/case-words';
import { Refused, refuseBroken } from '../domain/refused';
import { brokenTransferDecisionRules, refuseTransferStep } from '../domain/transfer';
import { mayDecideTransfer } from '../domain/transfer-entitlement';
import { settleForm } from './case-updates';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { formRefused } from './form-refused';
import { isStored, transferForm } from './forms';
import { onBehalfOf } from './on-behalf-of';
import { transferRow } from './transfer-row';

/** Decides a transfer and waits until the decision is recorded. */
export function decideTransfer(dependencies: CommandDependencies): Commands['decideTransfer'] {
  return async ({ transferId, caller, decision, reason, formId }) => {
    const row = await transferRow(dependencies, transferId);
    // What was decided by this request once is answered again, whoever decides by now.
    if (!(await isStored(dependencies, formId)) && !mayDecideTransfer(caller, row)) throw new Refused('FORBIDDEN');
    refuseBroken(brokenTransferDecisionRules({ decision, reason }));
    const recheck = async () => {
      if (await isStored(dependencies, formId)) return;
      if (refuseTransferStep('decide', await transferRow(dependencies, transferId))) throw await alreadyDecided(dependencies, transferId);
    };
    await recheck();
    const payload = { decision, ...(reason !== undefined && { reason: reason.trim() }) };
    const behalf = await onBehalfOf(dependencies, caller);
    const form = transferForm(row, { id: formId, kind: 'TRANSFER_DECISION', actorId: caller.id, onBehalfOf: behalf, payload });
    const outcome = await settleForm(dependencies, form, recheck);
    if (outcome.applied) return;
    if (outcome.refusal === 'ALREADY_DECIDED') throw await alreadyDecided(dependencies, transferId);
    throw formRefused(outcome.refusal);
  };
}

/** "Already decided", naming who and when; or how else the case left the deciders' hands (R5.3d). */
async function alreadyDecided(dependencies: CommandDependencies, transferId: string): Promise<Refused> {
  const { status, decidedById, decidedAt } = await transferRow(dependencies, transferId);
  const decidedBy = decidedById === null ? null : await dependencies.prisma.account.findUnique({ where: { id: decidedById }, select: DECIDED_BY });
  return new Refused('ALREADY_DECIDED', {
    words: transferDecided(status, { name: decidedBy?.name ?? null, at: decidedAt }),
    extra: { transferStatus: status, ...(decidedBy && { decidedBy }), ...(decidedAt && { decidedAt: decidedAt.toISOString() }) },
  });
}

const DECIDED_BY = { name: true, schoolCode: true, districtCode: true } as const;
