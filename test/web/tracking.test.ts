// Following and withdrawing a registration by the link in the mail (R3.4).
import { CLOSED_REASON } from '../../domain/closure';
import { Refused } from '../../domain/refused';
import { REGISTRATION_STATUSES } from '../../domain/registration';
import type { RegistrationView } from '../../queries/queries';
import { ACTION_WORDS, ENDED_BY_CLOSING, STATUS_WORDS, WAITING_WORDS, withOffice } from '../../web/texts';
import { cookieOf, hiddenField, location, REQUEST_ID, type RunningPages, startPages, tracked } from './support/running-pages';
import { returnedView, TRACKING_TOKEN, viewWith } from './support/view';

let pages: RunningPages;
let view: RegistrationView;
let done: [string, unknown][];
let settings: Record<string, string> = {};

async function start(): Promise<void> {
  view = viewWith();
  done = [];
  pages = await startPages({
    settings,
    queries: {
      registrationForRegistrant: async () => view,
      officeContact: async (code) => (code === 'D1' ? { name: 'สพป.เชียงราย เขต 1', phone: '0 5300 0000' } : null),
    },
    commands: {
      withdraw: async (request) => void done.push(['withdraw', request]),
      renewLink: async (request) => void done.push(['renewLink', request]),
    },
  });
}
beforeEach(start);
afterEach(() => pages.stop());

const page = async () => (await pages.open('/track', tracked)).text();

test('R2.3: the link sets a cookie and leads to an address without the token', async () => {
  const response = await pages.open(`/track/${TRACKING_TOKEN}`);
  expect(location(response)).toEqual([303, '/track']);
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^dpa_track=/);
  for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=2592000']) expect(cookie).toContain(attribute);
  expect(cookie).not.toContain('Secure');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

describe('where people come by https', () => {
  beforeAll(() => {
    settings = { PUBLIC_URL: 'https://registrar.test' };
  });
  afterAll(() => {
    settings = {};
  });
  test('R2.3: the cookie is __Host- and Secure', async () => {
    const cookie = (await pages.open(`/track/${TRACKING_TOKEN}`)).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-dpa_track=.*; Secure/);
    expect((await pages.open('/track', { cookie: `__Host-dpa_track=${TRACKING_TOKEN}` })).status).toBe(200);
    expect((await pages.open('/track', tracked)).status).toBe(401);
  });
});

test('X8: an unknown token: 404 and no cookie', async () => {
  const response = await pages.open('/track/unknown');
  expect([response.status, response.headers.get('set-cookie')]).toEqual([404, null]);
});

test.each([{}, { cookie: 'dpa_track=old' }])('X8: without a good cookie nothing is told: 401', async (headers: Record<string, string>) => {
  for (const path of ['/track', '/track/correct', '/track/withdraw']) {
    const response = await pages.open(path, headers);
    const html = await response.text();
    expect([response.status, html.includes('บ้านดอยสูง'), html.includes('class="govuk-link" href="/schools"')]).toEqual([401, false, true]);
  }
  for (const path of ['/track/correct', '/track/withdraw', '/track/confirmation-mail'])
    expect((await pages.send(path, {}, headers)).status).toBe(401);
  expect(done).toEqual([]);
});

test.each(REGISTRATION_STATUSES)('R3.4: %s says how it stands and what happens next', async (status) => {
  view = viewWith({ status, dueAt: '2099-12-01T17:00:00.000Z' });
  const html = await page();
  for (const text of [STATUS_WORDS[status].th, withOffice(STATUS_WORDS[status].next, view.district).th, 'DPA-2569-000123', 'สพป.เชียงราย เขต 1'])
    expect(html).toContain(text);
  expect(html.includes('href="/track/withdraw"')).toBe(['PENDING', 'RETURNED', 'APPROVED'].includes(status));
  expect(html.includes('href="/track/correct"')).toBe(status === 'RETURNED');
  expect(html.includes('action="/track/confirmation-mail"')).toBe(status === 'APPROVED');
});

