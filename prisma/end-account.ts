// What ends with an account, of an administrator (R4.6, R5.3d) or an officer (R3.6), as parts of a statement and as a statement of its own.
import { named } from './fragments';
import { Prisma } from './generated/client';

/**
 * Ends an account in the transaction that takes its place or takes it away: its sessions and its links for a new password end
 * with it. The row stays locked until the transaction ends, and is so before what ends with it (account-lock.ts).
 * @returns whether it was this that ended it; false where somebody else had done so before
 */
export async function endAccount(tx: Prisma.TransactionClient, accountId: string, at: Date): Promise<boolean> {
  const ended = Prisma.sql`EXISTS (SELECT FROM account_ended)`;
  const parts = named({ account_ended: endingAccount(accountId, at, Prisma.sql`true`), ...endingWithAccount(accountId, at, ended) });
  const [result] = await tx.$queryRaw<{ ended: boolean }[]>`WITH ${Prisma.join(parts)} SELECT ${ended} AS ended`;
  return result?.ended === true;
}

/** Finds no row where the account had ended before. @param where a condition that it depends on */
export function endingAccount(accountId: string, at: Date, where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`UPDATE account SET status = 'ENDED', ended_at = ${at} WHERE id = ${accountId}::uuid AND status = 'ACTIVE' AND ${where} RETURNING id`;
}

/** What ends with it, by names. @param where a condition that all of it depends on */
export function endingWithAccount(accountId: string, at: Date, where: Prisma.Sql): Record<string, Prisma.Sql> {
  return {
    sessions_ended: Prisma.sql`DELETE FROM session WHERE account_id = ${accountId}::uuid AND ${where}`,
    resets_ended: Prisma.sql`
      UPDATE password_reset SET cancelled_at = ${at} WHERE account_id = ${accountId}::uuid AND used_at IS NULL AND cancelled_at IS NULL AND ${where}`,
  };
}
