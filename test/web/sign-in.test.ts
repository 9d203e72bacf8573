// Signing in and out, who am I (R4.4), and a forgotten password (R4.5).
import type { AccountView } from '../../commands/commands';
import { brokenRule } from '../../domain/broken-rule';
import { Refused } from '../../domain/refused';
import { asCentral, asDistrict, asSchool, DISTRICT } from '../api/support/running-api';
import { cookieOf, hiddenField, location, REQUEST_ID, type RunningPages, startPages } from './support/running-pages';

let pages: RunningPages;
let tried: [string, unknown][];
let outcome: Refused | null;
let who: AccountView;
let link: Refused | null;
let counted: number;
let limit: Refused | null;

beforeEach(async () => {
  tried = [];
  outcome = null;
  who = DISTRICT;
  link = null;
  counted = 0;
  limit = null;
  const try_ = (name: string) => async (request: unknown) => {
    tried.push([name, request]);
    if (outcome) throw outcome;
  };
  pages = await startPages({
    commands: {
      async signIn(request) {
        await try_('signIn')(request);
        return { token: 'new-session', account: who };
      },
      signOut: try_('signOut'),
      requestPasswordReset: try_('requestPasswordReset'),
      resetPassword: try_('resetPassword'),
    },
    limiters: {
      async resets() {
        counted += 1;
        if (limit) throw limit;
      },
      signIn: (email) => ({
        attempt: async () => void tried.push(['attempt', email]),
        succeeded: async () => void tried.push(['succeeded', email]),
        undone: async () => void tried.push(['undone', email]),
      }),
    },
    queries: {
      async passwordReset() {
        if (link) throw link;
        return { expiresAt: '2026-12-01T02:30:00.000Z' };
      },
    },
  });
});
afterEach(() => pages.stop());

const SCHOOL: AccountView = { ...DISTRICT, role: 'SCHOOL', schoolCode: '70010062', districtCode: null };
const credentials = { email: 'approver@d1.test', password: 'ดอยสูงเสียดฟ้า' };
const names = () => tried.map(([name]) => name);

