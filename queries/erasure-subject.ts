// Whom a request to erase is about (X7), so that the central office is sure of it before anything is gone.
import { fullName } from '../domain/full-name';
import { maskNationalId } from '../domain/national-id';
import { Refused } from '../domain/refused';
import { isUuid } from '../domain/uuid';
import { formerFormOf, formerForms } from '../prisma/former-forms';
import type { PrismaClient } from '../prisma/generated/client';
import type { QueryDependencies } from './dependencies';
import type { RosterQueries } from './roster-queries';

const school = { select: { code: true, name: true } } as const;

/** By the ID of a record; of a registration of somebody who has none; or of a form, where the registration is another's since. */
export function erasureSubject({ prisma, keyRing }: QueryDependencies): RosterQueries['erasureSubject'] {
  return async (id, caller) => {
    if (caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    const person = await recordOf(prisma, id);
    const subject = person ?? (await registrantOf(prisma, id)) ?? (await formerRegistrantOf(prisma, id));
    if (!subject) throw new Refused('NOT_FOUND');
    const { nationalIdHash } = subject;
    const registrations = await prisma.registration.count({ where: { nationalIdHash } });
    const former = await formerForms(prisma, nationalIdHash);
    return {
      id,
      maskedId: maskNationalId(keyRing.open(subject.nationalIdCipher)),
      name: fullName(subject),
      school: person?.postings[0]?.school ?? null,
      counts: { postings: person?._count.postings ?? 0, transfers: person?._count.transfers ?? 0, registrations, formerForms: former.length },
    };
  };
}

async function recordOf(prisma: PrismaClient, id: string) {
  if (!isUuid(id)) return null;
  return prisma.person.findUnique({
    where: { id, erasedAt: null },
    include: { postings: { where: { to: null }, include: { school } }, _count: { select: { postings: true, transfers: true } } },
  });
}

/** Of a registration that was emptied, nothing is left to erase. */
async function registrantOf(prisma: PrismaClient, id: string) {
  return isUuid(id) ? prisma.registration.findUnique({ where: { id, NOT: { firstName: '' } } }) : null;
}

async function formerRegistrantOf(prisma: PrismaClient, id: string) {
  const former = await formerFormOf(prisma, id);
  return former && { ...former.data, ...former.data.registrant };
}
