// Adding a missing person to the own roster (R5.2, R5.3b): the look-up is checked anew at this moment, and the unique
// indexes have the last word.
import { randomUUID } from 'node:crypto';
import type { Caller } from '../domain/entitlement';
import { uncitable } from '../domain/lookup-words';
import type { BrokenRule, RefusalCode } from '../domain/refusal';
import { Refused, refuseBroken } from '../domain/refused';
import { brokenStaffRules, fieldChanges, type StaffRecord } from '../domain/staff';
import { type Cited, mayCite, refuseAdding, whereFound } from '../domain/staff-lookup';
import { bangkokDate } from '../domain/working-days';
import { appendAudit, byAccount, ofSchool, SUBJECT } from '../prisma/audit';
import type { School } from '../prisma/generated/client';
import { Prisma } from '../prisma/generated/client';
import { keepChange } from '../prisma/record-change';
import { lockWhetherClosed } from '../prisma/school-closure';
import { staffColumns } from '../prisma/staff-record';
import type { CommandDependencies } from './dependencies';
import { lockAccess } from './lock-access';
import { ownSchool } from './own-roster';
import type { RosterCommands } from './roster-commands';

export interface Addition {
  caller: Caller;
  lookupId: string;
  nationalId: string;
  record: StaffRecord;
  /** Becomes the person's. */
  id: string;
}

/** Adds somebody whom the database does not have yet. */
export function addStaff(dependencies: CommandDependencies): RosterCommands['addStaff'] {
  return async ({ schoolCode, formId: id, ...asked }) => {
    const school = await ownSchool(dependencies.prisma, asked.caller, schoolCode, dependencies.now());
    await addPerson(dependencies, school, { ...asked, id });
    return { id };
  };
}

/** @throws Refused as `addStaff` does */
export async function addPerson(dependencies: CommandDependencies, school: School, addition: Addition): Promise<void> {
  const attempt = () => dependencies.prisma.$transaction((tx) => addWithin(tx, dependencies, school, addition));
  try {
    await attempt();
  } catch (failure) {
    if (!isTaken(failure)) throw failure;
    // Somebody else created the person at the same instant: now they are seen, and the refusal says where.
    await attempt();
  }
}

function isTaken(failure: unknown): boolean {
  return failure instanceof Prisma.PrismaClientKnownRequestError && failure.code === 'P2002';
}

async function addWithin(tx: Prisma.TransactionClient, dependencies: CommandDependencies, school: School, addition: Addition): Promise<void> {
  const { caller, lookupId, nationalId, record, id } = addition;
  const { keyRing, now } = dependencies;
  if (await lockWhetherClosed(tx, school.code, now())) throw new Refused('SCHOOL_CLOSED');
  await lockAccess(tx, caller);
  // One look-up adds one person (R5.3a): whoever cites it at the same instant comes before or after.
  await tx.$queryRaw`SELECT 1 FROM staff_lookup WHERE id = ${lookupId}::uuid FOR UPDATE`;
  // A repeat of a request whose answer was lost, or that came twice at the same instant.
  if (await tx.person.findUnique({ where: { id }, select: { id: true } })) return;
  const nationalIdHash = keyRing.lookupHash(nationalId);
  const known = await refuseKnown(tx, school.code, nationalIdHash);
  const today = bangkokDate(now());
  const cited = { accountId: caller.id, schoolCode: school.code, nationalIdHash };
  refuseBroken([...(await brokenCitation(tx, lookupId, cited, { known: known !== null, now: now() })), ...brokenStaffRules(record, today)]);
  if (known) throw new Refused(known);
  const verifiedOn = new Date(today);
  await tx.person.create({
    data: { id, nationalIdHash, nationalIdCipher: keyRing.seal(nationalId), ...staffColumns(record), verifiedOn },
    select: { id: true },
  });
  const posting = await tx.posting.create({ data: { id: randomUUID(), personId: id, schoolCode: school.code, from: verifiedOn } });
  await tx.staffLookup.update({ where: { id: lookupId }, data: { usedAt: now(), personId: id }, select: { id: true } });
  const kept = await keepChange(tx, id, fieldChanges(null, record));
  const after = { schoolCode: school.code, postingId: posting.id, from: today, lookupId, ...kept };
  await appendAudit(tx, { subject: SUBJECT.person(id), actor: byAccount(caller), action: 'ADDED', ...ofSchool(school), formId: id, after });
}

/** R5.3a: why the look-up cannot be cited. A used one tells that the person is here; whoever is erased since is looked up anew. */
async function brokenCitation(
  tx: Prisma.TransactionClient,
  lookupId: string,
  cited: Cited,
  { known, now }: { known: boolean; now: Date },
): Promise<BrokenRule[]> {
  const lookup = await tx.staffLookup.findUnique({ where: { id: lookupId } });
  const good = lookup !== null && mayCite(lookup, cited, now) && (known || lookup.usedAt === null);
  return good ? [] : [uncitable(lookup, now, cited)];
}

/** R5.2, R5.3c, R5.3e: whoever the database has by now is not added again; null for somebody new. */
async function refuseKnown(tx: Prisma.TransactionClient, schoolCode: string, nationalIdHash: string): Promise<RefusalCode | null> {
  const person = await tx.person.findUnique({
    where: { nationalIdHash },
    select: { postings: { where: { to: null }, select: { schoolCode: true } } },
  });
  return refuseAdding(whereFound(person && { schoolCode: person.postings[0]?.schoolCode ?? null }, schoolCode));
}
