import { refuseDeadLink, renewalRefusal } from '../domain/link';
import { Refused } from '../domain/refused';
import { isPossible } from '../domain/registration';
import { isClosedSchool } from '../prisma/school-closure';
import { hashToken } from '../security/tokens';
import type { QueryDependencies } from './dependencies';
import type { Queries } from './queries';

/** R4.2: what opening a confirmation link shows; nothing is consumed, however often it is opened. */
export function confirmation({ prisma, now }: QueryDependencies): Queries['confirmation'] {
  return async (token) => {
    const link = await prisma.link.findUnique({
      where: { tokenHash: hashToken(token) },
      include: { registration: { include: { school: { select: { code: true, name: true } } } } },
    });
    if (!link) throw new Refused('NOT_FOUND');
    refuseDeadLink({ ...link, status: link.registration.status }, now());
    return { school: link.registration.school, expiresAt: link.expiresAt?.toISOString() ?? null };
  };
}

/** R4.1, R4.2: whether a new link can be asked for with this one, which is dead; as renewing answers (commands/links.ts). */
export function confirmationRenewable({ prisma, now }: QueryDependencies): Queries['confirmationRenewable'] {
  return async (token) => {
    const link = await prisma.link.findUnique({
      where: { tokenHash: hashToken(token) },
      include: {
        registration: { select: { revision: true, status: true, school: { select: { closedOn: true } } } },
        mail: { select: { revision: true } },
      },
    });
    if (!link) throw new Refused('NOT_FOUND');
    const { revision, status, school } = link.registration;
    const refusal = renewalRefusal({ ...link, status, revision, mailedRevision: link.mail.revision }, now());
    return refusal === null && isPossible('renewLink', status) && !isClosedSchool(school, now());
  };
}

/** The office of the link's school, as its mails name it; how the case stands is not told (X8). */
export function confirmationOffice({ prisma }: QueryDependencies): Queries['confirmationOffice'] {
  return async (token) => {
    const link = await prisma.link.findUnique({
      where: { tokenHash: hashToken(token) },
      select: { registration: { select: { school: { select: { district: { select: { name: true, phone: true } } } } } } },
    });
    if (!link) throw new Refused('NOT_FOUND');
    return link.registration.school.district;
  };
}

/** Whether there is such a link, dead or not. */
export function confirmationAccess({ prisma }: QueryDependencies): Queries['confirmationAccess'] {
  return async (token) => {
    if (!(await prisma.link.findUnique({ where: { tokenHash: hashToken(token) }, select: { tokenHash: true } }))) throw new Refused('NOT_FOUND');
  };
}
