// R2.6: an officer of the district types a registration in for a school without devices or internet.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { bangkokDate } from '../../domain/working-days';
import { APPROVE, type Cases, casesOf } from '../registration/support/cases';
import { ACCOUNTS, DISTRICT, freshSchool, HELD_SCHOOL, OTHER_DISTRICT } from '../setup/directory';
import { addressOf, confirmationFrom, eventually, mailsTo, mailTo, signIn, submission, tokenIn, trackedBy } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
let cases: Cases;
let officer: { Cookie: string };
let head: { Cookie: string };
beforeAll(async () => {
  system = await startSystem();
  await system.prisma.account.updateMany({ where: { email: ACCOUNTS.approver }, data: { name: 'นางสาวมาลี ดีงาม' } });
  cases = await casesOf(system);
  officer = cases.approver;
  head = await signIn(system.url, ACCOUNTS.head);
});
afterAll(() => system.stop());

const HEAD = 'นายวิทยา มั่นคง';
const NOTE = 'ผู้อำนวยการโทรศัพท์มา';
const assist = (school: string, registrant: Record<string, unknown> = {}, as: Record<string, string> = officer) =>
  cases.submit(submission(school, { assisted: { requestNote: NOTE } }, registrant), as);

describe('R2.6 typed in by an officer', () => {
  test('from the officer’s typing to the school’s sign-in: links go to the school alone, somebody else approves', async () => {
    const school = freshSchool();
    const { status, body } = await assist(school);
    expect([status, body]).toEqual([201, expect.objectContaining({ status: 'PENDING', channel: 'ASSISTED', schoolCode: school })]);
    expect(JSON.stringify(body)).not.toMatch(/trackingToken/);
    const { text } = await mailTo(addressOf(school), 'received');
    expect(text).toContain('ตามที่สถานศึกษาร้องขอ');
    const registrant = trackedBy(tokenIn(await mailTo(addressOf(school), 'received'), 'track'));
    const own = (await cases.seen(body.id, registrant)).body;
    expect(own['history']).toContainEqual(expect.not.objectContaining({ onBehalfOf: expect.anything() }));
    expect(JSON.stringify(own)).not.toContain('มาลี');
    expect(await cases.approve(body.id, officer)).toMatchObject({ status: 403, body: { code: 'SOMEBODY_ELSE_APPROVES' } });
    expect((await cases.approve(body.id, head)).body.status).toBe('APPROVED');
    const link = await confirmationFrom(addressOf(school));
    expect((await cases.post(link, { password: 'ดอยสูงอากาศดี 7' })).status).toBe(201);
    await signIn(system.url, addressOf(school), 'ดอยสูงอากาศดี 7');
    expect(await mailsTo(ACCOUNTS.approver, 'approved')).toEqual([]);
  });

  test('the audit names both, and the history tells the office who asked', async () => {
    const { body } = await assist(freshSchool());
    const { id } = await system.prisma.account.findFirstOrThrow({ where: { email: ACCOUNTS.approver } });
    const entry = await system.prisma.auditEntry.findFirstOrThrow({ where: { caseId: String(body.id), action: 'SUBMITTED' } });
    expect(entry).toMatchObject({ actorKind: 'ACCOUNT', actorId: id, onBehalfOf: body.id, after: { channel: 'ASSISTED' } });
    const { history } = (await cases.seen(body.id, head)).body;
    expect(history).toContainEqual(
      expect.objectContaining({ action: 'SUBMITTED', actor: 'นางสาวมาลี ดีงาม', onBehalfOf: 'นางสาวกานดา ทดสอบ', note: NOTE }),
    );
  });

  test('R3.7: the sheet for the school is no opening, and there is none of a registration that the school typed itself', async () => {
    const sheet = (id: unknown) => fetch(`${system.url}/office/registrations/${String(id)}/sheet`, { headers: head });
    const { id } = (await assist(freshSchool())).body;
    expect((await sheet(id)).status).toBe(200);
    expect(await system.prisma.opening.count({ where: { registrationId: String(id) } })).toBe(0);
    const { id: own } = await cases.pending();
    expect((await sheet(own)).status).toBe(404);
  });

  test.each([
    ['the own address, however it is written', { email: ACCOUNTS.approver.toUpperCase() }, 'registrant.email'],
    ['the own name, with another title', { title: 'น.ส.', firstName: ' มาลี', lastName: 'ดีงาม' }, 'registrant.firstName'],
  ])('%s: 422 OFFICER_AS_REGISTRANT', async (_what, registrant, path) => {
    const { status, body } = await assist(freshSchool(), registrant);
    expect([status, body['code'], body.errors?.map((error) => error.path)]).toEqual([422, 'OFFICER_AS_REGISTRANT', [path]]);
  });

  test('nor by an ordinary registration that the officer sends', async () => {
    const own = submission(freshSchool(), {}, { title: 'น.ส.', firstName: 'มาลี', lastName: 'ดีงาม' });
    const { status, body } = await cases.submit(own, officer);
    expect([status, body['code']]).toEqual([422, 'OFFICER_AS_REGISTRANT']);
    expect((await cases.submit(own)).status).toBe(201);
  });

  test('401 for nobody; 403 for the central office, another district, and a school that no district has', async () => {
    const central = await signIn(system.url, ACCOUNTS.central);
    const other = await signIn(system.url, ACCOUNTS.otherApprover);
    const school = freshSchool();
    const replies = [await assist(school, {}, {}), await assist(school, {}, central), await assist(school, {}, other), await assist(HELD_SCHOOL)];
    expect(replies.map(({ status }) => status)).toEqual([401, 403, 403, 403]);
    expect((await assist(freshSchool(OTHER_DISTRICT), {}, other)).status).toBe(201);
    expect(await system.prisma.registration.count({ where: { schoolCode: school } })).toBe(0);
  });

  test('R1.1 R3.3: officers and the school at the same instant: one registration; a repeat with its key is the same', async () => {
    const school = freshSchool();
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_none, index) => (index % 3 ? assist(school, {}, index % 2 ? officer : head) : cases.submit(submission(school)))),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(11).fill(409)]);
    const body = submission(freshSchool(), { assisted: { requestNote: NOTE } });
    const key = { 'Idempotency-Key': randomUUID() };
    const [one, two] = [await cases.submit(body, { ...officer, ...key }), await cases.submit(body, { ...officer, ...key })];
    expect([one.status, two.body]).toEqual([201, one.body]);
  });
});

