// What holds for every page: an old phone, a slow line, no JavaScript, two languages.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { OFFICIAL_HOLIDAYS } from '../../domain/holidays';
import { Refused } from '../../domain/refused';
import { WARNING_CODES } from '../../domain/warnings';
import type { RegistrationView, SchoolView } from '../../queries/queries';
import { bilingual } from '../../web/bilingual';
import { asCentral, asDistrict, asSchool } from '../api/support/running-api';
import { cookieOf, missingPlaces, type RunningPages, startPages, tracked } from './support/running-pages';
import {
  COUNTS,
  memberWith,
  officeView,
  returnedView,
  rosterSummary,
  rosterWith,
  schoolWith,
  subjectWith,
  transferWith,
  verificationWith,
} from './support/view';

let pages: RunningPages;
const view: RegistrationView = returnedView({ warnings: [...WARNING_CODES], contested: true });
/** Somebody who has opened every link, is typing a registration, and is signed in. */
let cookies: { cookie: string };
const LONG_NAME = 'โรงเรียนอนุบาลเมืองประจวบคีรีขันธ์ราษฎร์บำรุงสามัคคี';
const transfer = transferWith({ fromSchoolName: LONG_NAME, toSchoolName: LONG_NAME });
const office = () => officeView({ schoolName: LONG_NAME, warnings: ['NO_EVIDENCE', 'ROSTER_ELSEWHERE'], contested: true });
/** R3.7: a page on which everything can be chosen. */
const clear = () => officeView({ schoolName: LONG_NAME, opened: true });

beforeAll(async () => {
  pages = await startPages({
    commands: { settings: async () => ({ evidenceRequired: true }) },
    queries: {
      registrationForRegistrant: async () => view,
      async confirmation(token) {
        if (token === 'expired') throw new Refused('LINK_EXPIRED');
        if (token === 'used') throw new Refused('LINK_USED');
        if (token === 'unknown') throw new Refused('NOT_FOUND');
        if (token === 'down') throw Object.assign(new Error('no database'), { code: 'ECONNREFUSED' });
        return { school: { code: '70010062', name: 'บ้านดอยสูง' }, expiresAt: null };
      },
      schools: async () => ({ items: Array.from({ length: 20 }, () => schoolWith({ name: LONG_NAME })), nextCursor: 'more' }),
      school: async (code) =>
        schoolWith({ code, registration: STANDINGS[code] ?? 'OPEN', ...(code === '70010066' && { closedOn: '2027-05-01', closureReason: 'ยุบรวม' }) }),
      holidays: async () => OFFICIAL_HOLIDAYS.map(({ name }) => ({ date: '2099-12-31', name })),
      registrations: async ({ attention }) => ({ items: Array.from({ length: 25 }, attention === false ? clear : office), nextCursor: 'more' }),
      registrationCounts: async () => COUNTS,
      approvers: async () => ({ items: [OFFICER, { ...OFFICER, id: 'p2', head: true }], nextCursor: 'more' }),
      leadsDistrict: async () => true,
      substitutions: async () => ({
        items: [{ id: 's1', absent: OFFICER, substitute: OFFICER, districtCode: 'D1', from: '2026-11-24', to: '2026-11-30', inForce: true }],
        nextCursor: null,
      }),
      async passwordReset(token) {
        if (token === 'expired') throw new Refused('LINK_EXPIRED');
        return { expiresAt: '2026-12-01T02:30:00.000Z' };
      },
      meetings: async () => ({ items: Array.from({ length: 25 }, () => MEETING), nextCursor: 'more' }),
      meeting: async () => ({ ...MEETING, rows: [] }),
      meetingByCode: async (code) => (code === MEETING.joinCode ? MEETING : null),
      registration: async (id) => ({ ...view, warnings: [...WARNING_CODES], ...(id === 'active' && { status: 'ACTIVE' }) }),
      registrationUnopened: async () => view,
      assistedRegistration: async () => ({ ...view, channel: 'ASSISTED' }),
      staff: async () => ({
        items: Array.from({ length: 25 }, (_none, index) => memberWith({ id: `p${index}` })),
        nextCursor: 'more',
        summary: rosterSummary,
      }),
      staffMember: async () => memberWith(),
      transfer: async () => transfer,
      transferSteps: async () => ['decide', 'withdraw'],
      transfers: async () => ({ items: Array.from({ length: 25 }, () => transfer), nextCursor: 'more' }),
      async citedLookup(id) {
        const school = { code: '70010099', name: LONG_NAME };
        return { lookupId: id, found: 'ELSEWHERE', maskedId: 'x-xxxx-xxxx0-70-8', maskedName: 'ก*** ค***', school, citable: id !== 'void' };
      },
      rosters: async () => ({ items: Array.from({ length: 25 }, () => rosterWith()), nextCursor: 'more' }),
      erasureSubject: async () => subjectWith(),
      verification: async () => verificationWith({ objections: [{ at: view.submittedAt, name: 'สมศรี', phone: '032', note: 'ไม่ได้ยื่น' }] }),
    },
  });
  const started = await pages.send('/schools/70010062/register/capacity', { capacity: 'DELEGATE' });
  cookies = { cookie: [tracked.cookie, asDistrict.cookie, cookieOf(started)].join('; ') };
});
afterAll(() => pages.stop());

