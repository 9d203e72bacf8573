// The audit of an erasure (X1, X7): references, codes and counts, so that where a person was can still be replayed, and so that
// the district that had the person or the case at the time can read what became of it.
import { appendAudit, auditEntry, byAccount, ofSchool, SUBJECT } from '../prisma/audit';
import type { Prisma } from '../prisma/generated/client';
import { LAST_FIRST } from '../prisma/open-posting';
import type { OwnRows, Subject } from './erase-cases';
import type { RosterCommands } from './roster-commands';

type Request = Pick<Parameters<RosterCommands['erasePerson']>[0], 'caller' | 'formId'>;

/** Notes a request that the office refused. */
export async function noteRefusal(tx: Prisma.TransactionClient, subject: Subject, { caller, formId }: Request): Promise<void> {
  const [chain, { school, place, former }] =
    subject.personId === null
      ? [subject.registrationId, await placeOfCase(tx, subject)]
      : [SUBJECT.person(subject.personId), { ...(await placeOfPerson(tx, subject.personId)), former: false }];
  await appendAudit(tx, {
    subject: chain,
    actor: byAccount(caller),
    action: former ? 'FORMER_ERASURE_REFUSED' : 'ERASURE_REFUSED',
    ...ofSchool(school),
    formId,
    before: place,
    after: place,
  });
}

/** Notes an erasure, before anything is gone: for the person, and for each case that loses its data. */
export async function noteErasure(tx: Prisma.TransactionClient, { personId }: Subject, rows: OwnRows, { caller, formId }: Request): Promise<void> {
  const fact = { actor: byAccount(caller), action: 'ERASED', formId };
  if (personId !== null) {
    const { school, place } = await placeOfPerson(tx, personId);
    const erased = { registrations: rows.registrationIds, transfers: rows.transferIds, accounts: rows.accountIds, lookups: rows.lookupIds.length };
    await appendAudit(tx, { ...fact, subject: SUBJECT.person(personId), ...ofSchool(school), before: place, after: { schoolCode: null, ...erased } });
  }
  const formerIds = rows.former.map(({ registrationId }) => registrationId);
  const registrations = await tx.registration.findMany({ where: { id: { in: [...rows.registrationIds, ...formerIds] } } });
  const transfers = await tx.transfer.findMany({ where: { id: { in: rows.transferIds } } });
  const data = [
    ...registrations.map(({ id, status, schoolCode, districtCode }) => ({ id, status, school: { code: schoolCode, districtCode } })),
    ...transfers.map(({ id, status, toSchoolCode: code, fromDistrictCode: districtCode, toDistrictCode: otherDistrictCode }) => {
      return { id, status, school: { code, districtCode, otherDistrictCode } };
    }),
  ].map(({ id, status, school }) => {
    const action = formerIds.includes(id) ? 'FORMER_ERASED' : fact.action;
    return auditEntry({ ...fact, action, subject: id, ...ofSchool(school), before: { status }, after: { status } });
  });
  await tx.auditEntry.createMany({ data });
}

interface Place {
  school: Parameters<typeof ofSchool>[0];
  place: { schoolCode: string | null; postingId?: string };
}

/** Where the person is posted; who is posted nowhere is told to the district that had them last. */
async function placeOfPerson(tx: Prisma.TransactionClient, personId: string): Promise<Place> {
  const select = { id: true, to: true, school: { select: { code: true, districtCode: true } } } as const;
  const open = await tx.posting.findFirst({ where: { personId, to: null }, select });
  const last = open ?? (await tx.posting.findFirst({ where: { personId }, orderBy: LAST_FIRST, select }));
  return { school: last?.school ?? null, place: open ? { schoolCode: open.school.code, postingId: open.id } : { schoolCode: null } };
}

/** Of a registrant who has no record. `former`: whether the registration is another's by now, whom the request does not concern. */
async function placeOfCase(
  tx: Prisma.TransactionClient,
  { registrationId, nationalIdHash }: { registrationId: string; nationalIdHash: string },
): Promise<Place & { former: boolean }> {
  const row = await tx.registration.findUniqueOrThrow({ where: { id: registrationId } });
  const school = { code: row.schoolCode, districtCode: row.districtCode };
  return { school, place: { schoolCode: null }, former: row.nationalIdHash !== nationalIdHash };
}
