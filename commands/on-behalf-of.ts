// R3.6: for whom an officer acts today.
import type { Caller } from '../domain/entitlement';
import { forTheHead, inForce } from '../prisma/substitutions-in-force';
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

/** Whether somebody leads their district today, and for whom: its head, or who stands in for the head. */
export async function leadership(
  { prisma, now }: Pick<CommandDependencies, 'prisma' | 'now'>,
  { id, role, districtCode, head }: Caller,
): Promise<{ leads: boolean; onBehalfOf: string | null }> {
  if (role !== 'DISTRICT' || head) return { leads: role === 'DISTRICT', onBehalfOf: null };
  const found = await prisma.substitution.findFirst({ where: forTheHead({ id, districtCode }, now()), select: { absentId: true } });
  return { leads: found !== null, onBehalfOf: found?.absentId ?? null };
}
