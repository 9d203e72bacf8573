// The roster's pages (R5.0-R5.4): what they ask of commands, and how they tell refusals. Test school: 70010062.
import type { Commands } from '../../commands/commands';
import { Refused } from '../../domain/refused';
import type { StaffFilter } from '../../queries/roster-queries';
import { asDistrict, asSchool } from '../api/support/running-api';
import { hiddenField, location, missingPlaces, REQUEST_ID, type RunningPages, startPages } from './support/running-pages';
import { memberWith, rosterSummary } from './support/view';

const PERSON = memberWith();
const NATIONAL_ID = '1101700230708';
const LOOKUP = '50000000-0000-4000-8000-000000000001';
let pages: RunningPages;
let filters: StaffFilter[];
let done: [string, unknown][];
let outcome: Refused | null;
let headcount: number;
let found: Awaited<ReturnType<Commands['lookUpStaff']>>;

beforeEach(async () => {
  filters = [];
  done = [];
  outcome = null;
  headcount = 28;
  found = { lookupId: LOOKUP, found: 'NONE' };
  const note = (name: string) => async (request: unknown) => {
    done.push([name, request]);
    if (outcome) throw outcome;
  };
  pages = await startPages({
    queries: {
      async staff(_code, filter) {
        filters.push(filter);
        return { items: [PERSON], nextCursor: null, summary: { ...rosterSummary, headcount, missing: headcount - 26 } };
      },
      staffMember: async () => PERSON,
      transferCounts: async () => ({ waiting: 2, in: 3, out: 2 }),
    },
    commands: {
      changeStaff: note('changeStaff'),
      async removeStaff(request) {
        await note('removeStaff')(request);
        return { on: request.on };
      },
      async stateHeadcount(request) {
        done.push(['stateHeadcount', request]);
        headcount = request.headcount;
      },
      checkRoster: note('checkRoster'),
      async lookUpStaff(request) {
        await note('lookUpStaff')(request);
        return found;
      },
      async addStaff(request) {
        await note('addStaff')(request);
        return { id: 'new' };
      },
    },
  });
});
afterEach(() => pages.stop());

const open = async (path: string) => (await pages.open(path, asSchool)).text();
const send = (path: string, fields: Record<string, string>) => pages.send(path, fields, asSchool);

describe('R5.0 the list', () => {
  test('tells the counts, who lacks what, and where to go on', async () => {
    const html = await open('/school');
    for (const text of ['26 คน', 'ขาด 2', 'กานดา เครือวัลย์', 'ขาด 2 ช่อง', 'x-xxxx-xxxx0-70-8', '/school/add', '24 พฤศจิกายน 2568'])
      expect(html).toContain(text);
    for (const text of ['/transfers?view=out">ผู้อื่นขอย้ายออก <strong>2', '/transfers?view=in">ท่านขอย้ายเข้า <strong>3', 'href="/school/sheet"'])
      expect(html).toContain(text);
    expect(filters[0]).toMatchObject({ limit: 25 });
  });

  test.each(['/school', '/school/check'])('%s names the school', async (path) => {
    expect(await open(path)).toContain('<strong>บ้านดอยสูง</strong> <span class="dpa-code">70010062</span>');
  });

  test('headings and search narrow it', async () => {
    await open('/school?view=incomplete&q=กานดา');
    await open('/school?view=unverified');
    expect(filters).toMatchObject([{ complete: false, q: 'กานดา' }, { verified: false }]);
  });

  test('is the school’s own: nobody and offices are sent away', async () => {
    expect((await pages.open('/school')).status).toBe(401);
    expect((await pages.open('/school', asDistrict)).status).toBe(403);
    expect((await pages.send('/school/people/p1', {}, asDistrict)).status).toBe(403);
  });
});

