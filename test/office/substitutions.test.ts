// R3.6: an approver on leave has a substitute of the same district; the audit and the history show for whom.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { bangkokDate } from '../../domain/working-days';
import { hashPassword } from '../../security/passwords';
import { APPROVE, type Cases, casesOf } from '../registration/support/cases';
import { waitingForLocks, whileHeld } from '../setup/database';
import { ACCOUNTS, DISTRICT, FIRST_FRESH, OTHER_DISTRICT, PASSWORD, schoolOf } from '../setup/directory';
import { addressOf, calledTwice, eventually, mailsTo, mailTo, refused, signIn, tapped } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { schoolsOf } from '../transfer/support/schools';

interface Officer {
  id: string;
  email: string;
  as: { Cookie: string };
}
let system: TestSystem;
let cases: Cases;
let one: Officer;
let two: Officer;
let head: Officer;
let other: Officer;

beforeAll(async () => {
  system = await startSystem({ REVIEW_REMIND_EVERY: '1s', DIGEST_WINDOW: '100h' });
  const second = {
    id: randomUUID(),
    name: 'นางสาวมาลี ดีงาม',
    role: 'DISTRICT',
    districtCode: DISTRICT,
    passwordHash: await hashPassword(PASSWORD),
  } as const;
  const address = `second@${DISTRICT}.test`;
  await system.prisma.account.create({ data: { ...second, email: address, emailKey: address } });
  // All files share one mail box.
  for (const { id, email } of await system.prisma.account.findMany()) {
    const own = `substitution-${process.pid}-${email}`;
    await system.prisma.account.update({ where: { id }, data: { email: own, emailKey: own } });
  }
  const officer = async (email: string): Promise<Officer> => {
    const own = `substitution-${process.pid}-${email}`;
    const { id } = await system.prisma.account.findFirstOrThrow({ where: { email: own } });
    return { id, email: own, as: await signIn(system.url, own) };
  };
  [one, two, head, other] = [
    await officer(ACCOUNTS.approver),
    await officer(address),
    await officer(ACCOUNTS.head),
    await officer(ACCOUNTS.otherApprover),
  ];
  cases = await casesOf(system, one.email);
});
afterAll(() => system.stop());
beforeEach(async () => void (await system.prisma.substitution.deleteMany()));

const day = (ahead: number) => bangkokDate(new Date(Date.now() + ahead * 86_400_000));
const name = (absent: Officer, substitute: string, from = day(0), to = day(3), key: Record<string, string> = {}) =>
  cases.post('/api/substitutions', { substituteId: substitute, from, to }, { ...absent.as, ...key });
const submit = async () => (await cases.pending()).id;
const entry = (caseId: string, action: string) => system.prisma.auditEntry.findFirstOrThrow({ where: { caseId, action } });
const nameOf = async ({ id }: Officer) => (await system.prisma.account.findUniqueOrThrow({ where: { id } })).name;

