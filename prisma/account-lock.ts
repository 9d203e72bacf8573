// An account's row under locks.
import { Prisma } from './generated/client';

/**
 * Takes it until the transaction ends: what is done with the links of one account for a new password (R4.5) follows one another, and its end
 * comes before or after. Everybody locks in this order: the account, mails, such links (`password_reset`). Who ends an account has it by its
 * first statement (end-account.ts), and who records a mail's outcome begins with the mail (activities/mail-outcome.ts). A request that is
 * being prepared has no mail yet, and may be changed before.
 */
export async function lockAccount(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}

/**
 * Which of some accounts are active; until the transaction ends nobody can end them in between. They are locked in the order of their
 * IDs, as everybody does who needs more than one; but an officer's own, whose access is only looked at (commands/lock-access.ts), before
 * a school administrator's that it ends: those never lock officers.
 * @param mode `END` where one of them is about to end
 */
export async function lockActive(tx: Prisma.TransactionClient, ids: readonly string[], mode: 'STAY' | 'END' = 'STAY'): Promise<Set<string>> {
  const lock = mode === 'END' ? Prisma.sql`FOR NO KEY UPDATE` : Prisma.sql`FOR SHARE`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM account WHERE id = ANY(${ids}::uuid[]) AND status = 'ACTIVE' ORDER BY id ${lock}`;
  return new Set(rows.map(({ id }) => id));
}