describe('R5.1 a person', () => {
  const path = `/school/people/${PERSON.id}`;

  test('shows the data in its fields, dates of the Buddhist era, and what is missing', async () => {
    const html = await open(path);
    for (const text of ['value="กานดา"', 'value="2528"', 'ยังขาด', 'วิชาเอก', 'value="ชำนาญการ" selected']) expect(html).toContain(text);
  });

  test('saves every field; blanks clear', async () => {
    const fields = { title: 'นาง', firstName: 'กานดา', lastName: 'ดี', position: 'TEACHER', major: 'ไทย', phone: '' };
    const dates = { 'appointedDate-day': '๑๖', 'appointedDate-month': '5', 'appointedDate-year': '2551' };
    expect(location(await send(path, { ...fields, ...dates }))).toEqual([303, `${path}?done=saved`]);
    const change = { title: 'นาง', lastName: 'ดี', major: 'ไทย', appointedDate: '2008-05-16', phone: null, birthDate: null, academicStanding: null };
    expect(done).toMatchObject([['changeStaff', { schoolCode: '70010062', personId: PERSON.id, change }]]);
    expect(await open(`${path}?done=saved`)).toContain('บันทึกและยืนยัน');
  });

  test('comes back as typed with every complaint, and nothing is saved', async () => {
    const response = await send(path, {
      firstName: '',
      lastName: 'ดี',
      title: 'นาง',
      position: '',
      'birthDate-day': '31',
      'birthDate-month': '2',
      'birthDate-year': '2528',
    });
    const html = await response.text();
    expect(response.status).toBe(422);
    for (const text of ['href="#firstName"', 'href="#position"', 'href="#birthDate-day"', 'value="ดี"', 'value="31"']) expect(html).toContain(text);
    expect(done).toEqual([]);
  });

  test('what was changed since the form was opened is told beside what was typed, and saved only when it is sent again', async () => {
    expect(hiddenField(await open(path), 'version')).toBe('as-seen');
    outcome = new Refused('STALE_REVISION');
    const typed = { title: 'นางสาว', firstName: 'กานดา', lastName: 'เครือวัลย์', position: 'DIRECTOR', phone: '081 234 5678', version: 'older' };
    const response = await send(path, typed);
    const html = await response.text();
    expect(done).toMatchObject([['changeStaff', { version: 'older' }]]);
    expect([response.status, hiddenField(html, 'version')]).toEqual([409, 'as-seen']);
    for (const text of [
      'ข้อมูลเปลี่ยนไปจากที่ท่านเห็น',
      '<td>ครู</td><td><strong>ผู้อำนวยการสถานศึกษา</strong></td>',
      '<td>1 เมษายน 2528</td><td><strong>–</strong></td>',
    ])
      expect(html).toContain(text);
    expect(html).not.toContain('<td>081 234 5678</td>');
  });

  test('a complaint keeps what was seen: it is no newer than the form', async () => {
    const html = await (await send(path, { title: 'นาง', firstName: '', lastName: 'ดี', position: 'TEACHER', version: 'older' })).text();
    expect(hiddenField(html, 'version')).toBe('older');
  });

  test('tells what the rules refuse', async () => {
    const message = 'วันบรรจุต้องไม่เป็นวันในอนาคต / A date of appointment is not in the future.';
    outcome = new Refused('VALIDATION', { errors: [{ path: 'appointedDate', code: 'IMPLAUSIBLE_DATE', message }] });
    const html = await (await send(path, { title: 'นาง', firstName: 'ก', lastName: 'ดี', position: 'TEACHER' })).text();
    expect(html).toContain('วันบรรจุต้องไม่เป็นวันในอนาคต');
  });
});

