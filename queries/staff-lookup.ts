// A look-up that a transfer can cite (R5.3a, R5.3c), for the account that made it.
import { maskNationalId } from '../domain/national-id';
import { Refused } from '../domain/refused';
import { isFresh, maskName } from '../domain/staff-lookup';
import { isUuid } from '../domain/uuid';
import type { Prisma } from '../prisma/generated/client';
import type { QueryDependencies } from './dependencies';
import type { RosterQueries } from './roster-queries';

const school = { select: { code: true, name: true } } as const;
const withPerson = { person: { include: { postings: { where: { to: null }, include: { school } } } } } satisfies Prisma.StaffLookupInclude;

/** The person as the look-up told them: masked, with the school. */
export function citedLookup({ prisma, keyRing, now }: QueryDependencies): RosterQueries['citedLookup'] {
  return async (id, caller) => {
    const row = isUuid(id)
      ? await prisma.staffLookup.findFirst({ where: { id, accountId: caller.id, schoolCode: caller.schoolCode ?? '' }, include: withPerson })
      : null;
    if (!row?.person || row.person.erasedAt !== null || (row.found !== 'ELSEWHERE' && row.found !== 'UNPOSTED')) throw new Refused('NOT_FOUND');
    const { firstName, lastName, nationalIdCipher, postings } = row.person;
    return {
      lookupId: row.id,
      found: row.found,
      maskedId: maskNationalId(keyRing.open(nationalIdCipher)),
      maskedName: maskName(firstName, lastName),
      school: postings[0]?.school ?? null,
      citable: isFresh(row, now()),
    };
  };
}
