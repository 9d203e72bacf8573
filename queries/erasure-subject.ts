// Whom a request to erase is about (X7), so that the central office is sure of it before anything is gone.
import { fullName } from '../domain/full-name';
import { maskNationalId } from '../domain/national-id';
import { Refused } from '../domain/refused';
import { isUuid } from '../domain/uuid';
import { formerForms, namingForm } from '../prisma/former-forms';
import type { PrismaClient } from '../prisma/generated/client';
import type { QueryDependencies } from './dependencies';
import type { RosterQueries } from './roster-queries';

const school = { select: { code: true, name: true } } as const;

/** By the ID of a record; of a registration of somebody who has none; or of a form, where the registration may be another's since. */
export function erasureSubject({ prisma, keyRing }: QueryDependencies): RosterQueries['erasureSubject'] {
  return async (id, caller) => {
    if (caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    const record = isUuid(id) ? await recordOf(prisma, { id }) : null;
    const subject = record ?? (await registrantOf(prisma, id)) ?? (await formRegistrantOf(prisma, id));
    if (!subject) throw new Refused('NOT_FOUND');
    const { nationalIdHash } = subject;
    // Whoever was registered may have got a record since: that goes too.
    const person = record ?? (await recordOf(prisma, { nationalIdHash }));
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

async function recordOf(prisma: PrismaClient, where: { id: string } | { nationalIdHash: string }) {
  return prisma.person.findUnique({
    where: { ...where, erasedAt: null },
    include: { postings: { where: { to: null }, include: { school } }, _count: { select: { postings: true, transfers: true } } },
  });
}

/** Of a registration that was emptied, nothing is left to erase. */
async function registrantOf(prisma: PrismaClient, id: string) {
  return isUuid(id) ? prisma.registration.findUnique({ where: { id, NOT: { firstName: '' } } }) : null;
}

async function formRegistrantOf(prisma: PrismaClient, id: string) {
  const form = await namingForm(prisma, id);
  return form && { ...form.data, ...form.data.registrant };
}
