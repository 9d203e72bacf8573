// Finding schools and cases (X5, X8): however a name was typed, and telling each only what is theirs to know.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hashPassword } from '../../security/passwords';
import { ACCOUNTS, DISTRICT, OTHER_DISTRICT, PASSWORD, schoolOf } from '../setup/directory';
import { refusedFields, signIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;
let administrator: { Cookie: string };
const [open, pending, taken] = [schoolOf(DISTRICT, 0), schoolOf(DISTRICT, 1), schoolOf(DISTRICT, 2)];
let reference: unknown;

beforeAll(async () => {
  system = await startSystem();
  const email = 'admin@school.test';
  const account = { id: randomUUID(), email, emailKey: email, role: 'SCHOOL', name: 'ผู้ดูแล', schoolCode: taken } as const;
  await system.prisma.account.create({ data: { ...account, passwordHash: await hashPassword(PASSWORD) } });
  cases = await casesOf(system);
  administrator = await signIn(system.url, email);
  ({ reference } = await cases.pending(pending, {}, { firstName: 'กำแพง', lastName: 'แก้วใส' }));
});
afterAll(() => system.stop());

const get = (path: string, headers: Record<string, string> = {}) => cases.get(path, headers);

const rename = (code: string, name: string) => system.prisma.school.update({ where: { code }, data: { name } });

/** How the database sorts a column, whatever the server's own way is. */
async function collationOf(table: string, column: string): Promise<string | undefined> {
  const [found] = await system.prisma.$queryRaw<{ collation: string }[]>`
    SELECT collation_name AS collation FROM information_schema.columns WHERE table_name = ${table} AND column_name = ${column}`;
  return found?.collation;
}

describe('X8 the directory of schools', () => {
  test('tells anybody whether a school can register, and nothing of who', async () => {
    for (const [school, registration] of [
      [open, 'OPEN'],
      [pending, 'PENDING'],
      [taken, 'TAKEN'],
    ]) {
      const { status, body } = await get(`/api/schools/${school}`);
      const district = { code: DISTRICT, name: expect.any(String), kind: 'ESAO_PRIMARY' };
      const place = { subdistrict: '', amphoe: '', province: '' };
      expect([status, body]).toEqual([200, { code: school, name: expect.any(String), place, district, registration }]);
    }
    expect((await get('/api/schools/00000000')).status).toBe(404);
    expect((await get('/api/schools/nothing')).status).toBe(404);
  });

  test('as a list, tells offices alone how each school stands', async () => {
    const standing = async (headers: Record<string, string>) => {
      const { items = [] } = (await get(`/api/schools?district=${DISTRICT}&limit=200`, headers)).body;
      return [0, 1, 2].map((index) => {
        const { hasAdministrator, registrationOpen } = items.find(({ code }) => code === schoolOf(DISTRICT, index)) ?? {};
        return [hasAdministrator, registrationOpen];
      });
    };
    const nothing = [undefined, undefined];
    expect(await standing({})).toEqual([nothing, nothing, nothing]);
    expect(await standing(administrator)).toEqual([nothing, nothing, nothing]);
    const known = [
      [false, false],
      [false, true],
      [true, false],
    ];
    expect(await standing(cases.approver)).toEqual(known);
    expect(await standing(await signIn(system.url, ACCOUNTS.central))).toEqual(known);
  });

  test('is paged without gaps, and found by code or a part of the name', async () => {
    // In bytes แ comes after every consonant, in a dictionary the consonant behind it counts; the same name stands on both sides of a page's end.
    const named = ['โรงเรียนแก้ว', 'โรงเรียนเขาดิน', 'โรงเรียนขาว', ...Array.from({ length: 40 }, () => 'โรงเรียนบ้านใหม่')];
    for (const [index, name] of named.entries()) await rename(schoolOf(OTHER_DISTRICT, index + 20), name);
    const codes: unknown[] = [];
    const page = async (cursor: string) => (await get(`/api/schools?district=${OTHER_DISTRICT}&limit=30${cursor}`)).body;
    let cursor = '';
    do {
      const { items = [], nextCursor } = await page(cursor);
      codes.push(...items.map(({ code }) => code));
      cursor = typeof nextCursor === 'string' ? `&cursor=${nextCursor}` : '';
    } while (cursor !== '');
    expect(await collationOf('school', 'name')).toBe('th-x-icu');
    const all = await system.prisma.school.findMany({ where: { districtCode: OTHER_DISTRICT } });
    const { compare } = new Intl.Collator('th');
    const byName = all.sort((one, other) => compare(one.name, other.name) || compare(one.code, other.code));
    expect(codes).toEqual(byName.map(({ code }) => code));
    expect(codes).toHaveLength(100);
    for (const [index] of named.entries()) await rename(schoolOf(OTHER_DISTRICT, index + 20), `โรงเรียนทดสอบ ${index + 20}`);
    const found = async (q: string) => (await get(`/api/schools?q=${encodeURIComponent(q)}&limit=200`)).body.items?.map(({ code }) => code);
    expect(await found(open)).toEqual([open]);
    expect(await found('โรงเรียนทดสอบ 99')).toEqual([schoolOf(OTHER_DISTRICT, 99), schoolOf(DISTRICT, 99)]);
    expect(await found('ไม่มีโรงเรียนนี้')).toEqual([]);
    for (const q of ['โรงเรียน%', '%', '_', '7001%', `${open.slice(0, 7)}_`, '\\']) expect([q, await found(q)]).toEqual([q, []]);
  });

  test('X5: by its name however it is typed, and by its place', async () => {
    const [one, two] = [schoolOf(DISTRICT, 3), schoolOf(DISTRICT, 4)];
    const rename = (code: string, name: string, amphoe: string) => system.prisma.school.update({ where: { code }, data: { name, amphoe } });
    const names = await system.prisma.school.findMany({ where: { code: { in: [one, two] } }, orderBy: { code: 'asc' } });
    await rename(one, 'โรงเรียนบ้านจอมบึง (วาปีพร้อมประชาศึกษา)', 'จอมบึง');
    await rename(two, 'โรงเรียนสตรีวิทยา ๒ Kings', 'ลาดพร้าว');
    const found = async (q: string) => (await get(`/api/schools?q=${encodeURIComponent(q)}`)).body.items?.map(({ code }) => code);
    for (const q of ['บ้านจอมบึง(วาปีพร้อมประชาศึกษา)', 'โรงเรียน บ้านจอมบึง (วาปี พร้อม', 'บ้าน\u200Bจอมบึง', 'วาปีพร้อม จอม บึง']) {
      expect([q, await found(q)]).toEqual([q, [one]]);
    }
    for (const q of ['สตรีวิทยา 2', 'สตรีวิทยา๒', 'ร.ร.สตรีวิทยา2', 'สตรีวิทยา ลาดพร้าว', 'kings']) expect([q, await found(q)]).toEqual([q, [two]]);
    expect(await found('สตรีวิทยา 3')).toEqual([]);
    // X3: addresses stand in histories and logs.
    expect(refusedFields(await get('/api/schools?q=1-1017-00230-70-8'))).toEqual(['q NATIONAL_ID_IN_ADDRESS']);
    for (const { code, name, amphoe } of names) await rename(code, name, amphoe);
  });
});

test('what a query leaves empty is not asked for, as a form sends it; what it gives wrong is refused', async () => {
  const empty = await get('/api/registrations?status=&q=&overdue=&warnings=&cursor=&limit=', cases.approver);
  expect(empty).toMatchObject({ status: 200, body: { items: [{ reference }] } });
  expect((await get('/api/schools?q=&district=')).body.items?.length).toBeGreaterThan(0);
  expect((await get('/api/registrations?status=NONE', cases.approver)).status).toBe(422);
});

describe('X5 a registration is found', () => {
  const found = async (q: string, headers = cases.approver) =>
    (await get(`/api/registrations?q=${encodeURIComponent(q)}`, headers)).body.items?.length;

  test.each([
    ['as it was typed', 'กำแพง แก้วใส'],
    ['with ำ as two code points', 'ก\u0E4D\u0E32แพง'],
    ['with แ as two', 'เเก้วใส'],
    ['without the space', 'กำแพงแก้วใส'],
    ['with zero-width characters', 'กำ\u200Bแพง'],
    ['by its school', pending],
  ])('%s', async (_how, q) => {
    expect(await found(q)).toBe(1);
  });

  test('by its reference, in any case of letters; not by another name, and not by another district', async () => {
    expect(await found(String(reference).toLowerCase())).toBe(1);
    expect(await found('กำแพงเพชร')).toBe(0);
    expect(refusedFields(await get('/api/registrations?q=1-1017-00230-70-8', cases.approver))).toEqual(['q NATIONAL_ID_IN_ADDRESS']);
    // No wildcards of LIKE.
    for (const q of ['%', '_', 'กำ%ใส', '\\']) expect(await found(q)).toBe(0);
    expect(await found('กำแพง', await signIn(system.url, ACCOUNTS.otherApprover))).toBe(0);
  });

  test('by the end of its reference, and by its school in Thai digits', async () => {
    expect(await found(String(reference).slice(-6))).toBe(1);
    expect(await found(pending.replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'.charAt(Number(digit))))).toBe(1);
  });

  test('by the present name of its school alone, with or without spaces', async () => {
    const rename = (name: string) => system.prisma.school.update({ where: { code: pending }, data: { name } });
    const { name } = await system.prisma.school.findUniqueOrThrow({ where: { code: pending } });
    await rename('โรงเรียนบ้านหนองแวง ๑');
    expect(await found('บ้านหนอง แวง 1')).toBe(1);
    await rename(name);
    expect(await found('บ้านหนองแวง')).toBe(0);
    expect(await found(name)).toBeGreaterThan(0);
  });
});
