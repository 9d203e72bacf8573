// R4.6: an office ends the access of an administrator who left or died.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitingForLocks, withAdmin } from '../setup/database';
import { ACCOUNTS, DISTRICT, freshSchool, OTHER_DISTRICT, PASSWORD } from '../setup/directory';
import { call, eventually, mailTo, refused, signIn, submission, tapped, tokenIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { type Administrator, type Schools, schoolsOf } from '../transfer/support/schools';
import { type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;
let central: { Cookie: string };
let schools: Schools;

beforeAll(async () => {
  system = await startSystem();
  schools = schoolsOf(system);
  cases = await casesOf(system);
  central = await signIn(system.url, ACCOUNTS.central);
});
afterAll(() => system.stop());

const revoke = (schoolCode: string, headers: Record<string, string> = cases.approver, body: unknown = { reason: 'พ้นจากหน้าที่' }) =>
  cases.post(`/api/schools/${schoolCode}/administrator/revocation`, body, headers);
const me = ({ headers }: Administrator) => cases.get('/api/me', headers);

describe('R4.6 a revocation', () => {
  test('ends the access at once: sessions, sign-in and links for a new password; the school is free again', async () => {
    const administrator = await schools.administrator(freshSchool());
    await cases.post('/api/password-resets', { email: administrator.email });
    const reset = `/api/password-resets/${tokenIn(await mailTo(administrator.email, 'password-reset'), 'reset')}`;

    const { status, body } = await revoke(administrator.schoolCode);
    expect([status, body['registration'], body['hasAdministrator']]).toEqual([200, 'OPEN', false]);
    expect((await me(administrator)).status).toBe(401);
    expect((await cases.post('/api/sessions', { email: administrator.email, password: PASSWORD })).status).toBe(401);
    expect((await cases.post(reset, { password: 'ดอยสูงอากาศดี 9' })).status).toBe(410);
    expect((await cases.submit(submission(administrator.schoolCode))).status).toBe(201);
  });

  test('tells the school’s address, otherwise the account’s; the reason stays out of the mail and stands by reference in the audit', async () => {
    const [listed, unlisted] = [await schools.administrator(freshSchool()), await schools.administrator(freshSchool())];
    const email = `listed-${listed.email}`;
    await system.prisma.school.update({ where: { code: listed.schoolCode }, data: { email } });
    const reason = 'เหตุผลเฉพาะของสำนักงาน';
    await revoke(listed.schoolCode, central, { reason });
    await revoke(unlisted.schoolCode, cases.approver, { reason });
    for (const address of [email, unlisted.email]) expect((await mailTo(address, 'administrator-revoked')).text).not.toContain(reason);

    const entry = await system.prisma.auditEntry.findFirstOrThrow({
      where: { caseId: `school/${listed.schoolCode}`, action: 'ADMINISTRATOR_REVOKED' },
    });
    expect(entry).toMatchObject({ districtCode: DISTRICT, before: { account: listed.accountId }, after: { account: null } });
    expect(JSON.stringify(entry)).not.toContain(reason);
    expect(await system.prisma.revocation.findUnique({ where: { id: entry.formId ?? '' } })).toMatchObject({ reason });
  });

  test('with the same key it is the same one; 20 at once are one', async () => {
    const administrator = await schools.administrator(freshSchool());
    const key = { ...cases.approver, 'Idempotency-Key': randomUUID() };
    const [first, again] = [await revoke(administrator.schoolCode, key), await revoke(administrator.schoolCode, key)];
    expect([first.status, again.status]).toEqual([200, 200]);

    const other = await schools.administrator(freshSchool());
    const replies = await Promise.all(Array.from({ length: 20 }, () => revoke(other.schoolCode)));
    const told = replies.map(({ status, body }) => (status === 200 ? '200' : `${status} ${body.code}`)).sort();
    expect(told).toEqual(['200', ...Array.from({ length: 19 }, () => '409 NO_ADMINISTRATOR')]);
    expect(await system.prisma.auditEntry.count({ where: { caseId: `school/${other.schoolCode}` } })).toBe(1);
  });

  test('a double tap on the page is one revocation, and nobody is told that there is no administrator', async () => {
    const { schoolCode } = await schools.administrator(freshSchool());
    const { id: administratorId } = await system.prisma.account.findFirstOrThrow({ where: { schoolCode, status: 'ACTIVE' } });
    const page = `/schools/${schoolCode}/administrator`;
    const told = await tapped(system.url, `${page}/revocation`, { reason: 'พ้นจากหน้าที่', administratorId }, cases.approver);
    expect(new Set(told)).toEqual(new Set([expect.stringContaining(page)]));
    expect(await system.prisma.revocation.count({ where: { schoolCode } })).toBe(1);
  });

  test('R5.1: a change of the roster that was under way is not made any more', async () => {
    const administrator = await schools.administrator(freshSchool());
    const { personId } = await schools.staff(administrator.schoolCode);
    const changed = await withAdmin(system.database.adminUrl, async (admin) => {
      await admin.query('BEGIN');
      await admin.query('SELECT 1 FROM posting WHERE person_id = $1 FOR UPDATE', [personId]);
      const path = `/api/schools/${administrator.schoolCode}/staff/${personId}`;
      const reply = call(system.url, 'PATCH', path, { major: 'ดนตรี' }, administrator.headers);
      await eventually(async () => (await waitingForLocks(system.database.adminUrl, 'FROM posting')) === 1, 'the change that waits');
      expect((await revoke(administrator.schoolCode)).status).toBe(200);
      await admin.query('COMMIT');
      return reply;
    });
    expect(refused(changed)).toEqual([403, 'FORBIDDEN']);
    expect(await system.prisma.person.findUniqueOrThrow({ where: { id: personId } })).not.toMatchObject({ major: 'ดนตรี' });
  });

  test('R3.2: the school has another district by the time it is recorded: 403, and the access stays', async () => {
    const administrator = await schools.administrator(freshSchool());
    const asked = await withAdmin(system.database.adminUrl, async (admin) => {
      await admin.query('BEGIN');
      await admin.query('UPDATE school SET district_code = $1 WHERE code = $2', [OTHER_DISTRICT, administrator.schoolCode]);
      const reply = revoke(administrator.schoolCode);
      await eventually(async () => (await waitingForLocks(system.database.adminUrl, 'FROM school')) === 1, 'the revocation that waits');
      await admin.query('COMMIT');
      return reply;
    });
    expect(refused(asked)).toEqual([403, 'FORBIDDEN']);
    expect((await me(administrator)).status).toBe(200);
  });

  test('R5.3d: transfers that wait for the school go to its district at once', async () => {
    const holder = await schools.administrator(freshSchool());
    const requester = await schools.administrator(freshSchool(OTHER_DISTRICT));
    const { body } = await schools.request(requester, await schools.staff(holder.schoolCode));
    expect(body['decider']).toMatchObject({ kind: 'SCHOOL' });
    await revoke(holder.schoolCode);
    await eventually(async () => {
      const { body: seen } = await cases.get(`/api/transfers/${body.id}`);
      return JSON.stringify(seen['decider']) === JSON.stringify({ kind: 'DISTRICT', code: DISTRICT });
    }, 'the district to be asked');
  });
});

describe('R3.6 R4.6 an officer whose own access ended since the call began', () => {
  /** As a call is answered whose body came after the end. */
  async function ended(email: string) {
    const row = await system.prisma.account.findFirstOrThrow({ where: { email } });
    const { id: _own, ...copied } = row;
    const other = { ...copied, id: randomUUID(), email: `ended-${email}`, emailKey: `ended-${email}`, status: 'ENDED', endedAt: new Date() } as const;
    await system.prisma.account.create({ data: other });
    const { id, role, schoolCode, districtCode, head } = other;
    return { id, role, schoolCode, districtCode, head };
  }

  test('revokes nobody', async () => {
    const administrator = await schools.administrator(freshSchool());
    const asked = { schoolCode: administrator.schoolCode, reason: 'พ้นจากหน้าที่', caller: await ended(ACCOUNTS.approver), formId: randomUUID() };
    await expect(system.commands.revokeAdministrator(asked)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await me(administrator)).status).toBe(200);
  });

  test('of the central office changes neither schools nor settings nor holidays, and erases nobody', async () => {
    const caller = await ended(ACCOUNTS.central);
    const [schoolCode, formId] = [freshSchool(), randomUUID()];
    const { commands, prisma } = system;
    const { personId } = await schools.staff(schoolCode);
    for (const asked of [
      () => commands.assignDistrict({ schoolCode, districtCode: OTHER_DISTRICT, caller }),
      () => commands.closeSchool({ schoolCode, on: '2030-01-01', reason: 'ยุบรวม', caller, formId }),
      () => commands.reopenSchool({ schoolCode, caller }),
      () => commands.changeSettings({ evidenceRequired: true, caller }),
      () => commands.setHoliday({ date: '2030-01-02', name: 'วันหยุดพิเศษ', caller }),
      () => commands.removeHoliday({ date: '2030-01-02', caller }),
      () => commands.erasePerson({ id: personId, decision: 'ERASE', reason: 'ตามคำขอ', caller, formId }),
    ])
      await expect(asked()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await prisma.auditEntry.count({ where: { actorId: caller.id } })).toBe(0);
  });
});

describe('R4.6 a revocation is refused', () => {
  test('to nobody, schools and other districts, before its shape', async () => {
    const { schoolCode, headers } = await schools.administrator(freshSchool());
    const asked = async (who: Record<string, string>) => (await revoke(schoolCode, who, { reason: 7 })).status;
    expect(await asked({})).toBe(401);
    expect(await asked(headers)).toBe(403);
    expect(await asked(await signIn(system.url, ACCOUNTS.otherApprover))).toBe(403);
    expect((await revoke('00000000')).status).toBe(404);
  });

  test.each([[{}], [{ reason: ' ' }], [{ reason: null }]])('without a reason: %j', async (body) => {
    const { schoolCode, headers } = await schools.administrator(freshSchool());
    const refused = await revoke(schoolCode, cases.approver, body);
    expect([refused.status, refused.body.code]).toEqual([422, 'REASON_REQUIRED']);
    expect((await cases.get('/api/me', headers)).status).toBe(200);
  });

  test('where there is no administrator', async () => {
    const { status, body } = await revoke(freshSchool());
    expect([status, body.code]).toEqual([409, 'NO_ADMINISTRATOR']);
  });
});
