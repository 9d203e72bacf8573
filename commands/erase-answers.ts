import type { Prisma } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';
import { KEPT_MS } from './idempotency';

/** So many answers are opened at once: each is a few kilobytes. */
const PART = 500;

/**
 * Answers kept for repeats (Idempotency-Key) are encrypted and end after a day; those that tell of an erased person
 * are deleted in the transaction that erases (X7). Older ones are nobody's any more: a sweep deletes them.
 * @param ids of the person, of the person's cases and of look-ups that found them: an answer about them names one
 */
export async function eraseAnswers(tx: Prisma.TransactionClient, { keyRing, now }: CommandDependencies, ids: readonly string[]): Promise<void> {
  const createdAt = { gte: new Date(now().getTime() - KEPT_MS) };
  for (let place: Prisma.IdempotencyKeyWhereInput = {}; ; ) {
    const rows = await tx.idempotencyKey.findMany({
      where: { answer: { not: null }, createdAt, ...place },
      orderBy: [{ caller: 'asc' }, { key: 'asc' }],
      take: PART,
    });
    const telling = rows.filter(({ answer }) => answer !== null && tells(keyRing.open(answer), ids));
    if (telling.length > 0) await tx.idempotencyKey.deleteMany({ where: { OR: telling.map(({ caller, key }) => ({ caller, key })) } });
    const last = rows.at(-1);
    if (rows.length < PART || !last) return;
    place = { OR: [{ caller: { gt: last.caller } }, { caller: last.caller, key: { gt: last.key } }] };
  }
}

function tells(answer: string, ids: readonly string[]): boolean {
  return ids.some((id) => answer.includes(id));
}
