import type { CommandDependencies } from './dependencies';

/** So many answers are opened at once: each is a few kilobytes. */
const PART = 500;

/**
 * Answers kept for repeats (CONTRACT.md, Idempotency-Key) are encrypted and end after a day; those that tell of an erased person
 * are deleted at once (X7).
 * @param ids of the person and of the person's cases: an answer about them names one
 */
export async function eraseAnswers({ prisma, keyRing }: CommandDependencies, ids: readonly string[]): Promise<void> {
  for (let after: { caller: string; key: string } | undefined; ; ) {
    const rows = await prisma.idempotencyKey.findMany({
      where: { answer: { not: null } },
      orderBy: [{ caller: 'asc' }, { key: 'asc' }],
      take: PART,
      ...(after && { cursor: { caller_key: after }, skip: 1 }),
    });
    const telling = rows.filter(({ answer }) => answer !== null && ids.some((id) => keyRing.open(answer).includes(id)));
    await prisma.idempotencyKey.deleteMany({ where: { OR: telling.map(({ caller, key }) => ({ caller, key })) } });
    const last = rows.at(-1);
    if (rows.length < PART || !last) return;
    after = { caller: last.caller, key: last.key };
  }
}
