// R4.1, R2.8: mending an address, and objecting.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACCOUNTS, DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, call, eventually, mailsTo, mailTo, signIn, submission, tokenIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
let approver: { Cookie: string };
let head: { Cookie: string };
let next = 0;
const freshSchool = () => schoolOf(DISTRICT, next++);

beforeAll(async () => {
  system = await startSystem({ LIMIT_OBJECTIONS: '5/h' });
  approver = await signIn(system.url, ACCOUNTS.approver);
  head = await signIn(system.url, ACCOUNTS.head);
});
afterAll(() => system.stop());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) => call(system.url, 'POST', path, body, headers);
const submit = async (school: string) => (await post('/api/registrations', submission(school))).body;
const approve = (id: unknown, revision: number, headers: { Cookie: string }) =>
  post(`/api/registrations/${id}/decisions`, { decision: 'APPROVE', revision, verified: true }, headers);

describe('R4.1 mending the address', () => {
  test('makes a new revision, approved again by somebody else; the old address is told, and its links end', async () => {
    const school = freshSchool();
    const { id, trackingToken } = await submit(school);
    await approve(id, 1, approver);
    const link = `/api/confirmations/${tokenIn(await mailTo(addressOf(school), 'approved'), 'confirm')}`;
    const mended = await post(`/api/registrations/${id}/address`, { email: 'mended-by-office@school.test' }, approver);
    expect(mended).toMatchObject({ status: 200, body: { status: 'PENDING', revision: 2, registrant: { email: 'mended-by-office@school.test' } } });
    await mailTo(addressOf(school), 'address-changed');
    expect((await call(system.url, 'GET', link)).status).toBe(410);
    expect((await call(system.url, 'GET', `/api/registrations/${id}`, undefined, { Authorization: `Bearer ${trackingToken}` })).status).toBe(401);
    expect((await approve(id, 2, approver)).status).toBe(403);
    expect((await approve(id, 2, head)).body.status).toBe('APPROVED');
    const fresh = tokenIn(await mailTo('mended-by-office@school.test', 'approved'), 'confirm');
    expect((await post(`/api/confirmations/${fresh}`, { password: 'ดอยสูงอากาศดี 4' })).status).toBe(201);
  });

  test('refuses what is no address, other districts, and a case that is closed', async () => {
    const { id } = await submit(freshSchool());
    const other = await signIn(system.url, ACCOUNTS.otherApprover);
    const mend = (email: unknown, headers: Record<string, string> = approver) => post(`/api/registrations/${id}/address`, { email }, headers);
    expect((await mend('nothing')).status).toBe(422);
    expect((await mend('a@school.test', other)).status).toBe(403);
    expect((await mend('a@school.test', {})).status).toBe(401);
    await post(`/api/registrations/${id}/decisions`, { decision: 'REJECT', revision: 1, reason: 'ไม่ใช่' }, approver);
    expect(await mend('a@school.test')).toMatchObject({ status: 409, body: { code: 'NOT_POSSIBLE_NOW' } });
  });
});

describe('R2.8 objections', () => {
  const objection = { name: 'ผู้อำนวยการตัวจริง', phone: '032 000 111', note: 'ไม่ได้ยื่น' };

  test('marks the open case for the approver and tells the address on file; the answer is the same whatever is open', async () => {
    const school = freshSchool();
    const { id } = await submit(school);
    expect((await post(`/api/schools/${school}/objections`, objection)).status).toBe(202);
    expect((await post(`/api/schools/${freshSchool()}/objections`, objection)).status).toBe(202);
    await eventually(
      async () => (await call(system.url, 'GET', `/api/registrations/${id}`, undefined, approver)).body['contested'] === true,
      'contested',
    );
    await mailTo(addressOf(school), 'objection');
    expect((await approve(id, 1, approver)).status).toBe(200);
  });

  test('throttled, and refused without name or for a school that is none', async () => {
    expect((await post(`/api/schools/${freshSchool()}/objections`, { ...objection, name: '' })).status).toBe(422);
    expect((await post('/api/schools/12121212/objections', objection)).status).toBe(404);
    const replies = await Promise.all(Array.from({ length: 4 }, () => post(`/api/schools/${freshSchool()}/objections`, objection)));
    expect(replies.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    expect(await mailsTo(addressOf(schoolOf(DISTRICT, 0)), 'objection')).toEqual([]);
  });
});
