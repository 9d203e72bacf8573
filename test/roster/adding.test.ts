// R5.2, R5.3a, R5.3b, X2: looking people up and adding them, over HTTP on the real database.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bangkokDate } from '../../domain/working-days';
import { whileHeld } from '../setup/database';
import { ACCOUNTS, DISTRICT, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { call, freshNationalId, refusedFields, signIn, tapped } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { keyRingOf, leastNeeded, REST, type SchoolAtWork, schoolAtWork } from './support/school';

let system: TestSystem;
let school: SchoolAtWork;
let other: SchoolAtWork;

beforeAll(async () => {
  system = await startSystem({ LIMIT_LOOKUPS: '100000/h' }, { worker: false });
  school = await schoolAtWork(system, schoolOf(DISTRICT, 0));
  other = await schoolAtWork(system, schoolOf(OTHER_DISTRICT, 0));
});
afterAll(() => system.stop());

const staffPath = () => `/api/schools/${school.code}/staff`;

describe('R5.3a the look-up', () => {
  test('R5.3b X8: finds nobody, and says nothing else', async () => {
    const { status, body } = await school.lookUp(freshNationalId());
    expect(status).toBe(201);
    expect(body).toEqual({ lookupId: expect.any(String), found: 'NONE' });
  });

  test('takes Thai digits, dashes and spaces for the same ID', async () => {
    const id = freshNationalId();
    await school.add(id);
    const thai = [...id].map((digit) => '๐๑๒๓๔๕๖๗๘๙'[Number(digit)]).join('');
    for (const raw of [thai, `${id.slice(0, 1)}-${id.slice(1, 5)}-${id.slice(5, 10)}-${id.slice(10, 12)}-${id.slice(12)}`, ` ${id} `])
      expect((await school.lookUp(raw)).body['found']).toBe('HERE');
  });

  test('R5.3c X8 elsewhere: the school and a masked name only', async () => {
    const id = freshNationalId();
    await school.add(id, { firstName: 'เกษม', lastName: 'น้ำใส' });
    const { body } = await other.lookUp(id);
    expect(body).toEqual({
      lookupId: expect.any(String),
      found: 'ELSEWHERE',
      maskedName: 'เ*** น้ำ***',
      school: { code: school.code, name: expect.any(String) },
    });
  });

  test('R5.3e X8 posted nowhere: a masked name and no school', async () => {
    const id = freshNationalId();
    const { body } = await school.add(id);
    await school.call('POST', `${staffPath()}/${body.id}/removal`, { reason: 'ลาออก', on: bangkokDate(new Date()) });
    expect((await other.lookUp(id)).body).toEqual({ lookupId: expect.any(String), found: 'UNPOSTED', maskedName: expect.any(String) });
  });

  test('a wrong ID is 422 NATIONAL_ID, and no look-up is made', async () => {
    const before = await system.prisma.staffLookup.count();
    for (const nationalId of ['1101700230709', '12345', '', '\u200b', 'x-xxxx-xxxx0-70-8']) {
      const reply = await school.lookUp(nationalId);
      expect([reply.status, reply.body['code'], refusedFields(reply)]).toEqual([422, 'NATIONAL_ID', ['nationalId NATIONAL_ID']]);
    }
    expect(await system.prisma.staffLookup.count()).toBe(before);
  });

  test('is audited without anything personal (X1), and keeps a hash of the ID alone (X4)', async () => {
    const id = freshNationalId();
    const { body } = await school.lookUp(id);
    const entries = await system.prisma.auditEntry.findMany({ where: { action: 'STAFF_LOOKED_UP', actorId: school.accountId } });
    expect(entries.at(-1)).toMatchObject({ caseId: `school/${school.code}`, after: { lookups: [{ lookupId: body['lookupId'], found: 'NONE' }] } });
    const row = await system.prisma.staffLookup.findUniqueOrThrow({ where: { id: String(body['lookupId']) } });
    expect(JSON.stringify([entries, row])).not.toContain(id);
    expect([row.nationalIdHash, row.nationalIdCipher]).toEqual([keyRingOf(system).lookupHash(id), null]);
  });

  test('R4.6: tells nobody anything whose access ended since the call began', async () => {
    const leaving = await schoolAtWork(system, schoolOf(DISTRICT, 7));
    const caller = await system.prisma.account.update({ where: { id: leaving.accountId }, data: { status: 'ENDED', endedAt: new Date() } });
    const asked = { caller, nationalId: freshNationalId(), formId: randomUUID() };
    await expect(system.commands.lookUpStaff(asked)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await system.prisma.staffLookup.count({ where: { accountId: leaving.accountId } })).toBe(0);
  });

  test('X1: whom it found is told by the audit, also when the look-up itself is deleted', async () => {
    const nationalId = freshNationalId();
    const { body } = await other.add(nationalId);
    await school.lookUp(nationalId);
    const entries = await system.prisma.auditEntry.findMany({
      where: { action: 'STAFF_LOOKED_UP', actorId: school.accountId },
      orderBy: { seq: 'asc' },
    });
    expect(entries.at(-1)?.after).toMatchObject({ lookups: [{ found: 'ELSEWHERE', personId: body.id }] });
  });

  test('writes the same, whatever it finds', async () => {
    const [here, elsewhere] = [freshNationalId(), freshNationalId()];
    await school.add(here);
    await other.add(elsewhere);
    const rows = async () => [
      await system.prisma.staffLookup.count({ where: { accountId: school.accountId } }),
      await system.prisma.auditEntry.count({ where: { actorId: school.accountId, action: 'STAFF_LOOKED_UP' } }),
    ];
    for (const [id, found] of [
      [freshNationalId(), 'NONE'],
      [here, 'HERE'],
      [elsewhere, 'ELSEWHERE'],
    ] as const) {
      const [lookups = 0, entries = 0] = await rows();
      expect((await school.lookUp(id)).body['found']).toBe(found);
      expect(await rows()).toEqual([lookups + 1, entries + 1]);
    }
  });

  test('X8: is for schools: nobody, districts and the central office are refused', async () => {
    const ask = (headers: Record<string, string>) => call(system.url, 'POST', '/api/staff-lookups', { nationalId: freshNationalId() }, headers);
    expect((await ask({})).status).toBe(401);
    for (const account of [ACCOUNTS.approver, ACCOUNTS.central]) expect((await ask(await signIn(system.url, account))).status).toBe(403);
  });
});

describe('R5.2 R5.3b adding', () => {
  test('R5.3b: somebody whom the database does not have, with the least that is needed', async () => {
    const id = freshNationalId();
    const { status, body, headers } = await school.add(id);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${staffPath()}/${body.id}`);
    expect(body).toMatchObject({
      nationalId: `x-xxxx-xxxx${id.slice(9, 10)}-${id.slice(10, 12)}-${id.slice(12)}`,
      firstName: 'สมชาย',
      position: 'TEACHER',
      birthDate: null,
      completeness: { complete: false, missing: expect.arrayContaining(['birthDate', 'major']) },
      postings: [{ school: { code: school.code }, to: null }],
    });
  });

  test('with everything, Thai words and all, it is complete', async () => {
    const { body } = await school.add(freshNationalId(), { ...REST, position: 'ครูผู้ช่วย', academicStanding: 'ไม่มีวิทยฐานะ', standingDate: '' });
    expect(body).toMatchObject({ position: 'ASSISTANT_TEACHER', academicStanding: 'ไม่มีวิทยฐานะ', standingDate: null });
    expect(body).toMatchObject({ completeness: { complete: true, missing: [] }, verifiedOn: expect.any(String) });
  });

  test.each([
    ['title', { title: '' }, 'title REQUIRED'],
    ['first name', { firstName: undefined }, 'firstName REQUIRED'],
    ['position', { position: 'ภารโรง' }, 'position POSITION'],
    ['birth date', { birthDate: '2528-01-01' }, 'birthDate IMPLAUSIBLE_DATE'],
    ['standing', { academicStanding: 'เก่งมาก' }, 'academicStanding ACADEMIC_STANDING'],
    ['e-mail', { email: 'a@b' }, 'email EMAIL'],
    ['telephone', { phone: '12' }, 'phone PHONE'],
  ])('a wrong %s is 422, and nobody is added', async (_what, differs, expected) => {
    const before = await system.prisma.person.count();
    const reply = await school.add(freshNationalId(), differs);
    expect(reply).toMatchObject({ status: 422, body: { code: 'VALIDATION' } });
    expect(refusedFields(reply)).toContain(expected);
    expect(await system.prisma.person.count()).toBe(before);
  });

  test('on the own roster already: 409 ALREADY_ON_ROSTER', async () => {
    const id = freshNationalId();
    await school.add(id);
    expect(await school.add(id)).toMatchObject({ status: 409, body: { code: 'ALREADY_ON_ROSTER' } });
  });

  test('R5.3c R5.3e in the database elsewhere, or posted nowhere: 409 MUST_TRANSFER', async () => {
    const id = freshNationalId();
    const { body } = await school.add(id);
    expect(await other.add(id)).toMatchObject({ status: 409, body: { code: 'MUST_TRANSFER' } });
    await school.call('POST', `${staffPath()}/${body.id}/removal`, { reason: 'ลาออก', on: bangkokDate(new Date()) });
    expect(await other.add(id)).toMatchObject({ status: 409, body: { code: 'MUST_TRANSFER' } });
  });
});

describe('R5.3a what adding cites', () => {
  const post = (body: Record<string, unknown>) => school.call('POST', staffPath(), body);
  const refused = { status: 422, body: { code: 'LOOKUP_REQUIRED' } };

  test.each([
    ['none', undefined],
    ['what is no ID', 'lookup'],
    ['one that nobody made', randomUUID()],
  ])('%s: 422 LOOKUP_REQUIRED', async (_what, lookupId) => {
    expect(await post({ ...leastNeeded(freshNationalId()), lookupId })).toMatchObject(refused);
  });

  test("another person's, another account's, void or old, or used without anybody added: 422 LOOKUP_REQUIRED", async () => {
    const id = freshNationalId();
    const lookupId = String((await school.lookUp(id)).body['lookupId']);
    expect(await post({ ...leastNeeded(freshNationalId()), lookupId })).toMatchObject(refused);
    const foreign = (await other.lookUp(id)).body['lookupId'];
    expect(await post({ ...leastNeeded(id), lookupId: foreign })).toMatchObject(refused);
    for (const spoilt of [{ wrongNames: 3 }, { usedAt: new Date() }, { createdAt: new Date(Date.now() - 25 * 3_600_000) }]) {
      const { wrongNames, usedAt, createdAt } = await system.prisma.staffLookup.findUniqueOrThrow({ where: { id: lookupId } });
      await system.prisma.staffLookup.update({ where: { id: lookupId }, data: spoilt });
      expect(await post({ ...leastNeeded(id), lookupId })).toMatchObject(refused);
      await system.prisma.staffLookup.update({ where: { id: lookupId }, data: { wrongNames, usedAt, createdAt } });
    }
    expect((await post({ ...leastNeeded(id), lookupId })).status).toBe(201);
  });

  test('R5.2 R5.3a: a plain repeat is told how the person stands: 409 ALREADY_ON_ROSTER, and 409 MUST_TRANSFER once they left', async () => {
    const id = freshNationalId();
    const lookupId = (await school.lookUp(id)).body['lookupId'];
    const repeat = () => post({ ...leastNeeded(id), lookupId });
    const added = (await repeat()).body.id;
    expect(await repeat()).toMatchObject({ status: 409, body: { code: 'ALREADY_ON_ROSTER' } });
    await school.call('POST', `${staffPath()}/${added}/removal`, { reason: 'ลาออก', on: bangkokDate(new Date()) });
    expect(await repeat()).toMatchObject({ status: 409, body: { code: 'MUST_TRANSFER' } });
  });

  test('what the own look-up lacks is told at its field', async () => {
    const id = freshNationalId();
    const lookupId = String((await school.lookUp(id)).body['lookupId']);
    const otherId = await post({ ...leastNeeded(freshNationalId()), lookupId });
    expect(otherId.body).toMatchObject({ errors: [{ path: 'lookupId', message: expect.stringContaining('of another national ID') }] });
    await system.prisma.staffLookup.update({ where: { id: lookupId }, data: { wrongNames: 3 } });
    const spoilt = await post({ ...leastNeeded(id), lookupId });
    expect(spoilt.body).toMatchObject({ errors: [{ path: 'lookupId', message: expect.stringContaining('Three wrong names') }] });
  });

  test('every broken field is named beside it', async () => {
    const reply = await post({ ...leastNeeded('12345'), title: '' });
    expect(reply).toMatchObject({ status: 422, body: { code: 'VALIDATION' } });
    expect(refusedFields(reply).sort()).toEqual(['lookupId LOOKUP_REQUIRED', 'nationalId NATIONAL_ID', 'title REQUIRED']);
  });

  test('R5.1: every broken date is named beside it, whatever the look-up lacks', async () => {
    const id = freshNationalId();
    const lookupId = String((await school.lookUp(id)).body['lookupId']);
    const broken = { ...leastNeeded(id), birthDate: '2030-01-01' };
    const both = ['birthDate IMPLAUSIBLE_DATE', 'lookupId LOOKUP_REQUIRED'];
    const wrong = await post({ ...broken, lookupId: randomUUID() });
    expect([wrong.body.code, refusedFields(wrong).sort()]).toEqual(['LOOKUP_REQUIRED', both]);
    expect(refusedFields(await post({ ...broken, lookupId }))).toEqual(['birthDate IMPLAUSIBLE_DATE']);
    await system.prisma.staffLookup.update({ where: { id: lookupId }, data: { usedAt: new Date() } });
    expect(refusedFields(await post({ ...broken, lookupId })).sort()).toEqual(both);
  });

  test('R5.3b: refuses to create who is there by now: a look-up that found nobody helps no more once somebody else added the person', async () => {
    const id = freshNationalId();
    const lookupId = (await school.lookUp(id)).body['lookupId'];
    await other.add(id);
    expect(await post({ ...leastNeeded(id), lookupId })).toMatchObject({ status: 409, body: { code: 'MUST_TRANSFER' } });
  });
});

describe('X2 at the same instant', () => {
  test('two schools add one person: one does, the other is told to ask for a transfer', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = freshNationalId();
      const replies = await Promise.all([school.add(id), other.add(id)]);
      expect(replies.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'MUST_TRANSFER']);
    }
  });

  test('R5.2: one look-up cited by ten calls adds one person, and the others are told so', async () => {
    const id = freshNationalId();
    const lookupId = (await school.lookUp(id)).body['lookupId'];
    const replies = await Promise.all(Array.from({ length: 10 }, () => school.call('POST', staffPath(), { ...leastNeeded(id), lookupId })));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ body }) => body.code === 'ALREADY_ON_ROSTER')).toHaveLength(9);
  });

  test('a double tap on the page adds one person, and nobody is told that they are here already', async () => {
    const nationalId = freshNationalId();
    const lookupId = String((await school.lookUp(nationalId)).body['lookupId']);
    const fields = { nationalId, lookupId, title: 'นาย', firstName: 'สมชาย', lastName: 'ใจดี', position: 'TEACHER' };
    const holding = { sql: 'SELECT 1 FROM staff_lookup WHERE id = $1 FOR UPDATE', values: [lookupId] };
    const tap = () => tapped(system.url, '/school/add/person', fields, school.headers);
    const told = await whileHeld(system.database.adminUrl, holding, tap, { 'FROM staff_lookup': 4 });
    const { id } = await system.prisma.person.findFirstOrThrow({ where: { nationalIdHash: keyRingOf(system).lookupHash(nationalId) } });
    expect(told).toEqual(Array(4).fill(`/school/people/${id}?done=added`));
  });

  test('the same call ten times with one Idempotency-Key gives one answer', async () => {
    const id = freshNationalId();
    const lookupId = (await school.lookUp(id)).body['lookupId'];
    const key = { 'Idempotency-Key': randomUUID() };
    const replies = await Promise.all(Array.from({ length: 10 }, () => school.call('POST', staffPath(), { ...leastNeeded(id), lookupId }, key)));
    expect(new Set(replies.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(replies[0]?.status).toBe(201);
  });
});

describe('R5.3c LIMIT_LOOKUPS', () => {
  test('one budget for each account: 429 with Retry-After, also in a burst; others are not held up', async () => {
    const limited = await startSystem({ LIMIT_LOOKUPS: '5/h' }, { worker: false });
    try {
      const one = await schoolAtWork(limited, schoolOf(DISTRICT, 0));
      const two = await schoolAtWork(limited, schoolOf(DISTRICT, 1));
      expect((await one.lookUp('1101700230709')).status).toBe(422);
      const replies = await Promise.all(Array.from({ length: 12 }, () => one.lookUp(freshNationalId())));
      expect(replies.filter(({ status }) => status === 201)).toHaveLength(5);
      const over = replies.filter(({ status }) => status === 429);
      expect(over).toHaveLength(7);
      expect(over[0]?.body.code).toBe('RATE_LIMITED');
      expect(Number(over[0]?.headers.get('retry-after'))).toBeGreaterThan(3_000);
      expect((await two.lookUp(freshNationalId())).status).toBe(201);
    } finally {
      await limited.stop();
    }
  });
});
