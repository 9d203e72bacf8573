// R3.5: the clocks of a case, driven on the real server with shortened policies.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRegistrationActivities } from '../../activities/registration';
import { DpaEscalation } from '../../contracts/search-attributes';
import { ACCOUNTS, DISTRICT, freshSchool } from '../setup/directory';
import { addressOf, call, confirmationFrom, eventually, mailTo, signIn, submission, trackedBy } from '../setup/people';
import { recording, startSystem, type TestSystem } from '../setup/system';
import { type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;

/** Each clock comes soon, and the one after it not in this test: what is looked at between the two stays as long as it takes. */
const ONE_CLOCK = {
  REVIEW_ESCALATE_AFTER: '1s',
  REVIEW_CENTRAL_AFTER: '1h',
  CORRECTION_WITHIN: '1s',
  CONFIRM_WITHIN: '1s',
  UNCONFIRMED_EXPIRE_AFTER: '1h',
};
/** The next clock follows by itself: what is looked at stands at the end. */
const ALL_CLOCKS = { ...ONE_CLOCK, REVIEW_CENTRAL_AFTER: '2s', UNCONFIRMED_EXPIRE_AFTER: '2s' };

beforeAll(async () => {
  system = await startSystem({ ...ONE_CLOCK, SESSION_IDLE: '10m' });
  cases = await casesOf(system);
});
afterAll(() => system.stop());

const status = async (id: unknown) => (await cases.seen(id)).body;
const shownEscalation = async (school: string) =>
  (await system.temporal.workflow.getHandle(`registration/${school}`).describe()).typedSearchAttributes.get(DpaEscalation);

describe('R3.5 escalation', () => {
  test('adds the head, and not yet the central office; the approver decides all the while', async () => {
    const central = await signIn(system.url, ACCOUNTS.central);
    const { id } = await cases.pending();
    expect((await cases.approve(id, central)).status).toBe(403);
    await eventually(async () => (await status(id))['escalatedTo'] === 'HEAD', 'escalation to the head');
    expect((await cases.approve(id, central)).status).toBe(403);
    expect((await cases.approve(id)).body.status).toBe('APPROVED');
  });
});

describe('R3.5 ends', () => {
  test('a returned case that is not corrected expires, and the registrant is told', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    expect((await cases.decide(id, { decision: 'RETURN', reason: 'แก้ไข' })).status).toBe(200);
    await eventually(async () => (await status(id)).status === 'EXPIRED', 'the end');
    expect((await mailTo(addressOf(school), 'expired')).text).toMatch(new RegExp(`^http\\S+/schools/${school}$`, 'm'));
    expect((await cases.submit(submission(school))).status).toBe(201);
  });

  test('R4.1: an approved case whose mail was given up, by an earlier release, does not wait for its link without end', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await cases.approve(id);
    await mailTo(addressOf(school), 'approved');
    const mail = await system.prisma.mail.findFirstOrThrow({ where: { registrationId: id, purpose: 'approved' } });
    await eventually(async () => (await system.prisma.mail.findUniqueOrThrow({ where: { id: mail.id } })).status === 'SENT', 'the row of the mail');
    // As it stands while the mail server is away.
    await system.prisma.mail.update({ where: { id: mail.id }, data: { status: 'RETRYING', sentAt: null, lastError: 'ECONNREFUSED' } });
    await system.prisma.link.updateMany({ where: { mailId: mail.id }, data: { expiresAt: null } });
    await system.prisma.registration.update({ where: { id }, data: { deadlineKind: null, deadlineAt: null } });
    const { recordUndelivered } = createRegistrationActivities(recording(system));
    // What has not gone out did not come back, whatever an operator says: its link is good.
    expect(await recordUndelivered(mail.id)).toEqual({ outcome: 'UNSENT' });
    expect(await system.prisma.link.findFirstOrThrow({ where: { mailId: mail.id } })).toMatchObject({ expiresAt: null, cancelledAt: null });
    const { outcome, deadline } = await recordUndelivered(mail.id, 'GIVEN_UP');
    expect([outcome, deadline?.kind]).toEqual(['FAILED', 'EXPIRE']);
    expect(await status(id)).toMatchObject({ status: 'APPROVED', mail: { status: 'FAILED', lastError: 'ECONNREFUSED' } });
    const { deadlineAt } = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
    expect(deadlineAt?.toISOString()).toBe(deadline?.at);
    expect(await system.prisma.auditEntry.count({ where: { caseId: id, action: 'MAIL_FAILED' } })).toBe(1);
    expect(await recordUndelivered(mail.id)).toEqual({ outcome: 'FAILED', deadline });
    expect(await recordUndelivered(randomUUID())).toEqual({ outcome: 'CANCELLED' });
    expect(await system.prisma.auditEntry.count({ where: { caseId: id, action: 'MAIL_FAILED' } })).toBe(1);
  });

  test('R4.2: an expired link says so before a password is typed, and offers a new one; dead too long, the case expires', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await cases.approve(id);
    const link = await confirmationFrom(addressOf(school));
    await eventually(async () => (await call(system.url, 'GET', link)).status === 410, 'the end of the link');
    expect(await cases.post(link, { password: 'ดอยสูงอากาศดี' })).toMatchObject({ status: 410, body: { code: 'LINK_EXPIRED' } });
    const page = await fetch(`${system.url}${link.replace('/api/confirmations/', '/confirm/')}`);
    expect(page.status).toBe(410);
    expect(await page.text()).toContain('/renewal');
    await system.changeWorker(ALL_CLOCKS);
    expect((await cases.post(`${link}/renewal`)).status).toBe(202);
    await mailTo(addressOf(school), 'approved', 2);
    await eventually(async () => (await status(id)).status === 'EXPIRED', 'the end of the case');
    expect((await cases.post(`${link}/renewal`)).status).toBe(409);
    const ended = await fetch(`${system.url}${link.replace('/api/confirmations/', '/confirm/')}`);
    expect([ended.status, (await ended.text()).includes('/renewal')]).toEqual([410, false]);
  });
});

