// Recording what happens to a case of any kind: in one transaction with its audit and mail rows, as a compare-and-set by the
// ID of the form that asked, so that a repeat after any crash answers the same (DESIGN.md, decision 1).
import { ApplicationFailure } from '@temporalio/common';
import type { CaseState, Recorded } from '../contracts/case';
import type { RefusalCode } from '../domain/refusal';
import type { Form } from '../prisma/generated/client';
import { refusalOfConstraint } from './constraint';
import type { RecordingDependencies, Transaction } from './dependencies';

/** What is particular to a kind of case. */
export interface RecordedKind<Row, State extends CaseState> {
  /** Reads the row under a lock that lasts until the transaction ends: two recordings of one case never overlap. */
  lock(tx: Transaction, caseId: string): Promise<Row | null>;
  /** Makes a form effective, under the lock of its case where there is one already, or tells why it cannot be; then nothing of it is written. */
  apply(tx: Transaction, form: Form): Promise<RefusalCode | null>;
  /** The case as its row tells it now, null where there is none. */
  state(tx: Transaction, caseId: string): Promise<State | null>;
}

/** Records the forms of a kind of case, and what happens to it otherwise. */
export interface Recording<Row, State extends CaseState> {
  /** Makes a form effective, or refuses it; a form that was closed before answers with the state of its case. */
  form(formId: string): Promise<Recorded<State>>;
  /** Does something to the locked row of a case; nothing where there is none. */
  row(caseId: string, work: (tx: Transaction, row: Row) => Promise<void>): Promise<Recorded<State>>;
}

/** @param kind of case */
export function createRecording<Row, State extends CaseState>(
  dependencies: RecordingDependencies,
  kind: RecordedKind<Row, State>,
): Recording<Row, State> {
  const { prisma } = dependencies;
  // A case waits at most this long for its own row; beyond it the attempt is repeated.
  const inTransaction = <T>(work: (tx: Transaction) => Promise<T>) => prisma.$transaction(work, { maxWait: 5_000, timeout: 8_000 });
  const recorded = async (tx: Transaction, caseId: string, refusal: string | null = null): Promise<Recorded<State>> => {
    return { state: await kind.state(tx, caseId), ...(refusal !== null && { refusal }) };
  };
  const settle = (formId: string, decide: (tx: Transaction, form: Form) => Promise<RefusalCode | null>) =>
    inTransaction(async (tx) => {
      const form = await closeForm(tx, dependencies, formId);
      if (!form) return closedBefore(tx, formId);
      const refusal = await decide(tx, form);
      if (refusal !== null) await tx.form.update({ where: { id: formId }, data: { state: 'REFUSED', refusal }, select: { id: true } });
      return recorded(tx, form.caseId, refusal);
    });
  const closedBefore = async (tx: Transaction, formId: string): Promise<Recorded<State>> => {
    const form = await tx.form.findUnique({ where: { id: formId } });
    if (!form) throw ApplicationFailure.nonRetryable('The form is not in the database: see docs/operations.md, restore.', 'FORM_MISSING');
    return recorded(tx, form.caseId, form.refusal);
  };

  return {
    async form(formId) {
      try {
        return await settle(formId, kind.apply);
      } catch (failure) {
        const refusal = refusalOfConstraint(failure);
        if (!refusal) throw failure;
        return settle(formId, async () => refusal);
      }
    },
    row: (caseId, work) =>
      inTransaction(async (tx) => {
        const row = await kind.lock(tx, caseId);
        if (row !== null) await work(tx, row);
        return recorded(tx, caseId);
      }),
  };
}

/** Closes an open form as applied, which it is once the transaction ends; undefined for one that was closed before. */
async function closeForm(tx: Transaction, { now }: RecordingDependencies, id: string): Promise<Form | undefined> {
  const [form] = await tx.form.updateManyAndReturn({ where: { id, state: 'OPEN' }, data: { state: 'APPLIED', closedAt: now() } });
  return form;
}
