// R5.0: rosters from and to CSV and XLSX, over HTTP on the real database.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { writeSheet } from '../../sheets/sheet';
import { ACCOUNTS, DISTRICT, schoolOf } from '../setup/directory';
import { call, freshNationalId, type Reply, signIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { cookieOf, location } from '../web/support/running-pages';
import { REST, type SchoolAtWork, schoolAtWork, sendSheet } from './support/school';

let system: TestSystem;

beforeAll(async () => {
  system = await startSystem({ LIMIT_LOOKUPS: '100000/h' }, { worker: false });
});
afterAll(() => system.stop());

const HEADINGS = 'nationalId,title,firstName,lastName,position,major';
const csv = (...lines: string[]) => [HEADINGS, ...lines].join('\r\n');
const line = (id: string, name = 'สมชาย', rest = 'ใจดี,TEACHER,') => `${id},นาย,${name},${rest}`;

const rowsSchema = z.array(
  z.looseObject({ row: z.number(), outcome: z.string(), errors: z.array(z.looseObject({ path: z.string(), code: z.string() })).optional() }),
);
const rowsOf = ({ body }: Reply) => rowsSchema.parse(body['rows']);
const outcomes = (reply: Reply) =>
  rowsOf(reply).map(({ row, outcome, errors = [] }) => [row, outcome, ...errors.map(({ path, code }) => `${path} ${code}`)].join(' '));
const staff = async (school: SchoolAtWork) => (await school.call('GET', `/api/schools/${school.code}/staff?limit=200`)).body.items ?? [];

describe('R5.0 a roster from a sheet', () => {
  test('a dry run tells what each row would do and writes nothing; then it is done; twice changes nothing', async () => {
    const [school, other] = [await schoolAtWork(system), await schoolAtWork(system)];
    const [own, same, elsewhere, fresh] = [freshNationalId(), freshNationalId(), freshNationalId(), freshNationalId()];
    await school.add(own);
    await school.add(same);
    await other.add(elsewhere);
    const stays = await school.addNew({ firstName: 'ไม่อยู่ในไฟล์' });
    const sheet = csv(line(own, 'สมชาย', 'ใจดี,TEACHER,ดนตรี'), line(same), line(elsewhere), line(fresh), line('123'), line(freshNationalId(), ''));
    const expected = ['2 UPDATE', '3 UNCHANGED', '4 NEEDS_TRANSFER', '5 NEW', '6 REFUSED nationalId NATIONAL_ID', '7 REFUSED firstName REQUIRED'];
    const before = await staff(school);
    const dry = await sendSheet(system, school, sheet, '?dryRun=true');
    expect(dry).toMatchObject({ status: 200, body: { dryRun: true, counts: { NEW: 1, UPDATE: 1, UNCHANGED: 1, NEEDS_TRANSFER: 1, REFUSED: 2 } } });
    expect(outcomes(dry)).toEqual(expected);
    expect(await staff(school)).toEqual(before);

    const done = await sendSheet(system, school, sheet);
    expect(outcomes(done)).toEqual(expected);
    const after = await staff(school);
    expect(after).toHaveLength(4);
    expect(after.some(({ id }) => id === stays)).toBe(true);

    const again = await sendSheet(system, school, sheet);
    expect(outcomes(again)).toEqual(['2 UNCHANGED', '3 UNCHANGED', '4 NEEDS_TRANSFER', '5 UNCHANGED', ...expected.slice(4)]);
    expect(await staff(school)).toEqual(after);
    expect((await other.call('GET', `/api/schools/${other.code}/staff`)).body.items).toHaveLength(1);
  });

  test('a stray quote, which may join lines, is refused with its place, and no row is guessed at', async () => {
    const school = await schoolAtWork(system);
    for (const stray of ['ไม้"โท', '"สมชาย']) {
      const sheet = csv(line(freshNationalId()), line(freshNationalId(), stray), line(freshNationalId(), '"สมศรี'));
      const { status, body } = await sendSheet(system, school, sheet);
      expect([status, body['code'], body.errors?.[0]?.message]).toEqual([422, 'SHEET_REJECTED', expect.stringContaining('Line 3 of the CSV')]);
    }
    expect(await staff(school)).toEqual([]);
  });

  test('blank cells change nothing; errors are Thai and English', async () => {
    const school = await schoolAtWork(system);
    const id = freshNationalId();
    await school.add(id, REST);
    const reply = await sendSheet(system, school, `nationalId,major,email\n${id},,nothing\n`);
    expect(outcomes(reply)).toEqual(['2 REFUSED email EMAIL']);
    expect(rowsOf(reply)[0]?.errors?.[0]?.['message']).toMatch(/[ก-๙].* \/ .*[A-Za-z]/);
    expect(outcomes(await sendSheet(system, school, `nationalId,major\n${id},\n`))).toEqual(['2 UNCHANGED']);
    expect((await staff(school))[0]).toMatchObject({ major: REST.major });
  });

  test('R5.3c somebody elsewhere: the look-up to cite, a masked name and the school', async () => {
    const [school, other] = [await schoolAtWork(system), await schoolAtWork(system)];
    const id = freshNationalId();
    await other.add(id, { firstName: 'เกษม', lastName: 'น้ำใส' });
    const [row] = rowsOf(await sendSheet(system, school, csv(line(id)), '?dryRun=true'));
    expect(row).toMatchObject({ outcome: 'NEEDS_TRANSFER', lookup: { found: 'ELSEWHERE', maskedName: 'เ*** น้ำ***', school: { code: other.code } } });
    expect(JSON.stringify(row)).not.toMatch(/เกษม|น้ำใส|สมชาย/);
  });

  test('who stands in it twice is taken once', async () => {
    const school = await schoolAtWork(system);
    const id = freshNationalId();
    expect(outcomes(await sendSheet(system, school, csv(line(id), line(id))))).toEqual(['2 NEW', '3 REFUSED nationalId ROW_REPEATED']);
  });

  test('the same by the ID of the record and by the national ID; a line that is refused stands in the way of none', async () => {
    const school = await schoolAtWork(system);
    const nationalId = freshNationalId();
    const { id = '' } = (await school.add(nationalId)).body;
    const twice = `id,nationalId,major\n${id},,ดนตรี\n,${nationalId},ไทย\n`;
    expect(outcomes(await sendSheet(system, school, twice))).toEqual(['2 UPDATE', '3 REFUSED nationalId ROW_REPEATED']);
    const corrected = line(freshNationalId());
    const wrong = corrected.replace('TEACHER', 'NOBODY');
    expect(wrong).not.toBe(corrected);
    expect(outcomes(await sendSheet(system, school, csv(wrong, corrected)))).toEqual([expect.stringMatching(/^2 REFUSED position/), '3 NEW']);
  });

  test('Thai headings, Thai digits, Thai words and dates of the Buddhist era; other columns are named and left', async () => {
    const school = await schoolAtWork(system);
    const id = freshNationalId();
    const thai = [...id].map((digit) => '๐๑๒๓๔๕๖๗๘๙'[Number(digit)]).join('');
    const headings = 'ลำดับที่,เลขประจำตัวประชาชน,คำนำหน้า,ชื่อ,นามสกุล,ตำแหน่ง,เลขที่ตำแหน่ง,วิทยฐานะ,วันที่ได้รับวิทยฐานะ,วันเกิด,วันบรรจุ,วุฒิ,วิชาเอก';
    const row = `๑,${thai},นางสาว,กานดา,ดี,ครู,๑๒๓๔,ครูชำนาญการ,๑ ต.ค. ๒๕๕๘,1/4/2528,16 พฤษภาคม 2551,ค.บ.,ไทย`;
    const reply = await sendSheet(system, school, `\uFEFF${headings}\n${row}\n\n`);
    expect(outcomes(reply)).toEqual(['2 NEW']);
    expect(reply.body['ignoredColumns']).toEqual(['ลำดับที่']);
    expect((await staff(school))[0]).toMatchObject({
      ...{ title: 'นางสาว', position: 'TEACHER', positionNumber: '1234', academicStanding: 'ชำนาญการ', standingDate: '2015-10-01' },
      ...{ birthDate: '1985-04-01', appointedDate: '2008-05-16', completeness: { complete: true } },
    });
  });

  test('semicolons, and the code page of Thai Windows', async () => {
    const school = await schoolAtWork(system);
    const id = freshNationalId();
    const thai = (text: string) =>
      Uint8Array.from([...text].map((letter) => (letter >= 'ก' ? letter.charCodeAt(0) - 0x0e00 + 0xa0 : letter.charCodeAt(0))));
    const bytes = thai(`เลขประจำตัวประชาชน;คำนำหน้า;ชื่อ;นามสกุล;ตำแหน่ง\r\n${id};นาย;สมชาย;ใจดี;ครู\r\n`);
    expect(outcomes(await sendSheet(system, school, bytes))).toEqual(['2 NEW']);
    expect((await staff(school))[0]).toMatchObject({ firstName: 'สมชาย', position: 'TEACHER' });
  });

  test('XLSX, with real dates, numbers and empty rows', async () => {
    const school = await schoolAtWork(system);
    const { writeXlsx } = await import('hucre/xlsx');
    const id = freshNationalId();
    const headings = ['nationalId', 'title', 'firstName', 'lastName', 'position', 'birthDate', 'appointedDate'];
    const rows = [headings, [Number(id), 'นาย', 'สมชาย', 'ใจดี', 'ครู', new Date('1985-04-01'), 39584], [], ['x', null]];
    const bytes = Uint8Array.from(await writeXlsx({ sheets: [{ name: 'บุคลากร', rows }] }));
    expect(outcomes(await sendSheet(system, school, bytes))).toEqual(['2 NEW', '4 REFUSED nationalId NATIONAL_ID']);
    expect((await staff(school))[0]).toMatchObject({ birthDate: '1985-04-01', appointedDate: '2008-05-16' });
  });
});

test('R5.1: on the page, who was changed since the dry run is left as they are, and told', async () => {
  const school = await schoolAtWork(system);
  const [changed, other] = [freshNationalId(), freshNationalId()];
  const ids = [await school.add(changed), await school.add(other)].map(({ body }) => body.id ?? '');
  const inBrowser = (path: string, body: FormData | URLSearchParams | null, cookie: string) =>
    fetch(`${system.url}${path}`, {
      ...(body && { method: 'POST', body }),
      headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', Accept: 'text/html' },
      redirect: 'manual',
    });
  const form = new FormData();
  form.append('sheet', new Blob([csv(line(changed, 'สมปอง'), line(other, 'สมปอง'))]), 'roster.csv');
  const shown = await inBrowser('/school/sheet', form, school.headers.Cookie);
  const cookie = `${school.headers.Cookie}; ${cookieOf(shown)}`;
  await school.call('PATCH', `/api/schools/${school.code}/staff/${ids[0]}`, { firstName: 'สมบัติ' });
  const applied = await inBrowser('/school/sheet/check', new URLSearchParams(), cookie);
  expect(location(applied)).toEqual([303, '/school/sheet/done']);
  expect(await (await inBrowser('/school/sheet/done', null, cookie)).text()).toContain('ข้อมูลเปลี่ยนไปจากที่ท่านเห็น');
  const people = new Map((await staff(school)).map(({ id, firstName }) => [id, firstName]));
  expect(ids.map((id) => people.get(id))).toEqual(['สมบัติ', 'สมปอง']);
});

describe('R5.0 what is no sheet of a roster', () => {
  const many = Array.from({ length: 501 }, () => line('123'));
  test.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['nothing', ''],
    ['no heading for the national ID', 'firstName,lastName\nสมชาย,ใจดี'],
    ['a heading twice', 'nationalId,ชื่อ,firstName\n1,2,3'],
    ['more than 500 rows', csv(...many)],
    ['more than 1 MB', `${HEADINGS}\n${'x'.repeat(1_100_000)}`],
    ['an archive that is none', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3])],
    ['quotes that do not close', 'nationalId\n"1\n2\n'],
  ])('%s: 422 SHEET_REJECTED', async (_what, content) => {
    const school = await schoolAtWork(system);
    expect(await sendSheet(system, school, content)).toMatchObject({ status: 422, body: { code: 'SHEET_REJECTED' } });
  });

  test('an archive that would unpack to far more is not unpacked', async () => {
    const school = await schoolAtWork(system);
    const { writeXlsx } = await import('hucre/xlsx');
    const cell = 'ก'.repeat(32_000);
    const rows = Array.from({ length: 120 }, () => [cell, cell]);
    const bomb = Uint8Array.from(await writeXlsx({ sheets: [{ name: 'x', rows }], stringMode: 'inline' }));
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await sendSheet(system, school, bomb)).toMatchObject({ status: 422, body: { code: 'SHEET_REJECTED' } });
  });

  test("another school's roster is 404, an office may not send one, nor another site", async () => {
    const [school, stranger] = [await schoolAtWork(system), await schoolAtWork(system)];
    expect((await sendSheet(system, { code: school.code, headers: stranger.headers }, csv())).status).toBe(404);
    const approver = await signIn(system.url, ACCOUNTS.approver);
    expect((await sendSheet(system, { code: school.code, headers: approver }, csv())).status).toBe(403);
    expect((await sendSheet(system, school, csv(), '', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  });
});

describe('R5.3c look-ups of a sheet come from the one budget', () => {
  test('a dry run and what follows cost once; beyond the budget rows wait, then all of it is 429', async () => {
    const limited = await startSystem({ LIMIT_LOOKUPS: '3/h' }, { worker: false });
    try {
      const school = await schoolAtWork(limited, schoolOf(DISTRICT, 0));
      const sheet = csv(...Array.from({ length: 5 }, () => line(freshNationalId())));
      const expected = ['2 NEW', '3 NEW', '4 NEW', '5 REFUSED nationalId RATE_LIMITED', '6 REFUSED nationalId RATE_LIMITED'];
      expect(outcomes(await sendSheet(limited, school, sheet, '?dryRun=true'))).toEqual(expected);
      expect((await school.lookUp(freshNationalId())).status).toBe(429);
      const done = await sendSheet(limited, school, csv(...sheet.split('\r\n').slice(1, 4)));
      expect(outcomes(done)).toEqual(['2 NEW', '3 NEW', '4 NEW']);
      // What costs nothing is done all the same, and those beyond the budget are told so, row by row.
      const whole = await sendSheet(limited, school, sheet.replaceAll('สมชาย', 'สมปอง'));
      const [beyond, own] = ['REFUSED nationalId RATE_LIMITED', 'UPDATE'];
      expect(outcomes(whole)).toEqual([`2 ${own}`, `3 ${own}`, `4 ${own}`, `5 ${beyond}`, `6 ${beyond}`]);
      const faulty = csv('x,นาย,ไม่มี,เลข,TEACHER,', line(freshNationalId()));
      expect(outcomes(await sendSheet(limited, school, faulty, '?dryRun=true'))).toEqual(['2 REFUSED nationalId NATIONAL_ID', `3 ${beyond}`]);
      // To be done, it is not over with nothing done: neither among faulty rows nor among those that are so already.
      const unchanged = csv(...sheet.replaceAll('สมชาย', 'สมปอง').split('\r\n').slice(1, 3), line(freshNationalId()));
      for (const idle of [faulty, unchanged])
        expect(await sendSheet(limited, school, idle)).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
      const over = await sendSheet(limited, school, csv(line(freshNationalId())), '?dryRun=true');
      expect(over).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
      expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await limited.stop();
    }
  });
});

describe('R5.0 a roster as a sheet', () => {
  const get = async (school: SchoolAtWork, format: string) =>
    fetch(`${system.url}/api/schools/${school.code}/staff/sheet?format=${format}`, { headers: school.headers });

  test.each(['csv', 'xlsx'])('%s: taken back in it changes nothing; IDs are masked', async (format) => {
    const school = await schoolAtWork(system);
    const id = freshNationalId();
    await school.add(id, { ...REST, phone: '+66 81 234 5678', position: 'DEPUTY_DIRECTOR' });
    await school.addNew({ firstName: '=1+1', lastName: "'เอ" });
    const response = await get(school, format);
    expect(response.headers.get('content-disposition')).toContain(`staff-${school.code}.${format}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(Buffer.from(bytes).includes(id)).toBe(false);
    expect(outcomes(await sendSheet(system, school, bytes))).toEqual(['2 UNCHANGED', '3 UNCHANGED']);
    const masked = await get(await schoolAtWork(system), format);
    expect(masked.status).toBe(200);
  });

  test('cells that a spreadsheet would run are neutralised', async () => {
    const school = await schoolAtWork(system);
    for (const [index, start] of ['=', '+', '-', '@'].entries()) await school.addNew({ major: `${start}CMD${index}` });
    const text = await (await get(school, 'csv')).text();
    for (const [index, start] of ['=', '+', '-', '@'].entries()) expect(text).toContain(`,'${start}CMD${index},`);
    const { bytes } = await writeSheet('csv', 'x', [['\tCMD', '\rCMD', 'plain', "'plain"]]);
    expect(Buffer.from(bytes).toString('utf8')).toBe("\uFEFF'\tCMD,\"'\rCMD\",plain,'plain\r\n");
  });

  test('dates are of the Buddhist era (X6), and an ID of another record does not fit', async () => {
    const school = await schoolAtWork(system);
    const id = await school.addNew(REST);
    const text = await (await get(school, 'csv')).text();
    expect(text).toContain('01/04/2528');
    const other = `id,nationalId,major\n${id},x-xxxx-xxxx9-99-9,ดนตรี\n00000000-0000-4000-8000-000000000000,,ดนตรี\n${id},,ดนตรี\n`;
    expect(outcomes(await sendSheet(system, school, other))).toEqual(['2 REFUSED id NOT_FOUND', '3 REFUSED id NOT_FOUND', '4 UPDATE']);
  });

  test('offices read it where they read the roster', async () => {
    const school = await schoolAtWork(system);
    const status = async (account: string) =>
      (await call(system.url, 'GET', `/api/schools/${school.code}/staff/sheet`, undefined, await signIn(system.url, account))).status;
    expect([await status(ACCOUNTS.approver), await status(ACCOUNTS.central), await status(ACCOUNTS.otherApprover)]).toEqual([200, 200, 403]);
  });
});
