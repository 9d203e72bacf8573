// Refusals come in order: 401, 403 or 404, the shape, the rules of the row, the state of the case; and who may ask.
import { Refused } from '../../domain/refused';
import { errorsOf, readProblem } from './support/problem';
import { asCentral, asDistrict, asSchool, DISTRICT, ORIGIN, type RunningApi, startApi } from './support/running-api';

const ID = '30000000-0000-4000-8000-000000000001';
const OTHER = '30000000-0000-4000-8000-000000000002';
const TOKEN = 'a-tracking-token-of-forty-three-characters0';
const json = { 'content-type': 'application/json' };
const asRegistrant = { authorization: `Bearer ${TOKEN}` };
let api: RunningApi;

afterEach(() => api.stop());

const send = (path: string, headers: Record<string, string>, body?: unknown, method = 'POST') =>
  fetch(`${api.url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });

describe('who may decide (R3.1)', () => {
  const decisions = `/api/registrations/${ID}/decisions`;

  test('401 comes before a bad body, even one that is no JSON', async () => {
    api = await startApi();
    const response = await fetch(`${api.url}${decisions}`, { method: 'POST', headers: json, body: '{' });
    expect([response.status, (await readProblem(response)).code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('an unknown session is 401', async () => {
    api = await startApi();
    expect((await send(decisions, { ...json, cookie: 'dpa_session=gone' }, {})).status).toBe(401);
  });

  test.each([
    ['a school administrator', asSchool, {}, 403],
    ['another district', asDistrict, { access: () => Promise.reject(new Refused('FORBIDDEN')) }, 403],
    ['an unknown registration', asDistrict, { access: () => Promise.reject(new Refused('NOT_FOUND')) }, 404],
  ])('%s is refused before the body is looked at', async (_who, headers, queries, status) => {
    api = await startApi({ queries });
    expect((await send(decisions, { ...headers, ...json }, { nonsense: true })).status).toBe(status);
  });

  test('R3.1, R3.4: every broken field and rule is named', async () => {
    api = await startApi();
    const problem = await readProblem(await send(decisions, { ...asDistrict, ...json }, { decision: 'REJECT' }));
    expect(problem.code).toBe('VALIDATION');
    expect(errorsOf(problem).sort()).toEqual(['reason REASON_REQUIRED', 'revision REQUIRED']);
  });
});

describe('what a registrant may with the tracking token', () => {
  const queries = {
    registrationIdOfTrackingToken: async (token: string) => (token === TOKEN ? ID : null),
    registrationForRegistrant: () => Promise.reject(new Refused('NOT_POSSIBLE_NOW')),
  };

  test.each([
    ['without a token: 401', ID, {}, 401],
    ['with an unknown token: 401', ID, { authorization: 'Bearer nobody-has-this-token-at-all-anywhere' }, 401],
    ['with the token of another registration: 404', OTHER, asRegistrant, 404],
    ['with the own token: on to the case', ID, asRegistrant, 409],
  ])('%s', async (_title, id, headers, status) => {
    api = await startApi({ queries });
    expect((await send(`/api/registrations/${id}`, headers, undefined, 'GET')).status).toBe(status);
  });

  test.each([
    ['resubmissions', asDistrict],
    ['withdrawal', asDistrict],
    ['acknowledgement', asSchool],
    ['decisions', asRegistrant],
    ['address', asRegistrant],
  ])('R3.1: %s by somebody who is known and not entitled: 403', async (step, headers) => {
    api = await startApi({ queries });
    const reply = await send(`/api/registrations/${ID}/${step}`, { ...headers, ...json }, {});
    expect([reply.status, (await readProblem(reply)).code]).toEqual([403, 'FORBIDDEN']);
  });

  test('R3.1: a registrant does not see evidence, nor decide a list: 403; with a token that is nobody’s 401', async () => {
    api = await startApi({ queries });
    const nobody = { authorization: 'Bearer nobody-has-this-token-at-all-anywhere' };
    for (const [headers, status] of [
      [asRegistrant, 403],
      [nobody, 401],
    ] as const) {
      expect((await send(`/api/registrations/${ID}/evidence`, headers, undefined, 'GET')).status).toBe(status);
      expect((await send('/api/decisions', { ...headers, ...json }, {})).status).toBe(status);
    }
  });

  test('a school administrator does not read registrations: 403', async () => {
    api = await startApi({ queries });
    expect((await send(`/api/registrations/${ID}`, asSchool, undefined, 'GET')).status).toBe(403);
  });
});

describe('what is not there is 404 before the body is looked at', () => {
  const none = () => Promise.reject(new Refused('NOT_FOUND'));

  test.each([
    ['R2.8', 'POST', '/api/schools/12121212/objections', {}],
    ['R3.2', 'PUT', '/api/schools/12121212/district', asCentral],
    ['R4.2', 'POST', '/api/confirmations/unknown', {}],
    ['R4.5', 'POST', '/api/password-resets/unknown', {}],
    ['R5.4', 'POST', `/api/schools/70010062/staff/${OTHER}/removal`, asSchool],
  ])('%s: %s %s', async (_rule, method, path, headers) => {
    api = await startApi({ queries: { school: none, confirmationAccess: none, passwordResetAccess: none, removalAccess: none } });
    expect((await send(path, { ...headers, ...json }, {}, method)).status).toBe(404);
  });
});

describe('calls from other sites', () => {
  const signedOut = { commands: { signOut: async () => undefined } };
  const storing = { commands: { storeFile: async () => ({ id: 'f', type: 'application/pdf' as const, size: 5 }) } };
  const sendFile = (headers: Record<string, string>) => {
    const body = new FormData();
    body.append('file', new Blob(['%PDF-']), 'a.pdf');
    return fetch(`${api.url}/api/files`, { method: 'POST', headers: { ...asCentral, ...headers }, body });
  };

  test.each([
    ['signing out without a body, from a program', 'DELETE', '/api/sessions/current', {}, 204],
    ['signing out from our own page', 'DELETE', '/api/sessions/current', { origin: ORIGIN }, 204],
    ['signing out from another site', 'DELETE', '/api/sessions/current', { origin: 'https://evil.test' }, 403],
    ['a text from another site', 'POST', `/api/registrations/${ID}/decisions`, { origin: 'https://evil.test', 'content-type': 'text/plain' }, 415],
  ])('%s', async (_title, method, path, headers, status) => {
    api = await startApi(signedOut);
    const response = await fetch(`${api.url}${path}`, { method, headers: { ...asDistrict, ...headers }, ...(method === 'POST' && { body: '{}' }) });
    expect(response.status).toBe(status);
  });

  test.each([
    ['from our own origin', { origin: ORIGIN }, 201],
    ['from the same origin as the browser sees it', { 'sec-fetch-site': 'same-origin' }, 201],
    ['from nowhere that is told', {}, 403],
    ['from an opaque origin', { origin: 'null' }, 403],
    ['from our own origin, which the browser knows to be another site', { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }, 403],
    ['from another site', { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }, 403],
  ])('a file with a session cookie %s', async (_title, headers, status) => {
    api = await startApi(storing);
    expect((await sendFile(headers)).status).toBe(status);
  });

  test('a file with a session cookie from the host that was asked, whatever this machine is called there', async () => {
    api = await startApi(storing);
    expect(api.url).not.toBe(ORIGIN);
    expect((await sendFile({ origin: api.url })).status).toBe(201);
    expect((await sendFile({ origin: api.url.replace('http:', 'https:') })).status).toBe(403);
  });
});

describe('the session cookie (R4.4)', () => {
  const signIn = async () => ({ token: 'fresh', account: DISTRICT });

  test.each([
    ['http', {}, /^dpa_session=fresh; /],
    ['https', { PUBLIC_URL: 'https://registrar.test' }, /^__Host-dpa_session=fresh; .*Secure/],
  ])('under %s', async (_scheme, settings, expected) => {
    api = await startApi({ commands: { signIn }, settings });
    const response = await send('/api/sessions', json, { email: 'a@demo.test', password: 'x' });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(response.status).toBe(201);
    expect(cookie).toMatch(expected);
    expect(cookie).toMatch(/Path=\//);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
  });
});
