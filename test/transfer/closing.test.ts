// R5.3d: a school closes, today or on a day ahead, and may open again: what becomes of its administrator, its registration, its
// people and the transfers in and out.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVE, type Cases, casesOf } from '../registration/support/cases';
import { freshSchool, PASSWORD } from '../setup/directory';
import { addressOf, call, eventually, freshNationalId, mailsTo, mailTo, type Reply, refused, submission, trackedBy } from '../setup/people';
import type { TestSystem } from '../setup/system';
import { type Administrator, dayFromNow, type Schools } from './support/schools';
import { openTransferWorld } from './support/world';

let system: TestSystem;
let schools: Schools;
let approver: { Cookie: string };
let central: { Cookie: string };
let asking: Administrator;
let cases: Cases;

beforeAll(async () => {
  ({ system, schools, approver, central, asking } = await openTransferWorld());
  cases = await casesOf(system);
});
afterAll(() => system.stop());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => call(system.url, method, path, body, headers);
const seen = async (code: string) => (await ask('GET', `/api/schools/${code}`)).body;
const tracked = async ({ id, trackingToken }: Reply['body']) => (await cases.seen(id, trackedBy(trackingToken))).body;
const ends = (registration: Reply['body']) =>
  eventually(async () => (await tracked(registration)).status === 'REJECTED', 'the end of the registration');
const audit = async (code: string) =>
  (await system.prisma.auditEntry.findMany({ where: { caseId: `school/${code}` }, orderBy: { seq: 'asc' } })).map(({ action }) => action);
const sweep = () => system.temporal.workflow.execute('sweeps', { taskQueue: 'dpa', workflowId: `sweeps-${randomUUID()}` });
/** The day of a closing that lies ahead comes. */
const dayComes = (code: string) => system.prisma.school.update({ where: { code }, data: { closedOn: new Date(dayFromNow(0)) } });

describe('R5.3d who closes a school, and when', () => {
  test('the central office alone, with a reason and a day within a year', async () => {
    const code = freshSchool();
    const close = (body: unknown, headers: Record<string, string> = central) => ask('POST', `/api/schools/${code}/closure`, body, headers);
    const on = dayFromNow(0);
    expect(refused(await close({ on, reason: 'ยุบ' }, {}))).toEqual([401, 'UNAUTHENTICATED']);
    for (const headers of [approver, asking.headers]) expect(refused(await close({ on, reason: 'ยุบ' }, headers))).toEqual([403, 'FORBIDDEN']);
    expect(refused(await close({ on, reason: ' ' }))).toEqual([422, 'REASON_REQUIRED']);
    expect(refused(await close({ reason: 'ยุบ' }))).toEqual([422, 'VALIDATION']);
    for (const wrong of ['2569-05-16', dayFromNow(400), dayFromNow(-400)]) {
      expect(await close({ on: wrong, reason: 'ยุบ' })).toMatchObject({ status: 422, body: { errors: [{ path: 'on', code: 'IMPLAUSIBLE_DATE' }] } });
    }
    expect(refused(await schools.close(central, '12121212'))).toEqual([404, 'NOT_FOUND']);
    expect(refused(await schools.reopen(central, code))).toEqual([404, 'NOT_FOUND']);
    expect(await seen(code)).toMatchObject({ registration: 'OPEN' });
    expect(await close({ on: dayFromNow(-30), reason: 'ยุบ' })).toMatchObject({
      status: 200,
      body: { registration: 'CLOSED', closedOn: dayFromNow(-30) },
    });
  });

  test('two closings at once: one stands, the others are told which; the same request again gives its answer', async () => {
    const code = freshSchool();
    const days = [dayFromNow(0), dayFromNow(3), dayFromNow(7)];
    const keys = days.map(() => ({ 'Idempotency-Key': randomUUID() }));
    const replies = await Promise.all(days.map((on, index) => schools.close(central, code, on, keys[index])));
    const won = replies.findIndex(({ status }) => status === 200);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 200)) {
      expect(reply).toMatchObject({ status: 409, body: { code: 'SCHOOL_CLOSED', closedOn: days[won] } });
    }
    expect(await schools.close(central, code, days[won], keys[won])).toMatchObject({ status: 200, body: { closedOn: days[won] } });
    expect(await audit(code)).toEqual(['CLOSED']);
  });
});

