// Erasing a person on a lawful request (X7), or refusing to: by the central office, with a reason. Counts, postings and the
// audit remain, since they hold references alone.
import { speaksOf } from '../domain/mention';
import { brokenReason } from '../domain/reason';
import { Refused, refuseBroken } from '../domain/refused';
import { OPEN_STATUSES } from '../domain/registration';
import { OPEN_TRANSFER_STATUSES } from '../domain/transfer';
import { isUuid } from '../domain/uuid';
import { bangkokDate } from '../domain/working-days';
import { ERASED } from '../prisma/empty-cases';
import { formerForms, lastNamingForm, namingForm } from '../prisma/former-forms';
import type { Prisma } from '../prisma/generated/client';
import { lockOpenPosting } from '../prisma/open-posting';
import { emptyChanges } from '../prisma/record-change';
import { isWriteConflict } from '../prisma/write-conflict';
import type { CommandDependencies } from './dependencies';
import { eraseAnswers } from './erase-answers';
import { eraseOwnRows, ownRows, type Subject } from './erase-cases';
import { eraseMentions, eraseWords, findMentions, type Known, knownAs, type Mentions } from './erase-mentions';
import { noteErasure, noteRefusal } from './erasure-audit';
import { lockAccess } from './lock-access';
import { patience } from './patience';
import type { RosterCommands } from './roster-commands';

type Request = Parameters<RosterCommands['erasePerson']>[0];

