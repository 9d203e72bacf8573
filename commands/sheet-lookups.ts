// The look-ups of a sheet (R5.3c): from the account's one budget, in the order of the rows. One that an earlier run of the sheet
// made, and that still says the same, is cited again and costs nothing, so that a dry run and what follows it cost once.
import { randomUUID } from 'node:crypto';
import type { Caller } from '../domain/entitlement';
import { isFresh } from '../domain/staff-lookup';
import type { School } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';
import { spendLookups } from './lookup-budget';
import { type Asked, type FoundPerson, findPeople, recordLookups } from './staff-lookups';

/** What was found. */
export interface SheetLookups {
  /** By national ID; those beyond the budget are absent. */
  people: ReadonlyMap<string, FoundPerson>;
  /** In how many seconds those can be looked up; null where there are none. */
  retryAfter: number | null;
}

/** Looks national IDs up, as far as the budget goes. */
export async function lookUpForSheet(
  dependencies: CommandDependencies,
  caller: Caller,
  school: School,
  nationalIds: readonly string[],
): Promise<SheetLookups> {
  const asked = nationalIds.map((nationalId) => ({ lookupId: randomUUID(), nationalId }));
  const earlier = await earlierLookups(dependencies, caller, school, nationalIds);
  const before = ({ nationalId }: Asked) => earlier.get(dependencies.keyRing.lookupHash(nationalId));
  const [unseen, looked] = [asked.filter((one) => !before(one)), asked.filter(before)];
  const fresh = await lookUpAnew(dependencies, caller, school, unseen);
  const seen = await findPeople(dependencies, school.code, looked);
  const known = seen.flatMap((person) => citedAgain(person, before(person)));
  const cited = new Set(known.map(({ nationalId }) => nationalId));
  const changed = seen.filter(({ nationalId }) => !cited.has(nationalId));
  const again = await lookUpAnew(dependencies, caller, school, changed);
  const people = new Map([...known, ...fresh.people, ...again.people].map((person) => [person.nationalId, person]));
  return { people, retryAfter: again.retryAfter ?? fresh.retryAfter };
}

/** The budget is spent before the database is asked. */
async function lookUpAnew(
  dependencies: CommandDependencies,
  caller: Caller,
  school: School,
  asked: readonly Asked[],
): Promise<{ people: FoundPerson[]; retryAfter: number | null }> {
  if (asked.length === 0) return { people: [], retryAfter: null };
  const { granted, retryAfter } = await spendLookups(dependencies, caller.id, asked.length);
  const people = granted === 0 ? [] : await findPeople(dependencies, school.code, asked.slice(0, granted));
  if (people.length > 0) await recordLookups(dependencies, caller, school, people);
  return { people, retryAfter: granted < asked.length ? retryAfter : null };
}

interface Earlier {
  id: string;
  found: string;
  personId: string | null;
}

async function earlierLookups(
  { prisma, keyRing, now }: CommandDependencies,
  caller: Caller,
  school: School,
  nationalIds: readonly string[],
): Promise<Map<string, Earlier>> {
  const rows = await prisma.staffLookup.findMany({
    where: { accountId: caller.id, schoolCode: school.code, usedAt: null, nationalIdHash: { in: nationalIds.map((id) => keyRing.lookupHash(id)) } },
    orderBy: { createdAt: 'asc' },
  });
  return new Map(rows.filter((row) => isFresh(row, now())).map((row) => [row.nationalIdHash, row]));
}

function citedAgain(person: FoundPerson, earlier: Earlier | undefined): FoundPerson[] {
  if (earlier?.found !== person.view.found || earlier.personId !== person.personId) return [];
  return [{ ...person, lookupId: earlier.id, view: { ...person.view, lookupId: earlier.id } }];
}
