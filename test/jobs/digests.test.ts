// R3.5: one digest for all that is due, to approvers, heads and the central office, by the real schedule with short policies.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DIGESTS_OF_ONE_RUN } from '../../contracts/jobs';
import { ensureSchedules } from '../../temporal/schedules';
import { type Cases, casesOf } from '../registration/support/cases';
import { ACCOUNTS, DISTRICT, freshSchool, HELD_SCHOOL, OTHER_DISTRICT } from '../setup/directory';
import { eventually, mailsTo, mailTo } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
let cases: Cases;

/** Runs the digests once, as the schedule would. */
const runDigests = () => system.temporal.workflow.execute('digests', { taskQueue: 'dpa', workflowId: `digests-${Math.random()}` });
/** All files share one mail box: this file's accounts have addresses of their own. */
const own = (email: string) => `digest-${process.pid}-${email}`;

beforeAll(async () => {
  system = await startSystem({
    REVIEW_REMIND_EVERY: '1s',
    DIGEST_WINDOW: '100h',
    REVIEW_ESCALATE_AFTER: '1h',
    REVIEW_CENTRAL_AFTER: '2h',
  });
  for (const account of await system.prisma.account.findMany()) {
    await system.prisma.account.update({ where: { id: account.id }, data: { email: own(account.email), emailKey: own(account.emailKey) } });
  }
  cases = await casesOf(system, own(ACCOUNTS.approver));
});
afterAll(() => system.stop());

const waiting = (ids: (string | undefined)[], seconds: number) =>
  system.prisma.registration.updateMany({
    where: { id: { in: ids.filter((id) => id !== undefined) } },
    data: { waitingSince: new Date(Date.now() - seconds * 1_000) },
  });
/** Cases and mails of then are not due, however slow the machine is. */
const later = () => new Date(Date.now() + 3_600_000);
const digests = (email: string, purpose = 'reminder-digest') => mailsTo(own(email), purpose);

