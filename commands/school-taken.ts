import type { RefusalCode } from '../domain/refusal';
import { OPEN_STATUSES } from '../domain/registration';
import type { CommandDependencies } from './dependencies';

/**
 * What stands in the way of another registration of the school (R1.1).
 * @param asking the registration that asks; one that takes the administrator's place is not kept by there being one (R4.6)
 */
export async function schoolTaken(
  { prisma }: CommandDependencies,
  schoolCode: string,
  { id: except, replaces = false }: { id: string; replaces?: boolean | undefined },
): Promise<RefusalCode | null> {
  const administrator = replaces
    ? null
    : await prisma.account.findFirst({ where: { schoolCode, role: 'SCHOOL', status: 'ACTIVE' }, select: { id: true } });
  if (administrator) return 'SCHOOL_HAS_ADMINISTRATOR';
  const open = await prisma.registration.findFirst({
    where: { schoolCode, status: { in: [...OPEN_STATUSES] }, id: { not: except } },
    select: { id: true },
  });
  return open ? 'REGISTRATION_OPEN' : null;
}
