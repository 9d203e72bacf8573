// The pages of a roster's sheet (R5.0): what it would do, then doing it.
import type { SheetResult } from '../../commands/roster-commands';
import { Refused } from '../../domain/refused';
import { outcomeGroups } from '../../web/sheet-groups';
import { asDistrict, asSchool } from '../api/support/running-api';
import { cookieOf, location, missingPlaces, type RunningPages, startPages } from './support/running-pages';

const SHEET = 'nationalId,title\n1101700230708,นาย\n';
let pages: RunningPages;
let taken: { dryRun: boolean; text: string; seen?: object }[];
let result: SheetResult;
let outcome: Refused | null;

beforeEach(async () => {
  taken = [];
  outcome = null;
  result = sheetResult();
  pages = await startPages({
    queries: {
      emptyStaffSheet: async (format) => ({ type: 'text/csv', bytes: Buffer.from(`headings of ${format}`) }),
      staffSheet: async (code, format) => ({ type: 'text/csv', bytes: Buffer.from(`${code} as ${format}`) }),
    },
    commands: {
      async takeSheet({ bytes, dryRun, seen, begins }) {
        taken.push({ dryRun, text: Buffer.from(bytes).toString('utf8'), ...(seen && { seen: Object.fromEntries(seen) }) });
        if (outcome?.code !== 'RATE_LIMITED') await begins?.();
        if (outcome) throw outcome;
        return { ...result, dryRun };
      },
    },
  });
});
afterEach(() => pages.stop());

/** One row of each kind, and many that are new. */
function sheetResult(rows: SheetResult['rows'] = []): SheetResult {
  const lookup = { lookupId: 'l1', found: 'ELSEWHERE' as const, maskedName: 'ก*** ค***', school: { code: '70010099', name: 'อนุบาลเมืองใหม่' } };
  return {
    dryRun: true,
    counts: { NEW: 3, UPDATE: 1, UNCHANGED: 1, NEEDS_TRANSFER: 1, REFUSED: 1 },
    rows: [
      { row: 2, outcome: 'NEW' },
      { row: 3, outcome: 'NEW' },
      { row: 4, outcome: 'UPDATE', personId: 'p4', version: 'v4', changes: ['major', 'phone'] },
      { row: 5, outcome: 'NEW' },
      { row: 6, outcome: 'UNCHANGED', personId: 'p6', version: 'v6' },
      { row: 7, outcome: 'NEEDS_TRANSFER', lookup },
      { row: 8, outcome: 'REFUSED', errors: [{ path: 'email', code: 'EMAIL', message: 'รูปแบบอีเมลไม่ถูกต้อง / This is not an e-mail address.' }] },
      ...rows,
    ],
    ignoredColumns: ['หมายเหตุ'],
  };
}

function form(content: string | null = SHEET): FormData {
  const fields = new FormData();
  if (content !== null) fields.append('sheet', new Blob([content]), 'รายชื่อ.csv');
  return fields;
}

/** Sends a sheet; gives the headers of the browser that did. */
async function sent(): Promise<{ cookie: string }> {
  const response = await pages.send('/school/sheet', form(), asSchool);
  expect(location(response)).toEqual([303, '/school/sheet/check']);
  return { cookie: `${asSchool.cookie}; ${cookieOf(response)}` };
}

