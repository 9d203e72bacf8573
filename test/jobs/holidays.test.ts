// R3.5: holidays change in mid-case, and open clocks follow.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRegistrationActivities } from '../../activities/registration';
import { addWorkingDays, bangkokDate, isWorkingDay } from '../../domain/working-days';
import { type Cases, casesOf } from '../registration/support/cases';
import { ACCOUNTS, freshSchool } from '../setup/directory';
import { call, eventually, refusedFields, signIn } from '../setup/people';
import { recording, startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
let cases: Cases;
let central: { Cookie: string };
beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
  central = await signIn(system.url, ACCOUNTS.central);
});
afterAll(() => system.stop());

const put = (date: string, name: string, headers: Record<string, string> = central) =>
  call(system.url, 'PUT', `/api/holidays/${date}`, { name }, headers);
const freeDays = async () => new Set((await system.prisma.holiday.findMany()).map(({ date }) => date.toISOString().slice(0, 10)));

/** A working day in some days, on which no case has passed its deadline yet. */
async function comingWorkingDay(): Promise<string> {
  const free = await freeDays();
  for (let ahead = 2; ; ahead += 1) {
    const date = bangkokDate(new Date(Date.now() + ahead * 86_400_000));
    if (isWorkingDay(date, free)) return date;
  }
}

describe('R3.5 holidays', () => {
  test('a holiday added re-arms open cases, row and workflow, and taken back does so again', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    const deadline = async () => (await system.prisma.registration.findUniqueOrThrow({ where: { id } })).deadlineAt?.toISOString();
    const before = await deadline();
    const date = await comingWorkingDay();
    expect((await put(date, 'วันหยุดพิเศษ')).status).toBe(200);
    const { submittedAt } = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
    const moved = addWorkingDays(submittedAt, 7, await freeDays()).toISOString();
    expect(moved).not.toBe(before);
    await eventually(async () => (await deadline()) === moved, 'the later deadline');
    const armed = async () => JSON.stringify(await system.temporal.workflow.getHandle(`registration/${school}`).fetchHistory());
    await eventually(async () => (await armed()).split('timerStartedEventAttributes').length > 2, 'the timer armed anew');

    expect((await call(system.url, 'DELETE', `/api/holidays/${date}`, undefined, central)).status).toBe(204);
    await eventually(async () => (await deadline()) === before, 'the earlier deadline');
    const audit = await system.prisma.auditEntry.findMany({ where: { caseId: 'holidays' }, orderBy: { seq: 'asc' } });
    expect(audit.map(({ action }) => action)).toEqual(['HOLIDAY_SET', 'HOLIDAY_REMOVED']);
  });

  test('a date of the Buddhist era is refused', async () => {
    expect(refusedFields(await put('2569-12-31', 'วันสิ้นปี'))).toEqual(['date IMPLAUSIBLE_DATE']);
    expect(await system.prisma.holiday.count({ where: { date: new Date('2569-12-31') } })).toBe(0);
  });

  test('one that was entered a moment before a deadline counts, though the case was not told of it yet', async () => {
    const { id } = await cases.pending();
    const row = () => system.prisma.registration.findUniqueOrThrow({ where: { id } });
    const { submittedAt, deadlineAt } = await row();
    const date = new Date(await comingWorkingDay());
    await system.prisma.holiday.create({ data: { date, name: 'วันหยุดพิเศษ' } });
    const { passDeadline } = createRegistrationActivities(recording(system));
    const pass = async (at: Date | null) => void (await passDeadline({ registrationId: id, kind: 'ESCALATE_HEAD', at: at?.toISOString() ?? '' }));
    await pass(deadlineAt);
    const later = addWorkingDays(submittedAt, 7, await freeDays());
    expect(await row()).toMatchObject({ escalation: 'NONE', deadlineAt: later, dueAt: later });
    await pass(later);
    expect((await row()).escalation).toBe('HEAD');
    await system.prisma.holiday.delete({ where: { date } });
  });

  test('the central office alone edits them; what is no date, has no name or is no holiday is refused', async () => {
    expect((await put('2027-12-30', 'x', cases.approver)).status).toBe(403);
    expect((await put('2027-12-30', 'x', {})).status).toBe(401);
    expect((await put('2027-02-30', 'x')).status).toBe(404);
    expect((await put('2027-12-30', ' ')).status).toBe(422);
    expect((await call(system.url, 'DELETE', '/api/holidays/2027-12-29', undefined, central)).status).toBe(404);
    const { body } = await cases.get('/api/holidays');
    expect(body.items).toContainEqual({ date: '2026-12-10', name: 'วันรัฐธรรมนูญ' });
  });
});
