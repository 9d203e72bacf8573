// R5.0: headcount, attesting, and the state of all schools of an office, over HTTP on the real database.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bangkokDate } from '../../domain/working-days';
import { lockOpenPosting } from '../../prisma/open-posting';
import { waitingForLocks, whileHeld } from '../setup/database';
import { ACCOUNTS, DISTRICT, OTHER_DISTRICT } from '../setup/directory';
import { call, eventually, type Reply, refused, refusedFields, signIn, tapped } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { REST, type SchoolAtWork, schoolAtWork } from './support/school';

const TODAY = bangkokDate(new Date());
let system: TestSystem;

beforeAll(async () => {
  system = await startSystem({ LIMIT_LOOKUPS: '100000/h' }, { worker: false });
});
afterAll(() => system.stop());

describe('R5.0 headcount and attesting', () => {
  const state = (school: SchoolAtWork, headcount: unknown) => school.call('PUT', `/api/schools/${school.code}/headcount`, { headcount });
  const attest = (school: SchoolAtWork, explanations?: Record<string, string>, headers: Record<string, string> = {}) =>
    school.call('POST', `/api/schools/${school.code}/roster-checks`, explanations === undefined ? {} : { explanations }, headers);

  test('missing and surplus are counted against what the school states', async () => {
    const school = await schoolAtWork(system);
    await school.addNew();
    expect((await state(school, 3)).body).toMatchObject({ summary: { listed: 1, headcount: 3, missing: 2, surplus: 0 } });
    expect((await state(school, 0)).body).toMatchObject({ summary: { headcount: 0, missing: 0, surplus: 1 } });
    for (const headcount of [-1, 1.5, 'two', null, 10_000]) expect((await state(school, headcount)).status).toBe(422);
    const entries = await system.prisma.auditEntry.findMany({ where: { caseId: `school/${school.code}`, action: 'HEADCOUNT_STATED' } });
    expect(entries.map(({ after }) => after)).toEqual([{ headcount: 3 }, { headcount: 0 }]);
  });

  test('a complete roster that agrees with its headcount is attested on the day', async () => {
    const school = await schoolAtWork(system);
    await school.addNew(REST);
    await state(school, 1);
    expect(await attest(school)).toMatchObject({ status: 200, body: { summary: { checkedOn: TODAY, incomplete: 0 } } });
    expect(await school.summary()).toMatchObject({ checkedOn: TODAY });
  });

  test('R5.0: without a stated headcount a complete roster is attested; nobody is missing or surplus', async () => {
    const school = await schoolAtWork(system);
    await school.addNew(REST);
    const summary = { checkedOn: TODAY, headcount: null, missing: 0, surplus: 0 };
    expect(await attest(school)).toMatchObject({ status: 200, body: { summary } });
  });

  test('open items: 422 ROSTER_OPEN_ITEMS, each is named; explained, it is attested', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew();
    const open = [`explanations.${id} INCOMPLETE`];
    const noHeadcount = await attest(school);
    expect(noHeadcount).toMatchObject({ status: 422, body: { code: 'ROSTER_OPEN_ITEMS' } });
    expect(refusedFields(noHeadcount)).toEqual(open);
    await state(school, 2);
    expect(refusedFields(await attest(school))).toEqual([...open, 'explanations.headcount MISSING']);
    expect(refusedFields(await attest(school, { headcount: 'รอบรรจุ 1 คน' }))).toEqual(open);
    expect(refusedFields(await attest(school, { headcount: 'รอบรรจุ', [id]: '  ' }))).toEqual(open);
    expect(await school.summary()).toMatchObject({ checkedOn: null });
    expect((await attest(school, { headcount: 'รอบรรจุ 1 คน', [id]: 'รอเอกสาร' })).status).toBe(200);
    const check = await system.prisma.rosterCheck.findFirstOrThrow({ where: { schoolCode: school.code } });
    expect(check.explanations).toEqual({ headcount: 'รอบรรจุ 1 คน', [id]: 'รอเอกสาร' });
    const latest = `/api/schools/${school.code}/roster-checks/latest`;
    const { firstName, lastName } = await system.prisma.person.findUniqueOrThrow({ where: { id } });
    const told = (name: unknown) => ({
      on: TODAY,
      explanations: [
        { item: 'headcount', name: null, explanation: 'รอบรรจุ 1 คน' },
        { item: id, name, explanation: 'รอเอกสาร' },
      ],
    });
    const approver = await signIn(system.url, ACCOUNTS.approver);
    const seen = await call(system.url, 'GET', latest, undefined, approver);
    expect(seen).toMatchObject({ status: 200, body: { check: told(expect.stringMatching(new RegExp(`${firstName} ${lastName}$`))) } });
    const page = await fetch(`${system.url}/office/rosters/${school.code}`, { headers: { ...approver, accept: 'text/html' } });
    expect(await page.text()).toContain('รอเอกสาร');
    await school.call('POST', `/api/schools/${school.code}/staff/${id}/removal`, { reason: 'ย้าย', on: TODAY });
    expect((await school.call('GET', latest)).body).toEqual({ check: told(null) });
    const others = await signIn(system.url, ACCOUNTS.otherApprover);
    expect((await call(system.url, 'GET', latest, undefined, others)).status).toBe(403);
    const another = await schoolAtWork(system);
    expect((await another.call('GET', latest)).status).toBe(404);
    expect((await another.call('GET', `/api/schools/${another.code}/roster-checks/latest`)).body).toEqual({ check: null });
    const entry = await system.prisma.auditEntry.findFirstOrThrow({ where: { caseId: `school/${school.code}`, action: 'ROSTER_CHECKED' } });
    expect(entry.after).toMatchObject({ listed: 1, incomplete: 1, headcount: 2, missing: 1 });
  });

  test('R5.0: what changes at the same instant is waited for: nobody attests a roster that is not so any more', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew(REST);
    await state(school, 1);
    const { asked } = await system.prisma.$transaction(
      async (tx) => {
        await lockOpenPosting(tx, id);
        await tx.person.update({ where: { id }, data: { major: null } });
        const attesting = attest(school);
        await eventually(async () => (await waitingForLocks(system.database.adminUrl, 'FROM posting')) > 0, 'the attestation that waits');
        return { asked: attesting };
      },
      { timeout: 30_000 },
    );
    expect(refusedFields(await asked)).toEqual([`explanations.${id} INCOMPLETE`]);
  });

  test.each([
    ['a headcount is stated', (school: SchoolAtWork) => state(school, 7)],
    ['a roster is attested', (school: SchoolAtWork) => attest(school)],
  ])('R5.3d: where the school closes while %s, the school is told so and nothing is kept', async (_what, ask) => {
    const school = await schoolAtWork(system);
    const holding = { sql: 'UPDATE school SET closed_on = $2::date, closure_reason = $3 WHERE code = $1', values: [school.code, TODAY, 'ยุบรวม'] };
    expect(refused(await whileHeld(system.database.adminUrl, holding, () => ask(school), { 'FROM school': 1 }))).toEqual([409, 'SCHOOL_CLOSED']);
    // Lists of later tests count the schools that are open.
    const open = await system.prisma.school.update({ where: { code: school.code }, data: { closedOn: null, closureReason: null } });
    expect([open.headcount, await system.prisma.rosterCheck.count({ where: { schoolCode: school.code } })]).toEqual([null, 0]);
  });

  test('a repeat with its key attests once', async () => {
    const school = await schoolAtWork(system);
    await state(school, 0);
    const key = { 'Idempotency-Key': randomUUID() };
    const replies = await Promise.all(Array.from({ length: 5 }, () => attest(school, {}, key)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await system.prisma.rosterCheck.count({ where: { schoolCode: school.code } })).toBe(1);
  });

  test('a double tap on the page, with a headcount typed: stated once, attested once', async () => {
    const school = await schoolAtWork(system);
    const fields = { headcount: '๒', 'explanations.headcount': 'รอบรรจุ 2 คน' };
    const holding = { sql: 'SELECT 1 FROM school WHERE code = $1 FOR UPDATE', values: [school.code] };
    const tap = () => tapped(system.url, '/school/check', fields, school.headers);
    expect(await whileHeld(system.database.adminUrl, holding, tap, { 'FROM school': 4 })).toEqual(Array(4).fill('/school?done=checked'));
    const actions = await system.prisma.auditEntry.findMany({
      where: { caseId: `school/${school.code}` },
      orderBy: { seq: 'asc' },
      select: { action: true },
    });
    expect(actions.map(({ action }) => action)).toEqual(['HEADCOUNT_STATED', 'ROSTER_CHECKED']);
    expect(await school.summary()).toMatchObject({ headcount: 2, missing: 2, checkedOn: TODAY });
  });

  test('on the page, a headcount that leaves the roster open is stated all the same', async () => {
    const school = await schoolAtWork(system);
    expect(await tapped(system.url, '/school/check', { headcount: '1' }, school.headers)).toEqual(Array(4).fill(null));
    expect(await school.summary()).toMatchObject({ headcount: 1, missing: 1, checkedOn: null });
  });
});

