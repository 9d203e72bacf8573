// การขอย้ายข้อมูล: one school's request that a person's record be moved to it, from the request to the effective date or
// another end (R5.3c-R5.3e). An appeal is a new run of the same case.
import { continueAsNew, defineUpdate, getExternalWorkflowHandle, setHandler } from '@temporalio/workflow';
import type { Answer, FormReference } from '../contracts/case';
import { TRANSFER_UPDATE, type TransferStart, type TransferState, transferWorkflowId } from '../contracts/transfer';
import { isOpenTransfer, refuseTransferStep, type TransferStatus, type TransferStep } from '../domain/transfer';
import { createCaseDisplay } from './case-display';
import { passTransferDeadline, recordTransferForm, refreshTransfer } from './case-recording';
import { holdCase } from './hold-case';
import { caseChanged } from './signals';
import { transferWords } from './transfer-words';

type Told = Answer<TransferStatus>;

export const requestTransfer = defineUpdate<Told, [FormReference]>(TRANSFER_UPDATE.request);
export const decideTransfer = defineUpdate<Told, [FormReference]>(TRANSFER_UPDATE.decide);
export const withdrawTransfer = defineUpdate<Told, [FormReference]>(TRANSFER_UPDATE.withdraw);
export const appealTransfer = defineUpdate<Told, [FormReference]>(TRANSFER_UPDATE.appeal);

/**
 * Workflow `transfer/<personId>`. Started again with the same arguments it resumes the case from its row.
 * @returns the status in which the case closed, or null where the request was refused
 */
export async function transfer(start: TransferStart): Promise<TransferStatus | null> {
  const { transferId, schoolCode, formId } = start;
  const held = holdCase<TransferState>({
    caseId: transferId,
    formId,
    display: createCaseDisplay(transferWords(schoolCode)),
    isOpen: ({ status }) => isOpenTransfer(status),
    recordForm: recordTransferForm,
    passDeadline: (deadline) => passTransferDeadline({ transferId, ...deadline }),
    refresh: () => refreshTransfer(transferId),
  });
  const possible = (step: TransferStep) => held.validator((state) => refuseTransferStep(step, state));

  setHandler(requestTransfer, held.first, { description: 'Waits until the request is recorded.' });
  setHandler(appealTransfer, held.first, { description: 'Waits until the appeal is recorded.' });
  setHandler(decideTransfer, held.ask, { validator: possible('decide'), description: 'Whoever may decides.' });
  setHandler(withdrawTransfer, held.ask, { validator: possible('withdraw'), description: 'The school that asked takes it back.' });

  const state = await held.run();
  if (state && isOpenTransfer(state.status)) await continueAsNew<typeof transfer>(start);
  await tellTouched(state);
  return state?.status ?? null;
}

/** The move took a school's administrator away: transfers that wait for that school, or that it asked for, look anew (R5.3d). */
async function tellTouched(state: TransferState | null): Promise<void> {
  for (const personId of state?.touched ?? []) {
    await getExternalWorkflowHandle(transferWorkflowId(personId))
      .signal(caseChanged)
      // It has ended meanwhile, or is being resumed and looks by itself.
      .catch(() => undefined);
  }
}
