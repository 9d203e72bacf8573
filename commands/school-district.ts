// A school's district (R3.2): who changed it is audited, and which open cases have yet to follow.
import type { BrokenRule } from '../domain/refusal';
import { OPEN_STATUSES } from '../domain/registration';
import type { Prisma, PrismaClient } from '../prisma/generated/client';

/** The complaint about a code that no district has. */
export const UNKNOWN_DISTRICT: BrokenRule = {
  path: 'districtCode',
  code: 'NOT_FOUND',
  message: 'ไม่พบรหัสสำนักงานนี้ / No district office has this code.',
};

/** Who changes a school's district: an account of the central office, or who runs the programs of the service. */
export type DistrictActor = { actorKind: 'ACCOUNT'; actorId: string } | { actorKind: 'OPERATOR' };

/** The audit entry of a school that gets another district. */
export function districtAssigned(
  actor: DistrictActor,
  { schoolCode, from, to }: { schoolCode: string; from: string | null; to: string | null },
): Prisma.AuditEntryCreateManyInput {
  return {
    ...actor,
    caseId: `school/${schoolCode}`,
    action: 'DISTRICT_ASSIGNED',
    schoolCode,
    districtCode: to,
    before: { districtCode: from },
    after: { districtCode: to },
  };
}

/** The schools whose open case is still with another district than the school. */
export async function schoolsWithMovedCases(prisma: PrismaClient): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ code: string }[]>`
    SELECT s.code FROM registration r JOIN school s ON s.code = r.school_code
    WHERE r.status::text = ANY(${[...OPEN_STATUSES]}) AND r.district_code IS DISTINCT FROM s.district_code
    ORDER BY s.code`;
  return rows.map(({ code }) => code);
}