describe('R5.0 the state of all schools of an office', () => {
  const read = async (account: string, query = '') => call(system.url, 'GET', `/api/rosters${query}`, undefined, await signIn(system.url, account));
  const schoolsOf = ({ body }: Reply) => (body.items ?? []).map((item) => JSON.stringify(item['school']));

  test('a district sees its own, with counts, last check and overdue; the central office all, page by page', async () => {
    const school = await schoolAtWork(system);
    await school.addNew(REST);
    await school.call('PUT', `/api/schools/${school.code}/headcount`, { headcount: 1 });
    await school.call('POST', `/api/schools/${school.code}/roster-checks`, {});
    const own = await read(ACCOUNTS.approver, '?limit=200');
    expect(own.body.items).toHaveLength(100);
    const item = own.body.items?.find((each) => JSON.stringify(each['school']).includes(school.code));
    expect(item).toMatchObject({ district: { code: DISTRICT }, listed: 1, complete: 1, headcount: 1, checkedOn: TODAY, overdue: false });
    expect(schoolsOf(await read(ACCOUNTS.approver, '?limit=200&overdue=true')).join()).not.toContain(school.code);
    expect(schoolsOf(await read(ACCOUNTS.approver, '?limit=200&overdue=false')).join()).toContain(school.code);
    expect((await read(ACCOUNTS.otherApprover, '?limit=200')).body.items).toHaveLength(100);
    const first = await read(ACCOUNTS.central, '?limit=150');
    const second = await read(ACCOUNTS.central, `?limit=150&cursor=${first.body['nextCursor']}`);
    expect(new Set([...schoolsOf(first), ...schoolsOf(second)]).size).toBe(201);
    expect((await read(ACCOUNTS.central, `?district=${OTHER_DISTRICT}&limit=200`)).body.items).toHaveLength(100);
    expect((await read(ACCOUNTS.approver, `?district=${OTHER_DISTRICT}`)).status).toBe(403);
    expect((await call(system.url, 'GET', '/api/rosters', undefined, school.headers)).status).toBe(403);
  });

  test('a check that is too old is overdue', async () => {
    const school = await schoolAtWork(system);
    await system.prisma.rosterCheck.create({
      data: { id: randomUUID(), schoolCode: school.code, on: new Date('2024-01-01'), accountId: school.accountId, summary: {}, explanations: {} },
    });
    const { body } = await read(ACCOUNTS.approver, '?limit=200&overdue=true');
    const item = body.items?.find((each) => JSON.stringify(each['school']).includes(school.code));
    expect(item).toMatchObject({ checkedOn: '2024-01-01', overdue: true });
  });

  test('R5.3d: a school that has closed owes no check, and is told with those that do not', async () => {
    const school = await schoolAtWork(system);
    const told = async (overdue: boolean) => {
      const { body } = await read(ACCOUNTS.approver, `?limit=200&overdue=${overdue}`);
      return body.items?.find((each) => JSON.stringify(each['school']).includes(school.code))?.['overdue'];
    };
    const close = (closedOn: Date | null, closureReason: string | null) =>
      system.prisma.school.update({ where: { code: school.code }, data: { closedOn, closureReason } });
    expect([await told(true), await told(false)]).toEqual([true, undefined]);
    // One that is only to close owes it still.
    await close(new Date(Date.now() + 3 * 86_400_000), 'ยุบรวม');
    expect([await told(true), await told(false)]).toEqual([true, undefined]);
    await close(new Date(TODAY), 'ยุบรวม');
    expect([await told(true), await told(false)]).toEqual([undefined, false]);
    await close(null, null);
  });

  test('as CSV, all at once', async () => {
    const headers = await signIn(system.url, ACCOUNTS.central);
    const response = await fetch(`${system.url}/api/rosters?format=csv`, { headers });
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(response.headers.get('content-disposition')).toContain('rosters.csv');
    const lines = (await response.text()).trim().split('\r\n');
    expect(lines).toHaveLength(1 + 201);
    expect(lines[0]).toMatch(/^schoolCode,schoolName/);
  });
});
