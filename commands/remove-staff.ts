// การจำหน่ายข้อมูลออกจากสถานศึกษา (R5.4): the posting ends, record and history stay.
import { laterDate } from '../domain/days';
import { Refused, refuseBroken } from '../domain/refused';
import { brokenRemovalRules } from '../domain/removal';
import { topCode } from '../domain/top-code';
import { bangkokDate } from '../domain/working-days';
import { appendAudit, byAccount, isDone, ofSchool, REMOVED, SUBJECT } from '../prisma/audit';
import type { Prisma, School } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { LAST_FIRST } from '../prisma/open-posting';
import type { CommandDependencies } from './dependencies';
import { lockAccess } from './lock-access';
import { lockPosting, ownSchool } from './own-roster';
import type { RosterCommands } from './roster-commands';
import { tellTransferOf } from './tell-cases';

type Removal = Parameters<RosterCommands['removeStaff']>[0];

/** Removes somebody from the own roster; an open transfer of the person is told, for which this is consent (R5.3d). */
export function removeStaff(dependencies: CommandDependencies): RosterCommands['removeStaff'] {
  return async (asked) => {
    const school = await ownSchool(dependencies.prisma, asked.caller, asked.schoolCode, dependencies.now());
    const on = await dependencies.prisma.$transaction((tx) => removeWithin(tx, dependencies, school, asked));
    await tellTransferOf(dependencies, asked.personId);
    return { on };
  };
}

/** @returns the day with which the posting ends, `YYYY-MM-DD` */
async function removeWithin(tx: Prisma.TransactionClient, { now }: CommandDependencies, school: School, asked: Removal): Promise<string> {
  const { caller, personId, reason = null, kind = null, on, formId } = asked;
  const posting = await lockPosting(tx, school.code, personId);
  // A repeat of a request whose answer was lost, or that came twice at the same instant; the transfer is told again, which changes
  // nothing.
  if (await isDone(tx, SUBJECT.person(personId), REMOVED, formId)) return endedOn(tx, school, asked);
  if (!posting) throw new Refused('NOT_FOUND');
  await lockAccess(tx, caller);
  const from = isoDate(posting.from);
  const broken = brokenRemovalRules({ reason: asked.reason, on }, { from, today: bangkokDate(now()) });
  refuseBroken(broken, topCode);
  await refuseOneself(tx, caller.id, personId);
  // A posting never ends before it began.
  const to = laterDate(on, from);
  await tx.posting.update({ where: { id: posting.id }, data: { to: new Date(to), endReason: reason, endKind: kind }, select: { id: true } });
  const facts = { schoolCode: school.code, postingId: posting.id };
  await appendAudit(tx, {
    subject: SUBJECT.person(personId),
    actor: byAccount(caller),
    action: REMOVED,
    ...ofSchool(school),
    formId,
    before: facts,
    after: { ...facts, to, kind },
  });
  return to;
}

async function endedOn(tx: Prisma.TransactionClient, { code: schoolCode }: School, { personId, on }: Removal): Promise<string> {
  const last = await tx.posting.findFirst({ where: { personId, schoolCode, to: { not: null } }, orderBy: LAST_FIRST, select: { to: true } });
  return last?.to ? isoDate(last.to) : on;
}

async function refuseOneself(tx: Prisma.TransactionClient, accountId: string, personId: string): Promise<void> {
  const account = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { nationalIdHash: true } });
  const person = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { nationalIdHash: true } });
  if (account.nationalIdHash === person.nationalIdHash) throw new Refused('OWN_RECORD');
}
