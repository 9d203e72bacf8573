// Where a person is posted now, or was last, as everybody locks it who changes, moves, erases or asks for the person.
import type { Posting, Prisma } from './generated/client';

/** Where a person is posted now, under a lock that lasts until the transaction ends: a removal and a move follow one another. */
export async function lockOpenPosting(tx: Prisma.TransactionClient, personId: string): Promise<Posting | null> {
  await tx.$queryRaw`SELECT 1 FROM posting WHERE person_id = ${personId}::uuid AND "to" IS NULL FOR UPDATE`;
  return tx.posting.findFirst({ where: { personId, to: null } });
}

/** The order of postings that have ended: who moved in and out on one day was at the later one last. */
export const LAST_FIRST: Prisma.PostingOrderByWithRelationInput[] = [{ to: 'desc' }, { from: 'desc' }];
