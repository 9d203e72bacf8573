// R5.0, R5.1, R5.4, X5, X6: the worklist, completing and removing, over HTTP on the real database.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { missingFields } from '../../domain/staff';
import { nameKey } from '../../domain/thai-text';
import { bangkokDate } from '../../domain/working-days';
import { staffColumns, staffRecord } from '../../prisma/staff-record';
import { dateFields } from '../../web/thai-date-fields';
import { whileHeld, withAdmin } from '../setup/database';
import { ACCOUNTS, DISTRICT, HELD_SCHOOL, schoolOf } from '../setup/directory';
import { call, eventually, freshNationalId, type Reply, refusedFields, signIn, tapped } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { completeRecord, nearlyCompleteRecords, staffRecords } from './support/records';
import { keyRingOf, REST, type SchoolAtWork, schoolAtWork } from './support/school';

const TODAY = bangkokDate(new Date());
const auditOf = z.object({ items: z.array(z.object({ action: z.string(), before: z.unknown(), after: z.unknown() })) });
let system: TestSystem;

beforeAll(async () => {
  system = await startSystem({ LIMIT_LOOKUPS: '100000/h' }, { worker: false });
});
afterAll(() => system.stop());

const staffOf = (school: SchoolAtWork, query = '') => school.call('GET', `/api/schools/${school.code}/staff${query}`);
const one = (school: SchoolAtWork, id: string) => `/api/schools/${school.code}/staff/${id}`;
const names = ({ body }: Reply) => (body.items ?? []).map(({ firstName, lastName }) => `${firstName} ${lastName}`);