describe('R4.4 signing in', () => {
  test('sets the API’s cookie, ends the session before, and leads on', async () => {
    const response = await pages.send('/sign-in', credentials, { cookie: 'dpa_session=older' });
    expect([response.status, response.headers.get('location'), cookieOf(response)]).toEqual([303, '/office', 'dpa_session=new-session']);
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(response.headers.get('set-cookie')).toContain(attribute);
    expect(tried).toEqual([
      ['attempt', credentials.email],
      ['signIn', credentials],
      ['succeeded', credentials.email],
      ['signOut', { token: 'older' }],
    ]);
  });

  test.each(['SIGN_IN_FAILED', 'RATE_LIMITED'] as const)('%s: the same words for every cause; the password is not shown again', async (code) => {
    outcome = new Refused(code, { ...(code === 'RATE_LIMITED' && { retryAfter: 60 }) });
    const response = await pages.send('/sign-in', credentials);
    const html = await response.text();
    expect([response.status, response.headers.get('retry-after'), response.headers.get('set-cookie')]).toEqual([
      outcome.status,
      code === 'RATE_LIMITED' ? '60' : null,
      null,
    ]);
    expect(html).toContain(`value="${credentials.email}"`);
    expect(html).not.toContain(credentials.password);
    expect(names().includes('undone')).toBe(code === 'RATE_LIMITED');
  });

  test('an outage is no failure of the password, and is told as one', async () => {
    outcome = new Refused('UNAVAILABLE', { retryAfter: 5 });
    const response = await pages.send('/sign-in', credentials);
    expect([response.status, names().includes('undone')]).toEqual([503, true]);
  });

  test('leads to the page that was asked for, and to no other site', async () => {
    const led = async (next: string) => (await pages.send('/sign-in', { ...credentials, next })).headers.get('location');
    const asked = '/office/registrations/30000000-0000-4000-8000-000000000001?view=overdue';
    expect(await led(asked)).toBe(asked);
    expect(await led('/transfers/60000000-0000-4000-8000-000000000001')).toBe('/transfers/60000000-0000-4000-8000-000000000001');
    for (const next of [
      '//evil.test',
      '/transfers//evil.test',
      '/transfers@evil.test',
      'https://evil.test',
      '/office//evil',
      '/office@evil.test',
      '/track',
      '/office\\evil',
    ])
      expect([next, await led(next)]).toEqual([next, '/office']);
    expect(hiddenField(await (await pages.open(`/sign-in?next=${encodeURIComponent(asked)}`)).text(), 'next')).toBe(asked);
  });

  test('a page of other accounts is not gone on to; the own ones and everybody’s are', async () => {
    const led = async (next: string) => (await pages.send('/sign-in', { ...credentials, next })).headers.get('location');
    for (const next of ['/school', '/school/people/p1', '/office/settings', '/schools/70010062/closing']) expect(await led(next)).toBe('/office');
    const sheets = ['/office/meetings/m1/sheet.csv', '/office/rosters/sheet.xlsx?q=a'];
    for (const next of ['/office/people', '/schools/70010062/administrator', '/transfers', '/account', ...sheets]) expect(await led(next)).toBe(next);
    who = SCHOOL;
    for (const next of ['/office', '/office/people?done=x', '/schools/70010062/closing', '']) expect(await led(next)).toBe('/school');
    const own = ['/school/check', '/school/sheet/roster.xlsx', '/schools/70010062/administrator', '/transfers', '/account'];
    for (const next of own) expect(await led(next)).toBe(next);
  });

  test.each([
    ['/office', asSchool, '/account'],
    ['/school', asDistrict, '/account'],
    ['/school', asCentral, '/account'],
    ['/office/erasure', asDistrict, '/account'],
    ['/office/assisted', asCentral, '/office'],
    ['/schools/70010063/administrator', asSchool, '/schools'],
    ['/schools/1/closing', asDistrict, '/account'],
  ])('a page of other accounts, %s, leads to one that the account may see', async (path, account, way) => {
    const response = await pages.open(path, account);
    const html = await response.text();
    expect([response.status, html.includes(`<a class="govuk-link" href="${way}">`)]).toEqual([403, true]);
    if (way === '/account') expect(html).not.toContain(`<a class="govuk-link" href="${path}">`);
  });

  test.each([asDistrict, asSchool, asCentral])('the account leads to a new password: %j', async (account) => {
    expect(await (await pages.open('/account', account)).text()).toContain('<a class="govuk-link" href="/forgot">');
  });

  test('the account leads to where it begins', async () => {
    expect(await (await pages.open('/account', asDistrict)).text()).toContain('<a class="govuk-link" href="/office">');
    expect(await (await pages.open('/account', asSchool)).text()).toContain('<a class="govuk-link" href="/school">');
  });

  test.each(['/office', '/office/registrations/30000000-0000-4000-8000-000000000001', '/account', '/transfers/60000000-0000-4000-8000-000000000001'])(
    '%s asks who is not signed in: 401',
    async (path) => {
      const response = await pages.open(path);
      expect([response.status, hiddenField(await response.text(), 'next')]).toEqual([401, path]);
    },
  );

  test.each([
    ['/office/registrations/30000000-0000-4000-8000-000000000001', '/decisions'],
    ['/transfers/60000000-0000-4000-8000-000000000001', '/decisions'],
    ['/school/lookups/50000000-0000-4000-8000-000000000001', ''],
    ['/office/approvers/10000000-0000-4000-8000-000000000001/ending', ''],
    ['/office/meetings/40000000-0000-4000-8000-000000000001', '/sheet'],
    ['/office/meetings', ''],
    ['/office/erasure', ''],
    ['/office/assisted', ''],
    ['/school/people/p1', ''],
    ['/school/people/p1/removal', ''],
    ['/school/add', '/person'],
    ['/school/check', ''],
    ['/school/sheet', ''],
    ['/school/sheet/check', ''],
  ])('a form of somebody whose session is over goes on at its page: %s', async (page, form) => {
    const response = await pages.send(`${page}${form}`, { decision: 'APPROVE' });
    const html = await response.text();
    expect([response.status, hiddenField(html, 'next')]).toEqual([401, page]);
    for (const text of ['สิ่งที่เพิ่งส่งยังไม่ได้บันทึก', 'แล้วกรอกใหม่', 'was not recorded', 'Sign in, then type it again.']) expect(html).toContain(text);
    const { email, password } = credentials;
    who = page.startsWith('/school/') ? SCHOOL : page === '/office/erasure' ? { ...DISTRICT, role: 'CENTRAL', districtCode: null } : DISTRICT;
    expect(location(await pages.send('/sign-in', { email, password, next: page }))).toEqual([303, page]);
  });

  test.each([
    ['/office/substitutions', '/office/people'],
    ['/office/substitutions/s1/ending', '/office/people'],
    ['/office/approvers', '/office/people'],
    ['/office/decisions', '/office'],
  ])('a form that is sent elsewhere, to %s, goes on at the page that it stands on', async (form, page) => {
    expect(hiddenField(await (await pages.send(form, {})).text(), 'next')).toBe(page);
  });

  test('a page that was opened says nothing of a form', async () => {
    expect(await (await pages.open('/office')).text()).not.toContain('was not recorded');
  });

  test('who am I; signing out ends the session and takes the cookie back', async () => {
    expect(await (await pages.open('/account', asDistrict)).text()).toContain(DISTRICT.email);
    expect(await (await pages.open('/account', asSchool)).text()).toContain('บ้านดอยสูง');
    const response = await pages.send('/sign-out', {}, asDistrict);
    expect([response.status, response.headers.get('location'), cookieOf(response)]).toEqual([303, '/', 'dpa_session=']);
    expect(tried).toEqual([['signOut', { token: 'session-of-district' }]]);
  });
});