const MEETING = { id: 'm1', title: LONG_NAME, on: '2026-11-24', districtCode: 'D1', joinCode: 'ACDE3479', joinable: true };
const OFFICER = { id: 'p1', name: 'มาลี ดีงาม', email: 'malee@office.test', districtCode: 'D1', head: false };
const STANDINGS: Record<string, SchoolView['registration']> = { '70010063': 'PENDING', '70010064': 'TAKEN' };
const CASE = `/office/registrations/${view.id}`;
const PAGES: [path: string, status: number, who?: { cookie: string }][] = [
  ['/', 200],
  ['/schools', 200],
  ['/schools?q=a', 200],
  ['/schools/70010062', 200],
  ['/schools/70010063', 200],
  ['/schools/70010064', 200],
  ['/schools/1', 404],
  ['/schools/70010062/objection', 200],
  ['/schools/70010062/objection/sent', 200],
  ['/schools/70010062/administrator', 200, asSchool],
  ['/schools/70010064/administrator/revocation', 200, asCentral],
  ['/register', 200],
  ['/register?meeting=ACDE3479', 200],
  ['/register?meeting=none', 422],
  ['/office/meetings', 200, asDistrict],
  ['/office/meetings/m1', 200, asDistrict],
  ['/office/meetings/m1/room', 200, asDistrict],
  ['/schools/70010062/register/capacity', 200],
  ['/schools/70010062/register/registrant', 200],
  ['/schools/70010062/register/address', 200],
  ['/schools/70010062/register/delegator', 200],
  ['/schools/70010062/register/evidence', 200],
  ['/schools/70010065/register/check', 410],
  ['/sign-in', 200],
  ['/account', 200],
  ['/forgot', 200],
  ['/forgot/sent', 200],
  ['/reset/good', 200],
  ['/reset/expired', 410],
  ['/password-changed', 200],
  ['/office', 200],
  ['/office?view=all&q=a', 200],
  ['/office?view=clear', 200],
  ['/office/people', 200],
  ['/office/assisted', 200],
  [`${CASE}/sheet`, 200],
  ['/office/people', 200, asCentral],
  [CASE, 200],
  ['/office/registrations/active', 200],
  [`${CASE}/address`, 200],
  [`${CASE}/decided`, 200],
  ['/school', 200, asSchool],
  ['/school?view=incomplete&q=a', 200, asSchool],
  ['/school/add', 200, asSchool],
  ['/school/check', 200, asSchool],
  ['/school/people/p1?done=saved', 200, asSchool],
  ['/school/people/p1/removal', 200, asSchool],
  ['/school/sheet', 200, asSchool],
  ['/school/lookups/good', 200, asSchool],
  ['/school/lookups/void', 410, asSchool],
  ['/transfers', 200, asSchool],
  ['/transfers?view=closed', 200, asCentral],
  ['/transfers/t1?done=requested', 200],
  ['/transfers/t1/withdrawal', 200, asSchool],
  ['/office/rosters', 200],
  ['/office/rosters?view=overdue', 200, asCentral],
  ['/office/rosters/70010062', 200],
  ['/office/rosters/70010062?view=incomplete&q=a', 200, asCentral],
  ['/office/rosters/1', 404],
  ['/office/erasure?done=erased', 200, asCentral],
  ['/office/erasure/p1', 200, asCentral],
  ['/office/erasure/p1/erase', 200, asCentral],
  ['/office/erasure/p1/refuse', 200, asCentral],
  ['/office/settings?done=holiday', 200, asCentral],
  ['/schools/70010062/closing', 200, asCentral],
  ['/schools/70010066/closing', 200, asCentral],
  ['/school', 403],
  ['/confirm/good', 200],
  ['/confirm/expired', 410],
  ['/confirm/used', 410],
  ['/confirm/unknown', 404],
  ['/confirm/down', 503],
  ['/confirmed', 200],
  ['/confirm-sent', 200],
  ['/track', 200],
  ['/track/correct', 200],
  ['/track/withdraw', 200],
  ['/nowhere', 404],
];

