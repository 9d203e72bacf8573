// A step of a case that is open or has ended, of a registration or a transfer: looked at before its form is stored, carried to its
// outcome, and told by the case's row where that has moved on meanwhile.
import { registrationStands, transferStands } from '../domain/case-words';
import { Refused } from '../domain/refused';
import { isPossible, type Step } from '../domain/registration';
import { refuseTransferStep, type TransferStep } from '../domain/transfer';
import { settleForm } from './case-updates';
import type { CommandDependencies } from './dependencies';
import { formRefused } from './form-refused';
import { type NewForm, unlessRepeated } from './forms';
import { registrationRow } from './registration-row';
import { type personAskedFor, transferRow } from './transfer-row';

/**
 * Carries a form to its outcome where its step is possible in the registration's present status.
 * @throws Refused NOT_POSSIBLE_NOW, or the refusal that the recording found
 */
export function settleRegistrationStep(dependencies: CommandDependencies, step: Exclude<Step, 'decide'>, form: NewForm): Promise<void> {
  return settle(dependencies, form, async () => {
    const { status } = await registrationRow(dependencies, form.caseId);
    if (isPossible(step, status)) return;
    throw new Refused('NOT_POSSIBLE_NOW', { extra: { registrationStatus: status }, words: registrationStands(step, status) });
  });
}

/**
 * The same for a transfer.
 * @param inTheWay what else keeps it from being done
 */
export function settleTransferStep(
  dependencies: CommandDependencies,
  step: Exclude<TransferStep, 'decide'>,
  form: NewForm,
  inTheWay: () => ReturnType<typeof personAskedFor> = async () => null,
): Promise<void> {
  return settle(dependencies, form, async () => {
    const row = await transferRow(dependencies, form.caseId);
    const refusal = refuseTransferStep(step, row);
    if (refusal) throw new Refused(refusal, { extra: { transferStatus: row.status }, words: transferStands(step, row) });
    const taken = await inTheWay();
    if (taken) throw new Refused(taken);
  });
}

/** @param look throws the refusal where the case, as its row stands, keeps the step from being done */
async function settle(dependencies: CommandDependencies, form: NewForm, look: () => Promise<void>): Promise<void> {
  const recheck = () => unlessRepeated(dependencies, form.id, look);
  await recheck();
  const outcome = await settleForm(dependencies, form, recheck);
  if (outcome.applied) return;
  // The case moved on between the look and the update: its row tells how.
  if (outcome.refusal === 'NOT_POSSIBLE_NOW') await look();
  throw formRefused(outcome.refusal);
}
