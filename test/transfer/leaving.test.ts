// R5.3d, R5.4: whoever leaves while a transfer is open: the person for good, the person who administers the holding school, the
// account that asked; and who is told where nobody is left.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DISTRICT, freshSchool, OTHER_DISTRICT } from '../setup/directory';
import { call, eventually, mailsTo, type Reply } from '../setup/people';
import type { TestSystem } from '../setup/system';
import { type Administrator, contactOf, dayFromNow, mailAbout, REJECT, type Schools } from './support/schools';
import { openTransferWorld } from './support/world';

let system: TestSystem;
let schools: Schools;
let approver: { Cookie: string };
let otherApprover: { Cookie: string };
let central: { Cookie: string };
let asking: Administrator;

beforeAll(async () => {
  ({ system, schools, approver, otherApprover, central, asking } = await openTransferWorld());
});
afterAll(() => system.stop());

describe('R5.3d The person is the holding school’s administrator', () => {
  test('access ends on the effective date, sessions included; the district is warned, both schools and both districts are told', async () => {
    const school = freshSchool();
    const registered = `registered-${school}-${randomUUID().slice(0, 8)}@school.test`;
    await system.prisma.school.update({ where: { code: school }, data: { email: registered } });
    const staff = await schools.staff(school);
    const leaving = await schools.administrator(school, staff);
    const colleague = await schools.staff(school);
    const waiting = (await schools.request(asking, colleague)).body.id;
    const { id, reference } = (await schools.request(asking, staff, { effectiveOn: dayFromNow(3) })).body;
    const seen = async (transferId?: string) => (await fetch(`${system.url}/transfers/${transferId}`, { headers: leaving.headers })).text();
    expect(await seen(id)).toContain('โปรดเปลี่ยนผู้ดูแลระบบก่อน');
    expect(await seen(waiting)).not.toContain('โปรดเปลี่ยนผู้ดูแลระบบก่อน');
    await schools.decide(leaving.headers, id);
    const warning = await mailAbout(contactOf(DISTRICT), 'administrator-leaving', reference);
    for (const text of ['สิทธิ์ผู้ดูแลระบบ', `/schools/${school}/administrator\n`]) expect(warning.text).toContain(text);
    // Its address is read when it goes out: before the administrator is none any more.
    await mailAbout(leaving.email, 'transfer-decided', reference);
    expect((await call(system.url, 'GET', '/api/me', undefined, leaving.headers)).status).toBe(200);

    await schools.dayComes(staff, id);
    await schools.becomes(id, 'COMPLETED');
    expect((await call(system.url, 'GET', '/api/me', undefined, leaving.headers)).status).toBe(401);
    expect(await system.prisma.account.findUnique({ where: { id: leaving.accountId } })).toMatchObject({ status: 'ENDED' });
    expect(await system.prisma.session.count({ where: { accountId: leaving.accountId } })).toBe(0);
    expect(await mailsTo(contactOf(DISTRICT), 'administrator-leaving')).toHaveLength(1);
    const told = async (address: string, count: number) =>
      eventually(
        async () => (await mailsTo(address, 'transfer-decided')).filter(({ text }) => text.includes(String(reference))).length === count,
        `${count} mails to ${address}`,
      );
    for (const address of [asking.email, contactOf(DISTRICT), contactOf(OTHER_DISTRICT)]) await told(address, 2);
    // That it will move was told to whoever administered the school; that it moved, to the address that is left.
    await told(leaving.email, 1);
    await told(registered, 1);
    expect((await mailAbout(registered, 'transfer-decided', reference)).text).toContain('ผู้อำนวยการโรงเรียนทดสอบ');
    await eventually(async () => (await schools.row(waiting)).decider === 'DISTRICT', 'the colleague’s transfer at the district');
    expect((await schools.decide(approver, waiting)).body.status).toBe('COMPLETED');
  });
});

describe('R5.3d A holding school that nobody administers', () => {
  test('is told at its registered address', async () => {
    const school = freshSchool();
    const registered = `registered-${school}-${randomUUID().slice(0, 8)}@school.test`;
    await system.prisma.school.update({ where: { code: school }, data: { email: registered } });
    const { id, reference } = (await schools.request(asking, await schools.staff(school))).body;
    await schools.decide(approver, id);
    for (const address of [registered, asking.email, contactOf(DISTRICT), contactOf(OTHER_DISTRICT)])
      await mailAbout(address, 'transfer-decided', reference);
  });

  test('without an address the mail is not lost: the districts of the case and the central office see that it waits', async () => {
    const school = freshSchool();
    const { id, reference } = (await schools.request(asking, await schools.staff(school))).body;
    await schools.decide(approver, id);
    const waiting = { reference, purpose: 'transfer-decided', audience: `SCHOOL ${school}`, status: 'RETRYING', lastError: 'NO_CONTACT' };
    const listed = async (headers: { Cookie: string }) =>
      (await call(system.url, 'GET', '/api/mails?limit=200', undefined, headers)).body.items?.find((mail) => mail['reference'] === reference);
    for (const headers of [approver, otherApprover, central])
      expect(await eventually(() => listed(headers), 'the mail without an address')).toMatchObject(waiting);
    expect((await call(system.url, 'GET', '/api/mails', undefined, asking.headers)).status).toBe(403);
  });
});

