// What the school that asked for a record does with its request: take it back, or appeal (R5.3d).
import { brokenReason } from '../domain/reason';
import { Refused, refuseBroken } from '../domain/refused';
import { isRequester } from '../domain/transfer-entitlement';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { transferForm } from './forms';
import { settleTransferStep } from './settle-step';
import { personAskedFor, transferRow } from './transfer-row';

/** Takes an open request back. */
export function withdrawTransfer(dependencies: CommandDependencies): Commands['withdrawTransfer'] {
  return async ({ transferId, caller, formId }) => {
    const row = await transferRow(dependencies, transferId);
    if (!isRequester(caller, row)) throw new Refused('FORBIDDEN');
    const form = transferForm(row, { id: formId, kind: 'TRANSFER_WITHDRAWAL', actorId: caller.id, payload: {} });
    await settleTransferStep(dependencies, 'withdraw', form);
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
    await settleTransferStep(dependencies, 'appeal', form, () => personAskedFor(dependencies, row.personId, row.id));
  };
}
