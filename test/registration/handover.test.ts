// R4.6: handing over, from the registration beside a working administrator to the swap.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACCOUNTS, DISTRICT, freshSchool, HELD_SCHOOL } from '../setup/directory';
import { call, confirmationFrom, freshNationalId, mailsTo, mailTo, type Reply, signIn, submission, trackedBy } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { type Administrator, contactOf, type Schools, schoolsOf } from '../transfer/support/schools';
import { type Cases, casesOf } from './support/cases';

const NEW_PASSWORD = 'ครูใหม่ใจดี 2569';

let system: TestSystem;
let cases: Cases;
let schools: Schools;

beforeAll(async () => {
  system = await startSystem();
  schools = schoolsOf(system);
  await schools.ownContacts();
  cases = await casesOf(system);
});
afterAll(() => system.stop());

const oldAdministrator = () => schools.administrator(freshSchool());
/** Asks for a handover; the new one keeps the school's mailbox unless told otherwise. */
const handOver = (old: Administrator, headers: Record<string, string> = old.headers, registrant: Record<string, unknown> = {}) =>
  cases.submit(submission(old.schoolCode, { replaces: true }, { email: old.email, ...registrant }), headers);
const revoke = ({ schoolCode }: Administrator, headers: Record<string, string> = cases.approver) =>
  cases.post(`/api/schools/${schoolCode}/administrator/revocation`, { reason: 'ย้ายไปแล้ว' }, headers);
const CALLER = { role: 'DISTRICT' as const, schoolCode: null, districtCode: DISTRICT, head: false };
const works = async ({ headers }: Administrator) => (await cases.get('/api/me', headers)).status === 200;
const activeOf = (schoolCode: string) => system.prisma.account.findMany({ where: { schoolCode, status: 'ACTIVE' } });
const signInAs = (email: string, password: string) => cases.post('/api/sessions', { email, password });

/** Registered and approved; the path by which the new administrator confirms. */
async function approvedHandover(old: Administrator, registrant: Record<string, unknown> = {}): Promise<string> {
  const { body } = await handOver(old, old.headers, registrant);
  expect((await cases.approve(body.id)).status).toBe(200);
  return confirmationFrom(String(registrant['email'] ?? old.email));
}
const confirm = (link: string) => cases.post(link, { password: NEW_PASSWORD });