describe('R5.0 a sheet', () => {
  test('a dry run shows each row, nothing of the file stands in the page; then it is applied', async () => {
    const browser = await sent();
    const html = await (await pages.open('/school/sheet/check', browser)).text();
    for (const text of ['ยังไม่ได้บันทึก', 'รายชื่อ.csv', 'แถวที่ 2–3, 5', 'วิชาเอก', 'href="/school/lookups/l1"', 'อนุบาลเมืองใหม่', 'รูปแบบอีเมลไม่ถูกต้อง'])
      expect(html).toContain(text);
    for (const text of ['หมายเหตุ', 'บันทึก 4 แถว']) expect(html).toContain(text);
    expect(html).not.toContain('1101700230708');
    expect(missingPlaces(html)).toEqual([]);
    expect(taken).toEqual([{ dryRun: true, text: SHEET }]);

    expect(location(await pages.send('/school/sheet/check', {}, browser))).toEqual([303, '/school/sheet/done']);
    const done = await (await pages.open('/school/sheet/done', browser)).text();
    for (const text of ['บันทึกจากไฟล์แล้ว', 'เพิ่มแล้ว', 'แก้ไขแล้ว']) expect(done).toContain(text);
    expect(taken[1]).toEqual({ dryRun: false, text: SHEET, seen: { p4: 'v4', p6: 'v6' } });
  });

  test('a second tap leads to what the first one did', async () => {
    const browser = await sent();
    await pages.send('/school/sheet/check', {}, browser);
    expect(location(await pages.send('/school/sheet/check', {}, browser))).toEqual([303, '/school/sheet/done']);
    expect(location(await pages.open('/school/sheet/check', browser))).toEqual([303, '/school/sheet/done']);
    expect(taken).toHaveLength(2);
  });

  test('500 rows are one page that a slow line carries', async () => {
    const message = 'โปรดกรอกช่องนี้ / Fill this in.';
    result = sheetResult(
      Array.from({ length: 493 }, (_none, at) => ({ row: at + 9, outcome: 'REFUSED', errors: [{ path: 'title', code: 'REQUIRED', message }] })),
    );
    const response = await pages.open('/school/sheet/check', await sent());
    expect(response.headers.get('content-encoding')).toBeTruthy();
    expect(await response.text()).toContain('แถวที่ 501');
  });

  test('an outage keeps the sheet for another try', async () => {
    const browser = await sent();
    outcome = new Refused('UNAVAILABLE', { retryAfter: 5 });
    const response = await pages.send('/school/sheet/check', {}, browser);
    const html = await response.text();
    expect([response.status, html]).toEqual([503, expect.stringContaining('บันทึก 4 แถว')]);
    // Rows are written one by one: some may be.
    expect(html).toContain('บางแถวอาจบันทึกแล้ว');
    expect(html).not.toContain('ยังไม่ได้บันทึก');
    expect(await (await pages.open('/school/sheet/check', browser)).text()).toContain('บางแถวอาจบันทึกแล้ว');
    outcome = null;
    expect(location(await pages.send('/school/sheet/check', {}, browser))).toEqual([303, '/school/sheet/done']);
  });

  test('a budget that is spent keeps the sheet, of which no row was written: also when the page is opened again', async () => {
    const browser = await sent();
    outcome = new Refused('RATE_LIMITED', { retryAfter: 60 });
    const response = await pages.send('/school/sheet/check', {}, browser);
    const again = await pages.open('/school/sheet/check', browser);
    expect(response.status).toBe(429);
    for (const html of [await response.text(), await again.text()]) {
      expect(html).toContain('ยังไม่ได้บันทึก');
      expect(html).not.toContain('บางแถวอาจบันทึกแล้ว');
    }
  });

  test('no row to write: no button', async () => {
    result = {
      ...sheetResult(),
      counts: { NEW: 0, UPDATE: 0, UNCHANGED: 1, NEEDS_TRANSFER: 0, REFUSED: 0 },
      rows: [{ row: 2, outcome: 'UNCHANGED' }],
    };
    const html = await (await pages.open('/school/sheet/check', await sent())).text();
    expect(html).toContain('ไม่มีแถวที่จะบันทึก');
    expect(html).not.toContain('action="/school/sheet/check"');
  });

  test.each([
    ['no file', null, null],
    [
      'what is no sheet',
      'x',
      new Refused('SHEET_REJECTED', { errors: [{ path: 'file', code: 'SHEET_REJECTED', message: 'อ่านไฟล์นี้ไม่ได้ / Unreadable.' }] }),
    ],
    ['too large', 'x'.repeat(1024 * 1024 + 1), null],
  ])('%s is told at the field: 422', async (_title, content, refusal) => {
    outcome = refusal;
    const response = await pages.send('/school/sheet', form(content), asSchool);
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('id="sheet-error"')]);
  });

  test('the budget of look-ups is told, with when to come again', async () => {
    outcome = new Refused('RATE_LIMITED', { retryAfter: 60 });
    const response = await pages.send('/school/sheet', form(), asSchool);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60']);
  });

  test('without a sheet, or with somebody else’s: begin again', async () => {
    for (const path of ['/school/sheet/check', '/school/sheet/done'])
      expect(location(await pages.open(path, { cookie: `${asSchool.cookie}; dpa_sheet=unknown` }))).toEqual([303, '/school/sheet']);
    expect(location(await pages.send('/school/sheet/check', {}, asSchool))).toEqual([303, '/school/sheet']);
    expect(taken).toEqual([]);
  });

  test('offices: 403; nobody: 401; another site: 403', async () => {
    expect((await pages.open('/school/sheet', asDistrict)).status).toBe(403);
    expect((await pages.send('/school/sheet', form())).status).toBe(401);
    expect((await pages.send('/school/sheet', form(), { ...asSchool, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(taken).toEqual([]);
  });

  test('sheets to begin with: the roster, and an empty one', async () => {
    const html = await (await pages.open('/school/sheet', asSchool)).text();
    for (const text of ['/school/sheet/roster.xlsx', '/school/sheet/template.csv']) expect(html).toContain(text);
    const response = await pages.open('/school/sheet/template.xlsx', asSchool);
    expect(await response.text()).toBe('headings of xlsx');
    expect(response.headers.get('content-disposition')).toContain('staff-template.xlsx');
    const roster = await pages.open('/school/sheet/roster.csv', asSchool);
    expect([await roster.text(), roster.headers.get('content-disposition')]).toEqual([
      '70010062 as csv',
      expect.stringContaining('staff-70010062.csv'),
    ]);
    for (const name of ['template', 'roster']) expect((await pages.open(`/school/sheet/${name}.pdf`, asSchool)).status).toBe(404);
    const signedOut = await pages.open('/school/sheet/roster.csv');
    expect([signedOut.status, await signedOut.text()]).toEqual([401, expect.stringContaining('name="next" value="/school/sheet/roster.csv"')]);
  });
});

test.each([
  [[2], '2'],
  [[2, 3, 4, 6, 8, 9], '2–4, 6, 8–9'],
])('numbers of rows are told as ranges: %j', (numbers, told) => {
  const rows = numbers.map((row) => ({ row, outcome: 'NEW' as const }));
  expect(outcomeGroups({ rows, dryRun: true })).toMatchObject([{ count: numbers.length, numbers: told }]);
});
