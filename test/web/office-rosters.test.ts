// The state of the rosters of an office's schools, and the people of one, as pages (R5.0), with the way to its administrator's (R4.6).
import { Refused } from '../../domain/refused';
import type { SchoolView } from '../../queries/queries';
import type { RosterFilter, RosterView, StaffFilter } from '../../queries/roster-queries';
import { asCentral, asDistrict, asSchool } from '../api/support/running-api';
import { type RunningPages, startPages } from './support/running-pages';
import { memberWith, rosterSummary, rosterWith, schoolWith } from './support/view';

let pages: RunningPages;
let filters: RosterFilter[];
let items: RosterView[];
let outcome: Refused | null;
let school: SchoolView;
/** What was asked of one school's people, in the order of asking. */
let asked: [string, string, StaffFilter?][];
let people: ReturnType<typeof memberWith>[];
let access: Refused | null;

beforeEach(async () => {
  filters = [];
  items = [rosterWith()];
  outcome = null;
  school = schoolWith();
  asked = [];
  people = [memberWith()];
  access = null;
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
      async school(code) {
        if (code !== school.code) throw new Refused('NOT_FOUND');
        return school;
      },
      async rosterAccess(code, { role }) {
        asked.push([`access of ${role}`, code]);
        if (access) throw access;
      },
      async staff(code, filter) {
        asked.push(['staff', code, filter]);
        if (outcome) throw outcome;
        return { items: people, nextCursor: 'more', summary: rosterSummary };
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

test('R5.0 each school leads to its people, and to nothing else', async () => {
  const list = /<ul class="govuk-list dpa-results">[\s\S]*?<\/ul>/.exec(await open('/office/rosters'))?.[0] ?? '';
  expect([...list.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['/office/rosters/70010062']);
});

describe('R5.0 the people of a school, to read alone', () => {
  const PAGE = '/office/rosters/70010062';

  test.each([
    ['its district', 'DISTRICT', asDistrict],
    ['the central office', 'CENTRAL', asCentral],
  ] as const)('%s sees school, counts and people, the IDs masked', async (_who, role, who) => {
    const html = await open(PAGE, who);
    for (const text of ['บ้านดอยสูง', '70010062', '26 คน', 'จากทั้งหมด 28', 'ขาด 2', '24 พฤศจิกายน 2568', '26 people, 25 incomplete'])
      expect(html).toContain(text);
    for (const text of ['นางสาวกานดา เครือวัลย์', 'ครู · ชำนาญการ', 'x-xxxx-xxxx0-70-8', 'ขาด 2 ช่อง', 'href="/office/rosters"'])
      expect(html).toContain(text);
    expect(asked).toEqual([
      [`access of ${role}`, '70010062'],
      ['staff', '70010062', { cursor: undefined, limit: 25 }],
    ]);
  });

  test('has no way to change anything, and tells no more of a person than a list needs', async () => {
    const html = await open(PAGE);
    const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
    for (const text of ['method="post"', '/school/', '2528', '081 234 5678', '1234', 'ค.บ.'])
      expect([text, main.includes(text)]).toEqual([text, false]);
  });

  test('headings, search and cursor narrow it, and the next page keeps them', async () => {
    const html = await open(`${PAGE}?view=incomplete&q=กานดา&cursor=c`);
    expect(html).toContain(`href="${PAGE}?view=incomplete&amp;q=${encodeURIComponent('กานดา')}&amp;cursor=more"`);
    for (const text of [`action="${PAGE}"`, 'value="กานดา"', `href="${PAGE}?view=unverified"`]) expect(html).toContain(text);
    await open(`${PAGE}?view=unverified`);
    const filters = asked.flatMap(([, , filter]) => filter ?? []);
    expect(filters).toEqual([
      { complete: false, q: 'กานดา', cursor: 'c', limit: 25 },
      { verified: false, cursor: undefined, limit: 25 },
    ]);
  });

  test('where nobody is found it says so', async () => {
    people = [];
    expect(await open(`${PAGE}?q=ไม่มี`)).toContain('ไม่มีบุคลากรในกลุ่มนี้');
  });

  test('another district’s: 403, and its people are not read', async () => {
    access = new Refused('FORBIDDEN');
    const response = await pages.open(PAGE, asDistrict);
    const html = await response.text();
    expect([response.status, html.includes('สำนักงานอื่น'), html.includes('กลับไปรายชื่อสถานศึกษา'), html.includes('กานดา')]).toEqual([
      403,
      true,
      true,
      false,
    ]);
    expect(asked).toEqual([['access of DISTRICT', '70010062']]);
  });

  test.each(['70010063', '1', 'nowhere', '700100620'])('%s is no school: 404', async (code) => {
    expect([(await pages.open(`/office/rosters/${code}`, asCentral)).status, asked]).toEqual([404, []]);
  });

  test('a school’s administrator: 403; nobody: 401, and signing in leads back', async () => {
    expect((await pages.open(PAGE, asSchool)).status).toBe(403);
    const signedOut = await pages.open(`${PAGE}?view=incomplete`);
    expect([signedOut.status, await signedOut.text()]).toEqual([401, expect.stringContaining(`name="next" value="${PAGE}?view=incomplete"`)]);
    expect(asked).toEqual([]);
  });

  test('X3: a whole national ID, and a cursor that is none: 422, with how to find people', async () => {
    outcome = new Refused('VALIDATION');
    const response = await pages.open(`${PAGE}?q=1101700230708`, asDistrict);
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('มิใช่เลขประจำตัวประชาชนทั้งเลข')]);
  });

  test('X8: hostile text is text', async () => {
    const hostile = '"><script>alert(1)</script>';
    school = schoolWith({ name: hostile });
    people = [memberWith({ firstName: hostile })];
    expect(await open(`${PAGE}?q=${encodeURIComponent(hostile)}`)).not.toContain('<script');
  });
});

describe('R4.6 from the people of a school to its administrator’s page', () => {
  const ADMINISTRATOR = 'href="/schools/70010062/administrator"';

  test('for its district and the central office', async () => {
    for (const who of [asDistrict, asCentral]) expect(await open('/office/rosters/70010062', who)).toContain(ADMINISTRATOR);
  });

  test('not for whom that page refuses: the school went to another district meanwhile, or has none', async () => {
    for (const district of [{ code: 'D2', name: 'สพป. 2', kind: 'ESAO_PRIMARY' as const }, null]) {
      school = schoolWith({ district });
      expect(await open('/office/rosters/70010062')).not.toContain('/administrator');
      expect(await open('/office/rosters/70010062', asCentral)).toContain(ADMINISTRATOR);
    }
  });
});
