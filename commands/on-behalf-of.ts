// R3.6: for whom an officer acts today.
import type { Caller } from '../domain/entitlement';
import { inForce } from '../prisma/substitutions-in-force';
import type { CommandDependencies } from './dependencies';

/**
 * The account that the caller stands in for today, the head before others; null where there is none.
 * @param barred accounts that could not do it themselves: for them the caller acts in the own name, as an approver of the district may
 */
export async function onBehalfOf(
  { prisma, now }: Pick<CommandDependencies, 'prisma' | 'now'>,
  caller: Pick<Caller, 'id' | 'role'>,
  barred: readonly (string | null)[] = [],
): Promise<string | null> {
  if (caller.role !== 'DISTRICT') return null;
  const found = await prisma.substitution.findFirst({
    where: {
      ...inForce(now()),
      substituteId: caller.id,
      absentId: { notIn: barred.filter((id) => id !== null) },
      absent: { is: { status: 'ACTIVE' } },
    },
    orderBy: [{ absent: { head: 'desc' } }, { from: 'asc' }, { id: 'asc' }],
    select: { absentId: true },
  });
  return found?.absentId ?? null;
}
