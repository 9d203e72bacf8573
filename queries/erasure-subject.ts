// Whom a request to erase is about (X7), so that the central office is sure of it before anything is gone.
import { fullName } from '../domain/full-name';
import { maskNationalId } from '../domain/national-id';
import { Refused } from '../domain/refused';
import { isUuid } from '../domain/uuid';
import type { QueryDependencies } from './dependencies';
import type { RosterQueries } from './roster-queries';

const school = { select: { code: true, name: true } } as const;

/** By the ID of a record, or of a registration of somebody who has none. */
export function erasureSubject({ prisma, keyRing }: QueryDependencies): RosterQueries['erasureSubject'] {
  return async (id, caller) => {
    if (caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    if (!isUuid(id)) throw new Refused('NOT_FOUND');
    const person = await prisma.person.findUnique({
      where: { id, erasedAt: null },
      include: { postings: { where: { to: null }, include: { school } }, _count: { select: { postings: true, transfers: true } } },
    });
    // Of a registration that was emptied, nothing is left to erase.
    const registration = person ? null : await prisma.registration.findUnique({ where: { id, NOT: { firstName: '' } } });
    const subject = person ?? registration;
    if (!subject) throw new Refused('NOT_FOUND');
    const registrations = await prisma.registration.count({ where: { nationalIdHash: subject.nationalIdHash } });
    return {
      id,
      maskedId: maskNationalId(keyRing.open(subject.nationalIdCipher)),
      name: fullName(subject),
      school: person?.postings[0]?.school ?? null,
      counts: { postings: person?._count.postings ?? 0, transfers: person?._count.transfers ?? 0, registrations },
    };
  };
}
