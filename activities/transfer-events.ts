// Following what happened elsewhere (domain/transfer-events.ts): looked at before anything else is recorded of an open transfer.
import { type Decider, isOpenTransfer } from '../domain/transfer';
import type { Standing } from '../domain/transfer-entitlement';
import { type CancelReason, type TransferEvent, type TransferFacts, transferEvent } from '../domain/transfer-events';
import { ADMINISTRATOR } from '../prisma/administrator';
import type { Posting, Transfer } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { LAST_FIRST, lockOpenPosting } from '../prisma/open-posting';
import { isClosedSchool, lockWhetherClosed } from '../prisma/school-closure';
import { sameClock } from './clock';
import type { RecordingDependencies, Transaction } from './dependencies';
import { auditTransfer } from './transfer-audit';
import { askedParties, decider, everyParty, holdingDistrict, requester, tell } from './transfer-mail-orders';
import { consent } from './transfer-move';
import { clocked, closeTransfer, transferClock } from './transfer-state';

/**
 * Makes of an open transfer what the present facts make of it; districts, holidays and policies are followed too.
 * @returns the row as it is then
 */
export async function follow(tx: Transaction, dependencies: RecordingDependencies, row: Transfer): Promise<Transfer> {
  if (!isOpenTransfer(row.status)) return row;
  const facts = await readFacts(tx, dependencies, row);
  const moved = await followDistricts(tx, dependencies, row, facts);
  const event = transferEvent(moved, facts);
  if (event) await happen(tx, dependencies, moved, event);
  else await rearm(tx, dependencies, moved);
  return tx.transfer.findUniqueOrThrow({ where: { id: row.id } });
}

/** A transfer with the districts that its schools have now, also one that is closed: who decides an appeal is asked of the present ones. */
export async function withPresentDistricts(tx: Transaction, dependencies: RecordingDependencies, row: Transfer): Promise<Transfer> {
  return followDistricts(tx, dependencies, row, await readFacts(tx, dependencies, row));
}

/** The facts, with the person's open posting and the school that asks under a lock: nothing is moved to it while it closes. */
async function readFacts(
  tx: Transaction,
  dependencies: RecordingDependencies,
  { personId, fromSchoolCode, toSchoolCode }: Transfer,
): Promise<TransferFacts> {
  const open = await lockOpenPosting(tx, personId);
  const last =
    open || fromSchoolCode === null
      ? null
      : await tx.posting.findFirst({ where: { personId, schoolCode: fromSchoolCode, to: { not: null } }, orderBy: LAST_FIRST });
  await lockWhetherClosed(tx, toSchoolCode, dependencies.now());
  return {
    postedAt: open?.schoolCode ?? null,
    left: last && leaving(last),
    requester: await schoolStanding(tx, dependencies, toSchoolCode),
    holder: fromSchoolCode === null ? null : await schoolStanding(tx, dependencies, fromSchoolCode),
  };
}

function leaving({ to, endKind }: Posting): TransferFacts['left'] {
  return to && { kind: endKind, on: isoDate(to) };
}

/** How a school stands. */
export async function schoolStanding(tx: Transaction, { now }: RecordingDependencies, code: string): Promise<Standing & { closed: boolean }> {
  const { districtCode, closedOn, accounts } = await tx.school.findUniqueOrThrow({
    where: { code },
    select: { districtCode: true, closedOn: true, accounts: { where: ADMINISTRATOR, select: { id: true } } },
  });
  const closed = isClosedSchool({ closedOn }, now());
  return { administered: accounts.length > 0 && !closed, districtCode, closed };
}

/** A school that got another district takes its open transfers along, in and out; the new one is asked where the old one was. */
async function followDistricts(
  tx: Transaction,
  dependencies: RecordingDependencies,
  row: Transfer,
  { requester: to, holder }: TransferFacts,
): Promise<Transfer> {
  const districts = { fromDistrictCode: holder ? holder.districtCode : row.fromDistrictCode, toDistrictCode: to.districtCode };
  if (districts.fromDistrictCode === row.fromDistrictCode && districts.toDistrictCode === row.toDistrictCode) return row;
  const moved = await tx.transfer.update({ where: { id: row.id }, data: districts });
  const before = { fromDistrictCode: row.fromDistrictCode, toDistrictCode: row.toDistrictCode };
  await auditTransfer(tx, moved, { action: 'DISTRICT_CHANGED', form: null, before, after: { status: row.status, ...districts } });
  // A district that is new to the case is asked beside the central office, which was brought in before or stood in for it.
  const asked = moved.decider === 'CENTRAL' ? holdingDistrict(moved) : decider(moved);
  if (row.status === 'PENDING') await tell(tx, dependencies, moved, { purpose: 'transfer-requested', to: asked });
  return moved;
}

function happen(tx: Transaction, dependencies: RecordingDependencies, row: Transfer, event: TransferEvent): Promise<void> {
  switch (event.kind) {
    case 'CANCEL':
      return cancel(tx, dependencies, row, event.reason);
    case 'CONSENT':
      return consent(tx, dependencies, row, { action: 'RELEASED', form: null, releasedOn: event.releasedOn });
    case 'ESCALATE':
      return escalate(tx, dependencies, row, event.to);
  }
}

/** Ends the case without a decision; whoever knows of it is told why. */
async function cancel(tx: Transaction, dependencies: RecordingDependencies, row: Transfer, cancelReason: CancelReason): Promise<void> {
  const status = 'CANCELLED' as const;
  await closeTransfer(tx, dependencies, row, status, { cancelReason });
  await auditTransfer(tx, row, { action: 'CANCELLED', form: null, before: { status: row.status }, after: { status, cancelReason } });
  const to = row.status === 'SCHEDULED' ? everyParty(row) : [...requester(row), ...askedParties(row)];
  await tell(tx, dependencies, row, { purpose: 'transfer-cancelled', to });
}

/** R5.3d: the next one is brought in to decide; nobody is removed, and the clock goes on from where it began. */
export async function escalate(tx: Transaction, dependencies: RecordingDependencies, row: Transfer, to: Decider): Promise<void> {
  const clock = await transferClock(tx, dependencies, { ...clocked(row), decider: to });
  const escalated = await tx.transfer.update({ where: { id: row.id }, data: { decider: to, ...clock } });
  const after = { status: row.status, decider: to };
  await auditTransfer(tx, escalated, { action: 'ESCALATED', form: null, before: { decider: row.decider }, after });
  await askDecider(tx, dependencies, escalated);
}

/** Asks whoever owes the decision now. */
export function askDecider(tx: Transaction, dependencies: RecordingDependencies, row: Transfer): Promise<void> {
  return tell(tx, dependencies, row, { purpose: 'transfer-requested', to: decider(row) });
}

/** Holidays or policies changed: the clock follows. */
async function rearm(tx: Transaction, dependencies: RecordingDependencies, row: Transfer): Promise<void> {
  const clock = await transferClock(tx, dependencies, clocked(row));
  if (!sameClock(row, clock)) await tx.transfer.update({ where: { id: row.id }, data: clock, select: { id: true } });
}