describe('R5.0 the list', () => {
  test('sorts as a Thai dictionary (X6), page by page, with the summary of the whole', async () => {
    const school = await schoolAtWork(system);
    const people = ['เกษม ดี', 'กมล ดี', 'แก้ว ดี', 'ขวัญ ดี', 'กานดา ข', 'กานดา ก', 'ไก่ ดี', 'อำนาจ ดี'];
    for (const name of people) {
      const [firstName, lastName] = name.split(' ');
      await school.addNew({ firstName, lastName });
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const reply = await staffOf(school, `?limit=3${cursor && `&cursor=${cursor}`}`);
      expect(reply.body).toMatchObject({ summary: { listed: 8, complete: 0, incomplete: 8, headcount: null, checkedOn: null } });
      seen.push(...names(reply));
      cursor = String(reply.body['nextCursor'] ?? '');
    } while (cursor !== '');
    const { compare } = new Intl.Collator('th');
    expect(seen).toEqual(people.toSorted((a, b) => compare(a.split(' ')[0] ?? '', b.split(' ')[0] ?? '') || compare(a, b)));
    // Vowels that are written before their consonant come after it, and not as the code points do.
    expect(seen.indexOf('เกษม ดี')).toBeLessThan(seen.indexOf('ขวัญ ดี'));
    expect((await staffOf(school, '?cursor=nonsense')).status).toBe(422);
  });

  test('X3: the cursor tells nobody a name, and a changed one is none', async () => {
    const school = await schoolAtWork(system);
    for (const firstName of ['กมล', 'ขวัญ']) await school.addNew({ firstName });
    const cursor = String((await staffOf(school, '?limit=1')).body['nextCursor']);
    for (const text of [cursor, ...cursor.split('.').map((part) => Buffer.from(part, 'base64url').toString('utf8'))])
      expect(text).not.toMatch(/กมล|ใจดี/);
    expect(names(await staffOf(school, `?limit=1&cursor=${cursor}`))).toEqual(['ขวัญ ใจดี']);
    expect((await staffOf(school, `?limit=1&cursor=${cursor.slice(0, -2)}`)).status).toBe(422);
  });

  test('X3: a whole national ID is refused in an address, however it is typed, by the API and the page', async () => {
    const school = await schoolAtWork(system);
    const id = freshNationalId();
    await school.add(id);
    for (const q of [id, `${id.slice(0, 1)}-${id.slice(1, 5)} ${id.slice(5)}`, '1234567890123', '๑๒๓๔๕๖๗๘๙๐๑๒๓']) {
      const reply = await staffOf(school, `?q=${encodeURIComponent(q)}`);
      expect(reply).toMatchObject({ status: 422, body: { code: 'VALIDATION' } });
      expect(refusedFields(reply)).toEqual(['q NATIONAL_ID_IN_ADDRESS']);
      const page = await fetch(`${system.url}/school?q=${encodeURIComponent(q)}`, { headers: { ...school.headers, accept: 'text/html' } });
      expect([page.status, (await page.text()).includes(q)]).toEqual([422, false]);
    }
  });

  test('X5 finds a name however it was typed, and a masked national ID', async () => {
    const school = await schoolAtWork(system);
    const id = freshNationalId();
    await school.add(id, { firstName: 'น้ำใส', lastName: 'แก้วดี' });
    await school.addNew({ firstName: 'สมชาย', lastName: 'อื่น' });
    const found = async (q: string) => names(await staffOf(school, `?q=${encodeURIComponent(q)}`));
    const masked = `x-xxxx-xxxx${id.slice(9, 10)}-${id.slice(10, 12)}-${id.slice(12)}`;
    for (const q of ['น้ำใส', 'นํ้าใส', 'น้ ำใส', 'เเก้วดี', 'ใสแก้ว', 'น้ำใส\u200B แก้วดี', masked]) expect(await found(q)).toEqual(['น้ำใส แก้วดี']);
    for (const q of ['ไม่มีใคร', '123456789012', 'x-xxxx-xxxx9-99-9']) expect(await found(q)).toEqual([]);
  });

  test('by completeness and by how lately the data was confirmed', async () => {
    const school = await schoolAtWork(system);
    await school.addNew({ firstName: 'ครบ', ...REST });
    const stale = await school.addNew({ firstName: 'ขาด' });
    await system.prisma.person.update({ where: { id: stale }, data: { verifiedOn: new Date('2020-01-01') } });
    expect(names(await staffOf(school, '?complete=true'))).toEqual(['ครบ ใจดี']);
    expect(names(await staffOf(school, '?complete=false'))).toEqual(['ขาด ใจดี']);
    expect(names(await staffOf(school, '?verified=true'))).toEqual(['ครบ ใจดี']);
    expect(names(await staffOf(school, '?verified=false'))).toEqual(['ขาด ใจดี']);
    expect(await school.summary()).toMatchObject({ listed: 2, complete: 1, incomplete: 1, unverified: 1 });
  });

  test("the own school only: another's is 404; the district reads its schools', the central office all", async () => {
    const school = await schoolAtWork(system);
    const stranger = await schoolAtWork(system);
    const id = await school.addNew();
    const read = async (headers: Record<string, string>, path = `/api/schools/${school.code}/staff`) =>
      (await call(system.url, 'GET', path, undefined, headers)).status;
    expect(await read({})).toBe(401);
    expect(await read(school.headers)).toBe(200);
    expect(await read(stranger.headers)).toBe(404);
    expect(await read(stranger.headers, one(school, id))).toBe(404);
    expect(await read(stranger.headers, one(stranger, id))).toBe(404);
    expect(await read(await signIn(system.url, ACCOUNTS.approver))).toBe(200);
    expect(await read(await signIn(system.url, ACCOUNTS.otherApprover))).toBe(403);
    const central = await signIn(system.url, ACCOUNTS.central);
    expect(await read(central)).toBe(200);
    expect(await read(central, `/api/schools/${HELD_SCHOOL}/staff`)).toBe(200);
    expect(await read(central, '/api/schools/12345678/staff')).toBe(404);
    expect(await read(central, one(school, id))).toBe(403);
    for (const path of [`/api/schools/${school.code}/headcount`, one(school, id)]) {
      const method = path.endsWith('headcount') ? 'PUT' : 'PATCH';
      expect((await call(system.url, method, path, { headcount: 'nonsense' }, stranger.headers)).status).toBe(404);
    }
  });
});

