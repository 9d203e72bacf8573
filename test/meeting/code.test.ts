// R2.4: schools register in one sitting by the code shown in the room.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Cases, casesOf } from '../registration/support/cases';
import { ACCOUNTS, DISTRICT, freshSchool, HELD_SCHOOL, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, mailTo, signIn, submission } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { dayFromNow, meetingsOf } from './support/meetings';

let system: TestSystem;
let cases: Cases;
let meetings: ReturnType<typeof meetingsOf>;

beforeAll(async () => {
  system = await startSystem({ LIMIT_SUBMIT: '4/m' });
  cases = await casesOf(system);
  meetings = meetingsOf(system, cases.approver);
});
afterAll(() => system.stop());
beforeEach(() => system.prisma.rateLimit.deleteMany());

const submit = (schoolCode: string, meetingCode: unknown, differs: Record<string, unknown> = {}) =>
  cases.submit(submission(schoolCode, { meetingCode, ...differs }));

describe('R2.4 registering by the code', () => {
  test('is an ordinary registration of the channel MEETING, which the meeting shows', async () => {
    const { id, joinCode, joinUrl } = await meetings.hold();
    expect(joinCode).toMatch(/^[A-Z0-9]{8}$/);
    expect(joinUrl).toBe(`${system.config.publicUrl}/register?meeting=${joinCode}`);
    const school = freshSchool();
    const { status, body } = await submit(school, `${joinCode.slice(0, 4).toLowerCase()}-${joinCode.slice(4)}`);
    expect([status, body['channel'], body['awaitsAcknowledgement']]).toEqual([201, 'MEETING', undefined]);
    await mailTo(addressOf(school), 'received');
    expect((await meetings.look(id)).rows).toEqual([
      expect.objectContaining({ schoolCode: school, outcome: 'REGISTERED', registration: expect.objectContaining({ status: 'PENDING' }) }),
    ]);
    expect((await cases.approve(body.id)).status).toBe(200);
  });

  test('refuses a school of another district, and one without a district, before anything else', async () => {
    const { joinCode } = await meetings.hold();
    for (const school of [schoolOf(OTHER_DISTRICT, 0), HELD_SCHOOL]) {
      const { status, body } = await submit(school, joinCode, { capacity: 'NONE' });
      expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
    }
  });

  test('refuses a code that is unknown, over, or no code at all: 422 at its field, and nothing is registered', async () => {
    const over = (await meetings.hold(dayFromNow(-2))).joinCode;
    const school = freshSchool();
    for (const code of ['AAAA3333', over, 'x']) {
      const { status, body } = await submit(school, code);
      expect([status, body.code]).toEqual([422, 'MEETING_CODE']);
      expect(body.errors).toEqual([expect.objectContaining({ path: 'meetingCode', code: 'MEETING_CODE' })]);
    }
    expect((await submit(school, 7)).body.errors).toEqual([expect.objectContaining({ path: 'meetingCode' })]);
    expect(await system.prisma.registration.count({ where: { schoolCode: school } })).toBe(0);
  });

  test('the code is good before its day and until the day after has ended', async () => {
    expect((await submit(freshSchool(), (await meetings.hold(dayFromNow(-1))).joinCode)).status).toBe(201);
    expect((await submit(freshSchool(), (await meetings.hold(dayFromNow(3))).joinCode)).status).toBe(201);
    expect((await submit(freshSchool(), (await meetings.hold()).joinCode)).status).toBe(201);
  });

  test('people behind the room’s address are counted by its code, others by the address', async () => {
    const { joinCode } = await meetings.hold();
    const other = await meetings.hold();
    const statuses = async (code: unknown, count: number) => {
      const replies = await Promise.all(Array.from({ length: count }, () => submit(freshSchool(), code)));
      return replies.map(({ status }) => status).sort();
    };
    expect(await statuses(undefined, 5)).toEqual([201, 201, 201, 201, 429]);
    expect(await statuses(joinCode, 5)).toEqual([201, 201, 201, 201, 429]);
    expect(await statuses(other.joinCode, 1)).toEqual([201]);
    // What is no meeting's code opens no other counter.
    expect(await statuses('AAAA3333', 1)).toEqual([429]);
  });
});

describe('R2.4 holding a meeting', () => {
  test('is for officers of a district; others do not see it', async () => {
    const ask = (headers: Record<string, string>) => cases.post('/api/meetings', { title: 'x', on: dayFromNow(0) }, headers);
    const other = await signIn(system.url, ACCOUNTS.otherApprover);
    const central = await signIn(system.url, ACCOUNTS.central);
    expect([(await ask({})).status, (await ask(central)).status, (await ask(other)).status]).toEqual([401, 403, 201]);
    const { id } = await meetings.hold();
    for (const path of [`/api/meetings/${id}`, `/api/meetings/${id}/sheet`]) {
      const statuses = await Promise.all([{}, central, other, cases.approver].map(async (who) => (await cases.get(path, who)).status));
      expect(statuses).toEqual([401, 403, 403, 200]);
    }
    expect((await meetings.send(id, 'x', other)).status).toBe(403);
    expect((await cases.get('/api/meetings/1')).status).toBe(404);
    const listed = await cases.get('/api/meetings?limit=1', other);
    expect([listed.body.items?.length, listed.body['nextCursor']]).toEqual([1, null]);
  });

  test.each([[{}], [{ title: ' ', on: '2026-12-01' }], [{ title: 'x', on: '1 ธ.ค.' }], [{ title: 'x', on: '2569-12-02' }]])(
    'needs a title and a day: %j',
    async (body) => {
      expect((await cases.post('/api/meetings', body, cases.approver)).status).toBe(422);
    },
  );

  test('with the same key it is the same meeting; lists go on by their cursor', async () => {
    const key = { ...cases.approver, 'Idempotency-Key': 'one-meeting' };
    const hold = () => cases.post('/api/meetings', { title: 'x', on: dayFromNow(0) }, key);
    const [first, again] = [await hold(), await hold()];
    expect([first.status, again.body.id]).toEqual([201, first.body.id]);
    const ids: unknown[] = [];
    for (let cursor: unknown = ''; cursor !== null; ) {
      const { body } = await cases.get(`/api/meetings?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      ids.push(...(body.items ?? []).map((item) => item['id']));
      cursor = body['nextCursor'];
    }
    expect(ids).toHaveLength(await system.prisma.meeting.count({ where: { districtCode: DISTRICT } }));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
