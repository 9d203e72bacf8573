import type { RefusalCode } from '../domain/refusal';
import { OPEN_STATUSES } from '../domain/registration';
import type { CommandDependencies } from './dependencies';

/** What stands in the way of another registration of the school (R1.1); `except` is the registration that asks. */
export async function schoolTaken({ prisma }: CommandDependencies, schoolCode: string, except: string): Promise<RefusalCode | null> {
  const administrator = await prisma.account.findFirst({ where: { schoolCode, role: 'SCHOOL', status: 'ACTIVE' }, select: { id: true } });
  if (administrator) return 'SCHOOL_HAS_ADMINISTRATOR';
  const open = await prisma.registration.findFirst({
    where: { schoolCode, status: { in: [...OPEN_STATUSES] }, id: { not: except } },
    select: { id: true },
  });
  return open ? 'REGISTRATION_OPEN' : null;
}
