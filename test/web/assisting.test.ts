// R2.6 on the pages: the officer begins in the office, types by the school's own pages, and prints a sheet.
import type { Commands } from '../../commands/commands';
import { Refused } from '../../domain/refused';
import type { SchoolView } from '../../queries/queries';
import { asCentral, asDistrict, asSchool, DISTRICT } from '../api/support/running-api';
import { ADDRESS_FIELDS, cookieOf, location, REGISTRANT_FIELDS, type RunningPages, startPages } from './support/running-pages';
import { officeView, schoolWith, viewWith } from './support/view';

let pages: RunningPages;
let school: SchoolView;
let sent: Parameters<Commands['submitRegistration']>[0][];
let outcome: Refused | null;
let tooOften: boolean;

beforeEach(async () => {
  school = schoolWith();
  sent = [];
  outcome = null;
  tooOften = false;
  pages = await startPages({
    queries: {
      async school(code) {
        if (code === '70010099') throw new Refused('NOT_FOUND');
        return school;
      },
      registrationForRegistrant: async () => viewWith(),
      officeContact: async () => ({ name: 'สพป.เชียงราย เขต 1', phone: '0 5300 0000' }),
      assistedRegistration: async () =>
        officeView({
          channel: 'ASSISTED',
          history: [{ at: '2026-11-24T01:00:00.000Z', actor: 'มาลี ดีงาม', onBehalfOf: 'สมใจ ใจดี', action: 'SUBMITTED' }],
        }),
    },
    commands: {
      async submitRegistration(request) {
        sent.push(request);
        if (outcome) throw outcome;
        return { registrationId: viewWith().id };
      },
    },
    limiters: {
      async submit() {
        if (tooOften) throw new Refused('RATE_LIMITED', { retryAfter: 60 });
      },
    },
  });
});
afterEach(() => pages.stop());

const SHEET = `/office/registrations/${viewWith().id}/sheet`;
const BASE = '/schools/70010062/register';
const STEPS: [string, Record<string, string>][] = [
  ['capacity', { capacity: 'DIRECTOR' }],
  ['registrant', { ...REGISTRANT_FIELDS, 'registrant.nationalId': '1101700230708' }],
  ['address', ADDRESS_FIELDS],
];
const begin = (fields: Record<string, string>, as = asDistrict) => pages.send('/office/assisted', fields, as);

/** Types everything in. @returns the draft's cookie */
async function typeIn(): Promise<string> {
  const draft = cookieOf(await begin({ schoolCode: '70010062', requestNote: 'ผู้อำนวยการโทรศัพท์มา' }));
  for (const [step, fields] of STEPS) await pages.send(`${BASE}/${step}`, fields, { cookie: draft });
  return draft;
}

