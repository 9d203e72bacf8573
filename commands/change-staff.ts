// Completing and confirming a person's data (R5.1). Whoever saves data has it in hand: saving confirms it as current, unless
// the caller says otherwise.
import type { Caller } from '../domain/entitlement';
import { Refused, refuseBroken } from '../domain/refused';
import { brokenStaffRules, changedRecord, fieldChanges, STAFF_FIELDS, type StaffChange } from '../domain/staff';
import { bangkokDate } from '../domain/working-days';
import { appendAudit, byAccount, ofSchool, SUBJECT } from '../prisma/audit';
import type { Prisma, School } from '../prisma/generated/client';
import { keepChange } from '../prisma/record-change';
import { recordVersion, staffColumns, staffRecord } from '../prisma/staff-record';
import type { CommandDependencies } from './dependencies';
import { lockAccess } from './lock-access';
import { lockPosting, ownSchool } from './own-roster';
import type { RosterCommands } from './roster-commands';

/** Changes and confirms the data of somebody on the own roster. */
export function changeStaff(dependencies: CommandDependencies): RosterCommands['changeStaff'] {
  return async ({ caller, schoolCode, personId, change, verified, version }) => {
    const school = await ownSchool(dependencies.prisma, caller, schoolCode, dependencies.now());
    const given = Object.values(change).some((value) => value !== undefined);
    await changePerson(dependencies, school, { caller, personId, change, verified: verified ?? given, version });
  };
}

function saysAll(change: StaffChange): boolean {
  return STAFF_FIELDS.every((field) => change[field] !== undefined);
}

interface Change {
  caller: Caller;
  personId: string;
  change: StaffChange;
  verified: boolean;
  /** Of the data that was seen; absent where whatever it is now may be changed. */
  version?: string | undefined;
}

/** @throws Refused VALIDATION, NOT_FOUND, STALE_REVISION */
export function changePerson(dependencies: CommandDependencies, school: School, asked: Change): Promise<void> {
  return dependencies.prisma.$transaction((tx) => changeWithin(tx, dependencies, school, asked));
}

async function changeWithin(
  tx: Prisma.TransactionClient,
  { now }: CommandDependencies,
  school: School,
  { caller, personId, change, verified, version }: Change,
): Promise<void> {
  if (!(await lockPosting(tx, school.code, personId))) throw new Refused('NOT_FOUND');
  await lockAccess(tx, caller);
  const row = await tx.person.findUniqueOrThrow({ where: { id: personId } });
  const before = staffRecord(row);
  const after = changedRecord(before, change);
  const today = bangkokDate(now());
  refuseBroken(brokenStaffRules(after, today));
  const changes = fieldChanges(before, after);
  // Whoever says all of it as it is has seen it, as the second tap of what was saved a moment ago.
  const seen = version === undefined || version === recordVersion(before) || (changes.length === 0 && saysAll(change));
  if (!seen) throw new Refused('STALE_REVISION');
  if (changes.length === 0 && !verified) return;
  const verifiedOn = verified ? new Date(today) : row.verifiedOn;
  await tx.person.update({ where: { id: personId }, data: { ...staffColumns(after), verifiedOn }, select: { id: true } });
  const confirmed = verified ? { verifiedOn: today } : {};
  const fact = { subject: SUBJECT.person(personId), actor: byAccount(caller), ...ofSchool(school) };
  if (changes.length === 0) return appendAudit(tx, { ...fact, action: 'VERIFIED', after: confirmed });
  const kept = await keepChange(tx, personId, changes);
  await appendAudit(tx, { ...fact, action: 'CHANGED', after: { fields: changes.map(({ field }) => field), ...confirmed, ...kept } });
}