describe('R5.3d a school that closes today', () => {
  test('its administrator is out, nobody is added, and it cannot register; the audit tells', async () => {
    const code = freshSchool();
    const leaving = await schools.administrator(code);
    const staff = await schools.staff(code);
    await schools.close(central, code);
    expect((await ask('GET', '/api/me', undefined, leaving.headers)).status).toBe(401);
    expect((await ask('POST', '/api/staff-lookups', { nationalId: freshNationalId() }, leaving.headers)).status).toBe(401);
    expect(refused(await ask('POST', '/api/sessions', { email: leaving.email, password: PASSWORD }))).toEqual([401, 'SIGN_IN_FAILED']);
    expect(refused(await cases.submit(submission(code)))).toEqual([409, 'SCHOOL_CLOSED']);
    const closed = await system.prisma.auditEntry.findFirstOrThrow({ where: { caseId: `school/${code}` } });
    expect(closed).toMatchObject({ action: 'CLOSED', actorKind: 'ACCOUNT', after: { closedOn: dayFromNow(0), endedAccount: leaving.accountId } });
    // X8: why, the offices see.
    expect(await seen(code)).toEqual(expect.not.objectContaining({ closureReason: expect.anything() }));
    expect((await ask('GET', `/api/schools/${code}`, undefined, approver)).body['closureReason']).toContain('ยุบรวม');
    expect(await schools.postedAt(staff)).toBe(code);
  });

  test('its people stay posted there until somebody asks for them: its district decides at once', async () => {
    const code = freshSchool();
    await schools.administrator(code);
    const staff = await schools.staff(code);
    await schools.close(central, code);
    const { id } = (await schools.request(asking, staff)).body;
    expect(await schools.row(id)).toMatchObject({ status: 'PENDING', decider: 'DISTRICT' });
    expect((await schools.decide(approver, id)).body.status).toBe('COMPLETED');
  });

  test.each([['PENDING'], ['RETURNED'], ['APPROVED']])('its registration that is %s ends, and the registrant is told why', async (status) => {
    const code = freshSchool();
    const registration = await cases.pending(code);
    const decision = { RETURNED: { decision: 'RETURN', reason: 'แก้ชื่อ' }, APPROVED: APPROVE }[status];
    if (decision) await cases.decide(registration.id, decision);
    await schools.close(central, code);
    await ends(registration);
    expect(await tracked(registration)).toMatchObject({ status: 'REJECTED', reason: expect.stringContaining('ปิดแล้ว') });
    expect((await mailTo(addressOf(code), 'school-closed')).text).toContain(String(registration['reference']));
    expect(refused(await cases.approve(registration.id))).toEqual([409, 'ALREADY_DECIDED']);
    expect(await mailsTo(addressOf(code), 'rejected')).toEqual([]);
  });

  test('at the instant of a confirmation: nobody administers a school that is closed', async () => {
    const codes = Array.from({ length: 4 }, () => freshSchool());
    const links = await Promise.all(codes.map(async (code) => (await cases.approved(code)).link));
    const replies = await Promise.all(
      codes.flatMap((code, index) => [cases.post(String(links[index]), { password: 'ดอยสูงอากาศดี 7' }), schools.close(central, code)]),
    );
    for (const [index, reply] of replies.entries()) expect(index % 2 ? [200] : [201, 409, 410]).toContain(reply.status);
    expect(await system.prisma.account.count({ where: { schoolCode: { in: codes }, status: 'ACTIVE' } })).toBe(0);
  });

  test('at the instant of a consent: moved before, or cancelled and where they were', async () => {
    const holding = await schools.administrator(freshSchool());
    const asked = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const receiving = await schools.administrator(freshSchool());
        const staff = await schools.staff(holding.schoolCode);
        return { receiving, staff, id: (await schools.request(receiving, staff)).body.id };
      }),
    );
    await Promise.all(asked.flatMap(({ receiving, id }) => [schools.decide(holding.headers, id), schools.close(central, receiving.schoolCode)]));
    for (const { receiving, staff, id } of asked) {
      await eventually(async () => ['COMPLETED', 'CANCELLED'].includes((await schools.row(id)).status), 'an end');
      const moved = (await schools.row(id)).status === 'COMPLETED';
      expect(await schools.postedAt(staff)).toBe(moved ? receiving.schoolCode : holding.schoolCode);
    }
  });
});

