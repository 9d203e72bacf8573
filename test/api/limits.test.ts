// Throttles on a real PostgreSQL: for whom, how many, and how long (docs/operations.md, Settings; R4.4).
import { Pool } from 'pg';
import { createLimiters, network } from '../../api/limits';
import type { Limiters } from '../../commands/limits';
import { loadConfig } from '../../config';
import { Refused } from '../../domain/refused';
import { servingConnection } from '../../prisma/client';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { readProblem } from './support/problem';
import { type RunningApi, startApi } from './support/running-api';

let database: TestDatabase;
let pool: Pool;
let limiters: Limiters;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new Pool({ ...servingConnection(database.url, 'test'), max: 5 });
  // The database goes away before the last connection has said that it is closed.
  pool.on('error', () => undefined);
  limiters = createLimiters(pool, loadConfig({ LIMIT_SUBMIT: '3/m', LIMIT_FILES: '2/h', LIMIT_SIGN_IN: '3/15m' }).limits);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const isLimited = expect.objectContaining({ code: 'RATE_LIMITED', details: { retryAfter: expect.any(Number) } });

test('LIMIT_SUBMIT counts an address, and leaves others alone', async () => {
  for (const _ of [1, 2, 3]) await limiters.submit('203.0.113.1');
  await expect(limiters.submit('203.0.113.1')).rejects.toEqual(isLimited);
  await expect(limiters.submit('203.0.113.2')).resolves.toBeUndefined();
  await expect(limiters.files('203.0.113.1')).resolves.toBeUndefined();
});

test('everybody behind a meeting room’s address is counted together, apart from others there, other meetings and the code elsewhere (R2.4)', async () => {
  const room = '203.0.113.20';
  for (const _ of [1, 2]) await limiters.filesAtMeeting('meeting-1', room);
  await expect(limiters.filesAtMeeting('meeting-1', `::ffff:${room}`)).rejects.toEqual(isLimited);
  await expect(limiters.filesAtMeeting('meeting-2', room)).resolves.toBeUndefined();
  await expect(limiters.files(room)).resolves.toBeUndefined();
  for (const _ of [1, 2, 3]) await limiters.submitAtMeeting('meeting-1', '203.0.113.21');
  await expect(limiters.submitAtMeeting('meeting-1', '203.0.113.21')).rejects.toEqual(isLimited);
  await expect(limiters.submitAtMeeting('meeting-1', room)).resolves.toBeUndefined();
});

test.each([
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:db8::2', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s counts as %s: an IPv6 subscriber has a /64', (address, expected) => {
  expect(network(address)).toBe(expected);
});

describe('LIMIT_SIGN_IN (R4.4)', () => {
  const fail = async (email: string, address: string) => limiters.signIn(email, address).attempt();

  test('holds up the attacker, not the victim elsewhere nor others at the same address', async () => {
    for (const _ of [1, 2, 3]) await fail('victim@demo.test', '203.0.113.5');
    await expect(fail('Victim@Demo.test ', '203.0.113.5')).rejects.toEqual(isLimited);
    await expect(fail('victim@demo.test', '203.0.113.6')).resolves.toBeUndefined();
    await expect(fail('other@demo.test', '203.0.113.5')).resolves.toBeUndefined();
  });

  test('a success clears the failures', async () => {
    for (const _ of [1, 2]) await fail('a@demo.test', '203.0.113.7');
    await limiters.signIn('a@demo.test', '203.0.113.7').succeeded();
    for (const _ of [1, 2, 3]) await expect(fail('a@demo.test', '203.0.113.7')).resolves.toBeUndefined();
  });

  test('an attempt that the service could not answer does not count', async () => {
    for (const _ of [1, 2, 3, 4, 5]) {
      await fail('b@demo.test', '203.0.113.8');
      await limiters.signIn('b@demo.test', '203.0.113.8').undone();
    }
  });

  test('a burst has no more tries than a queue', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 30 }, () => fail('c@demo.test', '203.0.113.9')));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });

  test('over HTTP: 401 three times, then 429 with Retry-After, without the password being looked at', async () => {
    let looked = 0;
    const signIn = async () => {
      looked += 1;
      throw new Refused('SIGN_IN_FAILED');
    };
    const api: RunningApi = await startApi({ commands: { signIn }, services: { limiters } });
    const statuses: number[] = [];
    for (const _ of [1, 2, 3, 4]) {
      const response = await fetch(`${api.url}/api/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"email":"d@demo.test","password":"wrong"}',
      });
      statuses.push((await readProblem(response)).status);
      if (response.status === 429) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect([statuses, looked]).toEqual([[401, 401, 401, 429], 3]);
    await api.stop();
  });
});

test('the table shows no accounts', async () => {
  const { rows } = await pool.query<{ key: string }>('SELECT key FROM rate_limit');
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain('demo.test');
});
