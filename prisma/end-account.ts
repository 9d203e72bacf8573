import type { Prisma } from './generated/client';

/**
 * Ends an account in the transaction that takes its place or takes it away: its sessions and its links for a new password end
 * with it (R4.6, R5.3d). The row stays locked until the transaction ends.
 * @returns whether it was this that ended it; false where somebody else had done so before
 */
export async function endAccount(tx: Prisma.TransactionClient, accountId: string, at: Date): Promise<boolean> {
  const { count } = await tx.account.updateMany({ where: { id: accountId, status: 'ACTIVE' }, data: { status: 'ENDED', endedAt: at } });
  if (count === 0) return false;
  await tx.session.deleteMany({ where: { accountId } });
  await tx.passwordReset.updateMany({ where: { accountId, usedAt: null, cancelledAt: null }, data: { cancelledAt: at } });
  return true;
}