describe('R5.3d a school that closes on a day ahead', () => {
  test('works until then; on the day the sweep ends what is left, and until it runs nothing more can be done', async () => {
    const [code, other] = [freshSchool(), await schools.administrator(freshSchool())];
    const leaving = await schools.administrator(code);
    const [wanted, colleague] = [await schools.staff(other.schoolCode), await schools.staff(code)];
    const incoming = (await schools.request(leaving, wanted, { effectiveOn: dayFromNow(5) })).body.id;
    await schools.decide(other.headers, incoming);
    const outgoing = (await schools.request(asking, colleague)).body.id;
    expect(await schools.close(central, code, dayFromNow(5))).toMatchObject({
      status: 200,
      body: { registration: 'TAKEN', closedOn: dayFromNow(5) },
    });
    expect((await ask('POST', '/api/staff-lookups', { nationalId: freshNationalId() }, leaving.headers)).status).toBe(201);
    await sweep();
    expect((await ask('GET', '/api/me', undefined, leaving.headers)).status).toBe(200);
    expect(await schools.row(outgoing)).toMatchObject({ status: 'PENDING', decider: 'SCHOOL' });

    await dayComes(code);
    expect(refused(await ask('POST', '/api/staff-lookups', { nationalId: freshNationalId() }, leaving.headers))).toEqual([409, 'SCHOOL_CLOSED']);
    expect(refused(await schools.decide(leaving.headers, outgoing, { decision: 'REJECT', reason: 'ไม่ให้ย้าย' }))).toEqual([403, 'FORBIDDEN']);
    expect(await sweep()).toMatchObject({ closures: 1 });
    expect((await ask('GET', '/api/me', undefined, leaving.headers)).status).toBe(401);
    expect(await audit(code)).toEqual(expect.arrayContaining(['CLOSED', 'ADMINISTRATOR_ENDED']));
    await eventually(async () => (await schools.row(incoming)).cancelReason === 'REQUESTER_CLOSED', 'the end of the request');
    expect(await schools.postedAt(wanted)).toBe(other.schoolCode);
    await eventually(async () => (await schools.row(outgoing)).decider === 'DISTRICT', 'the district');
    expect(await sweep()).toMatchObject({ closures: 0 });
  });

  test('its registration too ends on the day', async () => {
    const code = freshSchool();
    const registration = await cases.pending(code);
    await schools.close(central, code, dayFromNow(9));
    expect((await tracked(registration)).status).toBe('PENDING');
    await dayComes(code);
    await sweep();
    await ends(registration);
  });
});

describe('R5.3d a closing is taken back', () => {
  test('before its day: nothing happened', async () => {
    const administrator = await schools.administrator(freshSchool());
    await schools.close(central, administrator.schoolCode, dayFromNow(2));
    expect(refused(await schools.reopen(approver, administrator.schoolCode))).toEqual([403, 'FORBIDDEN']);
    const replies = await Promise.all([1, 2, 3].map(() => schools.reopen(central, administrator.schoolCode)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    await sweep();
    expect((await ask('GET', '/api/me', undefined, administrator.headers)).status).toBe(200);
    expect(await audit(administrator.schoolCode)).toEqual(['CLOSED', 'REOPENED']);
  });

  test('after its day: the school registers anew, and asks for its people no more than before', async () => {
    const { schoolCode } = await schools.administrator(freshSchool());
    await schools.close(central, schoolCode);
    expect(await schools.reopen(central, schoolCode)).toMatchObject({ status: 200, body: { registration: 'OPEN' } });
    expect((await seen(schoolCode))['closedOn']).toBeUndefined();
    expect((await cases.submit(submission(schoolCode))).status).toBe(201);
  });
});
