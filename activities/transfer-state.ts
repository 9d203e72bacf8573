// The state of a transfer, read from its row, as the workflow adopts it; and the clock of a row.
import type { TransferState } from '../contracts/transfer';
import {
  type ClockedTransfer,
  type Decider,
  nextTransferDeadline,
  OPEN_TRANSFER_STATUSES,
  type TransferPolicies,
  type TransferStatus,
  transferDueAt,
} from '../domain/transfer';
import { ADMINISTRATOR } from '../prisma/administrator';
import type { Prisma, Transfer } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { UNSENT } from '../prisma/unsent';
import { type Clock, holidays, storedDeadline } from './clock';
import type { RecordingDependencies, Transaction } from './dependencies';
import { orderOf } from './mail-orders';

/** Reads the row under a lock that lasts until the transaction ends: two recordings of one case never overlap. */
export async function lockTransfer(tx: Transaction, id: string): Promise<Transfer | null> {
  await tx.$queryRaw`SELECT 1 FROM transfer WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.transfer.findUnique({ where: { id } });
}

/** The case as its row tells it, with the mails that are not delivered yet. */
export async function transferState(tx: Transaction, row: Transfer): Promise<TransferState> {
  return {
    status: row.status,
    districtCode: row.fromDistrictCode,
    escalation: escalationOf(row.decider),
    fromSchoolCode: row.fromSchoolCode,
    appealedAt: row.appealedAt?.toISOString() ?? null,
    since: row.waitingSince.toISOString(),
    deadline: storedDeadline(row),
    dueAt: row.dueAt?.toISOString() ?? null,
    mails: (await undelivered(tx, row)).map(orderOf),
    touched: row.status === 'COMPLETED' && row.fromSchoolCode !== null ? await leaderlessWith(tx, row.fromSchoolCode) : [],
  };
}

/** Oldest first. */
function undelivered(tx: Transaction, { id }: Transfer) {
  const select = { id: true, purpose: true, audience: true };
  return tx.mail.findMany({ where: { transferId: id, status: UNSENT }, orderBy: { createdAt: 'asc' }, select });
}

/** Who decides besides the holding school, for operators. */
export function escalationOf(decider: Decider | null): TransferState['escalation'] {
  return decider === null || decider === 'SCHOOL' ? 'NONE' : decider;
}

/** The people whose open transfers wait for, or were asked by, a school that has no administrator. */
async function leaderlessWith(tx: Transaction, schoolCode: string): Promise<string[]> {
  if ((await tx.account.count({ where: { schoolCode, ...ADMINISTRATOR } })) > 0) return [];
  const rows = await tx.transfer.findMany({
    where: {
      status: { in: [...OPEN_TRANSFER_STATUSES] },
      OR: [{ fromSchoolCode: schoolCode, decider: 'SCHOOL' }, { toSchoolCode: schoolCode }],
    },
    select: { personId: true },
  });
  return rows.map(({ personId }) => personId);
}

/** The clock of a row in the status it is about to have (R5.3d). */
export async function transferClock(tx: Transaction, { policies }: RecordingDependencies, row: ClockedTransfer): Promise<Clock> {
  return transferClockOn(row, policies, await holidays(tx));
}

/** The same, on holidays that were read before. */
export function transferClockOn(row: ClockedTransfer, policies: TransferPolicies, free: ReadonlySet<string>): Clock {
  const next = nextTransferDeadline(row, policies, free);
  return { deadlineKind: next?.kind ?? null, deadlineAt: next?.at ?? null, dueAt: transferDueAt(row, policies, free) };
}

/** What a transfer that ends gets, beside its status. */
type Ending = Pick<Prisma.TransferUncheckedUpdateInput, 'cancelReason' | 'decidedById' | 'decidedAt' | 'decisionReason' | 'effectiveOn'>;

/** Ends the case in a status from which nothing follows by itself. */
export async function closeTransfer(
  tx: Transaction,
  { now }: RecordingDependencies,
  { id }: Transfer,
  status: Exclude<TransferStatus, 'PENDING' | 'SCHEDULED'>,
  ending: Ending = {},
): Promise<void> {
  const since = now();
  const over = { waitingSince: since, closedAt: since, deadlineKind: null, deadlineAt: null, dueAt: null };
  await tx.transfer.update({ where: { id }, data: { status, ...over, ...ending }, select: { id: true } });
}

/** What the clock of a row as it stands is read from. */
export function clocked({ status, decider, waitingSince, effectiveOn }: Transfer): ClockedTransfer {
  return { status, decider, since: waitingSince, effectiveOn: isoDate(effectiveOn) };
}
