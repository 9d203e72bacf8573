// What an approver checks a registrant's data against (R3.1): told to the office only (X8).
import { decisionRights } from '../domain/entitlement';
import type { Registration } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import type { QueryDependencies } from './dependencies';
import type { Queries, VerificationView } from './queries';
import { readableRow } from './readable-row';

/** The roster's posting of the person, the objections, and what the caller may decide. */
export function verification(dependencies: QueryDependencies): Queries['verification'] {
  return async (id, caller) => {
    const row = await readableRow(dependencies.prisma, id, caller);
    return {
      posting: await posting(dependencies, row),
      objections: await objections(dependencies, row),
      ...decisionRights(caller, row),
    };
  };
}

async function posting({ prisma }: QueryDependencies, { nationalIdHash }: Registration): Promise<VerificationView['posting']> {
  const open = await prisma.posting.findFirst({
    where: { to: null, person: { nationalIdHash } },
    select: { from: true, school: { select: { code: true, name: true } } },
  });
  return open && { schoolCode: open.school.code, schoolName: open.school.name, since: isoDate(open.from) };
}

async function objections({ prisma }: QueryDependencies, { id }: Registration): Promise<VerificationView['objections']> {
  const rows = await prisma.objection.findMany({ where: { registrationId: id, name: { not: '' } }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ createdAt, name, phone, note }) => ({ at: createdAt.toISOString(), name, phone, note }));
}