describe('R3.5 digests', () => {
  test('nothing due, no mail', async () => {
    expect(await runDigests()).toEqual({ mails: 0 });
  });

  test('one mail for each approver about all that is due, oldest first, with a link to each case; nothing personal', async () => {
    const older = await cases.pending();
    const newer = await cases.pending();
    const elsewhere = await cases.pending(freshSchool(OTHER_DISTRICT));
    await waiting([newer.id, elsewhere.id], 3);
    await waiting([older.id], 60);
    expect(await runDigests()).toEqual({ mails: 2 });
    const { text, html, subject } = await mailTo(own(ACCOUNTS.approver), 'reminder-digest');
    expect(subject).toContain('2 รายการ');
    const links = [...text.matchAll(/\/office\/registrations\/([\w-]+)/g)].map(([, id]) => id);
    expect(links).toEqual([older.id, newer.id]);
    expect(text).toContain(`${system.config.publicUrl}/office/registrations/`);
    for (const part of [text, html]) {
      expect(part).toMatch(/2 requests wait/);
      expect(part).not.toMatch(/กานดา|@school\.test/);
    }
    expect(await digests(ACCOUNTS.otherApprover)).toHaveLength(1);
    expect(await digests(ACCOUNTS.head)).toEqual([]);
    expect(await digests(ACCOUNTS.central, 'escalation')).toEqual([]);
  });

  test('R2.4: nothing of a registration that is not acknowledged yet, which no office can approve', async () => {
    const { id } = await cases.pending();
    await system.prisma.registration.updateMany({ where: { id: { not: id } }, data: { waitingSince: new Date() } });
    await waiting([id], 60);
    await system.prisma.registration.update({ where: { id }, data: { awaitsAcknowledgement: true } });
    const items = () => system.prisma.digestItem.count({ where: { caseId: id } });
    await runDigests();
    expect(await items()).toBe(0);
    await system.prisma.registration.update({ where: { id }, data: { awaitsAcknowledgement: false } });
    await runDigests();
    expect(await items()).toBe(1);
  });

  test('again only when the time is over since the last one; a case that was decided is not in it', async () => {
    const [decided, left] = await Promise.all([cases.pending(), cases.pending()]);
    await system.prisma.registration.updateMany({ where: { id: { notIn: [decided.id, left.id] } }, data: { waitingSince: later() } });
    await waiting([decided.id, left.id], 60);
    await cases.decide(decided.id, { decision: 'REJECT', reason: 'ไม่ใช่' });
    const before = (await digests(ACCOUNTS.approver)).length;
    expect(await runDigests()).toEqual({ mails: 1 });
    const mail = await mailTo(own(ACCOUNTS.approver), 'reminder-digest', before + 1);
    expect(mail.text).toContain(left.id);
    expect(mail.text).not.toContain(decided.id);
    await system.prisma.mail.updateMany({ where: { purpose: 'reminder-digest' }, data: { createdAt: later() } });
    expect(await runDigests()).toEqual({ mails: 0 });
  });

  test('what was escalated goes to the head, and then to the central office, which also hears of schools without a district', async () => {
    const [toHead, toCentral, held] = await Promise.all([cases.pending(), cases.pending(), cases.pending(HELD_SCHOOL)]);
    await system.prisma.registration.updateMany({ where: { id: toHead.id ?? '' }, data: { escalation: 'HEAD' } });
    await system.prisma.registration.updateMany({ where: { id: toCentral.id ?? '' }, data: { escalation: 'CENTRAL' } });
    await waiting([held.id], 60);
    await runDigests();
    const head = await mailTo(own(ACCOUNTS.head), 'escalation');
    expect(head.text).toContain('คำขอที่พ้นกำหนดแล้วท่านพิจารณาได้ด้วย');
    expect([head.text.includes(toHead.id ?? ''), head.text.includes(toCentral.id ?? '')]).toEqual([true, true]);
    const central = await mailTo(own(ACCOUNTS.central), 'escalation');
    expect([toHead, toCentral, held].map(({ id }) => central.text.includes(id))).toEqual([false, true, true]);
    const { name } = await system.prisma.district.findUniqueOrThrow({ where: { code: DISTRICT } });
    for (const office of [`(${name})`, '(ยังไม่มีเขต)']) expect(central.text).toContain(office);
  });

  test('a head who is the only one of a district is its approver too', async () => {
    const { id, email } = await system.prisma.account.findFirstOrThrow({ where: { districtCode: OTHER_DISTRICT, status: 'ACTIVE' } });
    expect(await system.prisma.account.count({ where: { districtCode: OTHER_DISTRICT } })).toBe(1);
    await system.prisma.account.update({ where: { id }, data: { head: true } });
    const due = await cases.pending(freshSchool(OTHER_DISTRICT));
    await waiting([due.id], 60);
    await runDigests();
    const told = async () => (await mailsTo(email, 'reminder-digest')).some(({ text }) => text.includes(due.id));
    await eventually(told, 'the digest');
    expect(await mailsTo(email, 'escalation')).toEqual([]);
    await system.prisma.account.update({ where: { id }, data: { head: false } });
    await system.prisma.registration.updateMany({ where: { id: due.id }, data: { waitingSince: later() } });
  });

  test('a head who is an approver too, and to whom something was escalated, gets one mail about all of it, and nothing of it again', async () => {
    const { id, email } = await system.prisma.account.findFirstOrThrow({ where: { districtCode: OTHER_DISTRICT, status: 'ACTIVE' } });
    await system.prisma.account.update({ where: { id }, data: { head: true } });
    const [escalated, reminded] = [await cases.pending(freshSchool(OTHER_DISTRICT)), await cases.pending(freshSchool(OTHER_DISTRICT))];
    const others = { id: { notIn: [escalated.id, reminded.id] } };
    await system.prisma.registration.updateMany({ where: others, data: { waitingSince: later(), escalation: 'NONE' } });
    await system.prisma.registration.update({ where: { id: escalated.id }, data: { escalation: 'HEAD' } });
    await waiting([escalated.id, reminded.id], 60);
    const reminders = (await mailsTo(email, 'reminder-digest')).length;
    expect(await runDigests()).toEqual({ mails: 1 });
    const { text } = await mailTo(email, 'escalation');
    for (const one of [escalated, reminded]) expect(text.split(`/office/registrations/${one.id}`)).toHaveLength(2);
    expect(await mailsTo(email, 'reminder-digest')).toHaveLength(reminders);
    await system.prisma.mail.updateMany({ where: { purpose: 'escalation', accountId: id }, data: { createdAt: later() } });
    expect(await runDigests()).toEqual({ mails: 0 });
    await system.prisma.account.update({ where: { id }, data: { head: false } });
    await system.prisma.registration.updateMany({ where: { id: { in: [escalated.id, reminded.id] } }, data: { waitingSince: later() } });
  });

  test('a digest that did not go out is not sent beside the next one', async () => {
    const { id } = await cases.pending();
    await system.prisma.registration.updateMany({ where: { id: { not: id } }, data: { waitingSince: new Date() } });
    await waiting([id], 60);
    const account = await system.prisma.account.findFirstOrThrow({ where: { email: own(ACCOUNTS.approver) } });
    const mail = { accountId: account.id, purpose: 'reminder-digest', revision: 1, audience: 'OFFICE' };
    const unsent = await system.prisma.mail.create({
      data: { ...mail, id: '70000000-0000-4000-8000-000000000001', digestItems: { create: { caseId: id } } },
    });
    await runDigests();
    expect((await system.prisma.mail.findUniqueOrThrow({ where: { id: unsent.id } })).status).toBe('CANCELLED');
    const told = await system.prisma.digestItem.findMany({ where: { caseId: id, mail: { status: { not: 'CANCELLED' }, accountId: account.id } } });
    expect(told).toHaveLength(1);
  });

  test('two runs at once: nobody gets the same digest twice', async () => {
    const { id } = await cases.pending();
    await system.prisma.registration.updateMany({ where: { id: { not: id } }, data: { waitingSince: new Date() } });
    await waiting([id], 60);
    await Promise.all([runDigests(), runDigests(), runDigests()]);
    const sent = await system.prisma.digestItem.findMany({ where: { caseId: id, mail: { status: 'SENT', purpose: 'reminder-digest' } } });
    expect(sent).toHaveLength(1);
  });

  test('more than one run of the workflow may send: the next goes on where it ended, and each mail goes out once', async () => {
    const { id } = await cases.pending(freshSchool(OTHER_DISTRICT));
    await system.prisma.registration.updateMany({ where: { id: { not: id } }, data: { waitingSince: later() } });
    await waiting([id], 60);
    const { passwordHash } = await system.prisma.account.findFirstOrThrow({ where: { role: 'DISTRICT' } });
    const accounts = Array.from({ length: DIGESTS_OF_ONE_RUN + 1 }, (_none, index) => {
      const email = own(`${index}@many.test`);
      return { id: randomUUID(), email, emailKey: email, role: 'DISTRICT', name: 'ผู้อนุมัติ', districtCode: OTHER_DISTRICT, passwordHash } as const;
    });
    await system.prisma.account.createMany({ data: accounts });
    const handle = await system.temporal.workflow.start('digests', { taskQueue: 'dpa', workflowId: `digests-${randomUUID()}` });
    await handle.result();
    const first = system.temporal.workflow.getHandle(handle.workflowId, handle.firstExecutionRunId);
    expect((await first.describe()).status.name).toBe('CONTINUED_AS_NEW');
    const written = () => system.prisma.mail.groupBy({ by: ['status'], where: { digestItems: { some: { caseId: id } } }, _count: true });
    await eventually(async () => (await written()).every(({ status }) => status === 'SENT'), 'what did not go out within a minute');
    // Theirs, and that of the approver who was there before.
    expect(await written()).toEqual([{ status: 'SENT', _count: accounts.length + 1 }]);
    await system.prisma.account.updateMany({ where: { id: { in: accounts.map((account) => account.id) } }, data: { status: 'ENDED' } });
  });

  test('the schedule of a plain duration runs at once', async () => {
    await ensureSchedules(system.temporal, system.config);
    await ensureSchedules(system.temporal, system.config);
    const described = await eventually(async () => {
      const schedule = await system.temporal.schedule.getHandle('digests').describe();
      return schedule.info.numActionsTaken > 0 && schedule;
    }, 'the first run');
    expect(described.policies.overlap).toBe('SKIP');
    expect((await system.temporal.schedule.getHandle('sweeps').describe()).spec.intervals).toHaveLength(1);
  });
});