test('R2.6: whose account has ended by the time it is recorded has typed nothing in', async () => {
  const school = freshSchool();
  const { id } = await system.prisma.account.findFirstOrThrow({ where: { email: ACCOUNTS.approver } });
  await system.stopWorker();
  const asked = assist(school);
  await eventually(async () => (await system.prisma.form.count({ where: { schoolCode: school } })) > 0, 'the form');
  await system.prisma.account.update({ where: { id }, data: { status: 'ENDED' } });
  await system.startWorker();
  await asked;
  const form = await eventually(
    async () => await system.prisma.form.findFirst({ where: { schoolCode: school, state: { not: 'OPEN' } } }),
    'an outcome',
  );
  expect([form.state, form.refusal]).toEqual(['REFUSED', 'FORBIDDEN']);
  await system.prisma.account.update({ where: { id }, data: { status: 'ACTIVE' } });
});

describe('R2.6 somebody else approves', () => {
  /** Names and substitutions are the next test's as they were. */
  afterEach(async () => {
    await system.prisma.substitution.deleteMany();
    await system.prisma.account.updateMany({ where: { email: ACCOUNTS.head }, data: { name: HEAD } });
  });

  test('R3.7: not among many either; returned and corrected by the school it still is the officer’s; rejecting is not approving', async () => {
    const school = freshSchool();
    const { body } = await assist(school);
    await cases.seen(body.id, officer);
    const many = await cases.post('/api/decisions', { items: [{ registrationId: body.id, revision: 1 }], ...APPROVE }, officer);
    expect(many.body.items?.[0]?.['problem']).toMatchObject({ code: 'SOMEBODY_ELSE_APPROVES', status: 403 });
    expect((await cases.decide(body.id, { decision: 'RETURN', reason: 'แก้ไข' }, officer)).status).toBe(200);
    const registrant = trackedBy(tokenIn(await mailTo(addressOf(school), 'returned'), 'track'));
    expect((await cases.resubmit(body.id, submission(school, { assisted: {} }), registrant)).status).toBe(401);
    expect((await cases.resubmit(body.id, submission(school), registrant)).body).toMatchObject({
      revision: 2,
      channel: 'ASSISTED',
    });
    expect((await cases.approve(body.id, officer, 2)).status).toBe(403);
    const verification = await cases.get(`/api/registrations/${body.id}/verification`, officer);
    expect(verification.body).toMatchObject({ mayApprove: 'TYPED_IN', mayRefuse: true });
    const listed = await cases.get(`/api/registrations?q=${school}`, officer);
    expect(listed.body.items?.[0]).toMatchObject({ mayApprove: 'TYPED_IN', mayRefuse: true });
    expect((await cases.approve(body.id, head, 2)).status).toBe(200);
  });

  test('R3.6: not in place of somebody else; and nobody approves it in the place of who typed it', async () => {
    const accounts = await system.prisma.account.findMany({ where: { districtCode: DISTRICT } });
    const idOf = (email: string) => accounts.find((account) => account.email === email)?.id ?? '';
    const today = new Date(bangkokDate(new Date()));
    const [typist, leader] = [idOf(ACCOUNTS.approver), idOf(ACCOUNTS.head)];
    const period = { from: today, to: today };
    await system.prisma.substitution.createMany({
      data: [
        { ...period, id: randomUUID(), absentId: leader, substituteId: typist },
        { ...period, id: randomUUID(), absentId: typist, substituteId: leader },
      ],
    });
    const { body } = await assist(freshSchool());
    expect((await cases.approve(body.id, officer)).status).toBe(403);
    expect((await cases.approve(body.id, head)).status).toBe(200);
    const entry = await system.prisma.auditEntry.findFirstOrThrow({ where: { caseId: String(body.id), action: 'APPROVED' } });
    expect(entry).toMatchObject({ actorId: leader, onBehalfOf: null });
  });

  test('R2.5 R3.6: nobody approves a registration of the own name that was sent by nobody known, nor somebody else in their place', async () => {
    const accounts = await system.prisma.account.findMany({ where: { districtCode: DISTRICT } });
    const idOf = (email: string) => accounts.find((account) => account.email === email)?.id ?? '';
    const today = new Date(bangkokDate(new Date()));
    const standingIn = { absentId: idOf(ACCOUNTS.approver), substituteId: idOf(ACCOUNTS.head), from: today, to: today };
    await system.prisma.substitution.create({ data: { ...standingIn, id: randomUUID() } });
    const { body } = await cases.submit(submission(freshSchool(), {}, { title: 'น.ส.', firstName: 'มาลี', lastName: 'ดีงาม' }));
    await cases.seen(body.id, officer);
    expect(await cases.approve(body.id, officer)).toMatchObject({ status: 403, body: { code: 'SOMEBODY_ELSE_APPROVES' } });
    const many = await cases.post('/api/decisions', { items: [{ registrationId: body.id, revision: 1 }], ...APPROVE }, officer);
    expect(many.body.items?.[0]?.['problem']).toMatchObject({ code: 'SOMEBODY_ELSE_APPROVES', status: 403 });
    expect((await cases.get(`/api/registrations/${body.id}/verification`, officer)).body).toMatchObject({ mayApprove: 'OWN_NAME', mayRefuse: true });
    expect((await cases.approve(body.id, head)).status).toBe(200);
    const entry = await system.prisma.auditEntry.findFirstOrThrow({ where: { caseId: String(body.id), action: 'APPROVED' } });
    expect(entry.onBehalfOf).toBeNull();
  });

  test('whose name became the registrant’s by the time it is recorded has not approved it', async () => {
    const { body } = await cases.submit(submission(freshSchool(), {}, { title: 'นาง', firstName: 'มาลัย', lastName: 'ดีงาม' }));
    await system.stopWorker();
    const asked = cases.approve(body.id, head);
    const undecided = { caseId: String(body.id), kind: 'DECISION' } as const;
    await eventually(async () => (await system.prisma.form.count({ where: undecided })) > 0, 'the form');
    await system.prisma.account.updateMany({ where: { email: ACCOUNTS.head }, data: { name: 'มาลัย ดีงาม' } });
    await system.startWorker();
    await asked;
    const form = await eventually(async () => system.prisma.form.findFirst({ where: { ...undecided, state: { not: 'OPEN' } } }), 'an outcome');
    expect([form.state, form.refusal]).toEqual(['REFUSED', 'SOMEBODY_ELSE_APPROVES']);
  });

  test('the database itself refuses it', async () => {
    const { body } = await assist(freshSchool());
    const row = await system.prisma.registration.findUniqueOrThrow({ where: { id: String(body.id) } });
    const approved = { status: 'APPROVED', decidedById: row.assistedById } as const;
    await expect(system.prisma.registration.update({ where: { id: row.id }, data: approved })).rejects.toThrow();
    await expect(system.prisma.registration.update({ where: { id: row.id }, data: { assistedById: null } })).rejects.toThrow();
  });
});
