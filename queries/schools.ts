// The directory of schools: public, and for offices with what only they may know in a list.
import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { OPEN_STATUSES } from '../domain/registration';
import { arabicDigits, nameKey, normaliseText } from '../domain/thai-text';
import { ADMINISTRATOR } from '../prisma/administrator';
import type { Prisma } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { isClosedSchool } from '../prisma/school-closure';
import { page, readCursor, writeCursor } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { Queries, SchoolView } from './queries';
import { literally } from './search-pattern';
import { refuseWholeId } from './whole-id';

const withStanding = {
  district: true,
  accounts: { where: ADMINISTRATOR, select: { id: true } },
  registrations: { where: { status: { in: [...OPEN_STATUSES] } }, select: { id: true } },
} satisfies Prisma.SchoolInclude;
type SchoolRow = Prisma.SchoolGetPayload<{ include: typeof withStanding }>;

function view(row: SchoolRow, caller: Caller | null): SchoolView {
  const { code, name, district, subdistrict, amphoe, province } = row;
  return {
    code,
    name,
    place: { subdistrict, amphoe, province },
    district: district && { code: district.code, name: district.name, kind: district.kind },
    ...(row.closedOn && { closedOn: isoDate(row.closedOn) }),
    ...(caller && caller.role !== 'SCHOOL' && forOffices(row)),
  };
}

function forOffices({ accounts, registrations, closureReason }: SchoolRow): Partial<SchoolView> {
  const told = { hasAdministrator: accounts.length > 0, registrationOpen: registrations.length > 0 };
  return { ...told, ...(closureReason !== null && { closureReason }) };
}

const INSTEAD_OF_ID = { th: 'ค้นด้วยชื่อหรือรหัสสถานศึกษา', en: 'find the school by its name or code.' };

/** Schools by code or by a part of the name, or those of a district, by their names as a Thai dictionary has them (X6). @throws Refused VALIDATION for a national ID (X3) */
export function schools({ prisma }: QueryDependencies): Queries['schools'] {
  return async ({ q, district, cursor, limit }, caller) => {
    if (q !== undefined) refuseWholeId(q, INSTEAD_OF_ID);
    const text = q === undefined ? '' : normaliseText(q);
    const where: Prisma.SchoolWhereInput[] = [];
    if (text) where.push(search(text));
    if (district !== undefined) where.push({ districtCode: district });
    if (cursor) where.push(after(readCursor(cursor, 2)));
    const rows = await prisma.school.findMany({
      where: { AND: where },
      orderBy: [{ name: 'asc' }, { code: 'asc' }],
      take: limit + 1,
      include: withStanding,
    });
    const { items, nextCursor } = page(rows, limit, ({ name, code }) => writeCursor(name, code));
    return { items: items.map((row) => view(row, caller)), nextCursor };
  };
}

/** Many schools have one name. */
function after([name = '', code = '']: string[]): Prisma.SchoolWhereInput {
  return { name: { gte: name }, OR: [{ name: { gt: name } }, { code: { gt: code } }] };
}

/** By the beginning of the code, by one of the two other codes, or by every word of the name and the place, however they were typed (X5). */
function search(text: string): Prisma.SchoolWhereInput {
  const code = arabicDigits(text).replace(/ /g, '');
  return { OR: [{ code: { startsWith: literally(code) } }, { obecCode: code }, { ministryCode: code }, { AND: words(text).map(inNameOrPlace) }] };
}

/** The directory has names with and without the word for "school", and people type it or not. */
function words(text: string): string[] {
  const bare = text.replace(/^(โรงเรียน|ร\.ร\.|รร\.) ?(?=.)/, '');
  return bare.split(' ');
}

function inNameOrPlace(word: string): Prisma.SchoolWhereInput {
  return { searchText: { contains: literally(arabicDigits(nameKey(word))) } };
}

/** One school, with whether it can register now. */
export function school({ prisma, now }: QueryDependencies): Queries['school'] {
  return async (code, caller) => {
    const row = await prisma.school.findUnique({ where: { code }, include: withStanding });
    if (!row) throw new Refused('NOT_FOUND');
    return { ...view(row, caller), registration: isClosedSchool(row, now()) ? 'CLOSED' : standing(row) };
  };
}

function standing({ accounts, registrations }: SchoolRow): 'OPEN' | 'PENDING' | 'TAKEN' {
  if (accounts.length > 0) return 'TAKEN';
  return registrations.length > 0 ? 'PENDING' : 'OPEN';
}

/** How a district is reached. */
export function officeContact({ prisma }: QueryDependencies): Queries['officeContact'] {
  return (code) => prisma.district.findUnique({ where: { code }, select: { name: true, phone: true } });
}
