import { Refused } from '../domain/refused';
import { appendAudit, byAccount, SUBJECT } from '../prisma/audit';
import { formerForms } from '../prisma/former-forms';
import type { CommandDependencies } from './dependencies';
import type { RosterCommands } from './roster-commands';

/** X7: what is kept under a national ID, for the office that decides whether it is erased. Asking is audited. */
export function findPerson({ prisma, keyRing }: CommandDependencies): RosterCommands['findPerson'] {
  return async ({ caller, nationalId }) => {
    if (caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    const nationalIdHash = keyRing.lookupHash(nationalId);
    const row = await prisma.person.findUnique({
      where: { nationalIdHash },
      select: { id: true, postings: { where: { to: null }, select: { school: { select: { code: true, name: true } } } } },
    });
    const registrations = await prisma.registration.findMany({
      where: { nationalIdHash },
      orderBy: { submittedAt: 'asc' },
      select: { id: true, reference: true, status: true },
    });
    const former = (await formerForms(prisma, nationalIdHash)).map(({ id, reference }) => ({ id, reference }));
    const after = { personId: row?.id ?? null, registrations: registrations.length, formerForms: former.length };
    await appendAudit(prisma, { subject: SUBJECT.reader(caller.id), actor: byAccount(caller), action: 'PERSON_LOOKED_UP', after });
    return { person: row && { id: row.id, school: row.postings[0]?.school ?? null }, registrations, formerForms: former };
  };
}
