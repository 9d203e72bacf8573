// A school closes, today or on a day ahead, or does not close after all: by the central office (R5.3d). Its open cases are told,
// and each follows what the row says then; on a day ahead the sweep does so (activities/closures.ts).
import { brokenClosingRules, isClosed } from '../domain/closure';
import { Refused, refuseBroken } from '../domain/refused';
import { topCode } from '../domain/top-code';
import { bangkokDate } from '../domain/working-days';
import { appendAudit, byAccount, isDone, ofSchool, SUBJECT } from '../prisma/audit';
import type { Prisma } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { endAdministratorOf, lockSchool } from '../prisma/school-closure';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { lockAccess } from './lock-access';
import { tellCasesOf } from './tell-cases';

type Closing = Parameters<Commands['closeSchool']>[0];
const CLOSED = 'CLOSED';

/** Closes a school, or announces that it will close. */
export function closeSchool(dependencies: CommandDependencies): Commands['closeSchool'] {
  return async (asked) => {
    if (asked.caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    await dependencies.prisma.$transaction((tx) => closeWithin(tx, dependencies, asked));
    await tellCasesOf(dependencies, asked.schoolCode);
  };
}

/** Takes a closing back: one that is announced never happens; a school that is closed opens again and registers anew. */
export function reopenSchool(dependencies: CommandDependencies): Commands['reopenSchool'] {
  return async ({ schoolCode, caller }) => {
    if (caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    await dependencies.prisma.$transaction(async (tx) => {
      const school = await lockSchool(tx, schoolCode);
      await lockAccess(tx, caller);
      if (!school || school.closedOn === null) throw new Refused('NOT_FOUND');
      await tx.school.update({ where: { code: schoolCode }, data: { closedOn: null, closureReason: null }, select: { code: true } });
      const facts = { before: { closedOn: isoDate(school.closedOn) }, after: { closedOn: null } };
      await appendAudit(tx, { subject: SUBJECT.school(schoolCode), actor: byAccount(caller), action: 'REOPENED', ...ofSchool(school), ...facts });
    });
    await tellCasesOf(dependencies, schoolCode);
  };
}

async function closeWithin(tx: Prisma.TransactionClient, { now }: CommandDependencies, asked: Closing): Promise<void> {
  const { schoolCode, on, reason, caller, formId } = asked;
  const school = await lockSchool(tx, schoolCode);
  await lockAccess(tx, caller);
  if (!school) throw new Refused('NOT_FOUND');
  const subject = SUBJECT.school(schoolCode);
  // A repeat of a request whose answer was lost; the cases are told again, which changes nothing.
  if (await isDone(tx, subject, CLOSED, formId)) return;
  const today = bangkokDate(now());
  const broken = brokenClosingRules({ reason, on }, today);
  refuseBroken(broken, topCode);
  if (school.closedOn !== null) throw new Refused('SCHOOL_CLOSED', { extra: { closedOn: isoDate(school.closedOn) } });
  const closing = { closedOn: new Date(on), closureReason: reason ?? '' };
  await tx.school.update({ where: { code: schoolCode }, data: closing, select: { code: true } });
  const ended = isClosed(on, today) ? await endAdministratorOf(tx, schoolCode, now()) : null;
  const after = { closedOn: on, ...(ended !== null && { endedAccount: ended }) };
  await appendAudit(tx, { subject, actor: byAccount(caller), action: CLOSED, ...ofSchool(school), formId, before: { closedOn: null }, after });
}