test('R3.5: an end by the clock is told apart from others', () => {
  expect([STATUS_WORDS.EXPIRED.th, STATUS_WORDS.EXPIRED.en]).toEqual(['พ้นกำหนดเวลา', 'Expired']);
});

test.each([
  [{ status: 'ACTIVE' }, '/sign-in'],
  [{ status: 'REJECTED', reason: 'ไม่มีคำสั่ง' }, '/schools/70010062'],
  [{ status: 'WITHDRAWN' }, '/schools/70010062'],
  [{ status: 'EXPIRED' }, '/schools/70010062'],
  [{ status: 'EXPIRED', replaces: true }, '/schools/70010062'],
] as const)('R3.4: an end leads on: %p to %s', async (differs, way) => {
  view = viewWith(differs);
  const html = await page();
  const ways = [...html.matchAll(/<a href="([^"]*)" role="button"/g)].map(([, href]) => href);
  expect(ways).toEqual([way]);
});

test('R5.3d: one that ended because its school closed is told that alone, and not as a decision', async () => {
  view = viewWith({ status: 'REJECTED', reason: CLOSED_REASON });
  const html = await page();
  for (const text of [ENDED_BY_CLOSING.th, ENDED_BY_CLOSING.en, ACTION_WORDS['SCHOOL_CLOSED']?.th]) expect(html).toContain(text);
  for (const text of [CLOSED_REASON, 'เหตุผลของสำนักงาน', STATUS_WORDS.REJECTED.th, STATUS_WORDS.REJECTED.next.th]) expect(html).not.toContain(text);
});

test('R3.2 R3.5: who has it now, and no date after which nothing comes', async () => {
  const dueAt = '2026-12-01T17:00:00.000Z';
  for (const [differs, waits] of [
    [{ district: null }, WAITING_WORDS.HELD],
    [{ escalatedTo: 'HEAD' as const }, WAITING_WORDS.HEAD],
    [{ escalatedTo: 'CENTRAL' as const }, WAITING_WORDS.CENTRAL],
  ] as const) {
    view = viewWith({ status: 'PENDING', dueAt, ...differs });
    const html = await page();
    const { th, en } = withOffice(waits, view.district);
    expect([html.includes(th), html.includes(en), html.includes('the next level is brought in')]).toEqual([true, true, false]);
  }
  view = viewWith({ status: 'PENDING', dueAt });
  expect(await page()).toContain('the next level is brought in');
  view = viewWith({ status: 'APPROVED', dueAt: '2099-12-01T17:00:00.000Z', escalatedTo: 'CENTRAL' });
  expect(await page()).toContain('The link in the e-mail works until');
});

test('R2.4: who has yet to acknowledge it is told so, and not to do nothing', async () => {
  for (const differs of [{}, { district: null }, { escalatedTo: 'HEAD' as const }]) {
    view = viewWith({ status: 'PENDING', awaitsAcknowledgement: true, ...differs });
    const html = await page();
    expect(html).toContain('action="/track/acknowledgement"');
    for (const text of [WAITING_WORDS.ACKNOWLEDGEMENT.th, WAITING_WORDS.ACKNOWLEDGEMENT.en]) expect(html).toContain(text);
    expect(html).not.toMatch(/ไม่ต้องดำเนินการใด ๆ|need to do nothing|the next level is brought in/);
  }
  view = viewWith({ status: 'RETURNED', awaitsAcknowledgement: true });
  expect(await page()).toContain(STATUS_WORDS.RETURNED.next.th);
});

