// A school's district (R3.2): who changed it is audited, and which open cases have yet to follow.
import { registrationWorkflowId } from '../contracts/registration';
import { transferWorkflowId } from '../contracts/transfer';
import type { BrokenRule } from '../domain/refusal';
import { OPEN_STATUSES } from '../domain/registration';
import { OPEN_TRANSFER_STATUSES } from '../domain/transfer';
import { type Actor, auditEntry, SUBJECT } from '../prisma/audit';
import { listed } from '../prisma/fragments';
import type { PrismaClient } from '../prisma/generated/client';

/** The complaint about a code that no district has. */
export const UNKNOWN_DISTRICT: BrokenRule = {
  path: 'districtCode',
  code: 'NOT_FOUND',
  message: 'ไม่พบรหัสสำนักงานนี้ / No district office has this code.',
};

/** The audit entry of a school that gets another district. */
export function districtAssigned(actor: Actor, { schoolCode, from, to }: { schoolCode: string; from: string | null; to: string | null }) {
  const subject = SUBJECT.school(schoolCode);
  return auditEntry({
    subject,
    actor,
    action: 'DISTRICT_ASSIGNED',
    schoolCode,
    districtCode: to,
    before: { districtCode: from },
    after: { districtCode: to },
  });
}

/** The workflows of the open cases that still have another district than their schools, registrations (R3.2) and transfers (R5.3d). */
export async function casesOfMovedSchools(prisma: PrismaClient): Promise<string[]> {
  const registrations = await prisma.$queryRaw<{ schoolCode: string }[]>`
    SELECT r.school_code AS "schoolCode" FROM registration r JOIN school s ON s.code = r.school_code
    WHERE r.status IN ${listed(OPEN_STATUSES)} AND r.district_code IS DISTINCT FROM s.district_code
    ORDER BY r.school_code`;
  const transfers = await prisma.$queryRaw<{ personId: string }[]>`
    SELECT t.person_id AS "personId" FROM transfer t
    JOIN school receiving ON receiving.code = t.to_school_code
    LEFT JOIN school holding ON holding.code = t.from_school_code
    WHERE t.status IN ${listed(OPEN_TRANSFER_STATUSES)}
      AND (t.to_district_code IS DISTINCT FROM receiving.district_code OR t.from_district_code IS DISTINCT FROM holding.district_code)
    ORDER BY t.person_id`;
  return [
    ...registrations.map(({ schoolCode }) => registrationWorkflowId(schoolCode)),
    ...transfers.map(({ personId }) => transferWorkflowId(personId)),
  ];
}
