// R3.6: for whom an officer acts today.
import type { Caller, NamedCaller } from '../domain/entitlement';
import { inForce } from '../prisma/substitutions-in-force';
import type { CommandDependencies } from './dependencies';

/**
 * The account that the caller stands in for today, the head before others; null where there is none.
 * @param could whether the absent could do it themselves: otherwise the caller acts in the own name, as an approver of the district may
 */
export async function onBehalfOf(
  { prisma, now }: Pick<CommandDependencies, 'prisma' | 'now'>,
  caller: Pick<Caller, 'id' | 'role'>,
  could: (absent: NamedCaller) => boolean = () => true,
): Promise<string | null> {
  if (caller.role !== 'DISTRICT') return null;
  const found = await prisma.substitution.findMany({
    where: { ...inForce(now()), substituteId: caller.id, absent: { is: { status: 'ACTIVE' } } },
    orderBy: [{ absent: { head: 'desc' } }, { from: 'asc' }, { id: 'asc' }],
    select: { absent: { select: { id: true, name: true, role: true, schoolCode: true, districtCode: true, head: true } } },
  });
  return found.find(({ absent }) => could(absent))?.absent.id ?? null;
}