describe.each(PAGES)('%s', (path, status, who) => {
  let response: Response;
  let html: string;
  beforeAll(async () => {
    response = await pages.open(path, who ?? cookies);
    html = await response.text();
  });

  test('loads at once on a slow line: less than 30 kB', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(30_000);
  });

  test(`X8: answers ${status} and is stored nowhere`, () => {
    expect([response.status, response.headers.get('cache-control')]).toEqual([status, 'no-store']);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test('has no script, no style of its own, nothing from elsewhere', () => {
    expect(html).not.toMatch(/<script|<style|javascript:|\son\w+=|\sstyle=/i);
    expect(html).not.toMatch(/(src|href|action)="(https?:)?\/\//);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('is Thai, with English marked as English, one title, one main part and a way to skip to it', () => {
    expect(html).toContain('<html lang="th"');
    expect(html).toContain('lang="en"');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('<main class="govuk-main-wrapper" id="main">');
    expect(html).toContain('href="#main" class="govuk-skip-link"');
  });

  test('R4.1: says no English sentence that is not marked', () => {
    const marked = html.replace(/<(\w+)[^>]*\slang="en"[^>]*>[\s\S]*?<\/\1>/g, '');
    const words = marked
      .replace(/[\s\S]*<body/, '<body')
      .replace(/<option[\s\S]*?<\/option>/g, '')
      .replace(/<[^>]*>/g, ' ');
    expect(words.match(/[a-z]{3,} [a-z]{2,} [a-z]{2,}/gi)).toBeNull();
  });

  test('X7: says what personal data is for, and for how long it is kept', () => {
    expect(html).toContain('ข้อมูลส่วนบุคคลที่กรอกใช้เพื่อ');
    for (const kept of [/\d+ days after that end/, /\d+ days after the end of any/]) expect(html).toMatch(kept);
  });

  test('what leads to a place on the page finds it there', () => {
    expect(missingPlaces(html)).toEqual([]);
  });

  test('every field has a label, and every id is there once', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const labelled = new Set([...html.matchAll(/<label[^>]*for="([^"]+)"/g)].map(([, id = '']) => id));
    for (const [field] of html.matchAll(/<(input|select|textarea)[^>]*>/g))
      if (!field.includes('type="hidden"')) expect(labelled).toContain(/\sid="([^"]+)"/.exec(field)?.[1]);
  });

  test('every component on it has its style', async () => {
    const css = await (await fetch(pages.url + styleOf(html))).text();
    const whole = readFileSync(require.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'), 'utf8');
    const classes = new Set([...html.matchAll(/class="([^"]*)"/g)].flatMap(([, names = '']) => names.trim().split(/\s+/)));
    const styled = (sheet: string, name: string) => new RegExp(`\\.${name}(?![\\w-])`).test(sheet);
    for (const name of classes) if (styled(whole, name)) expect([name, styled(css, name)]).toEqual([name, true]);
  });
});

const styleOf = (html: string) => /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1] ?? '';

test('an outage says when to come again', async () => {
  expect((await pages.open('/confirm/down', tracked)).headers.get('retry-after')).toBe('5');
});

test('a program at a wrong address gets the answer of the API', async () => {
  const response = await fetch(`${pages.url}/nowhere`);
  expect([response.status, response.headers.get('content-type')]).toEqual([404, expect.stringContaining('application/problem+json')]);
});

test('a first visit weighs less than 60 kB with style and fonts, and what it loads stays with the phone', async () => {
  const html = await (await pages.open('/track/correct', tracked)).text();
  const address = styleOf(html);
  const response = await fetch(pages.url + address);
  const css = await response.text();
  expect(response.headers.get('content-encoding')).toBeTruthy();
  let weight = gzipSync(html).length + gzipSync(css).length;
  const fonts = [...css.matchAll(/url\(([^)]+\.woff2)\)/g)].map(([, file = '']) => file);
  expect(fonts).toHaveLength(4);
  for (const file of fonts) {
    const font = await fetch(new URL(file, pages.url + address));
    expect([font.status, font.headers.get('content-type')]).toEqual([200, 'font/woff2']);
    expect(font.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    weight += (await font.arrayBuffer()).byteLength;
  }
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(weight).toBeLessThan(60_000);
});

test('the style has nothing of GOV.UK’s own: font, crown, name', async () => {
  const css = await (await fetch(pages.url + styleOf(await (await pages.open('/')).text()))).text();
  expect(css).not.toMatch(/GDS Transport|crest|crown|govuk-logo/);
  expect(css).toContain('font-display:swap');
});

test('R4.1: a text in two languages is marked and escaped', () => {
  expect(String(bilingual('ชื่อ / <Name>'))).toBe('ชื่อ <span class="dpa-en" lang="en">&lt;Name&gt;</span>');
  expect(String(bilingual('เลขที่ 5 / ๒๕๖๙ & ก'))).toBe('เลขที่ 5 / ๒๕๖๙ &amp; ก');
  expect(String(bilingual('โดย มาลี / By มาลี.'))).toBe('โดย มาลี <span class="dpa-en" lang="en">By มาลี.</span>');
});
