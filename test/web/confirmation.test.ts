// The page behind the confirmation link (R4.2, R4.3).
import type { Commands } from '../../commands/commands';
import { brokenRule } from '../../domain/broken-rule';
import { registrationStands } from '../../domain/case-words';
import { Refused } from '../../domain/refused';
import { hiddenField, location, REQUEST_ID, type RunningPages, startPages } from './support/running-pages';

let pages: RunningPages;
let asked: Parameters<Commands['confirm']>[0][];
let renewals: Parameters<Commands['renewLinkByToken']>[0][];
let dead: Refused | null;
let renewable: boolean;
let outcome: Refused | null;

beforeEach(async () => {
  asked = [];
  renewals = [];
  dead = null;
  renewable = true;
  outcome = null;
  pages = await startPages({
    queries: {
      async confirmation() {
        if (dead) throw dead;
        return { school: { code: '70010062', name: 'บ้านดอยสูง' }, expiresAt: '2026-12-01T02:30:00.000Z' };
      },
      confirmationRenewable: async () => renewable,
      confirmationOffice: async () => ({ name: 'สพป.เชียงราย เขต 1', phone: '0 5300 0000' }),
    },
    commands: {
      async confirm(request) {
        asked.push(request);
        if (outcome) throw outcome;
      },
      async renewLinkByToken(request) {
        renewals.push(request);
        if (outcome) throw outcome;
      },
    },
  });
});
afterEach(() => pages.stop());

const OFFICE = ['ติดต่อ สพป.เชียงราย เขต 1 โทร. 0 5300 0000', 'contact สพป.เชียงราย เขต 1, tel. 0 5300 0000'];
const good = { password: 'ดอยสูงเสียดฟ้า', repeat: 'ดอยสูงเสียดฟ้า' };

test('R4.2 X6: opening shows the school and the time in the Buddhist era, and consumes nothing', async () => {
  const response = await pages.open('/confirm/tok');
  const html = await response.text();
  expect([response.status, asked.length]).toEqual([200, 0]);
  expect(html).toContain('บ้านดอยสูง');
  expect(html).toContain('1 ธันวาคม 2569 เวลา 09:30 น.');
  expect(html).toContain('autocomplete="new-password"');
});

test('R4.3: sending sets the password and leads to an address without the token', async () => {
  const formId = hiddenField(await (await pages.open('/confirm/tok')).text(), 'formId');
  const response = await pages.send('/confirm/tok', { ...good, formId });
  expect(location(response)).toEqual([303, '/confirmed']);
  expect(asked).toEqual([{ token: 'tok', password: good.password, formId: REQUEST_ID }]);
  expect(await (await pages.open('/confirmed')).text()).toContain('ACTIVE');
});

test('R4.2: a second tap is the same request, also when its link is used by now', async () => {
  const formId = hiddenField(await (await pages.open('/confirm/tok')).text(), 'formId');
  await pages.send('/confirm/tok', { ...good, formId });
  dead = new Refused('LINK_USED');
  const second = await pages.send('/confirm/tok', { ...good, formId });
  expect([second.status, asked[0]?.formId === asked[1]?.formId]).toEqual([303, true]);
});

test('R4.3: passwords that differ are refused at the field; the link is not touched', async () => {
  const response = await pages.send('/confirm/tok', { password: 'ดอยสูงเสียดฟ้า', repeat: 'ดอยสูง' });
  const html = await response.text();
  expect([response.status, asked.length]).toEqual([422, 0]);
  expect(html).toMatch(/<title>ข้อผิดพลาด: /);
  expect(html).toContain('href="#repeat"');
  expect(html).not.toContain('ดอยสูงเสียดฟ้า');
});

test('R4.3: a weak password is refused at the field and the form stays', async () => {
  outcome = new Refused('WEAK_PASSWORD', { errors: [brokenRule('password', 'WEAK_PASSWORD')] });
  const response = await pages.send('/confirm/tok', { password: '12345678', repeat: '12345678' });
  const html = await response.text();
  expect(response.status).toBe(422);
  expect(html).toContain('href="#password"');
  expect(html).toContain('id="password-error"');
});

