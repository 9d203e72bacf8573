// The rosters of all schools of an office (R5.0): counts, last check, overdue; as a list, and as CSV.
import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { isCheckOverdue } from '../domain/roster';
import type { Prisma } from '../prisma/generated/client';
import { isClosedSchool } from '../prisma/school-closure';
import { writeSheet } from '../sheets/sheet';
import { page, readCursor, writeCursor } from './cursor';
import type { QueryDependencies } from './dependencies';
import { whereIsOpen } from './open-schools';
import type { RosterFilter, RosterQueries, RosterView } from './roster-queries';
import { since, summaries, summary } from './roster-summary';

/** A page of schools, by code. */
export function rosters(dependencies: QueryDependencies): RosterQueries['rosters'] {
  return async ({ cursor, limit, ...filter }, caller) => {
    const where = [...conditions(dependencies, filter, caller), ...(cursor ? [{ code: { gt: readCursor(cursor, 1)[0] ?? '' } }] : [])];
    const schools = await readSchools(dependencies, where, limit + 1);
    const { items, nextCursor } = page(schools, limit, ({ code }) => writeCursor(code));
    return { items: await views(dependencies, items), nextCursor };
  };
}

/** The one summary that a school's own calls answer with. */
export function rosterSummary(dependencies: QueryDependencies): RosterQueries['rosterSummary'] {
  return (schoolCode) => summary(dependencies, schoolCode);
}

function conditions(dependencies: QueryDependencies, { district, overdue }: RosterFilter, caller: Caller): Prisma.SchoolWhereInput[] {
  const list: Prisma.SchoolWhereInput[] = [];
  if (caller.role === 'DISTRICT') {
    if (district !== undefined && district !== caller.districtCode) throw new Refused('FORBIDDEN');
    list.push({ districtCode: caller.districtCode ?? '' });
  } else if (district !== undefined) list.push({ districtCode: district });
  const lately = { rosterChecks: { some: { on: { gte: new Date(since(dependencies)) } } } };
  // A closed school has nobody who could attest.
  const isOpen = whereIsOpen(dependencies.now());
  if (overdue !== undefined) list.push(overdue ? { AND: [{ NOT: lately }, isOpen] } : { OR: [lately, { NOT: isOpen }] });
  return list;
}

const withDistrict = { district: { select: { code: true, name: true } } } satisfies Prisma.SchoolInclude;
type SchoolRow = Prisma.SchoolGetPayload<{ include: typeof withDistrict }>;

function readSchools({ prisma }: QueryDependencies, where: Prisma.SchoolWhereInput[], take?: number): Promise<SchoolRow[]> {
  return prisma.school.findMany({ where: { AND: where }, orderBy: { code: 'asc' }, include: withDistrict, ...(take !== undefined && { take }) });
}

async function views(dependencies: QueryDependencies, schools: readonly SchoolRow[]): Promise<RosterView[]> {
  const found = await summaries(
    dependencies,
    schools.map(({ code }) => code),
  );
  const first = since(dependencies);
  const now = dependencies.now();
  return schools.flatMap(({ code, name, district, closedOn }) => {
    const counts = found.get(code);
    if (!counts) return [];
    const overdue = !isClosedSchool({ closedOn }, now) && isCheckOverdue(counts.checkedOn, first);
    return [{ school: { code, name }, district, ...counts, overdue }];
  });
}

const HEADINGS = [
  'schoolCode',
  'schoolName',
  'districtCode',
  'districtName',
  'listed',
  'complete',
  'incomplete',
  'unverified',
  'headcount',
  'missing',
  'surplus',
  'checkedOn',
  'overdue',
];

/** Every school of the office, as CSV; the whole country is some megabytes. */
export function rostersSheet(dependencies: QueryDependencies): RosterQueries['rostersSheet'] {
  return async (filter, caller) => {
    const schools = await readSchools(dependencies, conditions(dependencies, filter, caller));
    return writeSheet('csv', 'rosters', [HEADINGS, ...(await views(dependencies, schools)).map(cells)]);
  };
}

function cells({ school, district, checkedOn, headcount, overdue, ...counts }: RosterView): string[] {
  const { listed, complete, incomplete, unverified, missing, surplus } = counts;
  const figures = [listed, complete, incomplete, unverified, headcount ?? '', missing, surplus].map(String);
  return [school.code, school.name, district?.code ?? '', district?.name ?? '', ...figures, checkedOn ?? '', String(overdue)];
}