describe('R5.1 completing and confirming', () => {
  test('data is completed, null clears, and saving confirms it as current', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew();
    await system.prisma.person.update({ where: { id }, data: { verifiedOn: null } });
    const completed = await school.call('PATCH', one(school, id), { ...REST, lastName: ' แก้ ไข ' });
    expect(completed).toMatchObject({ status: 200, body: { lastName: 'แก้ ไข', verifiedOn: TODAY, completeness: { complete: true, missing: [] } } });
    const cleared = await school.call('PATCH', one(school, id), { major: null, phone: '' });
    expect(cleared.body).toMatchObject({ major: null, qualification: 'ค.บ.', completeness: { complete: false, missing: ['major'] } });
    const row = await system.prisma.person.findUniqueOrThrow({ where: { id } });
    expect(row.nameKey).toBe(nameKey('สมชาย', 'แก้ไข'));
  });

  test('it can be saved without confirming, and confirmed without a change', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew();
    await system.prisma.person.update({ where: { id }, data: { verifiedOn: null } });
    expect((await school.call('PATCH', one(school, id), { major: 'ไทย', verified: false })).body).toMatchObject({ major: 'ไทย', verifiedOn: null });
    expect((await school.call('PATCH', one(school, id), {})).body).toMatchObject({ verifiedOn: null });
    expect((await school.call('PATCH', one(school, id), { verified: true })).body).toMatchObject({ verifiedOn: TODAY });
  });

  test('an invalid field is 422 and nothing is saved; every broken one is named', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew(REST);
    const before = await school.call('GET', one(school, id));
    const reply = await school.call('PATCH', one(school, id), { major: 'ดนตรี', birthDate: '2526-01-01', email: 'nothing', firstName: null });
    expect(reply).toMatchObject({ status: 422, body: { code: 'VALIDATION' } });
    expect(refusedFields(reply).sort()).toEqual(['email EMAIL', 'firstName INVALID']);
    const linked = { title: 'www.evil.example', firstName: 'ว่าที่ ร.ต.', lastName: 'x@evil.example' };
    expect(refusedFields(await school.call('PATCH', one(school, id), linked)).sort()).toEqual(['lastName INVALID', 'title INVALID']);
    expect(refusedFields(await school.call('PATCH', one(school, id), { major: 'ดนตรี', birthDate: '2526-01-01' }))).toContain(
      'birthDate IMPLAUSIBLE_DATE',
    );
    expect((await school.call('GET', one(school, id))).body).toEqual(before.body);
  });

  test('of two who change what both saw, at the same instant, one is told: 409 STALE_REVISION; the same again changes nothing', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew(REST);
    const { version } = (await school.call('GET', one(school, id))).body;
    const replies = await Promise.all(['ดนตรี', 'ศิลปะ'].map((major) => school.call('PATCH', one(school, id), { major, version })));
    const [saved, told] = replies.toSorted((first, second) => first.status - second.status);
    expect([saved?.status, told?.status, told?.body['code']]).toEqual([200, 409, 'STALE_REVISION']);
    const major = saved?.body['major'];
    expect((await school.call('GET', one(school, id))).body).toMatchObject({ major, version: saved?.body['version'] });
    expect((await school.call('PATCH', one(school, id), { major, version })).status).toBe(409);
    const { id: _id, nationalId: _masked, verifiedOn: _on, completeness: _missing, postings: _at, version: _now, ...all } = saved?.body ?? {};
    expect((await school.call('PATCH', one(school, id), { ...all, version })).status).toBe(200);
    expect((await school.call('PATCH', one(school, id), { major: 'ไทย', version: saved?.body['version'] })).status).toBe(200);
    expect((await school.call('PATCH', one(school, id), { major: 'จีน' })).status).toBe(200);
    // Nor is what was not seen confirmed as current.
    await system.prisma.person.update({ where: { id }, data: { verifiedOn: null } });
    expect((await school.call('PATCH', one(school, id), { verified: true, version })).body['code']).toBe('STALE_REVISION');
    expect((await school.call('GET', one(school, id))).body).toMatchObject({ major: 'จีน', verifiedOn: null });
  });

  test('the national ID itself never changes', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew();
    const before = await system.prisma.person.findUniqueOrThrow({ where: { id } });
    const reply = await school.call('PATCH', one(school, id), { nationalId: freshNationalId(), major: 'ดนตรี' });
    expect(reply.status).toBe(422);
    expect(refusedFields(reply)).toEqual(['nationalId NOT_CHANGEABLE']);
    expect(await system.prisma.person.findUniqueOrThrow({ where: { id } })).toEqual(before);
  });

  test('no academic standing takes its date with it', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew(REST);
    const { body } = await school.call('PATCH', one(school, id), { academicStanding: 'ไม่มีวิทยฐานะ' });
    expect(body).toMatchObject({ academicStanding: 'ไม่มีวิทยฐานะ', standingDate: null, completeness: { complete: true } });
    expect(refusedFields(await school.call('PATCH', one(school, id), { standingDate: '2015-10-01' }))).toEqual(['standingDate IMPLAUSIBLE_DATE']);
  });

  test('X1: the audit tells old and new of a record to those who may read it, and holds neither itself', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew({ lastName: 'เดิม' });
    await school.call('PATCH', one(school, id), { major: 'ดาราศาสตร์', lastName: 'ลับมาก' });
    await school.call('PATCH', one(school, id), { verified: true });
    const entries = await system.prisma.auditEntry.findMany({ where: { caseId: `person/${id}` }, orderBy: { seq: 'asc' } });
    expect(JSON.stringify(entries)).not.toMatch(/ดาราศาสตร์|ลับมาก|เดิม/);
    const read = async (email: string) => {
      const reply = await call(system.url, 'GET', `/api/audit?subject=person/${id}`, undefined, await signIn(system.url, email));
      return auditOf.parse(reply.body).items;
    };
    const [added, changed, verified] = await read(ACCOUNTS.approver);
    expect(added).toMatchObject({ action: 'ADDED', before: { lastName: null }, after: { lastName: 'เดิม', schoolCode: school.code } });
    expect(changed).toMatchObject({
      ...{ action: 'CHANGED', before: { lastName: 'เดิม', major: null } },
      after: { lastName: 'ลับมาก', major: 'ดาราศาสตร์', fields: ['lastName', 'major'], verifiedOn: TODAY },
    });
    expect(verified).toMatchObject({ action: 'VERIFIED', before: null, after: { verifiedOn: TODAY } });
    expect(await read(ACCOUNTS.otherApprover)).toEqual([]);
  });

  test('X1: old and new that were tampered with, or taken away, show', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew();
    const broken = `SELECT * FROM audit_broken WHERE case_id = 'person/${id}'`;
    await withAdmin(system.database.adminUrl, async (admin) => {
      expect((await admin.query(broken)).rows).toEqual([]);
      const { rows } = await admin.query('SELECT fields FROM record_change WHERE person_id = $1', [id]);
      await admin.query("UPDATE record_change SET fields = '[]' WHERE person_id = $1", [id]);
      expect((await admin.query(broken)).rows).toEqual([{ case_id: `person/${id}`, seq: 1 }]);
      await admin.query('UPDATE record_change SET fields = $2 WHERE person_id = $1', [id, JSON.stringify(rows[0].fields)]);
      expect((await admin.query(broken)).rows).toEqual([]);
      await admin.query('BEGIN');
      await admin.query('DELETE FROM record_change WHERE person_id = $1', [id]);
      expect((await admin.query(broken)).rows).toEqual([{ case_id: `person/${id}`, seq: 1 }]);
      await admin.query('ROLLBACK');
    });
    await expect(system.prisma.recordChange.deleteMany({ where: { personId: id } })).rejects.toThrow(/permission denied/);
  });

  test('the database counts as complete exactly what the rule does', async () => {
    const id = randomUUID();
    const ring = keyRingOf(system);
    const hash = { nationalIdHash: ring.lookupHash(id), nationalIdCipher: ring.seal(id) };
    await system.prisma.person.create({ data: { id, ...hash, ...staffColumns(completeRecord()) } });
    await system.prisma.posting.create({ data: { id, personId: id, schoolCode: schoolOf(DISTRICT, 99), from: new Date('2024-05-16') } });
    await fc.assert(
      fc.asyncProperty(fc.oneof(staffRecords(), nearlyCompleteRecords()), async (record) => {
        const row = await system.prisma.person.update({ where: { id }, data: staffColumns(record) });
        const { complete } = await system.prisma.rosterEntry.findUniqueOrThrow({ where: { personId: id } });
        expect(staffRecord(row)).toEqual(record);
        expect(complete).toBe(missingFields(record).length === 0);
      }),
      { numRuns: 150, examples: [[completeRecord()], [{ ...completeRecord(), academicStanding: 'ไม่มีวิทยฐานะ', standingDate: null }]] },
    );
  });
});

