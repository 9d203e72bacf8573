// One budget of look-ups for each account, whichever way they are made (R5.3c): counted in one statement, so that a burst
// has no more of them than a queue. The rows are of the form that the other throttles write.
import type { CommandDependencies } from './dependencies';

/** What an account got of its budget. */
export interface Spent {
  /** None where nothing was left. */
  granted: number;
  /** Seconds until the budget is whole again. */
  retryAfter: number;
}

/**
 * Takes as many look-ups from the account's budget as it still has.
 * @param wanted at least one
 */
export async function spendLookups({ prisma, lookupLimit, now }: CommandDependencies, accountId: string, wanted: number): Promise<Spent> {
  const { points: most, seconds } = lookupLimit;
  const at = now().getTime();
  const until = at + seconds * 1_000;
  const [row] = await prisma.$queryRaw<{ points: number; expire: bigint }[]>`
    INSERT INTO rate_limit AS l (key, points, expire) VALUES (${`lookups:${accountId}`}, ${wanted}, ${until})
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN l.expire <= ${at} THEN ${wanted} ELSE least(l.points, ${most}) + ${wanted} END,
      expire = CASE WHEN l.expire <= ${at} THEN ${until} ELSE l.expire END
    RETURNING points, expire`;
  if (!row) throw new Error('The budget of look-ups gave no row.');
  const left = most - (row.points - wanted);
  return { granted: Math.min(Math.max(left, 0), wanted), retryAfter: Math.max(1, Math.ceil((Number(row.expire) - at) / 1_000)) };
}
