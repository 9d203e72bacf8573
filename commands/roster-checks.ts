// The roster as a whole (R5.0): the headcount that the school states, and the attestation that it was checked and is current.
import type { Caller } from '../domain/entitlement';
import { fullName } from '../domain/full-name';
import { Refused } from '../domain/refused';
import { openItems, summarise, unexplainedItems } from '../domain/roster';
import { missingFields } from '../domain/staff';
import { bangkokDate } from '../domain/working-days';
import { appendAudit, byAccount, ofSchool, SUBJECT } from '../prisma/audit';
import type { Prisma, School } from '../prisma/generated/client';
import { lockSchool } from '../prisma/school-closure';
import { staffRecord } from '../prisma/staff-record';
import type { CommandDependencies } from './dependencies';
import { lockAccess } from './lock-access';
import { ownSchool } from './own-roster';
import type { RosterCommands } from './roster-commands';

/** The school and everybody on its roster, under locks: who adds, changes, removes or counts at the same instant comes before or after. */
async function lockRoster(tx: Prisma.TransactionClient, schoolCode: string): Promise<void> {
  // Who is added comes under `FOR SHARE` of the school, and holds this up until they are there. No stronger lock than that needs: a
  // transfer that is being recorded refers to the school while it holds postings, and would wait for us as we for it.
  await lockSchool(tx, schoolCode);
  await tx.$queryRaw`SELECT 1 FROM posting WHERE school_code = ${schoolCode} AND "to" IS NULL ORDER BY person_id FOR UPDATE`;
}

/**
 * The caller's own school as it is under the locks that were taken: it may have closed, or the access ended, while they were waited for.
 * @throws Refused as `lockAccess` and `ownSchool` do
 */
async function stillOwnSchool(tx: Prisma.TransactionClient, caller: Caller, schoolCode: string, now: Date): Promise<School> {
  await lockAccess(tx, caller);
  return ownSchool(tx, caller, schoolCode, now);
}

/** States how many people the school has. */
export function stateHeadcount({ prisma, now }: CommandDependencies): RosterCommands['stateHeadcount'] {
  return ({ caller, schoolCode, headcount }) =>
    prisma.$transaction(async (tx) => {
      await ownSchool(tx, caller, schoolCode, now());
      await lockSchool(tx, schoolCode);
      const school = await stillOwnSchool(tx, caller, schoolCode, now());
      if (school.headcount === headcount) return;
      await tx.school.update({ where: { code: schoolCode }, data: { headcount }, select: { code: true } });
      const before = { headcount: school.headcount };
      await appendAudit(tx, {
        subject: SUBJECT.school(schoolCode),
        actor: byAccount(caller),
        action: 'HEADCOUNT_STATED',
        ...ofSchool(school),
        before,
        after: { headcount },
      });
    });
}

/** Attests the roster as checked and current today; each open item is explained. */
export function checkRoster({ prisma, now }: CommandDependencies): RosterCommands['checkRoster'] {
  return ({ caller, schoolCode, explanations, formId }) =>
    prisma.$transaction(async (tx) => {
      await ownSchool(tx, caller, schoolCode, now());
      await lockRoster(tx, schoolCode);
      const school = await stillOwnSchool(tx, caller, schoolCode, now());
      // A repeat of a request whose answer was lost.
      if (await tx.rosterCheck.findUnique({ where: { id: formId }, select: { id: true } })) return;
      const people = await peopleOf(tx, schoolCode);
      const items = openItems(people, school.headcount);
      const unexplained = unexplainedItems(items, explanations);
      if (unexplained.length > 0) throw new Refused('ROSTER_OPEN_ITEMS', { errors: unexplained });
      const on = bangkokDate(now());
      const complete = people.filter(({ missing }) => missing.length === 0).length;
      const { unverified: _ofNow, ...summary } = summarise({
        listed: people.length,
        complete,
        unverified: 0,
        headcount: school.headcount,
        checkedOn: on,
      });
      const explained = Object.fromEntries(items.map(({ item }) => [item, explanations[item] ?? '']));
      const check = { id: formId, schoolCode, on: new Date(on), accountId: caller.id, explanations: explained };
      await tx.rosterCheck.create({ data: { ...check, summary: { ...summary }, createdAt: now() }, select: { id: true } });
      await appendAudit(tx, {
        subject: SUBJECT.school(schoolCode),
        actor: byAccount(caller),
        action: 'ROSTER_CHECKED',
        ...ofSchool(school),
        formId,
        after: { ...summary },
      });
    });
}

async function peopleOf(tx: Prisma.TransactionClient, schoolCode: string) {
  const rows = await tx.person.findMany({ where: { rosterEntry: { is: { schoolCode } } } });
  return rows.map((row) => ({ id: row.id, name: fullName(row), missing: missingFields(staffRecord(row)) }));
}