describe('R5.3d The person retires or dies', () => {
  test.each([
    ['PERSON_RETIRED', 'RETIRED'],
    ['PERSON_DIED', 'DIED'],
  ] as const)('%s: the request is cancelled and nothing moves', async (reason, kind) => {
    const { staff, id } = await schools.asked(asking);
    await schools.remove(staff, kind);
    await schools.becomes(id, 'CANCELLED');
    expect((await schools.row(id)).cancelReason).toBe(reason);
    expect(await schools.postedAt(staff)).toBeNull();
  });

  test('between consent and the effective date too', async () => {
    const { holding, staff, id, reference } = await schools.asked(asking, { effectiveOn: dayFromNow(4) });
    await schools.decide(holding.headers, id);
    await schools.remove(staff, 'DIED');
    await schools.becomes(id, 'CANCELLED');
    for (const address of [asking.email, holding.email, contactOf(OTHER_DISTRICT)]) await mailAbout(address, 'transfer-cancelled', reference);
  });
});

describe('R5.4 how somebody leaves is said by kind, not by the words of the reason', () => {
  test.each([
    ['consent without a kind, whatever the words', { reason: 'เกษียณอายุราชการ' }, 'COMPLETED', null],
    ['consent of who moves on', { reason: 'ถึงแก่กรรมของบิดา ขอย้ายกลับ', kind: 'TRANSFERRED' }, 'COMPLETED', null],
    ['the end of the request of who retired', { reason: 'ครบอายุ 60 ปี', kind: 'RETIRED' }, 'CANCELLED', 'PERSON_RETIRED'],
  ])('%s', async (_what, removal, status, cancelReason) => {
    const { holding, staff, id } = await schools.asked(asking);
    const path = `/api/schools/${holding.schoolCode}/staff/${staff.personId}/removal`;
    expect((await call(system.url, 'POST', path, { ...removal, kind: 'SICK', on: dayFromNow(0) }, holding.headers)).status).toBe(422);
    expect((await call(system.url, 'POST', path, { ...removal, on: dayFromNow(0) }, holding.headers)).status).toBe(200);
    await schools.becomes(id, status);
    expect((await schools.row(id)).cancelReason).toBe(cancelReason);
  });
});

describe('R5.3d An account that lost its school between its call and the recording', () => {
  /** The call is made while nobody records, and recorded when another administers the school: what became of it. */
  async function overtaken(requesting: Administrator, personId: string, ask: () => Promise<Reply>): Promise<string | null> {
    await system.stopWorker();
    const asked = ask();
    const open = { workflowId: `transfer/${personId}`, state: 'OPEN' as const };
    const { id } = await eventually(() => system.prisma.form.findFirst({ where: open }), 'the form');
    await schools.endAdministrator(requesting);
    await schools.administrator(requesting.schoolCode);
    await system.startWorker();
    await asked;
    const { refusal } = await eventually(() => system.prisma.form.findFirst({ where: { id, state: 'REFUSED' } }), 'the refusal');
    return refusal;
  }

  test('does not withdraw', async () => {
    const requesting = await schools.askingSchool();
    const staff = await schools.staff((await schools.holdingSchool()).schoolCode);
    const { id } = (await schools.request(requesting, staff)).body;
    expect(await overtaken(requesting, staff.personId, () => schools.withdraw(requesting.headers, id))).toBe('FORBIDDEN');
    expect(await schools.status(id)).toBe('PENDING');
  });

  test('does not appeal', async () => {
    const [holding, requesting] = [await schools.holdingSchool(), await schools.askingSchool()];
    const staff = await schools.staff(holding.schoolCode);
    const { id } = (await schools.request(requesting, staff)).body;
    await schools.decide(holding.headers, id, REJECT);
    expect(await overtaken(requesting, staff.personId, () => schools.appeal(requesting.headers, id))).toBe('FORBIDDEN');
    expect(await schools.row(id)).toMatchObject({ status: 'REJECTED', appealReason: null });
  });
});
