// Transactions that PostgreSQL ended, since two of them waited for each other.
import { Prisma } from './generated/client';

/** The driver adapter's word for SQLSTATEs 40001 and 40P01, where the statement was one in SQL. */
const RAW = 'TransactionWriteConflict';

/**
 * Whether a transaction ended since it was in a deadlock or could not be serialized: nothing of it was written, and the same
 * once more finds the other one through. (P2034 and P2010, https://www.prisma.io/docs/orm/reference/error-reference)
 */
export function isWriteConflict(failure: unknown): boolean {
  if (!(failure instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return failure.code === 'P2034' || (failure.code === 'P2010' && JSON.stringify(failure.meta).includes(RAW));
}
