// Forms from other sites (docs/decisions.md 60: the cookie is SameSite=Lax, and no other CSRF token is asked).
import { ORIGIN } from '../api/support/running-api';
import { type RunningPages, startPages, tracked } from './support/running-pages';

let pages: RunningPages;
let withdrawn: number;

beforeEach(async () => {
  withdrawn = 0;
  pages = await startPages({
    commands: {
      async withdraw() {
        withdrawn += 1;
      },
    },
  });
});
afterEach(() => pages.stop());

const send = (headers: Record<string, string>) =>
  fetch(`${pages.url}/track/withdraw`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...tracked, accept: 'text/html', ...headers },
    body: new URLSearchParams({ formId: '' }),
  });

test.each([
  ['our Origin, from a phone that says no more', { origin: ORIGIN }],
  ['same-origin', { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }],
  ['same-origin by another name of this machine', { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }],
  ['neither: no browser', {}],
])('R3.4: %s passes', async (_title, headers: Record<string, string>) => {
  expect([(await send(headers)).status, withdrawn]).toEqual([303, 1]);
});

test('R3.4: the Origin of the host that was asked passes, whatever this machine is called there', async () => {
  expect([(await send({ origin: pages.url })).status, withdrawn]).toEqual([303, 1]);
});

test.each([
  ['another Origin', { origin: 'https://evil.test' }],
  ['an opaque Origin', { origin: 'null' }],
  ['cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['cross-site with a forged Origin', { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }],
  ['a neighbour of the same site', { 'sec-fetch-site': 'same-site' }],
])('R3.4: %s is refused: 403', async (_title, headers: Record<string, string>) => {
  const response = await send(headers);
  expect([response.status, withdrawn]).toEqual([403, 0]);
  expect(await response.text()).toContain('เปิดลิงก์จากอีเมลอีกครั้ง');
});

test('R3.4: pages let older phones send our Origin, and tell their address to no other site', async () => {
  expect((await pages.open('/track', tracked)).headers.get('referrer-policy')).toBe('same-origin');
});
