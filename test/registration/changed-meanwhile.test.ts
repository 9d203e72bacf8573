// R3.1, R3.3: a step is decided on what was read, and written only while that is still true: what changes in between, in a
// transaction that commits or not, is looked at again.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Prisma, Registration } from '../../prisma/generated/client';
import { freshSchool } from '../setup/directory';
import { addressOf, confirmationFrom, eventually, freshNationalId, submission } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { type Administrator, schoolsOf } from '../transfer/support/schools';
import { type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;

beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
});
afterAll(() => system.stop());

/** Approved, with the act of confirming it. */
async function approved(asked: Record<string, unknown>, email: string, headers?: Record<string, string>) {
  const { id = '' } = (await cases.submit(asked, headers)).body;
  await cases.approve(id);
  const link = await confirmationFrom(email);
  const row: Registration = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
  return { row, confirm: () => cases.post(link, { password: 'ดอยสูงอากาศดี 8' }) };
}

interface Meanwhile {
  /** Otherwise it is rolled back. */
  commits?: boolean;
  /** What happens beside it while the step waits. */
  beside?: () => Promise<unknown>;
}

/** On a busy machine what happens beside it takes its time. */
const PATIENT = { timeout: 15_000 };

/** Does something in a transaction of its own, while the asked step waits for the row that it locked. */
async function meanwhile<Told>(
  change: (tx: Prisma.TransactionClient) => Promise<unknown>,
  ask: () => Promise<Told>,
  { commits = true, beside }: Meanwhile = {},
): Promise<Told> {
  let asked: Promise<Told> | undefined;
  const rolledBack = new Error('rolled back');
  const transaction = system.prisma.$transaction(async (tx) => {
    await change(tx);
    const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    asked = ask();
    await eventually(async () => (await waitingFor(own?.pid ?? 0)) > 0, 'a statement that waits for a lock');
    await beside?.();
    if (!commits) throw rolledBack;
  }, PATIENT);
  await transaction.catch((failure) => {
    if (failure !== rolledBack) throw failure;
  });
  if (!asked) throw new Error('Nothing was asked meanwhile.');
  return asked;
}

/** How many wait for what a connection has locked. */
async function waitingFor(pid: number): Promise<number> {
  return (await system.prisma.$queryRaw<unknown[]>`SELECT FROM pg_stat_activity WHERE ${pid}::int = ANY (pg_blocking_pids(pid))`).length;
}

const closing = (code: string) => (tx: Prisma.TransactionClient) =>
  tx.school.update({ where: { code }, data: { closedOn: new Date('2026-01-01'), closureReason: 'ยุบ' } });

describe('R3.1 R3.3 the row', () => {
  test('what it says now is refused, and nothing was written', async () => {
    const { id } = await cases.pending();
    const change = (tx: Prisma.TransactionClient) => tx.registration.update({ where: { id }, data: { awaitsAcknowledgement: true } });
    expect(await meanwhile(change, () => cases.approve(id))).toMatchObject({ status: 409, body: { code: 'NOT_ACKNOWLEDGED' } });
    expect(await system.prisma.link.count({ where: { registrationId: id } })).toBe(0);
    expect(await system.prisma.auditEntry.count({ where: { caseId: id, action: 'APPROVED' } })).toBe(0);
  });

  test.each([true, false])('changed, or not (%s), in what does not matter: done once', async (commits) => {
    const { id } = await cases.pending();
    const change = (tx: Prisma.TransactionClient) => tx.registration.update({ where: { id }, data: { contested: true } });
    expect(await meanwhile(change, () => cases.approve(id), { commits })).toMatchObject({
      status: 200,
      body: { status: 'APPROVED', contested: commits },
    });
    expect(await system.prisma.link.count({ where: { registrationId: id } })).toBe(1);
    expect(await system.prisma.auditEntry.count({ where: { caseId: id, action: 'APPROVED' } })).toBe(1);
  });
});

describe('R5.3d the school', () => {
  test.each([
    [true, { status: 409, body: { code: 'SCHOOL_CLOSED' } }],
    [false, { status: 201, body: { status: 'ACTIVE' } }],
  ])('closed (%s) while its registrant confirms', async (commits, told) => {
    const school = freshSchool();
    const { confirm } = await approved(submission(school), addressOf(school));
    expect(await meanwhile(closing(school), confirm, { commits })).toMatchObject(told);
    expect(await system.prisma.account.count({ where: { schoolCode: school } })).toBe(commits ? 0 : 1);
  });
});

