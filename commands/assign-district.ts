import { Refused } from '../domain/refused';
import { byAccount } from '../prisma/audit';
import { lockSchool } from '../prisma/school-closure';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { lockAccess } from './lock-access';
import { districtAssigned, UNKNOWN_DISTRICT } from './school-district';
import { tellCasesOf } from './tell-cases';

/** R3.2, R5.3d: the central office assigns a school to a district; the school's open cases move with it. */
export function assignDistrict(dependencies: CommandDependencies): Commands['assignDistrict'] {
  const { prisma } = dependencies;
  return async ({ schoolCode, districtCode, caller }) => {
    if (caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    await prisma.$transaction(async (tx) => {
      const school = await lockSchool(tx, schoolCode);
      await lockAccess(tx, caller);
      if (!school) throw new Refused('NOT_FOUND');
      if (!(await tx.district.findUnique({ where: { code: districtCode } }))) throw new Refused('VALIDATION', { errors: [UNKNOWN_DISTRICT] });
      await tx.school.update({ where: { code: schoolCode }, data: { districtCode }, select: { code: true } });
      await tx.auditEntry.create({ data: districtAssigned(byAccount(caller), { schoolCode, from: school.districtCode, to: districtCode }) });
    });
    await tellCasesOf(dependencies, schoolCode);
  };
}
