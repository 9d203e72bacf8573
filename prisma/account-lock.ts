// An account's row under locks.
import type { Prisma } from './generated/client';

/**
 * Takes it until the transaction ends: what is done with the links of one account for a new password (R4.5) follows one another, and its end
 * comes before or after. Everybody locks in this order: the account, mails, such links (`password_reset`). Who ends an account has it by its
 * first statement (end-account.ts), and who records a mail's outcome begins with the mail (activities/mail-outcome.ts).
 */
export async function lockAccount(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}

/** Whether an account is active; until the transaction ends nobody can end it in between. */
export async function lockWhetherActive(tx: Prisma.TransactionClient, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM account WHERE id = ${id}::uuid AND status = 'ACTIVE' FOR SHARE`;
  return rows.length === 1;
}
