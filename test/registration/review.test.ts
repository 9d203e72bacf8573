// What an approver has beside the registrations (R3.1): figures, order, what to check against, what changed, reasons again.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createKeyRing } from '../../security/key-ring';
import { ACCOUNTS, DISTRICT, freshSchool, HELD_SCHOOL, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { eventually, freshNationalId, signIn, submission, trackedBy } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;
let head: { Cookie: string };
let other: { Cookie: string };
let central: { Cookie: string };
beforeAll(async () => {
  system = await startSystem();
  [cases, head, other, central] = await Promise.all([
    casesOf(system),
    signIn(system.url, ACCOUNTS.head),
    signIn(system.url, ACCOUNTS.otherApprover),
    signIn(system.url, ACCOUNTS.central),
  ]);
});
afterAll(() => system.stop());

describe('R3.1 the inbox', () => {
  test('R3.5: overdue first, then by age, page by page; figures agree with the lists', async () => {
    const [first, second, third] = [await cases.pending(), await cases.pending(), await cases.pending()];
    await system.prisma.registration.update({ where: { id: String(second.id) }, data: { dueAt: new Date('2026-01-05T17:00:00Z') } });
    const ids: unknown[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await cases.get(`/api/registrations?order=due&limit=2${cursor}`);
      ids.push(...(body.items ?? []).map(({ id }) => id));
      if (typeof body['nextCursor'] !== 'string') break;
      cursor = `&cursor=${body['nextCursor']}`;
    }
    expect(ids).toEqual([second.id, first.id, third.id]);
    expect((await cases.get('/api/registration-counts')).body).toMatchObject({ pending: 3, overdue: 1, attention: 0, clear: 3, held: 0 });
    expect((await cases.get('/api/registrations?order=due&cursor=bm9uZQ')).status).toBe(422);
  });

  test('warnings, an objection and a mail that came back want attention; the rest does not', async () => {
    const school = freshSchool(OTHER_DISTRICT);
    const [contested, bounced, clear] = [
      await cases.pending(school),
      await cases.pending(freshSchool(OTHER_DISTRICT)),
      await cases.pending(freshSchool(OTHER_DISTRICT)),
    ];
    await cases.post(`/api/schools/${school}/objections`, { name: 'ผู้อำนวยการตัวจริง', phone: '032 000 111', note: 'ไม่ได้ยื่น' });
    await system.prisma.mail.updateMany({ where: { registrationId: String(bounced.id), purpose: 'received' }, data: { status: 'BOUNCED' } });
    const attention = async (wanted: boolean) =>
      ((await cases.get(`/api/registrations?attention=${wanted}`, other)).body.items ?? []).map(({ id }) => id);
    await eventually(async () => (await attention(true)).length === 2, 'both want attention');
    expect([await attention(true), await attention(false)]).toEqual([[contested.id, bounced.id], [clear.id]]);
    expect((await cases.get('/api/registration-counts', other)).body).toMatchObject({ pending: 3, attention: 2, clear: 1 });
    const { body } = await cases.get(`/api/registrations/${contested.id}/verification`, other);
    expect(body).toMatchObject({
      mayApprove: 'YES',
      mayRefuse: true,
      objections: [{ name: 'ผู้อำนวยการตัวจริง', phone: '032 000 111', note: 'ไม่ได้ยื่น' }],
    });
  });

  test('R3.2 R3.5: the central office sees what no district has, and what was escalated to it', async () => {
    const held = await cases.pending(HELD_SCHOOL);
    const escalated = await cases.pending();
    await system.prisma.registration.update({ where: { id: String(escalated.id) }, data: { escalation: 'CENTRAL' } });
    const ids = async (query: string) => ((await cases.get(`/api/registrations?${query}`, central)).body.items ?? []).map(({ id }) => id);
    expect([await ids('held=true'), await ids('escalatedTo=CENTRAL')]).toEqual([[held.id], [escalated.id]]);
    // What is due to nobody is not overdue.
    expect([await ids('held=true&overdue=false'), await ids('held=true&overdue=true')]).toEqual([[held.id], []]);
    expect((await cases.get('/api/registration-counts', central)).body).toMatchObject({ held: 1, escalated: 1 });
    const standing = async (id: unknown) => (await cases.get(`/api/registrations/${id}/verification`, central)).body;
    expect(await standing(held.id)).toMatchObject({ mayApprove: 'NOT_ENTITLED', mayRefuse: false });
    expect(await standing(escalated.id)).toMatchObject({ mayApprove: 'YES', mayRefuse: true });
    const listed = async (query: string) => (await cases.get(`/api/registrations?${query}`, central)).body.items?.[0];
    expect(await listed('held=true')).toMatchObject({ mayApprove: 'NOT_ENTITLED', mayRefuse: false });
    expect(await listed('escalatedTo=CENTRAL')).toMatchObject({ mayApprove: 'YES', mayRefuse: true });
  });
});

describe('R3.1 what a registrant’s data is checked against', () => {
  test('R1.6: where the roster has the person, and since when; nowhere for a person it does not know', async () => {
    const nationalId = freshNationalId();
    await postedAt(schoolOf(DISTRICT, 99), nationalId);
    const known = await cases.pending(freshSchool(), {}, { nationalId });
    const unknown = await cases.pending();
    expect((await cases.get(`/api/registrations/${known.id}/verification`)).body['posting']).toEqual({
      schoolCode: schoolOf(DISTRICT, 99),
      schoolName: 'โรงเรียนทดสอบ 99',
      since: '2024-05-16',
    });
    expect((await cases.get(`/api/registrations/${unknown.id}/verification`)).body['posting']).toBeNull();
  });

  test('X8: told to nobody else', async () => {
    const { id, trackingToken } = await cases.pending();
    for (const path of ['verification', 'changes?since=1']) {
      expect((await cases.get(`/api/registrations/${id}/${path}`, other)).status).toBe(403);
      expect((await cases.get(`/api/registrations/${id}/${path}`, {})).status).toBe(401);
      expect((await cases.get(`/api/registrations/${id}/${path}`, trackedBy(trackingToken))).status).toBe(403);
    }
    expect((await cases.get(`/api/registrations/${id}/changes`, other)).status).toBe(403);
    for (const path of ['/api/registration-counts', '/api/decision-reasons']) expect((await cases.get(path, {})).status).toBe(401);
  });

  test('what changed since the revision that was seen', async () => {
    const school = freshSchool();
    const { id, trackingToken } = await cases.pending(school);
    const changes = async (since: number) => (await cases.get(`/api/registrations/${id}/changes?since=${since}`)).body.items;
    await cases.decide(id, { decision: 'RETURN', reason: 'นามสกุลไม่ตรง' });
    const corrected = submission(school, {}, { lastName: 'แก้แล้ว' });
    await cases.resubmit(id, corrected, trackedBy(trackingToken));
    await cases.mend(id, 'another@school.test');
    const email = { path: 'registrant.email', before: expect.any(String), after: 'another@school.test' };
    expect(await changes(1)).toEqual([
      { path: 'registrant.nationalId', before: expect.stringMatching(/^x-xxxx/), after: expect.stringMatching(/^x-xxxx/) },
      { path: 'registrant.lastName', before: 'ทดสอบ', after: 'แก้แล้ว' },
      email,
    ]);
    expect([await changes(2), await changes(3)]).toEqual([[email], []]);
    expect((await cases.get(`/api/registrations/${id}/verification`)).body).toMatchObject({ mayApprove: 'MENDED_ADDRESS', mayRefuse: true });
    const listed = async (headers: Record<string, string>) => (await cases.get(`/api/registrations?q=${school}`, headers)).body.items?.[0];
    expect(await listed(cases.approver)).toMatchObject({ mayApprove: 'MENDED_ADDRESS', mayRefuse: true });
    expect(await listed(head)).toMatchObject({ mayApprove: 'YES', mayRefuse: true });
  });
});

test('R3.4: reasons are offered again, the own before those of the office, and to no other office', async () => {
  const reason = async (headers: Record<string, string>, text: string) =>
    cases.decide((await cases.pending()).id, { decision: 'RETURN', reason: text }, headers);
  await reason(cases.approver, 'หลักฐานอ่านไม่ออก');
  await reason(head, 'อีเมลไม่ถูกต้อง');
  await reason(cases.approver, 'หลักฐานอ่านไม่ออก');
  const reasons = async (headers: Record<string, string>) =>
    ((await cases.get('/api/decision-reasons', headers)).body.items ?? []).map(({ reason: text }) => text);
  expect((await reasons(head)).slice(0, 2)).toEqual(['อีเมลไม่ถูกต้อง', 'หลักฐานอ่านไม่ออก']);
  expect((await reasons(cases.approver))[0]).toBe('หลักฐานอ่านไม่ออก');
  expect([await reasons(other), await reasons(central)]).toEqual([[], []]);
});

async function postedAt(schoolCode: string, nationalId: string): Promise<void> {
  const keyRing = createKeyRing([{ id: 'test', key: Buffer.alloc(32) }], Buffer.from(system.env['LOOKUP_KEY'] ?? '', 'base64'));
  const id = randomUUID();
  const names = { title: 'นางสาว', firstName: 'กานดา', lastName: 'ทดสอบ', nameKey: 'กานดาทดสอบ', position: 'TEACHER' };
  await system.prisma.person.create({
    data: { id, nationalIdHash: keyRing.lookupHash(nationalId), nationalIdCipher: keyRing.seal(nationalId), ...names },
  });
  await system.prisma.posting.create({ data: { id: randomUUID(), personId: id, schoolCode, from: new Date('2024-05-16') } });
}