describe('R5.4 removing', () => {
  const remove = (school: SchoolAtWork, id: string, body: unknown, headers: Record<string, string> = {}) =>
    school.call('POST', `${one(school, id)}/removal`, body, headers);

  test('ends the posting with reason and date; the record and its history stay', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew();
    const reply = await remove(school, id, { reason: 'เกษียณอายุราชการ', on: TODAY });
    expect(reply).toMatchObject({ status: 200, body: { id, on: TODAY, summary: { listed: 0 } } });
    expect(names(await staffOf(school))).toEqual([]);
    expect((await school.call('GET', one(school, id))).status).toBe(404);
    const postings = await system.prisma.posting.findMany({ where: { personId: id } });
    expect(postings).toMatchObject([{ schoolCode: school.code, to: new Date(TODAY), endReason: 'เกษียณอายุราชการ' }]);
    expect(await system.prisma.person.count({ where: { id } })).toBe(1);
    for (const body of [{ reason: 'อีกครั้ง', on: TODAY }, {}]) expect(await remove(school, id, body)).toMatchObject({ status: 404 });
    // By a clock in UTC it may be yesterday: told is the day that is recorded.
    const other = await school.addNew();
    const yesterday = bangkokDate(new Date(Date.now() - 86_400_000));
    expect((await remove(school, other, { reason: 'ย้าย', on: yesterday })).body).toMatchObject({ on: TODAY });
  });

  test.each([
    ['no reason', { on: TODAY }, 'REASON_REQUIRED', 'reason REASON_REQUIRED'],
    ['a blank reason', { reason: ' \u200B', on: TODAY }, 'REASON_REQUIRED', 'reason REASON_REQUIRED'],
    ['nothing at all', {}, 'VALIDATION', 'on REQUIRED', 'reason REASON_REQUIRED'],
    ['a blank reason and no date', { reason: '', on: 'x' }, 'VALIDATION', 'on DATE', 'reason REASON_REQUIRED'],
    ['no date', { reason: 'ย้าย' }, 'VALIDATION', 'on REQUIRED'],
    ['tomorrow', { reason: 'ย้าย', on: bangkokDate(new Date(Date.now() + 86_400_000)) }, 'VALIDATION', 'on IMPLAUSIBLE_DATE'],
    ['before the person came', { reason: 'ย้าย', on: '2020-01-01' }, 'VALIDATION', 'on IMPLAUSIBLE_DATE'],
  ])('R5.4: %s is 422, and every broken rule is named', async (_what, body, code, ...expected) => {
    const school = await schoolAtWork(system);
    const id = await school.addNew();
    const reply = await remove(school, id, body);
    expect(reply).toMatchObject({ status: 422, body: { code } });
    expect(refusedFields(reply)).toEqual(expected);
    expect(names(await staffOf(school))).toHaveLength(1);
  });

  test('R5.4: somebody of another school, or nobody, is 404 before the body is looked at', async () => {
    const [school, another] = [await schoolAtWork(system), await schoolAtWork(system)];
    for (const id of [await another.addNew(), randomUUID(), 'nobody']) expect((await remove(school, id, {})).status).toBe(404);
  });

  test('oneself: 409 OWN_RECORD', async () => {
    const school = await schoolAtWork(system);
    const { body } = await school.add(school.nationalId);
    expect(await remove(school, body.id ?? '', { reason: 'ย้าย', on: TODAY })).toMatchObject({ status: 409, body: { code: 'OWN_RECORD' } });
  });

  test("another school's person: 404", async () => {
    const [school, stranger] = [await schoolAtWork(system), await schoolAtWork(system)];
    const id = await school.addNew();
    expect((await remove(stranger, id, { reason: 'ย้าย', on: TODAY })).status).toBe(404);
    expect((await remove(stranger, 'nobody', { reason: 'ย้าย', on: TODAY })).status).toBe(404);
  });

  test('ten at once with one key: one removal, one answer', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew();
    const key = { 'Idempotency-Key': randomUUID() };
    const replies = await Promise.all(Array.from({ length: 10 }, () => remove(school, id, { reason: 'ย้าย', on: TODAY }, key)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    // Once more where the answer was lost before it was kept.
    const lost = { status: null, answer: null, leaseUntil: new Date(0) };
    await system.prisma.idempotencyKey.updateMany({ where: { key: key['Idempotency-Key'] }, data: lost });
    expect(await remove(school, id, { reason: 'ย้าย', on: TODAY }, key)).toMatchObject({ status: 200, body: { id, on: TODAY } });
    expect(await system.prisma.auditEntry.count({ where: { caseId: `person/${id}`, action: 'REMOVED' } })).toBe(1);
  });

  test('a double tap on the page is one removal, and nobody is told that the person is not there', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew();
    const fields = { kind: 'TRANSFERRED', reason: 'ย้าย', ...dateFields('on', TODAY) };
    const holding = { sql: 'SELECT 1 FROM posting WHERE person_id = $1 FOR UPDATE', values: [id] };
    const tap = () => tapped(system.url, `/school/people/${id}/removal`, fields, school.headers);
    expect(await whileHeld(system.database.adminUrl, holding, tap, { 'FROM posting': 4 })).toEqual(Array(4).fill('/school?done=removed'));
    expect(await system.prisma.auditEntry.count({ where: { caseId: `person/${id}`, action: 'REMOVED' } })).toBe(1);
  });

  test('X1: by an address in capitals it stands in the same chain', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew();
    const fields = { kind: 'TRANSFERRED', reason: 'ย้าย', ...dateFields('on', TODAY) };
    const [told] = await tapped(system.url, `/school/people/${id.toUpperCase()}/removal`, fields, school.headers);
    expect(told).toBe('/school?done=removed');
    expect(await system.prisma.auditEntry.count({ where: { caseId: `person/${id}`, action: 'REMOVED' } })).toBe(1);
  });

  test('R5.3d an open transfer of the person is told', async () => {
    const [school, asking] = [await schoolAtWork(system), await schoolAtWork(system)];
    const personId = await school.addNew();
    const now = new Date();
    const parties = { fromSchoolCode: school.code, toSchoolCode: asking.code, requestedById: asking.accountId, formId: randomUUID() };
    const dates = { effectiveOn: now, requestedAt: now, waitingSince: now };
    await system.prisma.transfer.create({
      data: { id: randomUUID(), reference: `T-${personId}`, personId, status: 'PENDING', decider: 'SCHOOL', ...parties, ...dates },
    });
    const workflow = await system.temporal.workflow.start('transfer', { workflowId: `transfer/${personId}`, taskQueue: 'nobody', args: [] });
    expect((await remove(school, personId, { reason: 'ย้าย', on: TODAY })).status).toBe(200);
    const signals = await eventually(async () => {
      const { events } = await workflow.fetchHistory();
      return events?.flatMap((event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? []);
    }, 'signals');
    expect(signals).toEqual(['caseChanged']);
    await workflow.terminate();
  });
});
