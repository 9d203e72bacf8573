// R2.8: objections that an open case should have been told of and was not, since Temporal was away or its workflow lost.
import { OPEN_STATUSES } from '../domain/registration';
import { listed } from '../prisma/fragments';
import { Prisma, type PrismaClient } from '../prisma/generated/client';

/** An objection to an open registration that does not know of it. */
interface UnheardObjection {
  id: string;
  registrationId: string;
}

/**
 * Finds them, oldest first. One from before the submission was about another case, or about none.
 * @param among one registration, or all; those made before an instant, or all
 */
export function unheardObjections(
  prisma: PrismaClient,
  { registrationId, before }: { registrationId?: string; before?: Date },
): Promise<UnheardObjection[]> {
  const ofCase = registrationId === undefined ? Prisma.empty : Prisma.sql`AND r.id = ${registrationId}::uuid`;
  const inTime = before === undefined ? Prisma.empty : Prisma.sql`AND o.created_at < ${before}`;
  return prisma.$queryRaw<UnheardObjection[]>`
    SELECT o.id, r.id AS "registrationId" FROM objection o JOIN registration r ON r.school_code = o.school_code
    WHERE o.registration_id IS NULL AND r.status IN ${listed(OPEN_STATUSES)} AND o.created_at >= r.submitted_at ${ofCase} ${inTime}
    ORDER BY o.created_at`;
}
