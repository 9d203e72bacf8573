// Races with real parallel calls on the real database: one wins, everybody is told, and nothing disagrees afterwards.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACCOUNTS, DISTRICT, freshSchool } from '../setup/directory';
import {
  addressOf,
  call,
  confirmationFrom,
  eventually,
  freshNationalId,
  mailsTo,
  mailTo,
  type Reply,
  signIn,
  submission,
  untilAnswered,
} from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { APPROVE, type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;
let head: { Cookie: string };

beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
  head = await signIn(system.url, ACCOUNTS.head);
});
afterAll(() => system.stop());

const times = (count: number, ask: (index: number) => Promise<Reply>) => Promise.all(Array.from({ length: count }, (_none, index) => ask(index)));

/** So many callers at once, each of whom asks again with the same key where a busy machine answers 503: the outcomes. */
const outcomes = (count: number, caller: (index: number) => (key: Record<string, string>) => Promise<Reply>) =>
  times(count, (index) => untilAnswered(caller(index)));

/** How often each status and code was answered. */
function counted(replies: Reply[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of replies) {
    const key = body.code === undefined ? String(status) : `${status} ${body.code}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe('R1.1 R3.3 submissions of one school at the same instant', () => {
  test.each([2, 20, 200])('%i: one is accepted', async (count) => {
    const school = freshSchool();
    const replies = await outcomes(count, () => {
      const typed = submission(school);
      return (key) => cases.submit(typed, key);
    });
    expect(counted(replies)).toEqual({ 201: 1, '409 REGISTRATION_OPEN': count - 1 });
    expect(await system.prisma.registration.count({ where: { schoolCode: school } })).toBe(1);
    await mailTo(addressOf(school), 'received');
    expect(await mailsTo(addressOf(school), 'received')).toHaveLength(1);
  });
});

describe('R2.1 R3.3 approvals of two schools with one address at the same instant', () => {
  test('one is approved, the other waits until its address is mended', async () => {
    const pairs = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const [one, other] = [freshSchool(), freshSchool()];
        const email = addressOf(one);
        return Promise.all([one, other].map(async (school) => (await cases.pending(school, {}, { email })).id));
      }),
    );
    const approve = (id: string) => untilAnswered((key) => cases.approve(id, { ...cases.approver, ...key }));
    const replies = await Promise.all(pairs.map((ids) => Promise.all(ids.map(approve))));
    for (const pair of replies) expect(counted(pair)).toEqual({ 200: 1, '409 EMAIL_IN_USE': 1 });
  });
});

describe('R3.1 decisions on one case at the same instant', () => {
  test.each([30, 200])('%i: one is recorded, all others are told who decided; row, workflow, audit and mail agree', async (count) => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    const kinds = [APPROVE, { decision: 'REJECT', reason: 'ไม่ใช่' }, { decision: 'RETURN', reason: 'แก้ไข' }];
    const replies = await outcomes(count, (index) => (key) => {
      return cases.decide(id, { ...kinds[index % kinds.length] }, { ...(index % 2 ? cases.approver : head), ...key });
    });
    expect(counted(replies)).toEqual({ 200: 1, '409 ALREADY_DECIDED': count - 1 });
    const winner = replies.find(({ status }) => status === 200)?.body.status;
    const row = await system.prisma.registration.findUniqueOrThrow({ where: { id }, include: { decidedBy: true } });
    expect(row.status).toBe(winner);
    const told = { decidedBy: { name: row.decidedBy?.name, districtCode: DISTRICT }, decidedAt: row.decidedAt?.toISOString() };
    for (const { body } of replies) expect(body).toMatchObject(told);
    const audit = await system.prisma.auditEntry.findMany({ where: { caseId: id, action: { in: ['APPROVED', 'REJECTED', 'RETURNED'] } } });
    expect(audit.map(({ action }) => action)).toEqual([winner]);
    const mails = await system.prisma.mail.findMany({ where: { registrationId: id, purpose: { in: ['approved', 'rejected', 'returned'] } } });
    expect(mails.map(({ purpose }) => purpose.toUpperCase())).toEqual([winner]);
    await mailTo(addressOf(school), String(winner).toLowerCase());
    const { status } = await system.temporal.workflow.getHandle(`registration/${school}`).describe();
    if (winner !== 'REJECTED') expect(status.name).toBe('RUNNING');
    else
      await eventually(
        async () => (await system.temporal.workflow.getHandle(`registration/${school}`).describe()).status.name === 'COMPLETED',
        'the end',
      );
  });
});

describe('R4.2 R3.3 one link', () => {
  test('used a hundred times at once makes one administrator', async () => {
    const school = freshSchool();
    const { link } = await cases.approved(school);
    const replies = await outcomes(100, () => (key) => cases.post(link, { password: 'ดอยสูงอากาศดี 1' }, key));
    expect(counted(replies)).toEqual({ 201: 1, '410 LINK_USED': 99 });
    expect(await system.prisma.account.count({ where: { schoolCode: school, status: 'ACTIVE' } })).toBe(1);
  });

  test('looked at by mail scanners before, it still works', async () => {
    const school = freshSchool();
    const { link } = await cases.approved(school);
    const page = link.replace('/api/confirmations/', '/confirm/');
    await Promise.all(Array.from({ length: 20 }, () => fetch(`${system.url}${page}`).then((response) => response.text())));
    expect((await cases.post(link, { password: 'ดอยสูงอากาศดี 2' })).status).toBe(201);
  });

  test('R4.2: a renewed link ends the older one', async () => {
    const school = freshSchool();
    const { link: older } = await cases.approved(school);
    const row = await system.prisma.registration.findFirstOrThrow({ where: { schoolCode: school } });
    expect((await cases.post(`/api/registrations/${row.id}/confirmation-mails`, undefined, cases.approver)).status).toBe(202);
    expect(await call(system.url, 'GET', older)).toMatchObject({ status: 410, body: { code: 'LINK_EXPIRED' } });
    const newer = await confirmationFrom(addressOf(school), 2);
    expect((await cases.post(newer, { password: 'ดอยสูงอากาศดี 3' })).status).toBe(201);
    expect((await call(system.url, 'GET', '/api/confirmations/unknown-token')).status).toBe(404);
  });
});

describe('R1.7 one person at two schools', () => {
  test('confirming both at once makes one administrator', async () => {
    const nationalId = freshNationalId();
    const [one, two] = [freshSchool(), freshSchool()];
    const both = await Promise.all([one, two].map((school) => cases.submit(submission(school, {}, { nationalId }))));
    const replies = await Promise.all(both.map(({ body }) => cases.approve(body.id)));
    expect(counted(replies)).toEqual({ 200: 1, '409 PERSON_HAS_SCHOOL': 1 });
  });
});

describe('Idempotency-Key', () => {
  test('the same request ten times in parallel is one registration with one answer', async () => {
    const school = freshSchool();
    const body = submission(school);
    const headers = { 'Idempotency-Key': randomUUID() };
    const replies = await times(10, () => cases.submit(body, headers));
    expect(counted(replies)).toEqual({ 201: 10 });
    expect(new Set(replies.map((reply) => reply.body.trackingToken)).size).toBe(1);
    expect(await cases.submit({ ...body, emailKind: 'NEW' }, headers)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await cases.submit(body)).toMatchObject({ status: 409 });
  });

  test('a decision repeated with its key gives its first answer; without, it is told that it is decided', async () => {
    const { id } = await cases.pending();
    const ask = (headers: Record<string, string>) => cases.approve(id, { ...cases.approver, ...headers });
    const key = { 'Idempotency-Key': randomUUID() };
    expect((await ask(key)).status).toBe(200);
    expect((await ask(key)).status).toBe(200);
    expect((await ask({})).status).toBe(409);
  });
});