describe('R4.6 the swap', () => {
  test('the old administrator works until the new one confirms, with the same mailbox; then the old access is gone', async () => {
    const old = await oldAdministrator();
    const { status, body } = await handOver(old);
    expect([status, body['replaces']]).toEqual([201, true]);
    const seen = await cases.seen(body.id);
    expect(seen.body.warnings).toEqual([]);
    expect(await works(old)).toBe(true);
    expect((await cases.approve(body.id)).status).toBe(200);
    expect(await works(old)).toBe(true);
    const link = await confirmationFrom(old.email);
    expect((await confirm(link)).status).toBe(201);

    expect(await works(old)).toBe(false);
    expect((await signInAs(old.email, NEW_PASSWORD)).status).toBe(201);
    expect((await signInAs(old.email, 'a-password-of-tests')).status).toBe(401);
    expect(await activeOf(old.schoolCode)).toHaveLength(1);
    expect(await system.prisma.session.count({ where: { accountId: old.accountId } })).toBe(0);
    expect((await mailTo(old.email, 'handed-over')).text).toContain('สิ้นสุด');
    await mailTo(contactOf(DISTRICT), 'handed-over');
    expect(await mailsTo(old.email, 'handover-asked')).toEqual([]);
    const entry = await system.prisma.auditEntry.findFirstOrThrow({ where: { caseId: body.id ?? '', action: 'CONFIRMED' } });
    expect(entry.after).toMatchObject({ status: 'ACTIVE', endedAccount: old.accountId });
  });

  test('the district asks for a school: the administrator is told, and the audit names who asked', async () => {
    const old = await oldAdministrator();
    const { status, body } = await handOver(old, cases.approver);
    expect(status).toBe(201);
    expect((await mailTo(old.email, 'handover-asked')).text).not.toContain('/track/');
    const officer = await system.prisma.account.findFirstOrThrow({ where: { emailKey: ACCOUNTS.approver } });
    const entry = await system.prisma.auditEntry.findFirstOrThrow({ where: { caseId: body.id ?? '', action: 'SUBMITTED' } });
    expect(entry.actorId).toBe(officer.id);
    expect(await works(old)).toBe(true);
  });

  test.each([
    ['address', { email: ACCOUNTS.approver.toUpperCase() }, 'registrant.email'],
    ['name', { firstName: 'มาลี', lastName: 'ดีงาม' }, 'registrant.firstName'],
  ])('R2.6: an officer who hands a school over is not its next administrator, by the own %s', async (_what, registrant, path) => {
    await system.prisma.account.updateMany({ where: { email: ACCOUNTS.approver }, data: { name: 'นางสาวมาลี ดีงาม' } });
    const { status, body } = await handOver(await oldAdministrator(), cases.approver, registrant);
    expect([status, body['code'], body.errors?.map((error) => error.path)]).toEqual([422, 'OFFICER_AS_REGISTRANT', [path]]);
  });

  test('R2.6: nor by correcting afterwards what the own office returned; any other correction goes on', async () => {
    await system.prisma.account.updateMany({ where: { email: ACCOUNTS.approver }, data: { name: 'นางสาวมาลี ดีงาม' } });
    const old = await oldAdministrator();
    const { body } = await handOver(old, cases.approver);
    await cases.decide(body.id, { decision: 'RETURN', reason: 'แก้ไข' });
    const correct = (registrant: Record<string, unknown>) =>
      cases.resubmit(body.id, submission(old.schoolCode, { replaces: true }, { email: old.email, ...registrant }), trackedBy(body.trackingToken));
    const refused = [await correct({ email: ACCOUNTS.approver }), await correct({ title: 'น.ส.', firstName: 'มาลี', lastName: 'ดีงาม' })];
    for (const reply of refused) expect([reply.status, reply.body['code']]).toEqual([422, 'OFFICER_AS_REGISTRANT']);
    expect((await correct({})).status).toBe(200);
  });

  test('the same person may register anew, with another mailbox', async () => {
    const old = await oldAdministrator();
    const nationalId = freshNationalId();
    const first = await approvedHandover(old, { nationalId });
    expect((await confirm(first)).status).toBe(201);
    const own = { ...old, headers: await signIn(system.url, old.email, NEW_PASSWORD) };
    const email = `new-${old.email}`;
    const { body } = await handOver(own, own.headers, { nationalId, email });
    expect((await cases.seen(body.id)).body.warnings).toEqual([]);
    expect((await cases.approve(body.id)).status).toBe(200);
    expect((await confirm(await confirmationFrom(email))).status).toBe(201);
    expect((await activeOf(old.schoolCode)).map((account) => account.email)).toEqual([email]);
  });

  test.each(['rejected', 'withdrawn'])('%s: the old administrator goes on', async (end) => {
    const old = await oldAdministrator();
    const { body } = await handOver(old);
    const ended =
      end === 'rejected'
        ? await cases.decide(body.id, { decision: 'REJECT', reason: 'ไม่ถูกต้อง' })
        : await cases.withdraw(body.id, trackedBy(body.trackingToken));
    expect(ended.status).toBe(200);
    expect(await works(old)).toBe(true);
    const { text } = await mailTo(old.email, end);
    expect(text).toMatch(new RegExp(`^http\\S+/schools/${old.schoolCode}$`, 'm'));
  });

  test('returned and corrected it stays a handover, and nothing else becomes one', async () => {
    const old = await oldAdministrator();
    const { body } = await handOver(old);
    await cases.decide(body.id, { decision: 'RETURN', reason: 'แก้ไข' });
    const corrected = submission(old.schoolCode, { replaces: true }, { email: old.email });
    const again = await cases.resubmit(body.id, corrected, trackedBy(body.trackingToken));
    expect([again.status, again.body['replaces']]).toEqual([200, true]);

    const free = freshSchool();
    const { id, trackingToken } = await cases.pending(free);
    await cases.decide(id, { decision: 'RETURN', reason: 'แก้ไข' });
    expect((await cases.resubmit(id, submission(free, { replaces: true }), trackedBy(trackingToken))).status).toBe(403);
  });
});

describe('R4.6 who is refused', () => {
  test('nobody, the central office, another school and another district; an ordinary registration is refused as ever', async () => {
    const old = await oldAdministrator();
    const other = await oldAdministrator();
    const asked = async (headers: Record<string, string>) => {
      const { status, body } = await handOver(old, headers);
      return `${status} ${body.code}`;
    };
    expect(await asked({})).toBe('401 UNAUTHENTICATED');
    expect(await asked(other.headers)).toBe('403 FORBIDDEN');
    expect(await asked(await signIn(system.url, ACCOUNTS.central))).toBe('403 FORBIDDEN');
    expect(await asked(await signIn(system.url, ACCOUNTS.otherApprover))).toBe('403 FORBIDDEN');
    const { status, body } = await cases.submit(submission(old.schoolCode));
    expect([status, body.code]).toEqual([409, 'SCHOOL_HAS_ADMINISTRATOR']);
  });

  test('403 comes before the shape, and a school without a district is nobody’s', async () => {
    const other = await oldAdministrator();
    expect((await cases.submit({ replaces: true, schoolCode: HELD_SCHOOL }, other.headers)).status).toBe(403);
    expect((await cases.submit({ replaces: true, schoolCode: HELD_SCHOOL }, cases.approver)).status).toBe(403);
    expect((await cases.submit({ replaces: true }, {})).status).toBe(401);
  });

  test('where there is nobody to replace: 422 at its field', async () => {
    const { status, body } = await cases.submit(submission(freshSchool(), { replaces: true }), cases.approver);
    expect([status, body.code]).toEqual([422, 'NOTHING_TO_REPLACE']);
    expect(body.errors).toEqual([expect.objectContaining({ path: 'replaces', code: 'NOTHING_TO_REPLACE' })]);
  });

  test('who was revoked a moment ago does not hand over any more', async () => {
    const old = await oldAdministrator();
    await revoke(old);
    expect((await handOver(old)).status).toBe(401);
  });

  test('a repeat with the same key is the same handover; another one is REGISTRATION_OPEN', async () => {
    const old = await oldAdministrator();
    const asked = submission(old.schoolCode, { replaces: true }, { email: old.email });
    const key = { ...old.headers, 'Idempotency-Key': randomUUID() };
    const [first, again] = [await cases.submit(asked, key), await cases.submit(asked, key)];
    expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
    expect((await handOver(old)).body.code).toBe('REGISTRATION_OPEN');
  });
});

