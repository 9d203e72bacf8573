// Citing a look-up for a transfer (R5.3c): the checksum of a national ID does not see every slip, so the name, typed by whoever
// asks, confirms who is meant.
import { brokenRule } from '../domain/broken-rule';
import type { Caller } from '../domain/entitlement';
import { uncitable } from '../domain/lookup-words';
import type { BrokenRule } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { isCitable, MOST_WRONG_NAMES } from '../domain/staff-lookup';
import { nameKey } from '../domain/thai-text';
import { isUuid } from '../domain/uuid';
import { appendAudit, byAccount, ofSchool, SUBJECT } from '../prisma/audit';
import type { Prisma } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';

/** What is cited, and the name that was typed. */
export interface Citation {
  lookupId: string;
  firstName: string;
  lastName: string;
}

/** The person whom the caller's look-up found, whatever became of it since, and why it cannot be cited for something new (R5.3c). */
export async function lookedUp(
  { prisma, now }: CommandDependencies,
  caller: Caller,
  lookupId: string,
): Promise<{ personId: string | null; broken: BrokenRule[] }> {
  const lookup = await ownLookup(prisma, caller, lookupId);
  if (!lookup) return { personId: null, broken: [brokenRule('lookupId', 'LOOKUP_REQUIRED')] };
  if (lookup.personId === null) return { personId: null, broken: [FOUND_NOBODY] };
  return { personId: lookup.personId, broken: isCitable(lookup, now()) ? [] : [uncitable(lookup, now())] };
}

const FOUND_NOBODY: BrokenRule = {
  path: 'lookupId',
  code: 'LOOKUP_REQUIRED',
  message:
    'การค้นหานี้ไม่พบบุคคลในระบบ โปรดเพิ่มบุคคลใหม่แทนการขอย้าย / The look-up found nobody in the system: add the person instead of asking for a transfer.',
};

/**
 * Confirms by the name who is meant (X5). A wrong one counts, and three void the look-up; it is read under a lock, so that a
 * burst has no more tries than a queue.
 * @throws Refused LOOKUP_REQUIRED for a look-up that may not be cited, NAME_MISMATCH with the tries that are left
 */
export async function confirmName(dependencies: CommandDependencies, caller: Caller, citation: Citation): Promise<void> {
  const triesLeft = await dependencies.prisma.$transaction((tx) => compare(tx, dependencies, caller, citation));
  if (triesLeft !== null) throw new Refused('NAME_MISMATCH', { errors: WRONG_NAME, extra: { triesLeft } });
}

/** Which of the two is wrong is told to nobody (X8). */
const WRONG_NAME = ['firstName', 'lastName'].map((path) => brokenRule(path, 'NAME_MISMATCH'));

/** Null for the right name, otherwise how many tries are left. */
async function compare(
  tx: Prisma.TransactionClient,
  { now }: CommandDependencies,
  caller: Caller,
  { lookupId, firstName, lastName }: Citation,
): Promise<number | null> {
  if (isUuid(lookupId)) await tx.$queryRaw`SELECT 1 FROM staff_lookup WHERE id = ${lookupId}::uuid FOR UPDATE`;
  const lookup = await ownLookup(tx, caller, lookupId);
  if (!lookup?.person || lookup.person.erasedAt !== null || !isCitable(lookup, now())) {
    throw new Refused('LOOKUP_REQUIRED', { errors: [uncitable(lookup, now())] });
  }
  if (nameKey(firstName, lastName) === lookup.person.nameKey) return null;
  const wrongNames = lookup.wrongNames + 1;
  await tx.staffLookup.update({ where: { id: lookupId }, data: { wrongNames }, select: { id: true } });
  const { school } = lookup;
  await appendAudit(tx, {
    subject: SUBJECT.school(school.code),
    actor: byAccount(caller),
    action: 'NAME_MISMATCH',
    ...ofSchool(school),
    after: { lookupId, wrongNames },
  });
  return MOST_WRONG_NAMES - wrongNames;
}

/** A look-up of the caller's own, for the caller's school (R5.3a). */
async function ownLookup(prisma: Prisma.TransactionClient, caller: Caller, id: string) {
  if (!isUuid(id)) return null;
  return prisma.staffLookup.findFirst({
    where: { id, accountId: caller.id, schoolCode: caller.schoolCode ?? '' },
    include: { person: { select: { nameKey: true, erasedAt: true } }, school: { select: { code: true, districtCode: true } } },
  });
}
