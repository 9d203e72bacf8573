import type { Prisma } from './generated/client';

/** Ends an account and its sessions, in the transaction that makes it true. */
export async function endAccount(tx: Prisma.TransactionClient, id: string, at: Date): Promise<void> {
  await tx.account.update({ where: { id }, data: { status: 'ENDED', endedAt: at }, select: { id: true } });
  await tx.session.deleteMany({ where: { accountId: id } });
}
