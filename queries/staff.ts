// The people of a school's roster (R5.0): lists in the order of a Thai dictionary (X6), and one person.
import { type Caller, mayRead } from '../domain/entitlement';
import { maskNationalId, shownDigits } from '../domain/national-id';
import { Refused } from '../domain/refused';
import { missingFields } from '../domain/staff';
import { nameKey } from '../domain/thai-text';
import { isUuid } from '../domain/uuid';
import { isDone, REMOVED, SUBJECT } from '../prisma/audit';
import type { Person, Prisma } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { recordVersion, staffRecord } from '../prisma/staff-record';
import { page, readSealedCursor, sealCursor } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { RosterQueries, StaffFilter, StaffView } from './roster-queries';
import { since, summary } from './roster-summary';
import { literally } from './search-pattern';
import { refuseWholeId } from './whole-id';

const INSTEAD_OF_ID = {
  th: 'ค้นด้วยชื่อ หรือเลขที่ปิดบังแล้ว เช่น x-xxxx-xxxx0-12-1 หากจะค้นทั้งเลข ให้ใช้หน้าเพิ่มบุคลากร',
  en: 'find by name, or by the masked number such as x-xxxx-xxxx0-12-1; a whole one is looked up where people are added (POST /api/staff-lookups).',
};

/** Whether the caller may see a school's roster at all. */
export function rosterAccess({ prisma }: QueryDependencies): RosterQueries['rosterAccess'] {
  return async (code, caller: Caller) => {
    if (caller.role === 'SCHOOL') {
      if (caller.schoolCode !== code) throw new Refused('NOT_FOUND');
      return;
    }
    const school = await prisma.school.findUnique({ where: { code }, select: { districtCode: true } });
    if (!school) throw new Refused('NOT_FOUND');
    if (!mayRead(caller, school)) throw new Refused('FORBIDDEN');
  };
}

/** A page of the roster, with the summary of the whole. */
export function staff(dependencies: QueryDependencies): RosterQueries['staff'] {
  return async (schoolCode, filter) => {
    const reading = dependencies.prisma.rosterEntry.findMany({
      where: { schoolCode, AND: await conditions(dependencies, schoolCode, filter) },
      orderBy: [{ firstName: 'asc' }, { lastName: 'asc' }, { personId: 'asc' }],
      take: filter.limit + 1,
      include: { person: true },
    });
    const [rows, whole] = await Promise.all([reading, summary(dependencies, schoolCode)]);
    const cursorOf = ({ firstName, lastName, personId }: (typeof rows)[number]) => sealCursor(dependencies.keyRing, firstName, lastName, personId);
    const { items, nextCursor } = page(rows, filter.limit, cursorOf);
    return { items: items.map(({ person }) => viewStaff(dependencies, person)), nextCursor, summary: whole };
  };
}

async function conditions(dependencies: QueryDependencies, schoolCode: string, filter: StaffFilter): Promise<Prisma.RosterEntryWhereInput[]> {
  const list: Prisma.RosterEntryWhereInput[] = [];
  if (filter.complete !== undefined) list.push({ complete: filter.complete });
  if (filter.verified !== undefined) list.push(filter.verified ? lately(dependencies) : { NOT: lately(dependencies) });
  if (filter.q) list.push(await search(dependencies, schoolCode, filter.q));
  if (filter.cursor) list.push(after(dependencies, filter.cursor));
  return list;
}

function lately(dependencies: QueryDependencies): Prisma.RosterEntryWhereInput {
  return { verifiedOn: { not: null, gte: new Date(since(dependencies)) } };
}

/** By masked national ID, otherwise by name, however it was typed (X5). @throws Refused VALIDATION for a whole one */
async function search({ prisma, keyRing }: QueryDependencies, schoolCode: string, q: string): Promise<Prisma.RosterEntryWhereInput> {
  refuseWholeId(q, INSTEAD_OF_ID);
  const digits = shownDigits(q);
  if (digits === null) return { nameKey: { contains: literally(nameKey(q)) } };
  // Only the hash of the whole ID can be looked for in the database; one school's people are few.
  const people = await prisma.person.findMany({ where: { rosterEntry: { is: { schoolCode } } }, select: { id: true, nationalIdCipher: true } });
  return { personId: { in: people.filter((person) => keyRing.open(person.nationalIdCipher).endsWith(digits)).map(({ id }) => id) } };
}

function after({ keyRing }: QueryDependencies, cursor: string): Prisma.RosterEntryWhereInput {
  const [firstName = '', lastName = '', personId = ''] = readSealedCursor(keyRing, cursor, 3);
  return {
    OR: [{ firstName: { gt: firstName } }, { firstName, lastName: { gt: lastName } }, { firstName, lastName, personId: { gt: personId } }],
  };
}

/** Somebody as the roster shows them. */
export function viewStaff({ keyRing }: QueryDependencies, row: Person): StaffView {
  const record = staffRecord(row);
  const missing = missingFields(record);
  return {
    id: row.id,
    nationalId: maskNationalId(keyRing.open(row.nationalIdCipher)),
    ...record,
    verifiedOn: row.verifiedOn && isoDate(row.verifiedOn),
    completeness: { complete: missing.length === 0, missing },
  };
}

/** One person of the roster. */
export function staffMember(dependencies: QueryDependencies): RosterQueries['staffMember'] {
  return async (schoolCode, personId) => {
    if (!isUuid(personId)) throw new Refused('NOT_FOUND');
    const row = await dependencies.prisma.person.findFirst({
      where: { id: personId, rosterEntry: { is: { schoolCode } } },
      include: { postings: { orderBy: { from: 'desc' }, include: { school: { select: { code: true, name: true } } } } },
    });
    if (!row) throw new Refused('NOT_FOUND');
    const postings = row.postings.map(({ school, from, to }) => ({ school, from: isoDate(from), to: to && isoDate(to) }));
    return { ...viewStaff(dependencies, row), version: recordVersion(staffRecord(row)), postings };
  };
}

/** Somebody of another roster is none of this school's; who was removed is, so that a repeat is answered as before. */
export function removalAccess({ prisma }: QueryDependencies): RosterQueries['removalAccess'] {
  return async (schoolCode, personId) => {
    if (!isUuid(personId)) throw new Refused('NOT_FOUND');
    if ((await prisma.posting.count({ where: { personId, schoolCode } })) === 0) throw new Refused('NOT_FOUND');
  };
}

/** Who has left since is no longer there to be removed; a repeat of the removal itself is answered as before. */
export function refuseLeft({ prisma }: QueryDependencies): RosterQueries['refuseLeft'] {
  return async (schoolCode, personId, formId) => {
    if ((await prisma.posting.count({ where: { personId, schoolCode, to: null } })) > 0) return;
    if (!(await isDone(prisma, SUBJECT.person(personId), REMOVED, formId))) throw new Refused('NOT_FOUND');
  };
}