describe('R2.8 the objection', () => {
  test('to a submission that comes a moment too late: no case comes of it, the objection is kept, the run ends', async () => {
    const [{ id }, school] = [await cases.pending(), freshSchool()];
    const { actingOrder: _none, delegation: _neither, ...copied } = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
    const earlier = { ...copied, id: randomUUID(), reference: randomUUID(), trackingHash: randomUUID(), schoolCode: school };
    const change = (tx: Prisma.TransactionClient) => tx.registration.create({ data: earlier });
    const objection = { name: 'ผู้อำนวยการตัวจริง', phone: '032 000 111', note: 'ไม่ได้ยื่น' };
    const beside = () => cases.post(`/api/schools/${school}/objections`, objection);
    expect(await meanwhile(change, () => cases.submit(submission(school)), { beside })).toMatchObject({
      status: 409,
      body: { code: 'REGISTRATION_OPEN' },
    });
    const run = system.temporal.workflow.getHandle(`registration/${school}`);
    await eventually(async () => (await run.describe()).status.name === 'COMPLETED', 'the end of the run');
    expect(await system.prisma.objection.findFirst({ where: { schoolCode: school } })).toMatchObject({ registrationId: null, name: objection.name });
  });

  test.each([true, false])('it is about another case by now (%s): it counts once', async (commits) => {
    const [{ id }, school] = [await cases.pending(), freshSchool()];
    const { id: own } = await cases.pending(school);
    const objectionId = randomUUID();
    await system.prisma.objection.create({ data: { id: objectionId, schoolCode: school, name: 'ก', phone: '02', note: '' } });
    const change = (tx: Prisma.TransactionClient) => tx.objection.update({ where: { id: objectionId }, data: { registrationId: id } });
    const handle = system.temporal.workflow.getHandle(`registration/${school}`);
    await meanwhile(change, () => handle.signal('objected', { objectionId }), { commits });
    await handle.signal('objected', { objectionId });
    expect(await cases.approve(own)).toMatchObject({ status: 200, body: { contested: !commits } });
    expect(await system.prisma.auditEntry.count({ where: { caseId: own, action: 'OBJECTED' } })).toBe(commits ? 0 : 1);
  });
});

describe('R1.3 the evidence', () => {
  test.each([
    [true, { status: 422, body: { code: 'FILE_REJECTED' } }],
    [false, { status: 201, body: { status: 'PENDING' } }],
  ])('claimed by another form (%s)', async (commits, told) => {
    const school = freshSchool();
    const { id } = await system.prisma.storedFile.create({
      data: { id: randomUUID(), type: 'application/pdf', size: 4, content: Buffer.from('%PDF') },
    });
    const delegator = { title: 'นาย', firstName: 'สมชาย', lastName: 'ผู้อำนวยการ', position: 'DIRECTOR', homeSchoolCode: school };
    const delegation = { delegator, evidence: { documentNumber: '1/2569', date: '2026-10-01', fileId: id } };
    const asked = submission(school, { capacity: 'DELEGATE', delegation }, { position: 'TEACHER' });
    const change = (tx: Prisma.TransactionClient) => tx.storedFile.update({ where: { id }, data: { claimedBy: randomUUID() } });
    expect(await meanwhile(change, () => cases.submit(asked), { commits })).toMatchObject(told);
    expect(await system.prisma.registration.count({ where: { schoolCode: school } })).toBe(commits ? 0 : 1);
  });
});

describe('R4.6 the administrator who is to be replaced', () => {
  const handover = ({ schoolCode, email, headers }: Administrator) =>
    approved(submission(schoolCode, { replaces: true }, { email, nationalId: freshNationalId() }), email, headers);

  test.each([true, false])('gone (%s): the new one confirms all the same, and nobody ends twice', async (commits) => {
    const old = await schoolsOf(system).administrator(freshSchool());
    const { row, confirm } = await handover(old);
    const change = (tx: Prisma.TransactionClient) =>
      tx.account.update({ where: { id: old.accountId }, data: { status: 'ENDED', endedAt: new Date() } });
    expect(await meanwhile(change, confirm, { commits })).toMatchObject({ status: 201, body: { status: 'ACTIVE' } });
    const { after } = await system.prisma.auditEntry.findFirstOrThrow({ where: { caseId: row.id, action: 'CONFIRMED' } });
    expect(after).toEqual(expect.objectContaining(commits ? { status: 'ACTIVE' } : { endedAccount: old.accountId }));
    expect(Object.keys(Object(after))).toHaveLength(commits ? 2 : 3);
    expect(await system.prisma.account.count({ where: { schoolCode: old.schoolCode, status: 'ACTIVE' } })).toBe(1);
  });
});