describe('R5.4 removing', () => {
  const path = `/school/people/${PERSON.id}/removal`;
  const on = { 'on-day': '24', 'on-month': '11', 'on-year': '2569' };

  test('asks for reason and date, then leads back to the list', async () => {
    const formId = hiddenField(await open(path), 'formId');
    expect(location(await send(path, { formId, kind: 'RETIRED', reason: 'เกษียณ', ...on }))).toEqual([303, '/school?done=removed']);
    const asked = { personId: PERSON.id, kind: 'RETIRED', reason: 'เกษียณ', on: '2026-11-24', formId: REQUEST_ID };
    expect(done).toMatchObject([['removeStaff', asked]]);
  });

  test.each([{}, { kind: '' }, { kind: 'SICK' }])(
    'why the person leaves is chosen, and not %j: told at the choice, nobody is removed',
    async (kind) => {
      const response = await send(path, { ...kind, reason: 'ลาออก', ...on });
      const html = await response.text();
      expect(response.status).toBe(422);
      for (const text of ['href="#kind"', 'id="kind-error"', 'โปรดเลือกข้อใดข้อหนึ่ง', '>ลาออก</textarea>', 'value="2569"']) expect(html).toContain(text);
      expect(html).not.toContain('TRANSFERRED, ');
      expect(missingPlaces(html)).toEqual([]);
      expect(done).toEqual([]);
    },
  );

  test('all that is missing is told at once', async () => {
    const html = await (await send(path, {})).text();
    for (const field of ['kind', 'reason', 'on']) expect(html).toContain(`id="${field}-error"`);
  });

  test('oneself: the form says why not', async () => {
    outcome = new Refused('OWN_RECORD');
    const response = await send(path, { kind: 'OTHER', reason: 'ย้าย', ...on });
    expect([response.status, await response.text()]).toEqual([409, expect.stringContaining('จำหน่ายข้อมูลของตนเองไม่ได้')]);
  });
});

describe('R5.2 R5.3 adding', () => {
  test('looks up, then adds with what was found and cited', async () => {
    const html = await (await send('/school/add', { nationalId: '1-1017-00230-70-8' })).text();
    expect(done).toMatchObject([['lookUpStaff', { nationalId: NATIONAL_ID }]]);
    expect([hiddenField(html, 'lookupId'), hiddenField(html, 'nationalId')]).toEqual([LOOKUP, NATIONAL_ID]);
    const fields = { lookupId: LOOKUP, nationalId: NATIONAL_ID, title: 'นาย', firstName: 'ก', lastName: 'ข', position: 'ครู' };
    expect(location(await send('/school/add/person', fields))).toEqual([303, '/school/people/new?done=added']);
    expect(done[1]).toMatchObject(['addStaff', { lookupId: LOOKUP, nationalId: NATIONAL_ID, record: { position: 'TEACHER', major: null } }]);
  });

  test('a wrong ID is told at its field', async () => {
    const response = await send('/school/add', { nationalId: '123' });
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('href="#nationalId"')]);
    expect(done).toEqual([]);
  });

  test('HERE: a masked name, and what to do', async () => {
    found = { lookupId: LOOKUP, found: 'HERE', maskedName: 'ก*** ท***' };
    const html = await (await send('/school/add', { nationalId: NATIONAL_ID })).text();
    for (const text of ['อยู่ในรายชื่อของท่านแล้ว', 'ก*** ท***']) expect(html).toContain(text);
  });

  test.each(['ELSEWHERE', 'UNPOSTED'] as const)('%s: on to asking for the record, by the look-up’s own address', async (where) => {
    found = { lookupId: LOOKUP, found: where, maskedName: 'ก*** ท***' };
    expect(location(await send('/school/add', { nationalId: NATIONAL_ID }))).toEqual([303, `/school/lookups/${LOOKUP}`]);
  });

  test('the budget of look-ups is told, with when to come again', async () => {
    outcome = new Refused('RATE_LIMITED', { retryAfter: 60 });
    const response = await send('/school/add', { nationalId: NATIONAL_ID });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60']);
  });

  test('a form that is not complete comes back with its look-up', async () => {
    const html = await (await send('/school/add/person', { lookupId: LOOKUP, nationalId: NATIONAL_ID, firstName: 'ก' })).text();
    expect(html).toContain('href="#lastName"');
    expect(hiddenField(html, 'lookupId')).toBe(LOOKUP);
  });
});