describe('R4.6 R3.3 races', () => {
  const counted = (replies: Reply[]) => replies.map(({ status, body }) => `${status} ${body.code ?? ''}`.trim()).sort();

  test('its page says that one is open to who may hand over, and nothing of it to others', async () => {
    const old = await oldAdministrator();
    const page = async (headers: { Cookie: string }) => (await fetch(`${system.url}/schools/${old.schoolCode}/administrator`, { headers })).text();
    const open = 'มีคำขอเปลี่ยนผู้ดูแลระบบที่ยังไม่สิ้นสุด';
    expect(await page(old.headers)).not.toContain(open);
    await handOver(old);
    for (const headers of [old.headers, cases.approver]) expect(await page(headers)).toContain(open);
    expect(await page(await signIn(system.url, ACCOUNTS.central))).not.toContain(open);
    const stranger = await oldAdministrator();
    const other = { ...CALLER, id: stranger.accountId, role: 'SCHOOL' as const, schoolCode: stranger.schoolCode };
    await expect(system.queries.handoverOpen(old.schoolCode, other)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('20 handovers at once: one is open', async () => {
    const old = await oldAdministrator();
    const replies = await Promise.all(Array.from({ length: 20 }, () => handOver(old)));
    expect(counted(replies)).toEqual(['201', ...Array.from({ length: 19 }, () => '409 REGISTRATION_OPEN')]);
  });

  test('confirmation against revocation: whichever comes first, one administrator is left, the new one', async () => {
    for (let round = 0; round < 3; round += 1) {
      const old = await oldAdministrator();
      const link = await approvedHandover(old);
      const [confirmed, ...revoked] = await Promise.all([confirm(link), ...Array.from({ length: 3 }, () => revoke(old))]);
      expect(confirmed?.status).toBe(201);
      const left = await activeOf(old.schoolCode);
      const endings = revoked.filter(({ status }) => status === 200).length;
      // A revocation that was asked after the swap is about the new administrator.
      expect(left.length).toBe(1 - Math.max(0, endings - (await endedByRevocation(old))));
      expect(await works(old)).toBe(false);
    }
  });

  test('confirmed 10 times at once: two administrators are active at no instant', async () => {
    const old = await oldAdministrator();
    const link = await approvedHandover(old);
    let most = 0;
    let racing = true;
    const watch = (async () => {
      while (racing) most = Math.max(most, (await activeOf(old.schoolCode)).length);
    })();
    const replies = await Promise.all(Array.from({ length: 10 }, () => confirm(link)));
    racing = false;
    await watch;
    expect(counted(replies)).toEqual(['201', ...Array.from({ length: 9 }, () => '410 LINK_USED')]);
    expect(most).toBe(1);
  });

  const endedByRevocation = ({ accountId }: Administrator) => system.prisma.revocation.count({ where: { accountId } });
});

describe('R4.6 the new administrator is there meanwhile', () => {
  test('who meant the old one ends nobody: 409, and the new one stays', async () => {
    const old = await oldAdministrator();
    const caller = { ...CALLER, id: (await system.prisma.account.findFirstOrThrow({ where: { email: ACCOUNTS.approver } })).id };
    const seen = await system.queries.administrator(old.schoolCode, caller);
    expect(seen).toMatchObject({ id: old.accountId });
    expect((await confirm(await approvedHandover(old))).status).toBe(201);
    const asked = { schoolCode: old.schoolCode, accountId: old.accountId, caller, reason: 'เสียชีวิต', formId: randomUUID() };
    await expect(system.commands.revokeAdministrator(asked)).rejects.toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
    expect(await activeOf(old.schoolCode)).toEqual([expect.objectContaining({ registrationId: expect.any(String) })]);
    await system.commands.revokeAdministrator({ ...asked, accountId: (await activeOf(old.schoolCode))[0]?.id });
    expect(await activeOf(old.schoolCode)).toEqual([]);
  });
});

describe('R4.6 the old administrator is gone meanwhile', () => {
  test('revoked before the confirmation: it still works, and the school is free in between', async () => {
    const old = await oldAdministrator();
    const link = await approvedHandover(old);
    expect((await revoke(old)).status).toBe(200);
    expect((await call(system.url, 'GET', `/api/schools/${old.schoolCode}`)).body['registration']).toBe('PENDING');
    expect((await confirm(link)).status).toBe(201);
    expect(await activeOf(old.schoolCode)).toHaveLength(1);
  });
});