describe('R3.6 naming a substitute', () => {
  test('a colleague for a period: 201, listed, audited; a repeat with its key is the same', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const { status, body } = await name(one, two.id, day(0), day(3), key);
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({ absent: { id: one.id, name: await nameOf(one) }, from: day(0), to: day(3), inForce: true }),
    ]);
    expect((await name(one, two.id, day(0), day(3), key)).body.id).toBe(body.id);
    const later = await name(one, head.id, day(10), day(12));
    expect(later.body).toMatchObject({ inForce: false });
    const listed = await cases.get('/api/substitutions', head.as);
    expect((listed.body.items ?? []).map(({ id }) => id)).toEqual([body.id, later.body.id]);
    expect((await cases.get('/api/substitutions', other.as)).body.items).toEqual([]);
    expect(await entry(`substitution/${String(body.id)}`, 'SUBSTITUTION_CREATED')).toMatchObject({
      actorId: one.id,
      districtCode: DISTRICT,
      after: { absent: one.id, substitute: two.id, from: day(0), to: day(3) },
    });
  });

  test('422: another district, nobody, oneself, days that are over or out of order', async () => {
    const refusals = [
      await name(one, other.id),
      await name(one, randomUUID()),
      await name(one, one.id),
      await name(one, two.id, day(-2), day(3)),
      await name(one, two.id, day(3), day(2)),
      await name(one, two.id, '2569-01-01', '2569-01-02'),
      await name(one, two.id, 'today', day(2)),
    ];
    expect(refusals.map(({ status, body }) => `${status} ${String(body['code'])}`)).toEqual([
      '422 SUBSTITUTE_NOT_OF_DISTRICT',
      '422 SUBSTITUTE_NOT_OF_DISTRICT',
      '422 OWN_SUBSTITUTE',
      '422 SUBSTITUTION_PERIOD',
      '422 SUBSTITUTION_PERIOD',
      '422 SUBSTITUTION_PERIOD',
      '422 VALIDATION',
    ]);
    expect(await system.prisma.substitution.count()).toBe(0);
  });

  test('401 for nobody, 403 for the central office', async () => {
    const central = await signIn(system.url, `substitution-${process.pid}-${ACCOUNTS.central}`);
    const asked = { substituteId: two.id, from: day(0), to: day(1) };
    expect([(await cases.post('/api/substitutions', asked)).status, (await cases.post('/api/substitutions', asked, central)).status]).toEqual([
      401, 403,
    ]);
  });

  test('overlapping periods of one approver, also at the same instant: one is recorded, the others 422', async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, (_none, index) => name(one, index % 2 ? two.id : head.id, day(index % 3), day(4))));
    const told = replies.map(({ status, body }) => (status === 201 ? '201' : `${status} ${String(body['code'])}`)).sort();
    expect(told).toEqual(['201', ...Array(11).fill('422 SUBSTITUTION_OVERLAPS')]);
    expect((await name(one, two.id, day(4), day(6))).status).toBe(422);
    expect((await name(one, two.id, day(5), day(6))).status).toBe(201);
    expect((await name(two, one.id, day(0), day(4))).status).toBe(201);
  });

  test('a double tap on the page names the substitute once, and tells of no overlap', async () => {
    const days = Object.entries({ from: day(0), to: day(1) }).flatMap(([name, date]) => {
      const [year = '', month = '', dayOfMonth = ''] = date.split('-');
      return [
        [`${name}-day`, dayOfMonth],
        [`${name}-month`, month],
        [`${name}-year`, String(Number(year) + 543)],
      ];
    });
    const fields = { substituteId: two.id, ...Object.fromEntries(days) };
    expect(await tapped(system.url, '/office/substitutions', fields, one.as)).toEqual(Array(4).fill('/office/people?done=substitution'));
    expect(await system.prisma.substitution.count({ where: { absentId: one.id } })).toBe(1);
  });

  test('the database itself refuses an overlap, oneself, and an end before its beginning', async () => {
    const row = { absentId: one.id, substituteId: two.id, from: new Date(day(0)), to: new Date(day(2)) };
    await system.prisma.substitution.create({ data: { ...row, id: randomUUID() } });
    for (const differs of [
      {},
      { substituteId: one.id, absentId: one.id, from: new Date(day(8)), to: new Date(day(9)) },
      { from: new Date(day(9)), to: new Date(day(8)) },
    ])
      await expect(system.prisma.substitution.create({ data: { ...row, ...differs, id: randomUUID() } })).rejects.toThrow();
  });
});

describe('R3.6 for whom', () => {
  test('during the period the audit and the history show it; the registrant is not told who', async () => {
    await name(one, two.id);
    const id = await submit();
    expect((await cases.decide(id, { decision: 'RETURN', reason: 'แก้ไข' }, two.as)).status).toBe(200);
    expect(await entry(id, 'RETURNED')).toMatchObject({ actorId: two.id, onBehalfOf: one.id });
    const { history } = (await cases.seen(id, one.as)).body;
    expect(history).toContainEqual(expect.objectContaining({ action: 'RETURNED', actor: await nameOf(two), onBehalfOf: await nameOf(one) }));
    const page = await (await fetch(`${system.url}/office/registrations/${id}`, { headers: { ...one.as, accept: 'text/html' } })).text();
    expect(page).toContain(`(แทน ${await nameOf(one)})`);
    const audit = await cases.get(`/api/audit?subject=${id}`, one.as);
    expect(audit.body.items).toContainEqual(expect.objectContaining({ action: 'RETURNED', onBehalfOf: one.id }));
  });

  test('R3.7: also for many at once; not before the period, not after its end, and not for others', async () => {
    const { body } = await name(one, two.id, day(1), day(2));
    const [before, during, after, by] = [await submit(), await submit(), await submit(), await submit()];
    await cases.approve(before, two.as);
    await system.prisma.substitution.updateMany({ data: { from: new Date(day(0)) } });
    await cases.seen(during, two.as);
    await cases.post('/api/decisions', { items: [{ registrationId: during, revision: 1 }], ...APPROVE }, two.as);
    await cases.approve(by, head.as);
    expect((await cases.post(`/api/substitutions/${String(body.id)}/ending`, undefined, one.as)).body).toMatchObject({ inForce: false });
    await cases.approve(after, two.as);
    const behalf = await Promise.all([before, during, by, after].map(async (id) => (await entry(id, 'APPROVED')).onBehalfOf));
    expect(behalf).toEqual([null, one.id, null, null]);
  });

  test('R5.3d: of a transfer too', async () => {
    await name(one, two.id);
    const schools = schoolsOf(system);
    const asking = await schools.administrator(schoolOf(DISTRICT, 91));
    const { body } = await schools.request(asking, await schools.staff(schoolOf(DISTRICT, 90)));
    expect((await schools.decide(two.as, body.id, { decision: 'REJECT', reason: 'ไม่มีคำสั่งย้าย' })).status).toBe(200);
    expect(await entry(String(body.id), 'REJECTED')).toMatchObject({ actorId: two.id, onBehalfOf: one.id });
    const { history } = (await schools.seen(one.as, body.id)).body;
    expect(history).toContainEqual(expect.objectContaining({ action: 'REJECTED', onBehalfOf: await nameOf(one) }));
  });

  test('R4.1: who mended it does not approve it for somebody else either; nobody approves it for who mended it', async () => {
    await name(one, two.id);
    const id = await submit();
    const mend = await cases.mend(id, `mended-${randomUUID()}@school.test`, two.as);
    expect([mend.status, (await entry(id, 'ADDRESS_MENDED')).onBehalfOf]).toEqual([200, one.id]);
    expect((await cases.approve(id, two.as, 2)).status).toBe(403);
    const byAbsent = await submit();
    await cases.mend(byAbsent, `mended-${randomUUID()}@school.test`, one.as);
    expect((await cases.approve(byAbsent, two.as, 2)).status).toBe(200);
    expect(await entry(byAbsent, 'APPROVED')).toMatchObject({ actorId: two.id, onBehalfOf: null });
  });
});

