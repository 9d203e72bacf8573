// Who may hand over a school's administration, and who may take it away (R4.6): asked before a request's body is parsed.
import { mayHandOver, mayRevoke } from '../domain/handover';
import { Refused } from '../domain/refused';
import { OPEN_STATUSES } from '../domain/registration';
import { ADMINISTRATOR } from '../prisma/administrator';
import type { QueryDependencies } from './dependencies';
import type { Queries } from './queries';

const schoolPart = { code: true, districtCode: true } as const;

/** Refuses who may not hand this school over; a school that is unknown is nobody's. */
export function handoverAccess({ prisma }: QueryDependencies): Queries['handoverAccess'] {
  return async (schoolCode, caller) => {
    if (!caller) throw new Refused('UNAUTHENTICATED');
    const school = await prisma.school.findUnique({ where: { code: schoolCode }, select: schoolPart });
    if (!school || !mayHandOver(caller, school)) throw new Refused('FORBIDDEN');
  };
}

/** Whether the next one would be refused with REGISTRATION_OPEN: beside an administrator every open registration is a handover. */
export function handoverOpen(dependencies: QueryDependencies): Queries['handoverOpen'] {
  return async (schoolCode, caller) => {
    await handoverAccess(dependencies)(schoolCode, caller);
    const open = { schoolCode, status: { in: [...OPEN_STATUSES] } };
    return (await dependencies.prisma.registration.count({ where: open })) > 0;
  };
}

/** Refuses who may not revoke the administrator of this school. */
export function revocationAccess({ prisma }: QueryDependencies): Queries['revocationAccess'] {
  return async (schoolCode, caller) => {
    const school = await prisma.school.findUnique({ where: { code: schoolCode }, select: schoolPart });
    if (!school) throw new Refused('NOT_FOUND');
    if (!mayRevoke(caller, school)) throw new Refused('FORBIDDEN');
  };
}

/** Whose access the office would end. */
export function administrator(dependencies: QueryDependencies): Queries['administrator'] {
  return async (schoolCode, caller) => {
    await revocationAccess(dependencies)(schoolCode, caller);
    return dependencies.prisma.account.findFirst({ where: { schoolCode, ...ADMINISTRATOR }, select: { id: true, name: true } });
  };
}
