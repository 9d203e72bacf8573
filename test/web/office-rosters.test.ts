// The state of the rosters of an office's schools, as pages (R5.0).
import { Refused } from '../../domain/refused';
import type { RosterFilter, RosterView } from '../../queries/roster-queries';
import { asCentral, asDistrict, asSchool } from '../api/support/running-api';
import { type RunningPages, startPages } from './support/running-pages';
import { rosterWith } from './support/view';

let pages: RunningPages;
let filters: RosterFilter[];
let items: RosterView[];
let outcome: Refused | null;

beforeEach(async () => {
  filters = [];
  items = [rosterWith()];
  outcome = null;
  pages = await startPages({
    queries: {
      async rosters(filter) {
        filters.push(filter);
        if (outcome) throw outcome;
        return { items, nextCursor: 'more' };
      },
      async rostersSheet(filter) {
        filters.push(filter);
        return { type: 'text/csv', bytes: Buffer.from('rosters') };
      },
    },
  });
});
afterEach(() => pages.stop());

const open = async (path: string, who = asDistrict) => (await pages.open(path, who)).text();

test('R5.0 counts, last check and who is overdue, with all of them as CSV', async () => {
  const html = await open('/office/rosters');
  for (const text of ['บ้านดอยสูง', '26 คน จาก 28', 'ไม่ครบ 25', 'ขาด 2', 'รับรองล่าสุด', 'ไม่ได้รับรองนานแล้ว', 'href="/office/rosters/sheet.csv?view=all"'])
    expect(html).toContain(text);
  expect(html).toContain('/office/rosters?view=all&amp;cursor=more');
  expect(filters).toEqual([{ cursor: undefined, limit: 25 }]);
});

test('R5.0 headings, cursor and, for the central office, one district narrow it', async () => {
  const html = await open('/office/rosters?view=overdue&district=d1&cursor=c', asCentral);
  for (const text of ['value="D1"', 'sheet.csv?view=overdue&amp;district=D1', 'view=overdue&amp;district=D1&amp;cursor=more'])
    expect(html).toContain(text);
  await open('/office/rosters?view=attested&district=OTHER');
  expect(filters).toEqual([
    { overdue: true, district: 'D1', cursor: 'c', limit: 25 },
    { overdue: false, cursor: undefined, limit: 25 },
  ]);
});

test('R5.0 all of them as CSV, narrowed as the list is; who is not signed in is asked to', async () => {
  const sheet = await pages.open('/office/rosters/sheet.csv?view=overdue&district=d1', asCentral);
  expect([sheet.status, await sheet.text(), sheet.headers.get('content-disposition')]).toEqual([
    200,
    'rosters',
    expect.stringContaining('rosters.csv'),
  ]);
  await pages.open('/office/rosters/sheet.csv?district=OTHER', asDistrict);
  expect(filters).toEqual([{ overdue: true, district: 'D1' }, {}]);
  const signedOut = await pages.open('/office/rosters/sheet.csv');
  expect([signedOut.status, await signedOut.text()]).toEqual([401, expect.stringContaining('name="next" value="/office/rosters/sheet.csv"')]);
  expect((await pages.open('/office/rosters/sheet.csv', asSchool)).status).toBe(403);
});

test('an empty list says what that means', async () => {
  items = [];
  expect(await open('/office/rosters?view=overdue')).toContain('ทุกสถานศึกษารับรองรายชื่อแล้ว');
  expect(await open('/office/rosters?district=NONE', asCentral)).toContain('โปรดตรวจสอบรหัส');
});

test('a school: 403; nobody: 401; a cursor that is none: 422', async () => {
  expect((await pages.open('/office/rosters', asSchool)).status).toBe(403);
  expect((await pages.open('/office/rosters')).status).toBe(401);
  outcome = new Refused('VALIDATION');
  expect((await pages.open('/office/rosters?cursor=x', asDistrict)).status).toBe(422);
});
