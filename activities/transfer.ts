// The local activities of the transfer workflow: its forms, its deadlines, and what happened elsewhere.
// Whatever comes first looks at the facts (R5.3d), so that a lost signal delays nothing that matters.
import type { Deadline, Recorded } from '../contracts/case';
import type { TransferState } from '../contracts/transfer';
import { nextDecider } from '../domain/transfer-entitlement';
import type { Transfer } from '../prisma/generated/client';
import { storedDeadline } from './clock';
import type { RecordingDependencies, Transaction } from './dependencies';
import { recordEvent, recordForm } from './record-transfer';
import { escalate, follow } from './transfer-events';
import { moveOnItsDay } from './transfer-move';
import { recordRequest } from './transfer-request';
import { lockTransfer } from './transfer-state';
import { TRANSFER_STEPS } from './transfer-steps';

export type TransferActivities = ReturnType<typeof createTransferActivities>;

/** The local activities of the transfer workflow. */
export function createTransferActivities(dependencies: RecordingDependencies) {
  return {
    /** Makes a form effective, or refuses it; a form that was closed before answers with the state of its case. */
    recordTransferForm(formId: string): Promise<Recorded<TransferState>> {
      return recordForm(dependencies, formId, async (tx, form) => {
        if (form.kind === 'TRANSFER_REQUEST') return recordRequest(tx, dependencies, form);
        const row = await lockTransfer(tx, form.caseId);
        const step = TRANSFER_STEPS[form.kind];
        return row && step ? step(tx, dependencies, form, await follow(tx, dependencies, row)) : 'NOT_FOUND';
      });
    },
    /** A deadline was reached: the next decider is brought in, or the record moves, if the row is still armed with it (R5.3d). */
    passTransferDeadline({ transferId, kind, at }: { transferId: string } & Deadline): Promise<Recorded<TransferState>> {
      return recordEvent(dependencies, transferId, async (tx, found) => {
        const row = await follow(tx, dependencies, found);
        const armed = storedDeadline(row);
        if (armed?.kind === kind && armed.at === at) await PASSING[kind]?.(tx, dependencies, row);
      });
    },
    /** Something changed elsewhere: whatever it was, the facts tell (R5.3d). */
    refreshTransfer(transferId: string): Promise<Recorded<TransferState>> {
      return recordEvent(dependencies, transferId, async (tx, row) => {
        await follow(tx, dependencies, row);
      });
    },
  };
}

type Passing = (tx: Transaction, dependencies: RecordingDependencies, row: Transfer) => Promise<void>;

/** What each deadline that a transfer is armed with does. */
const PASSING: Partial<Record<Deadline['kind'], Passing>> = {
  ESCALATE_DISTRICT: (tx, dependencies, row) => escalate(tx, dependencies, row, nextDecider(row.fromDistrictCode)),
  ESCALATE_CENTRAL: (tx, dependencies, row) => escalate(tx, dependencies, row, 'CENTRAL'),
  MOVE: moveOnItsDay,
};