describe('R3.5 escalation goes on', () => {
  beforeAll(() => system.changeWorker(ALL_CLOCKS));

  test('from the head to the central office, removes nobody, and never expires the case', async () => {
    const central = await signIn(system.url, ACCOUNTS.central);
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await eventually(async () => (await status(id))['escalatedTo'] === 'CENTRAL', 'escalation to the central office');
    const escalated = await system.prisma.auditEntry.findMany({ where: { caseId: id, action: 'ESCALATED' }, orderBy: { seq: 'asc' } });
    expect(escalated.map(({ after }) => after)).toEqual([{ escalation: 'HEAD' }, { escalation: 'CENTRAL' }]);
    // The row is written a moment before the workflow task that shows it ends.
    await eventually(async () => (await shownEscalation(school)) === 'CENTRAL', 'the escalation in the Temporal UI');
    const overdue = await cases.get('/api/registrations?overdue=true');
    expect(overdue.body.items?.map((item) => item['id'])).toContain(id);
    expect((await cases.approve(id, central)).body.status).toBe('APPROVED');
  });

  test('X1 R4.1: what the central office decided is told as its decision, in the history and in the mail', async () => {
    const central = await signIn(system.url, ACCOUNTS.central);
    const school = freshSchool();
    const { id, trackingToken } = await cases.pending(school);
    await eventually(async () => (await status(id))['escalatedTo'] === 'CENTRAL', 'escalation to the central office');
    const own = trackedBy(trackingToken);
    expect((await cases.decide(id, { decision: 'RETURN', reason: 'แก้ไข' }, central)).status).toBe(200);
    const { history } = (await cases.seen(id, own)).body;
    expect(history).toContainEqual(expect.objectContaining({ action: 'RETURNED', actor: 'central office' }));
    const { text } = await mailTo(addressOf(school), 'returned');
    expect(text).toContain('สำนักงาน ก.ค.ศ.');
    const { name } = await system.prisma.district.findUniqueOrThrow({ where: { code: DISTRICT } });
    expect(text).not.toContain(name);
  });
});
