// Adding a missing person to the own roster (R5.2, R5.3b): the look-up is checked anew at this moment, and the unique
// indexes have the last word.
import { randomUUID } from 'node:crypto';
import type { Caller } from '../domain/entitlement';
import { uncitable } from '../domain/lookup-words';
import { Refused, refuseBroken } from '../domain/refused';
import { brokenStaffRules, fieldChanges, type StaffRecord } from '../domain/staff';
import { type Cited, mayCite, refuseAdding, whereFound } from '../domain/staff-lookup';
import { bangkokDate } from '../domain/working-days';
import { appendAudit, byAccount, ofSchool, SUBJECT } from '../prisma/audit';
import type { School, StaffLookup } from '../prisma/generated/client';
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
  const lookup = await citedLookup(tx, lookupId, { accountId: caller.id, schoolCode: school.code, nationalIdHash }, now());
  const today = bangkokDate(now());
  refuseBroken(brokenStaffRules(record, today));
  await refuseKnown(tx, school.code, nationalIdHash);
  // A plain repeat was told above that the person is here; whoever is erased since is looked up anew.
  if (lookup.usedAt !== null) throw new Refused('LOOKUP_REQUIRED', { errors: [uncitable(lookup, now())] });
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

/** R5.3a: the look-up, where it may be cited for this. */
async function citedLookup(tx: Prisma.TransactionClient, lookupId: string, cited: Cited, now: Date): Promise<StaffLookup> {
  const lookup = await tx.staffLookup.findUnique({ where: { id: lookupId } });
  if (!lookup || !mayCite(lookup, cited, now)) throw new Refused('LOOKUP_REQUIRED', { errors: [uncitable(lookup, now, cited)] });
  return lookup;
}

/** R5.2, R5.3c, R5.3e: whoever the database has by now is not added again. */
async function refuseKnown(tx: Prisma.TransactionClient, schoolCode: string, nationalIdHash: string): Promise<void> {
  const person = await tx.person.findUnique({
    where: { nationalIdHash },
    select: { postings: { where: { to: null }, select: { schoolCode: true } } },
  });
  const refusal = refuseAdding(whereFound(person && { schoolCode: person.postings[0]?.schoolCode ?? null }, schoolCode));
  if (refusal) throw new Refused(refusal);
}