test.each([
  ['LINK_EXPIRED', true],
  ['LINK_USED', false],
] as const)('R4.2: %s is told before any password is typed: 410', async (code, offersAnother) => {
  dead = new Refused(code);
  const response = await pages.open('/confirm/tok');
  const html = await response.text();
  expect([response.status, html.includes('action="/confirm/tok/renewal"'), html.includes('type="password"')]).toEqual([410, offersAnother, false]);
});

test('R4.1: an expired link that gives no new one offers none, and leads to the office', async () => {
  dead = new Refused('LINK_EXPIRED');
  renewable = false;
  const response = await pages.open('/confirm/tok');
  const html = await response.text();
  expect([response.status, html.includes('/renewal'), html.includes('class="govuk-link" href="/"')]).toEqual([410, false, true]);
  for (const text of OFFICE) expect(html).toContain(text);
});

test('R4.2: who did not use the used link is told whom to call', async () => {
  dead = new Refused('LINK_USED');
  const html = await (await pages.open('/confirm/tok')).text();
  for (const text of OFFICE) expect(html).toContain(text);
});

test('R4.2: an expired link asks for a new one', async () => {
  dead = new Refused('LINK_EXPIRED');
  const formId = hiddenField(await (await pages.open('/confirm/tok')).text(), 'formId');
  const response = await pages.send('/confirm/tok/renewal', { formId });
  expect(location(response)).toEqual([303, '/confirm-sent']);
  expect(renewals).toEqual([{ token: 'tok', formId: REQUEST_ID }]);
  expect(await (await pages.open('/confirm-sent')).text()).toContain('class="govuk-link" href="/"');
});

test('R4.2: a used link gets no new one: 410 that says to sign in', async () => {
  outcome = new Refused('LINK_USED');
  const response = await pages.send('/confirm/tok/renewal', {});
  expect([response.status, await response.text()]).toEqual([410, expect.stringContaining('This link has been used')]);
});

test('R4.1 X8: a link that gives no new one leads to the office, offers none again, and tells nothing of the case', async () => {
  outcome = new Refused('NOT_POSSIBLE_NOW', { extra: { registrationStatus: 'PENDING' }, words: registrationStands('renewLink', 'PENDING') });
  const response = await pages.send('/confirm/tok/renewal', {});
  const html = await response.text();
  expect(response.status).toBe(409);
  for (const text of OFFICE) expect(html).toContain(text);
  for (const text of ['/renewal', registrationStands('renewLink', 'PENDING').th, 'PENDING']) expect(html).not.toContain(text);
});

test('R4.2: a link that is still good leads to its page instead of another one', async () => {
  outcome = new Refused('LINK_STILL_GOOD');
  const response = await pages.send('/confirm/tok/renewal', {});
  expect(location(response)).toEqual([303, '/confirm/tok']);
});

test('R4.2: an unknown link: 404 that says to open the latest mail', async () => {
  dead = new Refused('NOT_FOUND');
  const response = await pages.open('/confirm/none');
  expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('อีเมลฉบับล่าสุด')]);
});

test('R4.3: an outage shows the same form again, with its ID and Retry-After', async () => {
  outcome = new Refused('UNAVAILABLE', { retryAfter: 7 });
  const formId = hiddenField(await (await pages.open('/confirm/tok')).text(), 'formId');
  const response = await pages.send('/confirm/tok', { ...good, formId });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
  expect(hiddenField(await response.text(), 'formId')).toBe(formId);
});

test.each(['', 'no-uuid', '11111111-1111-1111-1111-111111111111'])('a form ID that we did not give (%p) is replaced', async (formId) => {
  await pages.send('/confirm/tok', { ...good, formId });
  expect(asked[0]?.formId).toMatch(/^[0-9a-f-]{36}$/);
  expect(asked[0]?.formId).not.toBe(formId);
});
