// Where the cases of others name a person who is erased (X7). Others' rows hold no national ID of theirs, so it is the name that is
// looked for, in what was written about their schools: docs/roster.md tells what is searched and what is not.
import { storedDelegation } from '../contracts/forms';
import { isNameOf } from '../domain/full-name';
import { type Named, speaksOf } from '../domain/mention';
import { isOpen } from '../domain/registration';
import { formerNames } from '../domain/staff';
import { nameKey } from '../domain/thai-text';
import { Prisma } from '../prisma/generated/client';
import { keptFields } from '../prisma/record-change';
import type { CommandDependencies } from './dependencies';
import type { OwnRows, Subject } from './erase-cases';

/** How a person is called, and at which schools somebody may have written about them. */
export interface Known {
  names: Named[];
  schools: string[];
}

/** Reads it, before the names are gone. */
export async function knownAs(tx: Prisma.TransactionClient, { keyRing }: CommandDependencies, { nationalIdHash, personId }: Subject): Promise<Known> {
  const include = { postings: true, transfers: true, changes: { orderBy: { createdAt: 'desc' } } } as const;
  const person = personId === null ? null : await tx.person.findUnique({ where: { id: personId }, include });
  const registrations = await tx.registration.findMany({ where: { nationalIdHash } });
  // Those of a registration that was refused, or is somebody else's by a correction, are known from the form alone.
  const forms = await tx.$queryRaw<WrittenName[]>`
    SELECT school_code AS "schoolCode", payload #>> '{registrant,homeSchoolCode}' AS "homeSchoolCode", payload ->> 'nationalIdCipher' AS "nationalIdCipher",
      payload #>> '{registrant,firstName}' AS "firstName", payload #>> '{registrant,lastName}' AS "lastName"
    FROM form WHERE payload ->> 'nationalIdHash' = ${nationalIdHash} AND payload #>> '{registrant,lastName}' IS NOT NULL`;
  const rows = [...(person ? [person] : []), ...registrations];
  const schools = [
    ...(person?.postings ?? []).map(({ schoolCode }) => schoolCode),
    ...(person?.transfers ?? []).flatMap(({ fromSchoolCode, toSchoolCode }) => [fromSchoolCode ?? toSchoolCode, toSchoolCode]),
    ...[...registrations, ...forms].flatMap(({ schoolCode, homeSchoolCode }) => [schoolCode, homeSchoolCode]),
  ];
  const names = [...rows, ...forms].map(({ firstName, lastName, nationalIdCipher }) => ({
    firstName,
    lastName,
    nationalId: keyRing.open(nationalIdCipher),
  }));
  const former = person ? formerNames(person, person.changes.map(keptFields)).map((name) => ({ ...name, nationalId: '' })) : [];
  return { names: [...names, ...former], schools: [...new Set(schools)] };
}

/** How a form names its registrant, and where. */
interface WrittenName {
  schoolCode: string;
  homeSchoolCode: string;
  nationalIdCipher: string;
  firstName: string;
  lastName: string;
}

/** Others' rows that name the person. */
export interface Mentions {
  /** Registrations that say this person delegated. */
  delegations: { id: string; open: boolean }[];
  /** Forms that said so, those of earlier revisions too, and their registrations. */
  formIds: string[];
  caseIds: string[];
  /** What this person objected to. */
  objectionIds: string[];
}

/** Finds them. */
export async function findMentions(tx: Prisma.TransactionClient, { names, schools }: Known): Promise<Mentions> {
  const keys = new Set(names.map(({ firstName, lastName }) => nameKey(firstName, lastName)));
  const homes = schools.map((code) => ({ delegation: { path: ['delegator', 'homeSchoolCode'], equals: code } }));
  const delegated = await tx.registration.findMany({ where: { OR: homes }, select: { id: true, status: true, delegation: true } });
  // One that is on its way is about to be recorded, as it was sent.
  const forms = await tx.$queryRaw<{ id: string; caseId: string; delegation: Prisma.JsonValue }[]>`
    SELECT id, case_id AS "caseId", payload -> 'delegation' AS delegation
    FROM form WHERE payload #>> '{delegation,delegator,homeSchoolCode}' = ANY(${schools}) AND state <> 'OPEN'`;
  const saying = forms.filter(({ delegation }) => keys.has(delegatorKey(delegation)));
  const objections = await tx.objection.findMany({ where: { schoolCode: { in: schools } }, select: { id: true, name: true } });
  return {
    formIds: saying.map(({ id }) => id),
    caseIds: saying.map(({ caseId }) => caseId),
    delegations: delegated.filter(({ delegation }) => keys.has(delegatorKey(delegation))).map(({ id, status }) => ({ id, open: isOpen(status) })),
    objectionIds: objections.filter(({ name }) => names.some((known) => isNameOf(name, { title: '', ...known }))).map(({ id }) => id),
  };
}

function delegatorKey(delegation: Prisma.JsonValue): string {
  const { delegator } = storedDelegation.parse(delegation);
  return nameKey(delegator.firstName, delegator.lastName);
}