describe('R2.6 typing in for a school', () => {
  test.each([
    ['opens the school’s own pages', (cookie: string) => pages.open(`${BASE}/capacity`, { cookie })],
    ['begins again after a draft that is gone', (cookie: string) => pages.send(`${BASE}/capacity`, { capacity: 'DIRECTOR' }, { cookie })],
  ])('an officer who %s is led to the page that names the officer', async (_what, ask) => {
    expect(location(await ask(asDistrict.cookie))).toEqual([303, '/office/assisted?schoolCode=70010062']);
    expect(await (await pages.open('/office/assisted?schoolCode=70010062', asDistrict)).text()).toContain('value="70010062"');
    // Whoever is no officer of a district goes on.
    for (const cookie of ['', asCentral.cookie, asSchool.cookie]) expect((await ask(cookie)).headers.get('location') ?? '').not.toContain('assisted');
  });

  test('an officer who signed in after the draft was begun is led there too, and nothing is sent', async () => {
    const draft = cookieOf(await pages.send(`${BASE}/capacity`, { capacity: 'DIRECTOR' }));
    for (const [step, fields] of STEPS.slice(1)) await pages.send(`${BASE}/${step}`, fields, { cookie: draft });
    const ask = (cookie: string) => pages.send(`${BASE}/check`, {}, { cookie: `${draft}; ${cookie}` });
    expect(location(await ask(asDistrict.cookie))).toEqual([303, '/office/assisted?schoolCode=70010062']);
    expect(sent).toEqual([]);
    expect(location(await ask(''))).toEqual([303, `${BASE}/sent`]);
  });

  test('the steps say for whom; sent with the officer’s session, it ends with the sheet, and the second tap too', async () => {
    const draft = await typeIn();
    const cookie = `${draft}; ${asDistrict.cookie}`;
    expect(await (await pages.open(`${BASE}/check`, { cookie })).text()).toContain('ท่านกำลังกรอกแทนสถานศึกษา');
    const response = await pages.send(`${BASE}/check`, {}, { cookie });
    expect(response.headers.get('location')).toBe(`${BASE}/sent`);
    expect(sent).toEqual([
      expect.objectContaining({
        caller: DISTRICT,
        submission: expect.objectContaining({ schoolCode: '70010062', assisted: { requestNote: 'ผู้อำนวยการโทรศัพท์มา' } }),
      }),
    ]);
    expect((await pages.open(`${BASE}/sent`, { cookie })).headers.get('location')).toBe(SHEET);
    expect((await pages.send(`${BASE}/check`, {}, { cookie })).headers.get('location')).toBe(`${BASE}/sent`);
    expect(sent).toHaveLength(1);
  });

  test('without a session nothing is sent; what was typed is kept', async () => {
    const draft = await typeIn();
    expect((await pages.send(`${BASE}/check`, {}, { cookie: draft })).status).toBe(401);
    expect(sent).toEqual([]);
    expect((await pages.send(`${BASE}/check`, {}, { cookie: `${draft}; ${asDistrict.cookie}` })).status).toBe(303);
  });

  test('the officer’s own name is told, with the way to its page', async () => {
    outcome = new Refused('OFFICER_AS_REGISTRANT', {
      errors: [{ path: 'registrant.firstName', code: 'OFFICER_AS_REGISTRANT', message: 'เป็นเองไม่ได้ / Not yourself.' }],
    });
    const cookie = `${await typeIn()}; ${asDistrict.cookie}`;
    const response = await pages.send(`${BASE}/check`, {}, { cookie });
    const page = await response.text();
    expect([response.status, page.includes('เป็นเองไม่ได้'), page.includes(`${BASE}/registrant`)]).toEqual([422, true, true]);
  });

  test.each([
    ['another district', { district: { code: 'D2', name: 'อื่น', kind: 'AGENCY' } }, '70010062'],
    ['an open registration', { registration: 'PENDING' as const }, '70010062'],
    ['an administrator', { registration: 'TAKEN' as const }, '70010062'],
    ['no such code', {}, '70010099'],
    ['no code', {}, 'x'],
  ])('a school with %s is refused at its field', async (_what, differs, schoolCode) => {
    school = schoolWith(differs);
    const response = await begin({ schoolCode });
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('id="schoolCode-error"')]);
  });

  test('of a school of another district it says so', async () => {
    school = schoolWith({ district: { code: 'D2', name: 'อื่น', kind: 'AGENCY' } });
    expect(await (await begin({ schoolCode: '70010062' })).text()).toContain('The school of this code is not under this office.');
  });

  test('who asks too often is told so, and keeps what was typed', async () => {
    tooOften = true;
    const response = await begin({ schoolCode: '70010062', requestNote: 'โทรศัพท์มา' });
    const page = await response.text();
    expect([response.status, page.includes('value="70010062"'), page.includes('โทรศัพท์มา')]).toEqual([429, true, true]);
  });

  test('not for the central office', async () => {
    expect([(await pages.open('/office/assisted', asCentral)).status, (await begin({}, asCentral)).status]).toEqual([403, 403]);
  });

  test('the sheet says what the school needs, and holds no link that opens anything', async () => {
    const page = await (await pages.open(SHEET, asDistrict)).text();
    for (const text of ['DPA-2569-000123', 'บ้านดอยสูง (70010062)', 'school@example.ac.th', 'มาลี ดีงาม', '/sign-in', 'โทร. 0 5300 0000', 'ขั้นตอนต่อไป'])
      expect(page).toContain(text);
    expect(page).not.toMatch(/\/(track|confirm|reset)\//);
  });
});
