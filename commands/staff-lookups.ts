// Looking people up by national ID (R5.3a-R5.3c). Whatever a look-up finds, the same statements run and the same rows are
// written: neither the way nor the time tells more than the answer.
import type { Caller } from '../domain/entitlement';
import { maskName, whereFound } from '../domain/staff-lookup';
import { appendAudit, byAccount, ofSchool, SUBJECT } from '../prisma/audit';
import type { School } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';
import { lockAccess } from './lock-access';
import type { LookupView } from './roster-commands';

/** A national ID to look up, and the ID that its look-up gets. */
export interface Asked {
  lookupId: string;
  nationalId: string;
}

/** What the database knows of a national ID, and how it is told. */
export interface FoundPerson extends Asked {
  view: LookupView;
  personId: string | null;
}

interface FoundRow {
  hash: string;
  personId: string | null;
  firstName: string | null;
  lastName: string | null;
  schoolCode: string | null;
  schoolName: string | null;
}

/** Finds the people of some national IDs, in their order; the look-ups are recorded before anybody is told. */
export async function findPeople({ prisma, keyRing }: CommandDependencies, ownSchool: string, asked: readonly Asked[]): Promise<FoundPerson[]> {
  const hashes = asked.map(({ nationalId }) => keyRing.lookupHash(nationalId));
  const rows = await prisma.$queryRaw<FoundRow[]>`
    SELECT asked.hash, p.id AS "personId", p.first_name AS "firstName", p.last_name AS "lastName", s.code AS "schoolCode", s.name AS "schoolName"
    FROM unnest(${hashes}::text[]) AS asked(hash)
    LEFT JOIN person p ON p.national_id_hash = asked.hash
    LEFT JOIN posting o ON o.person_id = p.id AND o."to" IS NULL
    LEFT JOIN school s ON s.code = o.school_code`;
  const byHash = new Map(rows.map((row) => [row.hash, row]));
  return asked.map((one, index) => told(one, ownSchool, byHash.get(hashes[index] ?? '')));
}

function told(asked: Asked, ownSchool: string, row: FoundRow | undefined): FoundPerson {
  const personId = row?.personId ?? null;
  const found = whereFound(personId === null ? null : { schoolCode: row?.schoolCode ?? null }, ownSchool);
  // Masked even where there is nobody, so that it takes the same time.
  const maskedName = maskName(row?.firstName ?? 'ไม่มี', row?.lastName ?? 'ผู้ใด');
  const school = { code: row?.schoolCode ?? '', name: row?.schoolName ?? '' };
  const shown = { NONE: {}, UNPOSTED: { maskedName }, HERE: { maskedName, school }, ELSEWHERE: { maskedName, school } }[found];
  return { ...asked, view: { lookupId: asked.lookupId, found, ...shown }, personId };
}

/**
 * Records look-ups, with one entry of the audit; their cost is the caller's to count.
 * @throws Refused FORBIDDEN where the caller's access has ended since the call began, and nobody is told anything
 */
export async function recordLookups(
  { prisma, keyRing, now }: CommandDependencies,
  caller: Caller,
  school: Pick<School, 'code' | 'districtCode'>,
  people: readonly FoundPerson[],
): Promise<void> {
  const rows = people.map(({ lookupId, nationalId, view, personId }) => ({
    id: lookupId,
    accountId: caller.id,
    schoolCode: school.code,
    nationalIdHash: keyRing.lookupHash(nationalId),
    found: view.found,
    personId,
    createdAt: now(),
  }));
  // Unused look-ups are deleted after a day: whom one found is told by the audit from then on.
  const lookups = people.map(({ view: { lookupId, found }, personId }) => ({ lookupId, found, personId }));
  const fact = { subject: SUBJECT.school(school.code), actor: byAccount(caller), action: 'STAFF_LOOKED_UP', ...ofSchool(school), after: { lookups } };
  await prisma.$transaction(async (tx) => {
    await lockAccess(tx, caller);
    // A repeat of a request whose answer was lost finds its row.
    await tx.staffLookup.createMany({ data: rows, skipDuplicates: true });
    await appendAudit(tx, fact);
  });
}
