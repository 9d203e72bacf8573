// What the school that asked for a record does with its request: take it back, or appeal (R5.3d).
import { transferStands } from '../domain/case-words';
import { brokenReason } from '../domain/reason';
import { Refused, refuseBroken } from '../domain/refused';
import { refuseTransferStep, type TransferStep } from '../domain/transfer';
import { isRequester } from '../domain/transfer-entitlement';
import { settleForm } from './case-updates';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { formRefused } from './form-refused';
import { isStored, type NewForm, transferForm } from './forms';
import { personAskedFor, transferRow } from './transfer-row';

/** Takes an open request back. */
export function withdrawTransfer(dependencies: CommandDependencies): Commands['withdrawTransfer'] {
  return async ({ transferId, caller, formId }) => {
    const row = await transferRow(dependencies, transferId);
    if (!isRequester(caller, row)) throw new Refused('FORBIDDEN');
    const form = transferForm(row, { id: formId, kind: 'TRANSFER_WITHDRAWAL', actorId: caller.id, payload: {} });
    await settle(dependencies, 'withdraw', form);
  };
}

/** Opens a rejected request again, before the holding school's district; while somebody else asks for the person it has to wait. */
export function appealTransfer(dependencies: CommandDependencies): Commands['appealTransfer'] {
  return async ({ transferId, caller, reason, formId }) => {
    const row = await transferRow(dependencies, transferId);
    if (!isRequester(caller, row)) throw new Refused('FORBIDDEN');
    refuseBroken(brokenReason(reason));
    const payload = { reason: reason.trim() };
    const form = transferForm(row, { id: formId, kind: 'TRANSFER_APPEAL', actorId: caller.id, payload });
    await settle(dependencies, 'appeal', form, () => personAskedFor(dependencies, row.personId, row.id));
  };
}

/** Carries a form to its outcome where its step is possible in the transfer's present status and nothing else is in the way. */
async function settle(
  dependencies: CommandDependencies,
  step: Exclude<TransferStep, 'decide'>,
  form: NewForm,
  inTheWay: () => ReturnType<typeof personAskedFor> = async () => null,
): Promise<void> {
  const refuseState = async () => {
    const row = await transferRow(dependencies, form.caseId);
    const refusal = refuseTransferStep(step, row);
    if (refusal) throw new Refused(refusal, { extra: { transferStatus: row.status }, words: transferStands(step, row) });
  };
  const recheck = async () => {
    if (await isStored(dependencies, form.id)) return;
    await refuseState();
    const taken = await inTheWay();
    if (taken) throw new Refused(taken);
  };
  await recheck();
  const outcome = await settleForm(dependencies, form, recheck);
  if (outcome.applied) return;
  // The case moved on between the look and the update: its row tells how.
  if (outcome.refusal === 'NOT_POSSIBLE_NOW') await refuseState();
  throw formRefused(outcome.refusal);
}
