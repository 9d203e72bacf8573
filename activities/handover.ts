// Handing over a school's administration (R4.6): registered and approved while the old administrator works; the swap is one
// transaction, and the unique index of active administrators has the last word.
import { type HandedSchool, mayHandOver } from '../domain/handover';
import type { RefusalCode } from '../domain/refusal';
import { endAccount } from '../prisma/end-account';
import type { Account, Form, Registration } from '../prisma/generated/client';
import type { RecordingDependencies, Transaction } from './dependencies';
import { queueMail } from './mail-orders';

/** The one administrator that a school has now, or null. */
function administratorOf(tx: Transaction, schoolCode: string): Promise<Account | null> {
  return tx.account.findFirst({ where: { schoolCode, role: 'SCHOOL', status: 'ACTIVE' } });
}

/**
 * Whether whoever asked may still hand over: the account may have ended since the form was written.
 * @param administered whether the school has an administrator, whose place is taken
 */
export async function refuseHandover(tx: Transaction, { actorId }: Form, school: HandedSchool, administered: boolean): Promise<RefusalCode | null> {
  const account = actorId ? await tx.account.findUnique({ where: { id: actorId } }) : null;
  if (account?.status !== 'ACTIVE' || !mayHandOver(account, school)) return 'FORBIDDEN';
  return administered ? null : 'NOTHING_TO_REPLACE';
}

/** The administrator is told where it was the district that asked. */
export async function tellOfHandover(tx: Transaction, dependencies: RecordingDependencies, form: Form, row: Registration): Promise<void> {
  const account = row.replaces ? await administratorOf(tx, row.schoolCode) : null;
  if (account && account.id !== form.actorId) {
    await queueMail(tx, dependencies, row, { purpose: 'handover-asked', audience: 'ADMINISTRATOR', account });
  }
}

/**
 * The old access ends in the transaction in which the new one becomes active. Nobody may be left to end: the administrator was
 * revoked or moved meanwhile.
 * @returns the account that ended
 */
export async function endReplaced(tx: Transaction, dependencies: RecordingDependencies, row: Registration): Promise<Account | null> {
  const account = row.replaces ? await administratorOf(tx, row.schoolCode) : null;
  return account && (await endAccount(tx, account.id, dependencies.now())) ? account : null;
}

/** Both who had it and the district are told that it is done. */
export async function tellHandedOver(
  tx: Transaction,
  dependencies: RecordingDependencies,
  row: Registration,
  replaced: Account | null,
): Promise<void> {
  if (!row.replaces) return;
  await queueMail(tx, dependencies, row, { purpose: 'handed-over', audience: 'DISTRICT' });
  if (replaced) await queueMail(tx, dependencies, row, { purpose: 'handed-over', audience: 'ADMINISTRATOR', account: replaced });
}