describe('R4.5 a forgotten password', () => {
  test('X8: the answer is the same for every address', async () => {
    const formId = hiddenField(await (await pages.open('/forgot')).text(), 'formId');
    const response = await pages.send('/forgot', { email: 'nobody@example.ac.th', formId });
    expect(location(response)).toEqual([303, '/forgot/sent']);
    expect(tried).toEqual([['requestPasswordReset', { email: 'nobody@example.ac.th', formId: REQUEST_ID }]]);
    expect(await (await pages.open('/forgot/sent')).text()).toContain('หากมีบัญชี');
  });

  test('what is no address is told at the field, and uses nothing up', async () => {
    const response = await pages.send('/forgot', { email: 'nothing' });
    expect([response.status, await response.text(), tried]).toEqual([422, expect.stringContaining('id="email-error"'), []]);
    expect(counted).toBe(0);
  });

  test('a blank address is told in words of this page', async () => {
    const html = await (await pages.send('/forgot', { email: ' ' })).text();
    for (const text of ['โปรดกรอกอีเมล <', 'Give an e-mail address.']) expect(html).toContain(text);
    expect(html).not.toMatch(/NEW|อีเมลกลาง/);
  });

  test('LIMIT_RESETS: the answer is the same beyond the limit, and nothing is done', async () => {
    limit = new Refused('RATE_LIMITED', { retryAfter: 60 });
    const response = await pages.send('/forgot', { email: 'nobody@example.ac.th' });
    expect([location(response), response.headers.get('retry-after')]).toEqual([[303, '/forgot/sent'], null]);
    expect([counted, tried]).toEqual([1, []]);
  });

  test('an outage while it is counted: the form again, as the same request', async () => {
    const formId = hiddenField(await (await pages.open('/forgot')).text(), 'formId');
    limit = new Refused('UNAVAILABLE', { retryAfter: 5 });
    const response = await pages.send('/forgot', { email: 'nobody@example.ac.th', formId });
    expect([response.status, hiddenField(await response.text(), 'formId'), tried]).toEqual([503, formId, []]);
  });

  test('the link sets a new password once, and leads to an address without the token', async () => {
    const formId = hiddenField(await (await pages.open('/reset/tok')).text(), 'formId');
    const response = await pages.send('/reset/tok', { password: 'ดอยสูงเสียดฟ้า', repeat: 'ดอยสูงเสียดฟ้า', formId });
    expect(location(response)).toEqual([303, '/password-changed']);
    expect(tried).toEqual([['resetPassword', { token: 'tok', password: 'ดอยสูงเสียดฟ้า', formId: REQUEST_ID }]]);
  });

  test.each([
    ['12345678', '12345678', 'password'],
    ['ดอยสูงเสียดฟ้า', 'ดอยสูง', 'repeat'],
  ])('R4.3: %s and %s: 422 at the field, the link stays good', async (password, repeat, field) => {
    outcome = new Refused('WEAK_PASSWORD', { errors: [brokenRule('password', 'WEAK_PASSWORD')] });
    const response = await pages.send('/reset/tok', { password, repeat });
    const html = await response.text();
    expect([response.status, html.includes(`id="${field}-error"`), html.includes(password)]).toEqual([422, true, password === '12345678']);
  });

  test.each(['LINK_EXPIRED', 'LINK_USED'] as const)('%s offers a new one, or to sign in, before any password is typed: 410', async (code) => {
    const leadsOn = async (response: Response) => {
      const html = await response.text();
      expect(response.status).toBe(410);
      for (const href of ['href="/forgot"', '<a class="govuk-link" href="/sign-in"']) expect(html).toContain(href);
    };
    link = new Refused(code);
    await leadsOn(await pages.open('/reset/tok'));
    outcome = link;
    await leadsOn(await pages.send('/reset/tok', { password: 'ดอยสูงเสียดฟ้า', repeat: 'ดอยสูงเสียดฟ้า' }));
  });

  test('an unknown link: 404; an outage: the form again, as the same request', async () => {
    const formId = hiddenField(await (await pages.open('/reset/tok')).text(), 'formId');
    outcome = new Refused('UNAVAILABLE', { retryAfter: 5 });
    const response = await pages.send('/reset/tok', { password: 'ดอยสูงเสียดฟ้า', repeat: 'ดอยสูงเสียดฟ้า', formId });
    expect([response.status, hiddenField(await response.text(), 'formId')]).toEqual([503, formId]);
    link = new Refused('NOT_FOUND');
    expect((await pages.open('/reset/none')).status).toBe(404);
  });
});
