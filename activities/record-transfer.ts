// Recording what happens to a transfer: in one transaction with its audit and mail rows, under the lock of its row, as a
// compare-and-set by the ID of the form that asked, so that a repeat after any crash answers the same (docs/decisions.md 1). Unlike
// a registration (record-registration.ts) a move reads and writes postings, accounts and other people's transfers as it goes.
import type { Recorded } from '../contracts/case';
import type { TransferState } from '../contracts/transfer';
import type { RefusalCode } from '../domain/refusal';
import type { Form, Transfer } from '../prisma/generated/client';
import { refusalOfConstraint } from './constraint';
import type { RecordingDependencies, Transaction } from './dependencies';
import { formMissing } from './failure';
import { lockTransfer, transferState } from './transfer-state';

type Told = Recorded<TransferState>;

/** Makes a form effective, under the lock of its case where there is one already, or tells why it cannot be; then nothing of it is written. */
type Apply = (tx: Transaction, form: Form) => Promise<RefusalCode | null>;

/** Makes a form effective, or refuses it; a form that was closed before answers with the state of its case. */
export async function recordForm(dependencies: RecordingDependencies, formId: string, apply: Apply): Promise<Told> {
  try {
    return await settle(dependencies, formId, apply);
  } catch (failure) {
    const refusal = refusalOfConstraint(failure);
    if (!refusal) throw failure;
    return settle(dependencies, formId, async () => refusal);
  }
}

/** Does something to the locked row of a case; nothing where there is none. */
export function recordEvent({ prisma }: RecordingDependencies, id: string, work: (tx: Transaction, row: Transfer) => Promise<void>): Promise<Told> {
  return prisma.$transaction(async (tx) => {
    const row = await lockTransfer(tx, id);
    if (row !== null) await work(tx, row);
    return recorded(tx, id);
  });
}

function settle(dependencies: RecordingDependencies, formId: string, apply: Apply): Promise<Told> {
  return dependencies.prisma.$transaction(async (tx) => {
    const form = await closeForm(tx, dependencies, formId);
    if (!form) return closedBefore(tx, formId);
    const refusal = await apply(tx, form);
    if (refusal !== null) await tx.form.update({ where: { id: formId }, data: { state: 'REFUSED', refusal }, select: { id: true } });
    return recorded(tx, form.caseId, refusal);
  });
}

/** Closes an open form as applied, which it is once the transaction ends; undefined for one that was closed before. */
async function closeForm(tx: Transaction, { now }: RecordingDependencies, id: string): Promise<Form | undefined> {
  const [form] = await tx.form.updateManyAndReturn({ where: { id, state: 'OPEN' }, data: { state: 'APPLIED', closedAt: now() } });
  return form;
}

async function closedBefore(tx: Transaction, formId: string): Promise<Told> {
  const form = await tx.form.findUnique({ where: { id: formId } });
  if (!form) throw formMissing();
  return recorded(tx, form.caseId, form.refusal);
}

async function recorded(tx: Transaction, id: string, refusal: string | null = null): Promise<Told> {
  const row = await tx.transfer.findUnique({ where: { id } });
  return { state: row && (await transferState(tx, row)), ...(refusal !== null && { refusal }) };
}
