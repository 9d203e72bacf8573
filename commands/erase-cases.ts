// What cases hold of a person who is erased (X7): forms, registrations, transfers, mails, evidence, ended accounts, look-ups; and
// where the cases of others name them. The rows stay, for counts and history; what is personal in them goes.

import { storedDelegation } from '../contracts/forms';
import { OPEN_STATUSES } from '../domain/registration';
import { nameKey } from '../domain/thai-text';
import { ERASED, emptyCases, emptyMails } from '../prisma/empty-cases';
import type { Prisma } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';

/** Whose data it is. */
export interface Subject {
  nationalIdHash: string;
  personId: string | null;
}

/** The cases and accounts of a person. */
export interface OwnRows {
  registrationIds: string[];
  transferIds: string[];
  accountIds: string[];
  formIds: string[];
}

/** Finds them. */
export async function ownRows(tx: Prisma.TransactionClient, { nationalIdHash, personId }: Subject): Promise<OwnRows> {
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
  const registrationIds = ids(await tx.registration.findMany({ where: { nationalIdHash }, select: { id: true } }));
  const transferIds = personId === null ? [] : ids(await tx.transfer.findMany({ where: { personId }, select: { id: true } }));
  const accountIds = ids(await tx.account.findMany({ where: { nationalIdHash }, select: { id: true } }));
  const ofCases = { caseId: { in: [...registrationIds, ...transferIds] } };
  // A submission that was refused has no registration, and its form names the person all the same.
  const ofPerson = { payload: { path: ['nationalIdHash'], equals: nationalIdHash } };
  const formIds = ids(await tx.form.findMany({ where: { OR: [ofCases, ofPerson] }, select: { id: true } }));
  return { registrationIds, transferIds, accountIds, formIds };
}

/** Empties a person's own cases, accounts and look-ups. */
export async function eraseOwnRows(
  tx: Prisma.TransactionClient,
  { keyRing, now }: CommandDependencies,
  { nationalIdHash, personId }: Subject,
  { registrationIds, transferIds, accountIds, formIds }: OwnRows,
): Promise<void> {
  const cipher = keyRing.seal('');
  await emptyCases(tx, { registrationIds, transferIds, formIds }, { cipher, at: now() });
  // Nobody is left who may follow the case.
  await tx.$executeRaw`UPDATE registration SET tracking_hash = ${ERASED} || id WHERE id = ANY(${registrationIds}::uuid[])`;
  await tx.$executeRaw`
    UPDATE account SET email = ${ERASED} || id, email_key = ${ERASED} || id, name = '', password_hash = '', national_id_hash = NULL
    WHERE id = ANY(${accountIds}::uuid[])`;
  await tx.session.deleteMany({ where: { accountId: { in: accountIds } } });
  await emptyMails(tx, { accountId: { in: accountIds } });
  await tx.$executeRaw`
    UPDATE staff_lookup SET national_id_hash = ${ERASED} || id, national_id_cipher = ${cipher}
    WHERE national_id_hash = ${nationalIdHash} OR person_id = ${personId}::uuid`;
}

/** Where others' cases name a person, who has no national ID there: the same name, at a school of theirs. */
export interface Mentions {
  /** Registrations that say this person delegated. */
  delegations: { id: string; formId: string; open: boolean }[];
  /** What this person objected to. */
  objectionIds: string[];
}

/** Finds them, before the names are gone. */
export async function findMentions(tx: Prisma.TransactionClient, { nationalIdHash, personId }: Subject): Promise<Mentions> {
  const person = personId === null ? null : await tx.person.findUnique({ where: { id: personId }, include: { postings: true } });
  const registrations = await tx.registration.findMany({ where: { nationalIdHash } });
  const keys = new Set([...(person ? [person.nameKey] : []), ...registrations.map((row) => row.nameKey)]);
  const schools = [
    ...(person?.postings ?? []).map(({ schoolCode }) => schoolCode),
    ...registrations.flatMap(({ schoolCode, homeSchoolCode }) => [schoolCode, homeSchoolCode]),
  ];
  const homes = schools.map((code) => ({ delegation: { path: ['delegator', 'homeSchoolCode'], equals: code } }));
  const delegated = await tx.registration.findMany({ where: { OR: homes }, select: { id: true, formId: true, status: true, delegation: true } });
  const objections = await tx.objection.findMany({ where: { schoolCode: { in: schools } }, select: { id: true, name: true } });
  return {
    delegations: delegated.filter(({ delegation }) => keys.has(delegatorKey(delegation))).map(mention),
    objectionIds: objections.filter(({ name }) => keys.has(nameKey(name))).map(({ id }) => id),
  };
}

function delegatorKey(delegation: Prisma.JsonValue): string {
  const { delegator } = storedDelegation.parse(delegation);
  return nameKey(delegator.firstName, delegator.lastName);
}

function mention({ id, formId, status }: { id: string; formId: string; status: string }) {
  return { id, formId, open: OPEN_STATUSES.some((open) => open === status) };
}

/** Takes the name out of them, and out of what was said of the person's own registrations. */
export async function eraseMentions(
  tx: Prisma.TransactionClient,
  { delegations, objectionIds }: Mentions,
  { registrationIds }: OwnRows,
): Promise<void> {
  const ids = delegations.map(({ id }) => id);
  const nobody = '{"title": "", "firstName": "", "lastName": ""}';
  await tx.$executeRaw`
    UPDATE registration SET delegation = jsonb_set(delegation, '{delegator}', (delegation -> 'delegator') || ${nobody}::jsonb)
    WHERE id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`
    UPDATE form SET payload = jsonb_set(payload, '{delegation,delegator}', (payload -> 'delegation' -> 'delegator') || ${nobody}::jsonb)
    WHERE case_id = ANY(${ids}::uuid[]) AND payload -> 'delegation' -> 'delegator' IS NOT NULL`;
  await tx.objection.updateMany({ where: { registrationId: { in: registrationIds } }, data: { note: '' } });
  await tx.objection.updateMany({ where: { id: { in: objectionIds } }, data: { name: '', phone: '', note: '' } });
}
