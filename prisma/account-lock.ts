// An account's row under a lock, as whoever makes or uses a link for a new password takes it first (R4.5). Locks are taken in this order
// by everybody: the account, mails, links for a new password (`password_reset`). Who ends an account has it by its first statement
// (end-account.ts), and who records a mail's outcome begins with the mail (activities/mail-outcome.ts).
import type { Prisma } from './generated/client';

/** Takes it until the transaction ends: what is done with the links of one account follows one another, and its end comes before or after. */
export async function lockAccount(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}
