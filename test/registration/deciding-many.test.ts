// R3.7: one decision on a list, each case with its own outcome.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decideMany } from '../../commands/decide-many';
import { Refused } from '../../domain/refused';
import { ACCOUNTS, DISTRICT, freshSchool, OTHER_DISTRICT } from '../setup/directory';
import { addressOf, eventually, mailTo, signIn, submission, untilAnswered } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { APPROVE, type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;
let head: { Cookie: string };
let other: { Cookie: string };
beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
  head = await signIn(system.url, ACCOUNTS.head);
  other = await signIn(system.url, ACCOUNTS.otherApprover);
});
afterAll(() => system.stop());

const submit = async (school = freshSchool(), differs = {}, registrant = {}) => {
  const asked = submission(school, differs, registrant);
  return String((await untilAnswered((key) => cases.submit(asked, key))).body.id);
};
/** A delegation without evidence: NO_EVIDENCE. */
const submitWarned = (homeSchoolCode = freshSchool()) => {
  const delegator = { title: 'นาย', firstName: 'บุญมี', lastName: 'ศรีสุข', position: 'DIRECTOR', homeSchoolCode };
  return submit(homeSchoolCode, { capacity: 'DELEGATE', delegation: { delegator } }, { position: 'TEACHER' });
};
const open = (id: string, as?: { Cookie: string }) => untilAnswered(() => cases.seen(id, as));
const item = (registrationId: string, revision = 1) => ({ registrationId, revision });
const decide = (items: unknown, asked: Record<string, unknown> = APPROVE, headers: Record<string, string> = cases.approver) =>
  cases.post('/api/decisions', { items, ...asked }, headers);
/** `status` or the problem's code of each item, in the order asked. */
const told = ({ body }: Awaited<ReturnType<typeof decide>>) =>
  (body.items ?? []).map(({ status, problem }) => (typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : status));

