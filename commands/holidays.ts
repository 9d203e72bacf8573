// The table of holidays, which the central office edits when the cabinet announces or moves a day (R3.5).
import { randomUUID } from 'node:crypto';
import { NUDGE_WORKFLOW } from '../contracts/jobs';
import { TASK_QUEUE } from '../contracts/search-attributes';
import type { Caller } from '../domain/entitlement';
import { brokenHolidayRules } from '../domain/holiday';
import { Refused, refuseBroken } from '../domain/refused';
import { appendAudit, byAccount, SUBJECT } from '../prisma/audit';
import type { Prisma } from '../prisma/generated/client';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { lockAccess } from './lock-access';
import { tellIfAnswered } from './unanswered';

/** Adds a holiday, or gives it another name; the clocks of open cases follow. @throws Refused IMPLAUSIBLE_DATE for one of another era */
export function setHoliday(dependencies: CommandDependencies): Commands['setHoliday'] {
  return async ({ date, name, caller }) => {
    if (caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    refuseBroken(brokenHolidayRules(date));
    const day = new Date(date);
    await changeHolidays(dependencies, caller, async (tx) => {
      const before = await tx.holiday.findUnique({ where: { date: day } });
      await tx.holiday.upsert({ where: { date: day }, create: { date: day, name }, update: { name } });
      return { before: before && { date, name: before.name }, after: { date, name } };
    });
  };
}

/** Takes a holiday back. @throws Refused NOT_FOUND for a day that is none */
export function removeHoliday(dependencies: CommandDependencies): Commands['removeHoliday'] {
  return async ({ date, caller }) => {
    if (caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    const day = new Date(date);
    await changeHolidays(dependencies, caller, async (tx) => {
      const before = await tx.holiday.findUnique({ where: { date: day } });
      if (!before) throw new Refused('NOT_FOUND');
      await tx.holiday.delete({ where: { date: day } });
      return { before: { date, name: before.name }, after: null };
    });
  };
}

interface Change {
  before: Prisma.InputJsonObject | null;
  after: Prisma.InputJsonObject | null;
}

/** Where the nudge is lost to an outage, the next sweep finds the cases whose clocks are armed by other holidays. */
async function changeHolidays(
  dependencies: CommandDependencies,
  caller: Caller,
  change: (tx: Prisma.TransactionClient) => Promise<Change>,
): Promise<void> {
  await dependencies.prisma.$transaction(async (tx) => {
    // Of two changes at once the second one sees the first; whoever reads is not held up.
    await tx.$executeRaw`LOCK TABLE holiday IN SHARE ROW EXCLUSIVE MODE`;
    await lockAccess(tx, caller);
    const { before, after } = await change(tx);
    const action = after ? 'HOLIDAY_SET' : 'HOLIDAY_REMOVED';
    await appendAudit(tx, { subject: SUBJECT.holidays, actor: byAccount(caller), action, before, after });
  });
  const nudge = { workflowId: `${NUDGE_WORKFLOW}/${randomUUID()}`, taskQueue: TASK_QUEUE, args: [] };
  const staticSummary = 'The holidays changed: clocks of open cases follow';
  await tellIfAnswered(dependencies, () => dependencies.temporal.workflow.start(NUDGE_WORKFLOW, { ...nudge, staticSummary }));
}
