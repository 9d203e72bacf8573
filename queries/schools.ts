// The directory of schools: public, and for offices with what only they may know in a list.

import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { OPEN_STATUSES } from '../domain/registration';
import { normaliseText } from '../domain/thai-text';
import type { Prisma } from '../prisma/generated/client';
import { page, readCursor, writeCursor } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { Queries, SchoolView } from './queries';

const withStanding = {
  district: true,
  accounts: { where: { role: 'SCHOOL', status: 'ACTIVE' }, select: { id: true } },
  registrations: { where: { status: { in: [...OPEN_STATUSES] } }, select: { id: true } },
} satisfies Prisma.SchoolInclude;
type SchoolRow = Prisma.SchoolGetPayload<{ include: typeof withStanding }>;

function view(row: SchoolRow, caller: Caller | null): SchoolView {
  const { code, name, district } = row;
  return {
    code,
    name,
    district: district && { code: district.code, name: district.name, kind: district.kind },
    ...(caller && caller.role !== 'SCHOOL' && { hasAdministrator: row.accounts.length > 0, registrationOpen: row.registrations.length > 0 }),
  };
}

/** Schools by code or by a part of the name, or those of a district, in the order of their codes. */
export function schools({ prisma }: QueryDependencies): Queries['schools'] {
  return async ({ q, district, cursor, limit }, caller) => {
    const text = q === undefined ? '' : normaliseText(q);
    const where: Prisma.SchoolWhereInput[] = [];
    if (text) where.push({ OR: [{ code: { startsWith: text } }, { name: { contains: text } }, { obecCode: text }, { ministryCode: text }] });
    if (district !== undefined) where.push({ districtCode: district });
    if (cursor) where.push({ code: { gt: readCursor(cursor, 1)[0] ?? '' } });
    const rows = await prisma.school.findMany({ where: { AND: where }, orderBy: { code: 'asc' }, take: limit + 1, include: withStanding });
    const { items, nextCursor } = page(rows, limit, ({ code }) => writeCursor(code));
    return { items: items.map((row) => view(row, caller)), nextCursor };
  };
}

/** One school, with whether it can register now. */
export function school({ prisma }: QueryDependencies): Queries['school'] {
  return async (code, caller) => {
    const row = await prisma.school.findUnique({ where: { code }, include: withStanding });
    if (!row) throw new Refused('NOT_FOUND');
    const pending = row.registrations.length > 0 ? ('PENDING' as const) : ('OPEN' as const);
    return { ...view(row, caller), registration: row.accounts.length > 0 ? 'TAKEN' : pending };
  };
}