describe('R3.7 each item has its own outcome', () => {
  test('those that were opened and have no warnings are approved; whatever is wrong with others stops none', async () => {
    const [clear, unopened, warned, elsewhere, decided, seenBefore] = [
      await submit(),
      await submit(),
      await submitWarned(),
      await submit(freshSchool(OTHER_DISTRICT)),
      await submit(),
      await submit(),
    ];
    for (const id of [clear, warned, decided, seenBefore]) await open(id);
    await cases.decide(decided, { decision: 'REJECT', reason: 'ไม่ใช่' }, head);
    await cases.mend(seenBefore, `mended-${process.pid}@many.test`, head);
    const unknown = randomUUID();
    const items = [unknown, 'no-id', elsewhere, decided, seenBefore, warned, unopened, clear, clear].map((id) => item(id));
    const reply = await decide(items);
    expect(reply.status).toBe(200);
    expect((reply.body.items ?? []).map(({ registrationId }) => registrationId)).toEqual(items.map(({ registrationId }) => registrationId));
    const refused = ['NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'ALREADY_DECIDED', 'STALE_REVISION', 'HAS_WARNINGS', 'NOT_OPENED'];
    expect(told(reply)).toEqual([...refused, 'APPROVED', 'ALREADY_DECIDED']);
    expect(reply.body.items?.[3]?.['problem']).toMatchObject({
      status: 409,
      title: expect.any(String),
      detail: expect.any(String),
      registrationStatus: 'REJECTED',
    });
    expect(reply.body.items?.[5]?.['problem']).toMatchObject({ warnings: ['NO_EVIDENCE'], contested: false });
    expect((await open(unopened)).body.status).toBe('PENDING');
    expect((await open(clear)).body).toMatchObject({ status: 'APPROVED', decidedBy: { districtCode: DISTRICT } });
  });

  test('IDs count in whichever letters they are written, and are answered as they were asked', async () => {
    const ids = await Promise.all([submit(), submit()]);
    for (const id of ids) await open(id);
    const [one = '', two = ''] = ids.map((id) => id.toUpperCase());
    const reply = await decide([item(one), item(randomUUID()), item(two)]);
    expect(told(reply)).toEqual(['APPROVED', 'NOT_FOUND', 'APPROVED']);
    expect(reply.body.items?.map(({ registrationId }) => registrationId)).toEqual([one, expect.any(String), two]);
  });

  test('what cannot be read of one is told with it, and stops none', async () => {
    const id = await submit();
    await open(id);
    const broken = [{ registrationId: id }, { registrationId: id, revision: '1' }, { registrationId: id, revision: 0 }];
    const nameless = [{ revision: 1 }, { registrationId: 7, revision: 1 }, null, 'x', []];
    const reply = await decide([...broken, ...nameless, item(id)]);
    expect(told(reply)).toEqual([...Array(8).fill('VALIDATION'), 'APPROVED']);
    expect(reply.body.items?.map(({ registrationId }) => registrationId)).toEqual([id, id, id, '', '', '', '', '', id]);
    expect(reply.body.items?.slice(0, 5).map(({ problem }) => problem)).toMatchObject([
      { status: 422, errors: [{ path: 'revision', code: 'REQUIRED' }] },
      { errors: [{ path: 'revision', code: 'INVALID' }] },
      { errors: [{ path: 'revision', code: 'INVALID' }] },
      { errors: [{ path: 'registrationId', code: 'REQUIRED' }] },
      { errors: [{ path: 'registrationId', code: 'INVALID' }] },
    ]);
  });

  test('opened is what this approver opened at this revision, on the API or the page; somebody else’s reading does not count', async () => {
    const [byHead, byPage] = [await submit(), await submit()];
    await open(byHead, head);
    expect((await fetch(`${system.url}/office/registrations/${byPage}`, { headers: { ...cases.approver, accept: 'text/html' } })).status).toBe(200);
    const unseen = { method: 'HEAD', headers: cases.approver };
    for (const path of ['api', 'office']) expect((await fetch(`${system.url}/${path}/registrations/${byHead}`, unseen)).status).toBe(200);
    expect(told(await decide([item(byHead), item(byPage)]))).toEqual(['NOT_OPENED', 'APPROVED']);
    await cases.mend(byHead, `again-${process.pid}@many.test`, head);
    await cases.get('/api/registrations?status=PENDING');
    expect(told(await decide([item(byHead, 2)]))).toEqual(['NOT_OPENED']);
    await open(byHead);
    // R4.1: by somebody else than who mended it, here too.
    await open(byHead, head);
    expect(told(await decide([item(byHead, 2)], APPROVE, head))).toEqual(['SOMEBODY_ELSE_APPROVES']);
    expect(told(await decide([item(byHead, 2)]))).toEqual(['APPROVED']);
  });

  test('a page that shows no case is no opening: for another address, and of what changed meanwhile', async () => {
    const id = await submit();
    const page = `${system.url}/office/registrations/${id}`;
    expect((await fetch(`${page}/address`, { headers: { ...cases.approver, accept: 'text/html' } })).status).toBe(200);
    await cases.mend(id, `unopened-${process.pid}@many.test`, head);
    const fields = { decision: 'APPROVE', verified: 'yes', revision: '1', formId: randomUUID() };
    const stale = { method: 'POST', headers: { ...cases.approver, 'sec-fetch-site': 'same-origin' }, body: new URLSearchParams(fields) };
    const reply = await fetch(`${page}/decisions`, stale);
    expect([reply.status, await reply.text()]).toEqual([409, expect.stringContaining('ข้อมูลเปลี่ยนไปจากที่ท่านเห็น')]);
    const { id: accountId } = await system.prisma.account.findFirstOrThrow({ where: { email: ACCOUNTS.approver } });
    expect(await system.prisma.opening.count({ where: { registrationId: id, accountId } })).toBe(0);
    expect(told(await decide([item(id, 2)]))).toEqual(['NOT_OPENED']);
  });

  test('R2.8: an objection keeps a case out; a list says what was opened', async () => {
    const school = freshSchool();
    const id = await submit(school);
    await open(id);
    const listed = async () => (await cases.get(`/api/registrations?q=${school}`)).body.items?.[0];
    expect(await listed()).toMatchObject({ opened: true, contested: false });
    await cases.post(`/api/schools/${school}/objections`, { name: 'ผู้อำนวยการตัวจริง', phone: '032 000 111', note: 'ไม่ได้ยื่น' });
    await eventually(async () => (await listed())?.['contested'] === true, 'contested');
    const reply = await decide([item(id)]);
    expect(told(reply)).toEqual(['HAS_WARNINGS']);
    expect(reply.body.items?.[0]?.['problem']).toMatchObject({ contested: true });
    expect((await cases.get(`/api/registrations?q=${school}`, head)).body.items?.[0]).toMatchObject({ opened: false });
  });

  test('R3.4: many are returned or rejected with one reason, opened or not, with warnings or without', async () => {
    const schools = [freshSchool(), freshSchool()];
    const ids = await Promise.all(schools.map((school) => submit(school)));
    const warned = await submitWarned();
    expect(
      told(
        await decide(
          [...ids, warned].map((id) => item(id)),
          { decision: 'RETURN', reason: ' โปรดแนบคำสั่ง ' },
        ),
      ),
    ).toEqual(Array(3).fill('RETURNED'));
    expect((await open(ids[0] ?? '')).body).toMatchObject({ status: 'RETURNED', reason: 'โปรดแนบคำสั่ง' });
    expect((await mailTo(addressOf(schools[1] ?? ''), 'returned')).text).toContain('โปรดแนบคำสั่ง');
    expect(told(await decide([item(await submit())], { decision: 'REJECT', reason: 'ไม่ใช่' }))).toEqual(['REJECTED']);
  });
});

describe('R3.7 refused as a whole', () => {
  const one = [item(randomUUID())];
  test.each([
    ['no item', [], APPROVE, 'VALIDATION'],
    ['no list', undefined, APPROVE, 'VALIDATION'],
    ['more than 200', Array.from({ length: 201 }, () => item(randomUUID())), APPROVE, 'VALIDATION'],
    ['only items without a revision', [{ registrationId: randomUUID() }, { registrationId: randomUUID() }], APPROVE, 'VALIDATION'],
    ['only items that name no case', [{ revision: 1 }, null, 'x'], APPROVE, 'VALIDATION'],
    ['not attested', one, { decision: 'APPROVE' }, 'NOT_VERIFIED'],
    ['returned without a reason', one, { decision: 'RETURN', reason: ' ' }, 'REASON_REQUIRED'],
    ['rejected without a reason', one, { decision: 'REJECT' }, 'REASON_REQUIRED'],
    ['another decision', one, { decision: 'DELETE' }, 'VALIDATION'],
  ])('%s: 422', async (_what, items, asked, code) => {
    expect(await decide(items, asked)).toMatchObject({ status: 422, body: { code } });
  });

  test('by nobody 401, by a school’s administrator 403; another district’s approver gets its 403 for the item', async () => {
    expect((await decide(one, APPROVE, {})).status).toBe(401);
    const id = await submit();
    await open(id);
    const reply = await decide([item(id)], APPROVE, other);
    expect([reply.status, told(reply)]).toEqual([200, ['FORBIDDEN']]);
  });
});

describe('R3.7 a Monday', () => {
  const MANY = 40;

  test('many cases, two approvers at once and a repeat: each is decided once, and the key gives the same answer', async () => {
    const ids = await Promise.all(Array.from({ length: MANY }, () => submit()));
    await Promise.all(ids.flatMap((id) => [open(id), open(id, head)]));
    const items = ids.map((id) => item(id));
    const ask = (as: { Cookie: string }) => untilComplete((key) => decide(items, APPROVE, { ...as, ...key }));
    const [mine, theirs] = await Promise.all([ask(cases.approver), ask(head)]);
    const outcomes = ids.map((_id, place) => [told(mine.reply)[place], told(theirs.reply)[place]].sort().join(' '));
    expect(outcomes).toEqual(Array(MANY).fill('ALREADY_DECIDED APPROVED'));
    expect(await system.prisma.auditEntry.count({ where: { caseId: { in: ids }, action: 'APPROVED' } })).toBe(MANY);
    const again = await decide(items, APPROVE, { ...cases.approver, ...mine.key });
    expect(again.body).toEqual(mine.reply.body);
    expect(await decide([...items, item(randomUUID())], APPROVE, { ...cases.approver, ...mine.key })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  test('ten parallel repeats with one key are one decision', async () => {
    const id = await submit();
    await open(id);
    const key = { 'Idempotency-Key': randomUUID() };
    const replies = await Promise.all(Array.from({ length: 10 }, () => decide([item(id)], APPROVE, { ...cases.approver, ...key })));
    expect(replies.map(told)).toEqual(Array(10).fill(['APPROVED']));
  });
});

describe('R3.7 no outcome in time', () => {
  const caller = { id: randomUUID(), name: 'ผู้อนุมัติ', role: 'DISTRICT', schoolCode: null, districtCode: DISTRICT, head: false } as const;
  const asked = { caller, decision: 'APPROVE', verified: true } as const;
  const items = Array.from({ length: 30 }, (_none, index) => item(`case-${index}`));

  test('while no worker runs: UNAVAILABLE in time and when to come again; once one does, the same key tells every outcome', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => submit()));
    await Promise.all(ids.map((id) => open(id)));
    const key = { 'Idempotency-Key': randomUUID() };
    const ask = () =>
      decide(
        ids.map((id) => item(id)),
        APPROVE,
        { ...cases.approver, ...key },
      );
    await system.stopWorker();
    const down = await ask();
    expect([down.status, Number(down.headers.get('retry-after')) > 0, told(down)]).toEqual([200, true, Array(12).fill('UNAVAILABLE')]);
    await system.startWorker();
    const up = await eventually(async () => {
      const reply = await untilAnswered(ask);
      return !told(reply).includes('UNAVAILABLE') && reply;
    }, 'all outcomes');
    expect(told(up)).toEqual(Array(12).fill('APPROVED'));
    expect((await ask()).body).toEqual(up.body);
    expect(await system.prisma.auditEntry.count({ where: { caseId: { in: ids }, action: 'APPROVED' } })).toBe(12);
  });

  test('what was not reached is UNAVAILABLE and not begun; a repeat goes on with the same forms', async () => {
    const begun: { registrationId: string; formId: string }[] = [];
    const slow = decideMany(async ({ registrationId, formId }) => {
      begun.push({ registrationId, formId });
      await pause(registrationId === 'case-3' ? 60_000 : 100, undefined, { ref: false });
    }, 250);
    const formId = randomUUID();
    const first = await slow({ ...asked, items, formId });
    expect(first.map(({ registrationId }) => registrationId)).toEqual(items.map(({ registrationId }) => registrationId));
    const late = first.filter((outcome) => 'failure' in outcome && outcome.failure instanceof Refused && outcome.failure.code === 'UNAVAILABLE');
    expect(late.map(({ registrationId }) => registrationId)).toContain('case-3');
    expect(late.length).toBeLessThan(30);
    const reached = begun.length;
    expect(reached).toBeLessThan(30);
    await slow({ ...asked, items, formId });
    const forms = (from: number, to: number) => new Map(begun.slice(from, to).map((one) => [one.registrationId, one.formId]));
    const repeated = forms(reached, begun.length);
    for (const [id, form] of forms(0, reached)) if (repeated.has(id)) expect(repeated.get(id)).toBe(form);
  });

  test('an unexpected failure is its own item’s alone', async () => {
    const broken = new Error('a bug');
    const failing = decideMany(async ({ registrationId }) => {
      if (registrationId === 'case-3') throw broken;
    });
    const outcomes = await failing({ ...asked, items, formId: randomUUID() });
    expect(outcomes.filter((outcome) => 'failure' in outcome)).toEqual([{ registrationId: 'case-3', failure: broken }]);
  });
});

/** Asks as callers are told to: again with the same key while an item has no outcome. */
async function untilComplete(ask: (key: Record<string, string>) => ReturnType<typeof decide>) {
  const key = { 'Idempotency-Key': randomUUID() };
  const reply = await eventually(async () => {
    const answered = await untilAnswered(() => ask(key));
    return !told(answered).includes('UNAVAILABLE') && answered;
  }, 'all outcomes');
  return { key, reply };
}
