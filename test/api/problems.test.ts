// Errors of the API: one form, one code each, and nothing personal in the log (X3).
import { request as httpRequest } from 'node:http';
import { REFUSALS } from '../../domain/refusal';
import { Refused } from '../../domain/refused';
import { readProblem } from './support/problem';
import { asCentral, asDistrict, type RunningApi, startApi } from './support/running-api';

const json = { 'content-type': 'application/json' };
let api: RunningApi;

afterEach(() => api.stop());

describe('errors that the transport makes', () => {
  beforeEach(async () => {
    api = await startApi();
  });

  test.each([
    ['an unknown address is 404', 'GET', '/api/nowhere', {}, undefined, 404, 'NOT_FOUND'],
    ['another method is 405', 'PATCH', '/api/me', {}, undefined, 405, 'METHOD_NOT_ALLOWED'],
    ['JSON that does not parse is 400', 'POST', '/api/sessions', json, '{"email":', 400, 'MALFORMED'],
    ['JSON of another shape is 422: nothing', 'POST', '/api/sessions', json, 'null', 422, 'VALIDATION'],
    ['a bare text', 'POST', '/api/sessions', json, '"x"', 422, 'VALIDATION'],
    ['a list', 'POST', '/api/sessions', json, '[]', 422, 'VALIDATION'],
    ['what says that it is compressed and is not is 400', 'POST', '/api/sessions', { ...json, 'content-encoding': 'gzip' }, 'xx', 400, 'MALFORMED'],
    [
      'the same of brotli is 400',
      'POST',
      '/api/sessions',
      { ...json, 'content-encoding': 'br' },
      '{"email":"a@b.co","password":"x"}',
      400,
      'MALFORMED',
    ],
    ['and where it is cut off', 'POST', '/api/sessions', { ...json, 'content-encoding': 'br' }, 'xx', 400, 'MALFORMED'],
    ['another content type is 415', 'POST', '/api/sessions', { 'content-type': 'text/plain' }, '{}', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a form is 415', 'POST', '/api/sessions', { 'content-type': 'application/x-www-form-urlencoded' }, 'email=a', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a broken percent-encoding is 400', 'GET', '/api/schools/%E0%A4%A', {}, undefined, 400, 'MALFORMED'],
    ['a NUL in an address is 404', 'GET', '/api/schools/7001%00062', {}, undefined, 404, 'NOT_FOUND'],
    ['a NUL in a query is 422', 'GET', '/api/schools?q=%00', {}, undefined, 422, 'VALIDATION'],
    ['a limit above 200 is 422', 'GET', '/api/schools?limit=201', {}, undefined, 422, 'VALIDATION'],
    ['a repeated query value is 422', 'GET', '/api/schools?q=a&q=b', {}, undefined, 422, 'VALIDATION'],
    ['a body that is a list is 422', 'POST', '/api/sessions', json, '[]', 422, 'VALIDATION'],
    ['half a surrogate pair is 422', 'POST', '/api/sessions', json, '{"email":"\\ud800","password":"x"}', 422, 'VALIDATION'],
    ['a field named __proto__ is 422', 'POST', '/api/sessions', json, '{"__proto__":{"a":1},"email":"a@b.co","password":"x"}', 422, 'VALIDATION'],
    ['JSON nested 40,000 deep is refused', 'POST', '/api/registrations', json, `${'['.repeat(40_000)}${']'.repeat(40_000)}`, 422, 'VALIDATION'],
  ])('%s', async (_title, method, path, headers, body, status, code) => {
    const response = await fetch(`${api.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
    expect([response.status, (await readProblem(response)).code]).toEqual([status, code]);
    expect(api.log).toEqual([]);
  });

  test('405 names the methods that do answer', async () => {
    const response = await fetch(`${api.url}/api/me`, { method: 'PUT', headers: json, body: '{}' });
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  test('a body of 10 MB is refused before it has been sent', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { ...json, 'content-length': String(10 * 1024 * 1024) };
      const sent = httpRequest(`${api.url}/api/registrations`, { method: 'POST', headers }, (response) => resolve(response.statusCode));
      sent.once('error', reject);
      sent.write('{"a":"');
    });
    expect(status).toBe(413);
  });

  test('a body of 10 MB whose length is not told is refused before it has come', async () => {
    const piece = Buffer.alloc(64 * 1024, '"'.repeat(64));
    const status = await new Promise<number | undefined>((resolve, reject) => {
      let left = 160;
      const sent = httpRequest(`${api.url}/api/registrations`, { method: 'POST', headers: json }, (response) => {
        left = 0;
        resolve(response.resume().statusCode);
        sent.destroy();
      });
      sent.once('error', reject);
      const send = () => {
        if (left-- > 0) sent.write(piece, send);
      };
      send();
    });
    expect(status).toBe(413);
    expect(api.log).toEqual([]);
  });

  test('answers of the API are not stored, not sniffed, and say nothing of Express', async () => {
    const { headers } = await fetch(`${api.url}/api/schools`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
  });

  test('people whose browser asks for a page that is not there get a page, programs a problem', async () => {
    const page = await fetch(`${api.url}/nowhere`, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, expect.stringMatching(/^text\/html/)]);
    expect(await page.text()).toMatch(/ไม่พบ/);
    const problem = await fetch(`${api.url}/nowhere`, { headers: { accept: 'application/json' } });
    expect((await readProblem(problem)).code).toBe('NOT_FOUND');
  });
});

const failing = (failure: Error) => startApi({ queries: { schools: () => Promise.reject(failure) } });

describe('errors from below', () => {
  test('a refusal keeps its status, facts and Retry-After', async () => {
    api = await failing(new Refused('ALREADY_DECIDED', { extra: { decidedAt: '2026-11-24T01:00:00.000Z' }, retryAfter: 7 }));
    const response = await fetch(`${api.url}/api/schools`);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await readProblem(response)).toMatchObject({ status: 409, code: 'ALREADY_DECIDED', decidedAt: '2026-11-24T01:00:00.000Z' });
  });

  test('what is said of this case stands in the detail; the title is what the code always says (RFC 9457)', async () => {
    api = await failing(new Refused('NOT_POSSIBLE_NOW', { words: { th: 'คำขอนี้ถอนไปแล้ว', en: 'It was withdrawn.' } }));
    const problem = await readProblem(await fetch(`${api.url}/api/schools`));
    expect(problem).toMatchObject({ title: REFUSALS.NOT_POSSIBLE_NOW.en, detail: 'คำขอนี้ถอนไปแล้ว / It was withdrawn.' });
  });

  test.each([
    [1, 'โปรดรอ 1 นาที', 'Wait 1 minute and'],
    [61, 'โปรดรอ 2 นาที', 'Wait 2 minutes and'],
    [3_600, 'โปรดรอ 60 นาที', 'Wait 60 minutes and'],
  ])('429 says how long to wait: %s seconds', async (retryAfter, thai, english) => {
    api = await failing(new Refused('RATE_LIMITED', { retryAfter }));
    const { detail } = await readProblem(await fetch(`${api.url}/api/schools`));
    for (const words of [thai, english]) expect(detail).toContain(words);
  });

  test.each([
    ['a refused connection', Object.assign(new Error('x'), { code: 'ECONNREFUSED' })],
    ['Prisma without a database', Object.assign(new Error('x'), { code: 'P1001' })],
    ['Prisma without a free connection', Object.assign(new Error('x'), { code: 'P2024' })],
    ['a database that shuts down', Object.assign(new Error('x'), { cause: { originalCode: '57P01' } })],
    ['a driver that cannot reach it', Object.assign(new Error('x'), { cause: { kind: 'DatabaseNotReachable' } })],
    ['a pool that waited too long', new Error('timeout exceeded when trying to connect')],
    ['Temporal that does not answer', Object.assign(new Error('x'), { name: 'ServiceError' })],
  ])('%s is 503 with Retry-After, not 500', async (_what, failure) => {
    api = await failing(failure);
    const response = await fetch(`${api.url}/api/schools`);
    expect([response.status, (await readProblem(response)).code]).toEqual([503, 'UNAVAILABLE']);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('what people typed is not taken for an outage', async () => {
    api = await failing(new Error('Invalid value "bus terminal, timeout P1001"'));
    expect((await fetch(`${api.url}/api/schools`)).status).toBe(500);
  });

  test('X3: an unexpected error is 500 and logged by kind, place and route pattern alone', async () => {
    api = await startApi({ queries: { access: () => Promise.reject(new TypeError('1101700230708 somchai@example.org')) } });
    const response = await fetch(`${api.url}/api/registrations/secret-in-path/decisions?secret=in-query`, {
      method: 'POST',
      headers: { ...asDistrict, ...json },
      body: '{"reason":"secret-in-body"}',
    });
    expect((await readProblem(response)).code).toBe('INTERNAL');
    expect(api.log).toHaveLength(1);
    expect(api.log[0]).toContain('POST /api/registrations/:id/decisions');
    expect(api.log[0]).not.toMatch(/1101700230708|somchai|secret|session-of/);
  });

  test('a dependency that is down while a district is assigned is 503', async () => {
    const down = Object.assign(new Error('14 UNAVAILABLE'), { name: 'ServiceError' });
    const place = { subdistrict: 'ยางหัก', amphoe: 'ปากท่อ', province: 'ราชบุรี' };
    const school = { code: '70010062', name: 'บ้านไทรงาม', place, district: null };
    api = await startApi({ queries: { school: async () => school }, commands: { assignDistrict: () => Promise.reject(down) } });
    const response = await fetch(`${api.url}/api/schools/70010062/district`, {
      method: 'PUT',
      headers: { ...asCentral, ...json },
      body: '{"districtCode":"D1"}',
    });
    expect(response.status).toBe(503);
  });
});
