import type { RefusalCode } from '../domain/refusal';
import { OPEN_STATUSES } from '../domain/registration';
import { ADMINISTRATOR } from '../prisma/administrator';
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
  const school = await prisma.school.findUnique({
    where: { code: schoolCode },
    select: {
      accounts: { where: ADMINISTRATOR, select: { id: true }, take: 1 },
      registrations: { where: { status: { in: [...OPEN_STATUSES] }, id: { not: except } }, select: { id: true }, take: 1 },
    },
  });
  if (!school) return null;
  if (school.accounts.length > 0 && !replaces) return 'SCHOOL_HAS_ADMINISTRATOR';
  return school.registrations.length > 0 ? 'REGISTRATION_OPEN' : null;
}