describe('R3.6 ending early', () => {
  test('by whose it is or the head, at once, once; the days are free again', async () => {
    const { body } = await name(one, two.id);
    const end = (officer: Officer, id = String(body.id)) => cases.post(`/api/substitutions/${id}/ending`, undefined, officer.as);
    expect([(await end(two)).status, (await end(other)).status, (await end(one, randomUUID())).status]).toEqual([403, 403, 404]);
    expect((await end(head)).status).toBe(200);
    expect(await end(one)).toMatchObject({ status: 409, body: { code: 'NOT_POSSIBLE_NOW', detail: expect.stringContaining('has ended already') } });
    expect(await entry(`substitution/${String(body.id)}`, 'SUBSTITUTION_ENDED')).toMatchObject({ actorId: head.id });
    expect((await name(one, two.id)).status).toBe(201);
  });
});

test('R3.6: ending is answered alike where the answer was lost after the commit, and a second tap finds it done', async () => {
  const { body } = await name(one, two.id);
  const key = { ...one.as, 'Idempotency-Key': randomUUID() };
  const end = () => cases.post(`/api/substitutions/${String(body.id)}/ending`, undefined, key);
  expect((await end()).status).toBe(200);
  const lost = { status: null, answer: null, leaseUntil: new Date(0) };
  await system.prisma.idempotencyKey.updateMany({ where: { key: key['Idempotency-Key'] }, data: lost });
  expect(await end()).toMatchObject({ status: 200, body: { inForce: false } });
  expect(await system.prisma.auditEntry.count({ where: { caseId: `substitution/${String(body.id)}`, action: 'SUBSTITUTION_ENDED' } })).toBe(1);
  const page = '/office/people?done=ended';
  expect(await tapped(system.url, `/office/substitutions/${String(body.id)}/ending`, {}, one.as)).toEqual(Array(4).fill(page));
});

test('R3.6: ending that is repeated with its key at the same instant is found done', async () => {
  const { body } = await name(one, two.id);
  const holding = { sql: 'SELECT 1 FROM substitution WHERE id = $1 FOR UPDATE', values: [body.id] };
  const ending = () => calledTwice(system, (key) => cases.post(`/api/substitutions/${String(body.id)}/ending`, undefined, { ...one.as, ...key }));
  const replies = await whileHeld(system.database.adminUrl, holding, ending, { 'UPDATE "public"."substitution"': 2 });
  expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  expect(await system.prisma.auditEntry.count({ where: { caseId: `substitution/${String(body.id)}`, action: 'SUBSTITUTION_ENDED' } })).toBe(1);
});