test('R3.5 R4.2: a link that is dead is told as dead, and when an approved one ends', async () => {
  for (const [dueAt, th, en] of [
    ['2025-12-01T09:30:00.000Z', '1 ธันวาคม 2568 เวลา 16:30 น.', '1 December 2025, 16:30 (Bangkok)'],
    ['2025-12-01T17:00:00.000Z', '1 ธันวาคม 2568', '1 December 2025'],
  ] as const) {
    view = viewWith({ status: 'APPROVED', dueAt });
    const html = await page();
    for (const text of [`ลิงก์หมดอายุแล้วเมื่อ ${th} กดปุ่มด้านล่าง`, `The link expired on ${en}. Ask`]) expect(html).toContain(text);
    expect(html).not.toContain('works until');
    for (const text of ['หากไม่ยืนยันภายใน 30 วันหลังลิงก์หมดอายุ', 'within 30 days after the link expired']) expect(html).toContain(text);
  }
  // One whose mail was given up never went out.
  view = viewWith({ status: 'APPROVED', dueAt: '2025-12-01T09:30:00.000Z', mail: { status: 'FAILED' } });
  expect(await page()).not.toMatch(/The link expired|works until/);
  view = viewWith({ status: 'APPROVED', dueAt: '2099-12-01T17:00:00.000Z' });
  const html = await page();
  expect([html.includes('The link expired'), html.includes('within 30 days after the link expired')]).toEqual([false, true]);
});

test('R4.1: whoever’s mail does not arrive is told whom to call, by name and telephone', async () => {
  view = viewWith({ mail: { status: 'FAILED' } });
  const html = await page();
  for (const text of ['โปรดติดต่อ สพป.เชียงราย เขต 1 โทร. 0 5300 0000', 'contact สพป.เชียงราย เขต 1, tel. 0 5300 0000']) expect(html).toContain(text);
});

test('an office is named as it is, whatever kind it is, and as supervising where it is not known', () => {
  const words = { th: 'โปรดติดต่อ {call} หรือ {office}', en: 'contact {call} or {office}' };
  const office = { name: 'สกร.ประจำจังหวัด $&{call}', phone: '02' };
  expect(withOffice(words, office)).toEqual({
    th: `โปรดติดต่อ ${office.name} โทร. 02 หรือ ${office.name}`,
    en: `contact ${office.name}, tel. 02 or ${office.name}`,
  });
  expect(withOffice(words, { ...office, phone: null }).th).toBe(`โปรดติดต่อ ${office.name} หรือ ${office.name}`);
  expect(withOffice(words, null)).toEqual({
    th: 'โปรดติดต่อ สำนักงานต้นสังกัด หรือ สำนักงานต้นสังกัด',
    en: 'contact the supervising office or the supervising office',
  });
});

test('R3.5: what the central office decided is told as its decision', async () => {
  view = viewWith({ history: [{ at: '2026-12-01T02:00:00.000Z', actor: 'central office', action: 'RETURNED' }] });
  expect(await page()).toContain('สำนักงาน ก.ค.ศ.');
});

test('X6: by when, and the history, in the Buddhist era and Bangkok time', async () => {
  const html = await page();
  expect(html).toContain('3 ธันวาคม 2569 เวลา 16:30 น.');
  expect(html).toContain('24 พฤศจิกายน 2569 08:00 น.');
  expect(html).toContain('ยื่นคำขอ');
});

test('X4: the national ID stands masked', async () => {
  expect(await page()).toContain('x-xxxx-xxxx0-70-8');
});

test('R3.4: a returned one shows the reason and everything that was given', async () => {
  view = returnedView();
  const html = await page();
  for (const text of ['ชื่อไม่ตรงกับคำสั่ง', 'บุญมี', '12/2569 ลงวันที่ 1 ตุลาคม 2569', 'ที่ ๕/๒๕๖๙', '2 ตุลาคม 2569', 'แนบแล้ว']) expect(html).toContain(text);
});

test('R3.2: a school without a district waits for the central office to name one', async () => {
  view = viewWith({ district: null, dueAt: null });
  expect(await page()).toContain('รอสำนักงาน ก.ค.ศ. กำหนด');
});