describe('R5.0 attesting', () => {
  const EXPLAINED = { [`explanations.${PERSON.id}`]: 'รอเอกสาร' };
  const KEPT = '>รอเอกสาร</textarea>';
  const SAVED = 'บันทึกจำนวนบุคลากรแล้ว';
  const attest = (fields: Record<string, string>) => send('/school/check', fields);
  const saveHeadcount = (fields: Record<string, string>) => attest({ ...fields, save: 'headcount' });

  test('shows the open items in one form, takes explanations', async () => {
    const html = await open('/school/check');
    for (const text of [
      'ขาด 2 คน',
      'กานดา เครือวัลย์',
      `name="explanations.${PERSON.id}"`,
      'name="explanations.headcount"',
      '<button type="submit" value="headcount" name="save"',
    ])
      expect(html).toContain(text);
    expect(html.match(/action="\/school\/[a-z]+"/g)).toEqual(['action="/school/check"']);
    // Enter in the headcount presses the first button, which must not be the one that attests.
    expect(html.indexOf('name="save"')).toBeLessThan(html.indexOf('รับรอง <span class="dpa-en" lang="en">Attest'));
    expect(location(await attest({ ...EXPLAINED, other: 'x' }))).toEqual([303, '/school?done=checked']);
    expect(done).toEqual([['checkRoster', expect.objectContaining({ explanations: { [PERSON.id]: 'รอเอกสาร' }, formId: REQUEST_ID })]]);
  });

  test('the headcount alone: saved, and what was explained is kept', async () => {
    const response = await saveHeadcount({ ...EXPLAINED, headcount: '๓๐' });
    const html = await response.text();
    expect(response.status).toBe(200);
    for (const text of [SAVED, KEPT, 'ขาด 4 คน']) expect(html).toContain(text);
    expect(done).toMatchObject([['stateHeadcount', { schoolCode: '70010062', headcount: 30 }]]);
    expect(await (await saveHeadcount({ headcount: '30' })).text()).toContain(SAVED);
  });

  test.each(['', 'มาก', '-1', '1.5'])('the headcount %j is none: told at its field, and what was explained is kept', async (typed) => {
    const response = await saveHeadcount({ ...EXPLAINED, headcount: typed });
    const html = await response.text();
    expect(response.status).toBe(422);
    for (const text of ['href="#headcount"', 'id="headcount-error"', KEPT]) expect(html).toContain(text);
    expect(html).not.toContain(SAVED);
    expect(done).toEqual([]);
  });

  test('attesting with another headcount states it first', async () => {
    expect(location(await attest({ ...EXPLAINED, headcount: '๓๐' }))).toEqual([303, '/school?done=checked']);
    expect(done).toMatchObject([
      ['stateHeadcount', { headcount: 30 }],
      ['checkRoster', { explanations: { [PERSON.id]: 'รอเอกสาร' } }],
    ]);
  });

  test.each(['', ' ', '28', '๒๘'])('attesting with the headcount %j leaves it as it is', async (typed) => {
    expect((await attest({ headcount: typed })).status).toBe(303);
    expect(done.map(([name]) => name)).toEqual(['checkRoster']);
  });

  test('attesting on a page that was opened before another headcount was stated takes that one not back', async () => {
    const headcountShown = hiddenField(await open('/school/check'), 'headcountShown');
    headcount = 30;
    expect((await attest({ headcount: '28', headcountShown })).status).toBe(303);
    expect(done.map(([name]) => name)).toEqual(['checkRoster']);
    expect((await attest({ headcount: '29', headcountShown })).status).toBe(303);
    expect(done.map(([name]) => name)).toEqual(['checkRoster', 'stateHeadcount', 'checkRoster']);
  });

  test('a page of another school, whose account this browser had before: nothing is saved, and it says so', async () => {
    for (const which of [{ save: 'headcount' }, {}]) {
      const response = await attest({ ...EXPLAINED, headcount: '77', schoolCode: '70010099', ...which });
      expect([response.status, await response.text()]).toEqual([409, expect.stringContaining('Nothing was saved')]);
    }
    expect(done).toEqual([]);
  });

  test('a headcount that is none is not attested with', async () => {
    const response = await attest({ ...EXPLAINED, headcount: 'มาก' });
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('href="#headcount"')]);
    expect(done).toEqual([]);
  });

  test('a new headcount that opens an item: stated, and the page comes back to have it explained', async () => {
    headcount = 26;
    const missing = { path: 'explanations.headcount', code: 'MISSING', message: 'ขาด 4 คน / 4 missing.' } as const;
    outcome = new Refused('ROSTER_OPEN_ITEMS', { errors: [missing] });
    const response = await attest({ ...EXPLAINED, headcount: '30' });
    const html = await response.text();
    expect(response.status).toBe(422);
    for (const text of [SAVED, KEPT, 'value="30"', 'id="explanations.headcount-error"', 'จากที่ระบุไว้ 30']) expect(html).toContain(text);
    expect(await (await attest({ ...EXPLAINED, headcount: '30' })).text()).not.toContain(SAVED);
    expect(done.map(([name]) => name)).toEqual(['stateHeadcount', 'checkRoster', 'checkRoster']);
  });

  test('an outage between the two: sent again, it is the same request', async () => {
    outcome = new Refused('UNAVAILABLE');
    const sent = { ...EXPLAINED, headcount: '๓๐', formId: hiddenField(await open('/school/check'), 'formId') };
    const response = await attest(sent);
    expect(response.status).toBe(503);
    expect(hiddenField(await response.text(), 'formId')).toBe(sent.formId);
    outcome = null;
    expect((await attest(sent)).status).toBe(303);
    const [first, second] = done.filter(([name]) => name === 'checkRoster');
    expect(second).toEqual(first);
  });

  test('each item has a label of its own, and the headcount its English', async () => {
    const html = await open('/school/check');
    for (const text of [
      'คำอธิบายสำหรับ นางสาวกานดา เครือวัลย์',
      'คำอธิบายสำหรับจำนวนบุคลากร',
      '2 missing of the 28 that you stated',
      'แสดง 1 จาก 25 คน',
      '1 of 25',
    ])
      expect(html).toContain(text);
  });

  test('unexplained items keep what was typed, and each is told at its field', async () => {
    const missing = { path: 'explanations.headcount', code: 'MISSING', message: 'ขาด 2 คน / 2 missing.' } as const;
    const incomplete = { path: `explanations.${PERSON.id}`, code: 'INCOMPLETE', message: 'กานดา: กรอกให้ครบ / Complete this.' } as const;
    outcome = new Refused('ROSTER_OPEN_ITEMS', { errors: [missing] });
    const response = await send('/school/check', { [`explanations.${PERSON.id}`]: 'รอเอกสาร' });
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('>รอเอกสาร</textarea>')]);
    const beyond = [1, 2].map((each) => ({ ...incomplete, path: `explanations.beyond-${each}` }));
    outcome = new Refused('ROSTER_OPEN_ITEMS', { errors: [incomplete, ...beyond, missing] });
    const html = await (await send('/school/check', {})).text();
    expect(missingPlaces(html)).toEqual([]);
    for (const item of [PERSON.id, 'headcount'])
      for (const text of [`href="#explanations.${item}"`, `id="explanations.${item}-error"`]) expect(html).toContain(text);
    for (const [text, times] of [
      ['กานดา: กรอกให้ครบ', 2],
      ['อีก 2 คนไม่ได้แสดงในหน้านี้', 1],
    ] as const)
      expect(html.split(text)).toHaveLength(times + 1);
  });

  test('takes explanations of everybody that it shows', async () => {
    const explained = Object.fromEntries(Array.from({ length: 200 }, (_, each) => [`explanations.${each}`, 'รอเอกสาร'.repeat(200)]));
    expect((await send('/school/check', explained)).status).toBe(303);
    expect(done).toMatchObject([['checkRoster', { explanations: { '199': expect.stringMatching(/^รอ/) } }]]);
    expect((await saveHeadcount({ ...explained, headcount: '30' })).status).toBe(200);
    expect((await send('/school/add', explained)).status).toBe(413);
  });
});