describe('R3.6 who leaves at the same instant', () => {
  /** Somebody of the office, who is signed in. */
  async function colleague(): Promise<Officer> {
    const id = randomUUID();
    const email = `${id}@office.test`;
    const own = { id, email, emailKey: email, name: 'คนลาออก', role: 'DISTRICT', districtCode: DISTRICT } as const;
    await system.prisma.account.create({ data: { ...own, passwordHash: await hashPassword(PASSWORD) } });
    return { id, email, as: await signIn(system.url, email) };
  }

  test('as the substitute is refused as one who has left, and no substitution by them stays in force', async () => {
    const leaving = await colleague();
    // The ending of the account waits for this one, when it has ended the account and not yet its substitutions.
    const { body } = await name(leaving, two.id, day(20), day(21));
    const both = async () => {
      const ending = cases.post(`/api/approvers/${leaving.id}/ending`, undefined, head.as);
      await eventually(
        async () => (await waitingForLocks(system.database.adminUrl, 'UPDATE "public"."substitution"')) === 1,
        'the ending that waits',
      );
      return Promise.all([ending, name(one, leaving.id)]);
    };
    const holding = { sql: 'SELECT 1 FROM substitution WHERE id = $1 FOR UPDATE', values: [body.id] };
    const [ended, named] = await whileHeld(system.database.adminUrl, holding, both, { 'FROM account': 1 });
    expect([ended.status, ...refused(named)]).toEqual([200, 422, 'SUBSTITUTE_NOT_OF_DISTRICT']);
    expect(await system.prisma.substitution.count({ where: { substituteId: leaving.id } })).toBe(0);
  });

  test('names nobody any more', async () => {
    const leaving = await colleague();
    const holding = { sql: "UPDATE account SET status = 'ENDED', ended_at = now() WHERE id = $1", values: [leaving.id] };
    const named = await whileHeld(system.database.adminUrl, holding, () => name(leaving, two.id), { 'FROM account': 1 });
    expect(refused(named)).toEqual([403, 'FORBIDDEN']);
    expect(await system.prisma.substitution.count({ where: { absentId: leaving.id } })).toBe(0);
  });
});

describe('R3.6 in place of the head', () => {
  const create = (officer: Officer, email: string) => cases.post('/api/approvers', { email, name: 'คนใหม่', districtCode: DISTRICT }, officer.as);

  test('the head’s powers, for as long as the head is away', async () => {
    const address = () => `by-substitute-${randomUUID()}@new-office.test`;
    expect((await create(two, address())).status).toBe(403);
    const { body } = await name(head, two.id);
    const created = await create(two, address());
    expect(created.status).toBe(201);
    expect(await entry(`account/${String(created.body.id)}`, 'ACCOUNT_CREATED')).toMatchObject({ actorId: two.id, onBehalfOf: head.id });
    expect((await cases.post('/api/approvers', { email: address(), name: 'คนใหม่', districtCode: OTHER_DISTRICT }, two.as)).status).toBe(403);
    // Another head would have the head's powers for longer than these days.
    expect((await cases.post('/api/approvers', { email: address(), name: 'คนใหม่', districtCode: DISTRICT, head: true }, two.as)).status).toBe(403);
    await cases.post(`/api/substitutions/${String(body.id)}/ending`, undefined, head.as);
    expect((await create(two, address())).status).toBe(403);
  });

  test('R3.5: the digest of the one who is away goes to both; each case once in a mail', async () => {
    await name(head, two.id);
    await name(one, head.id);
    const escalated = await submit();
    const waiting = await submit();
    await system.prisma.registration.updateMany({
      where: { id: { notIn: [escalated, waiting] } },
      data: { waitingSince: new Date(Date.now() + 60_000) },
    });
    await system.prisma.registration.updateMany({
      where: { id: { in: [escalated, waiting] } },
      data: { waitingSince: new Date(Date.now() - 60_000) },
    });
    await system.prisma.registration.update({ where: { id: escalated }, data: { escalation: 'HEAD' } });
    await system.temporal.workflow.execute('digests', { taskQueue: 'dpa', workflowId: `digests-${randomUUID()}` });
    const listed = async ({ email }: Officer, purpose: string) => {
      const mail = await mailTo(email, purpose);
      return [escalated, waiting].map((id) => mail.text.split(`/office/registrations/${id}`).length - 1);
    };
    // In place of an approver the head is reminded too, in the same mail.
    expect(await listed(head, 'escalation')).toEqual([1, 1]);
    expect(await listed(two, 'escalation')).toEqual([1, 1]);
    expect(await listed(one, 'reminder-digest')).toEqual([1, 1]);
    for (const { email } of [head, two]) expect(await mailsTo(email, 'reminder-digest')).toEqual([]);
    expect(await mailsTo(addressOf(schoolOf(DISTRICT, FIRST_FRESH)), 'escalation')).toEqual([]);
  });
});