/** Takes the name out of them, and out of what was said of the person's own registrations. */
export async function eraseMentions(
  tx: Prisma.TransactionClient,
  { delegations, formIds, objectionIds }: Mentions,
  { registrationIds }: Pick<OwnRows, 'registrationIds'>,
): Promise<void> {
  const ids = delegations.map(({ id }) => id);
  const nobody = '{"title": "", "firstName": "", "lastName": ""}';
  await tx.$executeRaw`
    UPDATE registration SET delegation = jsonb_set(delegation, '{delegator}', (delegation -> 'delegator') || ${nobody}::jsonb)
    WHERE id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`
    UPDATE form SET payload = jsonb_set(payload, '{delegation,delegator}', (payload -> 'delegation' -> 'delegator') || ${nobody}::jsonb)
    WHERE id = ANY(${formIds}::uuid[])`;
  await tx.objection.updateMany({ where: { registrationId: { in: registrationIds } }, data: { note: '' } });
  await tx.objection.updateMany({ where: { id: { in: objectionIds } }, data: { name: '', phone: '', note: '' } });
}

/** A free text that people write about a school's cases and people: where it stands, and how it is emptied. */
interface FreeText {
  table: Prisma.Sql;
  words: Prisma.Sql;
  of: (schools: readonly string[]) => Prisma.Sql;
  emptied: Prisma.Sql;
}

const sql = Prisma.sql;
const ofSchool = (schools: readonly string[]) => sql`school_code = ANY(${schools})`;
const ofEitherSchool = (schools: readonly string[]) => sql`(from_school_code = ANY(${schools}) OR to_school_code = ANY(${schools}))`;
// One that is open is about to be recorded, and its case is the last that speaks of the person. One that was refused may have no case.
const ofClosedForm = (schools: readonly string[]) => sql`
  state <> 'OPEN' AND (state = 'REFUSED' AND ${ofSchool(schools)} OR case_id = ANY(ARRAY(
    SELECT id FROM registration WHERE ${ofSchool(schools)} UNION ALL SELECT id FROM transfer WHERE ${ofEitherSchool(schools)})))`;

const FREE_TEXTS: readonly FreeText[] = [
  { table: sql`objection`, words: sql`note`, of: ofSchool, emptied: sql`note = ''` },
  { table: sql`posting`, words: sql`end_reason`, of: ofSchool, emptied: sql`end_reason = NULL` },
  { table: sql`registration`, words: sql`reason`, of: ofSchool, emptied: sql`reason = NULL` },
  { table: sql`transfer`, words: sql`reason`, of: ofEitherSchool, emptied: sql`reason = NULL` },
  { table: sql`transfer`, words: sql`decision_reason`, of: ofEitherSchool, emptied: sql`decision_reason = NULL` },
  { table: sql`transfer`, words: sql`appeal_reason`, of: ofEitherSchool, emptied: sql`appeal_reason = NULL` },
  { table: sql`revocation`, words: sql`reason`, of: ofSchool, emptied: sql`reason = ''` },
  { table: sql`form`, words: sql`payload ->> 'reason'`, of: ofClosedForm, emptied: sql`payload = payload - 'reason'` },
  { table: sql`form`, words: sql`payload ->> 'requestNote'`, of: ofClosedForm, emptied: sql`payload = payload - 'requestNote'` },
];

/** Empties every free text about the person's schools that speaks of the person. */
export async function eraseWords(tx: Prisma.TransactionClient, { names, schools }: Known): Promise<void> {
  for (const { table, words, of, emptied } of FREE_TEXTS) {
    const rows = await tx.$queryRaw<{ id: string; words: string }[]>`
      SELECT id, ${words} AS words FROM ${table} WHERE ${words} <> '' AND ${of(schools)}`;
    const ids = rows.filter((row) => speaksOf(row.words, names)).map(({ id }) => id);
    if (ids.length > 0) await tx.$executeRaw`UPDATE ${table} SET ${emptied} WHERE id = ANY(${ids}::uuid[])`;
  }
  await eraseClosures(tx, { names, schools });
  await eraseExplanations(tx, { names, schools });
}

/** R5.3d: why a school closes; while its closing stands the reason does, if an empty one. */
async function eraseClosures(tx: Prisma.TransactionClient, { names, schools }: Known): Promise<void> {
  const closing = await tx.school.findMany({
    where: { code: { in: schools }, closureReason: { not: null } },
    select: { code: true, closureReason: true },
  });
  const naming = closing.filter(({ closureReason }) => speaksOf(closureReason ?? '', names)).map(({ code }) => code);
  await tx.school.updateMany({ where: { code: { in: naming } }, data: { closureReason: '' } });
}

/** R5.0: what was explained about a headcount or about others may name the person too. */
async function eraseExplanations(tx: Prisma.TransactionClient, { names, schools }: Known): Promise<void> {
  const checks = await tx.rosterCheck.findMany({ where: { schoolCode: { in: schools } }, select: { id: true, explanations: true } });
  for (const { id, explanations } of checks) {
    const told = Object.entries(typeof explanations === 'object' && explanations !== null ? explanations : {});
    const left = told.map(([item, words]) => [item, typeof words === 'string' && speaksOf(words, names) ? '' : words]);
    if (told.every(([, words], index) => words === left[index]?.[1])) continue;
    await tx.rosterCheck.update({ where: { id }, data: { explanations: Object.fromEntries(left) }, select: { id: true } });
  }
}