/** Erases a person, or records why not. */
export function erasePerson(dependencies: CommandDependencies): RosterCommands['erasePerson'] {
  return async (asked) => {
    if (asked.caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    await decideInTime(dependencies, asked);
  };
}

/**
 * A form may be opened after those on their way were locked. Its recording then waits for the case, which is locked here, and the
 * erasure for the form: PostgreSQL ends one of both. Begun again, the erasure finds what was recorded.
 */
async function decideInTime(dependencies: CommandDependencies, asked: Request): Promise<void> {
  const wait = patience();
  for (;;) {
    try {
      await dependencies.prisma.$transaction((tx) => decide(tx, dependencies, asked), { timeout: wait.left() });
      return;
    } catch (failure) {
      if (wait.isOver() || !isWriteConflict(failure)) throw failure;
    }
  }
}

async function decide(tx: Prisma.TransactionClient, dependencies: CommandDependencies, asked: Request): Promise<void> {
  const { id, decision, reason = '', caller, formId } = asked;
  const subject = await findSubject(tx, id);
  // Checked after reading: a twin request may have erased the person meanwhile, and then the read finds nobody.
  if ((await tx.erasure.count({ where: { id: formId } })) === 1) return;
  if (!subject) throw new Refused('NOT_FOUND');
  refuseBroken(brokenReason(reason));
  const row = { id: formId, ...namedBy(subject), decision, reason, accountId: caller.id };
  // ON CONFLICT DO NOTHING: where this very request comes twice at the same instant, the second waits here for the first.
  const { count } = await tx.erasure.createMany({ data: { ...row, createdAt: dependencies.now() }, skipDuplicates: true });
  if (count === 0) return;
  if (decision === 'ERASE') await erase(tx, dependencies, subject, asked);
  else {
    await lockAccess(tx, caller);
    await noteRefusal(tx, subject, asked);
  }
}

/**
 * How the person is found again where an older backup was restored: by the record; or by the form that named them, since in that
 * backup the registration may still, or again, be another's.
 */
function namedBy(subject: Subject) {
  if (subject.personId !== null) return { personId: subject.personId };
  const { registrationId, namingFormId } = subject;
  return { registrationId, namingFormId };
}

/**
 * By the ID of a person's record; of a registration, for a registrant who never had one; or of a form, where the registration may be
 * another's by a correction. Null for nobody, or nobody any more.
 */
async function findSubject(tx: Prisma.TransactionClient, id: string): Promise<Subject | null> {
  const form = await namingForm(tx, id);
  if (!form && !isUuid(id)) return null;
  const registration = form ? null : await tx.registration.findUnique({ where: { id }, select: { nationalIdHash: true } });
  const nationalIdHash = form?.data.nationalIdHash ?? registration?.nationalIdHash;
  const where = nationalIdHash === undefined ? { id } : { nationalIdHash };
  const person = await tx.person.findUnique({ where: { ...where, erasedAt: null }, select: { id: true, nationalIdHash: true } });
  if (person) return { nationalIdHash: person.nationalIdHash, personId: person.id };
  if (nationalIdHash === undefined || nationalIdHash.startsWith(ERASED)) return null;
  const registrationId = form?.registrationId ?? id;
  const namingFormId = form?.formId ?? (await lastNamingForm(tx, registrationId, nationalIdHash));
  return { nationalIdHash, personId: null, registrationId, namingFormId };
}

async function erase(tx: Prisma.TransactionClient, dependencies: CommandDependencies, subject: Subject, asked: Request): Promise<void> {
  const { personId } = subject;
  await lockSubject(tx, subject);
  await lockAccess(tx, asked.caller);
  await refuseGone(tx, subject);
  const known = await knownAs(tx, dependencies, subject);
  const mentions = await findMentions(tx, known);
  await refuseBlocked(tx, subject, mentions);
  const rows = await ownRows(tx, subject);
  await noteErasure(tx, subject, rows, asked);
  await eraseOwnRows(tx, dependencies, rows);
  await eraseMentions(tx, mentions, rows);
  if (personId !== null) await eraseRecord(tx, dependencies, personId);
  await eraseWords(tx, known);
  const { registrationIds, transferIds, lookupIds, formIds } = rows;
  const formerIds = rows.former.map((revision) => revision.registrationId);
  await eraseReasons(tx, known, [...registrationIds, ...formerIds, ...formIds, ...(personId === null ? [] : [personId])]);
  const named = [...mentions.caseIds, ...formerIds];
  await eraseAnswers(tx, dependencies, [...(personId === null ? [] : [personId]), ...registrationIds, ...transferIds, ...lookupIds, ...named]);
}

/** Why the office erased or refused stays, unless it names the person. */
async function eraseReasons(tx: Prisma.TransactionClient, { names }: Known, ids: string[]): Promise<void> {
  const own = { OR: [{ personId: { in: ids } }, { registrationId: { in: ids } }, { namingFormId: { in: ids } }] };
  const naming = (await tx.erasure.findMany({ where: own })).filter(({ reason }) => speaksOf(reason, names));
  await tx.erasure.updateMany({ where: { id: { in: naming.map(({ id }) => id) } }, data: { reason: '' } });
}

/**
 * Forms on their way, cases that are or were theirs, forms that named the person, the posting, look-ups, the person: in this order, as
 * everybody locks them who records a case, changes or asks for a record. What they began is seen or waits.
 */
async function lockSubject(tx: Prisma.TransactionClient, { nationalIdHash, personId }: Subject): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM form WHERE state = 'OPEN' AND (
      payload ->> 'nationalIdHash' = ${nationalIdHash} OR payload ->> 'personId' = ${personId}::text
      OR case_id IN (SELECT id FROM registration WHERE national_id_hash = ${nationalIdHash})
      OR case_id IN (SELECT id FROM transfer WHERE person_id = ${personId}::uuid)
    ) ORDER BY id FOR UPDATE`;
  await tx.$queryRaw`
    SELECT 1 FROM registration WHERE national_id_hash = ${nationalIdHash}
      OR id IN (SELECT case_id FROM form WHERE payload ->> 'nationalIdHash' = ${nationalIdHash}) ORDER BY id FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM form WHERE payload ->> 'nationalIdHash' = ${nationalIdHash} ORDER BY id FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM transfer WHERE person_id = ${personId}::uuid ORDER BY id FOR UPDATE`;
  if (personId !== null) await lockOpenPosting(tx, personId);
  await tx.$queryRaw`
    SELECT 1 FROM staff_lookup WHERE national_id_hash = ${nationalIdHash} OR person_id = ${personId}::uuid ORDER BY id FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${personId}::uuid FOR UPDATE`;
}

/** Of two requests at one instant one erases, and for the other nobody is there any more. */
async function refuseGone(tx: Prisma.TransactionClient, { nationalIdHash, personId }: Subject): Promise<void> {
  const record = personId === null ? null : await tx.person.count({ where: { id: personId, erasedAt: null } });
  const left = record ?? (await tx.registration.count({ where: { nationalIdHash } })) + (await formerForms(tx, nationalIdHash)).length;
  if (left === 0) throw new Refused('NOT_FOUND');
}

/** Nobody is erased in the middle of something: an account that works, a registration or a transfer that waits. */
async function refuseBlocked(tx: Prisma.TransactionClient, { nationalIdHash, personId }: Subject, { delegations }: Mentions): Promise<void> {
  const open = { nationalIdHash, status: { in: [...OPEN_STATUSES] } };
  const blocks = {
    ADMINISTRATOR: await tx.account.count({ where: { nationalIdHash, status: 'ACTIVE' } }),
    REGISTRATION: (await tx.registration.count({ where: open })) + delegations.filter((mention) => mention.open).length,
    TRANSFER: personId === null ? 0 : await tx.transfer.count({ where: { personId, status: { in: [...OPEN_TRANSFER_STATUSES] } } }),
  };
  const because = Object.entries(blocks).flatMap(([what, count]) => (count > 0 ? [what] : []));
  if (because.length > 0) throw new Refused('ERASURE_BLOCKED', { extra: { because } });
}

/** The record itself becomes empty; postings stay for the counts of their time, and one that is open ends. */
async function eraseRecord(tx: Prisma.TransactionClient, { keyRing, now }: CommandDependencies, personId: string): Promise<void> {
  const today = bangkokDate(now());
  const nothing = {
    title: '',
    firstName: '',
    lastName: '',
    nameKey: '',
    position: '',
    birthDate: null,
    positionNumber: null,
    academicStanding: null,
    standingDate: null,
    appointedDate: null,
    qualification: null,
    major: null,
    email: null,
    phone: null,
    verifiedOn: null,
  };
  const ids = { nationalIdHash: `${ERASED}${personId}`, nationalIdCipher: keyRing.seal('') };
  await tx.person.update({ where: { id: personId }, data: { ...nothing, ...ids, erasedAt: now() }, select: { id: true } });
  await emptyChanges(tx, personId);
  await tx.$executeRaw`
    UPDATE posting SET "to" = coalesce("to", greatest("from", ${today}::date)), end_reason = NULL, end_kind = NULL WHERE person_id = ${personId}::uuid`;
  await tx.$executeRaw`
    UPDATE roster_check SET explanations = explanations || jsonb_build_object(${personId}::text, '')
    WHERE school_code IN (SELECT school_code FROM posting WHERE person_id = ${personId}::uuid) AND jsonb_exists(explanations, ${personId})`;
}