test('R3.4: withdrawing is asked first, then done once', async () => {
  const formId = hiddenField(await (await pages.open('/track/withdraw', tracked)).text(), 'formId');
  expect(done).toEqual([]);
  const response = await pages.send('/track/withdraw', { formId }, tracked);
  expect(location(response)).toEqual([303, '/track']);
  expect(done).toEqual([['withdraw', { registrationId: view.id, formId: REQUEST_ID }]]);
});

test('R3.4, R2.4: a form of another registration than the browser follows by now does nothing, and says so', async () => {
  const registrationId = hiddenField(await (await pages.open('/track/withdraw', tracked)).text(), 'registrationId');
  expect(registrationId).toBe(view.id);
  const opened = viewWith({ id: '00000000-0000-4000-8000-00000000abcd', reference: 'R69-000777', status: 'RETURNED' });
  view = opened;
  for (const path of ['/track/withdraw', '/track/acknowledgement', '/track/confirmation-mail', '/track/correct']) {
    const response = await pages.send(path, { formId: REQUEST_ID, registrationId }, tracked);
    expect([response.status, await response.text()]).toEqual([409, expect.stringContaining('R69-000777')]);
  }
  expect(done).toEqual([]);
  expect(location(await pages.send('/track/withdraw', { formId: REQUEST_ID, registrationId: opened.id }, tracked))).toEqual([303, '/track']);
});

test('R3.4: a closed one is not offered to be withdrawn', async () => {
  view = viewWith({ status: 'REJECTED' });
  expect((await pages.open('/track/withdraw', tracked)).headers.get('location')).toBe('/track');
});

test('R4.2: the registrant asks for the confirmation mail again', async () => {
  view = viewWith({ status: 'APPROVED' });
  const formId = hiddenField(await page(), 'formId');
  const response = await pages.send('/track/confirmation-mail', { formId }, tracked);
  expect(location(response)).toEqual([303, '/confirm-sent']);
  expect(done).toEqual([['renewLink', { registrationId: view.id, caller: null, formId: REQUEST_ID }]]);
});

test('X8: on a shared computer the page is left for good', async () => {
  expect(await page()).toContain('action="/track/leaving"');
  const response = await pages.send('/track/leaving', {}, tracked);
  expect([location(response), cookieOf(response)]).toEqual([[303, '/'], 'dpa_track=']);
  const header = response.headers.get('set-cookie') ?? '';
  for (const attribute of ['Expires=Thu, 01 Jan 1970', 'Path=/', 'HttpOnly']) expect(header).toContain(attribute);
});

test('X8: hostile names are text', async () => {
  const hostile = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
  view = returnedView({ schoolName: hostile, reason: hostile, registrant: { ...viewWith().registrant, firstName: hostile, title: hostile } });
  for (const path of ['/track', '/track/correct', '/track/withdraw']) {
    const html = await (await pages.open(path, tracked)).text();
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('&lt;script&gt;');
  }
});

test('R3.4: what is not possible now has a page that says where to look', async () => {
  await pages.stop();
  pages = await startPages({ commands: { withdraw: async () => Promise.reject(new Refused('NOT_POSSIBLE_NOW')) } });
  const response = await pages.send('/track/withdraw', {}, tracked);
  const html = await response.text();
  expect([response.status, html]).toEqual([409, expect.stringContaining('สถานะล่าสุด')]);
  expect(html).toContain('class="govuk-link" href="/track"');
});

test('X3: no token and no name stands in a log', async () => {
  await pages.open(`/track/${TRACKING_TOKEN}`);
  await pages.stop();
  const fault = Promise.reject(new Error(`fault about ${TRACKING_TOKEN}`));
  fault.catch(() => undefined);
  pages = await startPages({ queries: { registrationIdOfTrackingToken: () => fault } });
  const response = await pages.open(`/track/${TRACKING_TOKEN}`);
  expect([response.status, pages.log.length, pages.log.join('').includes(TRACKING_TOKEN)]).toEqual([500, 1, false]);
});
