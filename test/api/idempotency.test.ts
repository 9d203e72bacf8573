// Idempotency-Key on a real PostgreSQL: one outcome for one key, caller and body.
import { randomBytes, randomUUID } from 'node:crypto';
import { createIdempotencyStore, type IdempotencyStore } from '../../commands/idempotency';
import { Refused } from '../../domain/refused';
import { createPrisma } from '../../prisma/client';
import type { PrismaClient } from '../../prisma/generated/client';
import { createKeyRing } from '../../security/key-ring';
import { APPROVE } from '../registration/support/cases';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { readProblem } from './support/problem';
import { asCentral, asDistrict, noLimits, type RunningApi, startApi } from './support/running-api';

let database: TestDatabase;
let prisma: PrismaClient;
let idempotency: IdempotencyStore;
let clock: Date;
let api: RunningApi;

beforeAll(async () => {
  database = await createTestDatabase();
  prisma = createPrisma(database.url, { poolSize: 5, applicationName: 'test' });
}, 60_000);
afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});
beforeEach(() => {
  clock = new Date('2026-11-24T01:00:00Z');
  const keyRing = createKeyRing([{ id: 'test', key: randomBytes(32) }], randomBytes(32));
  idempotency = createIdempotencyStore({ prisma, keyRing, now: () => clock });
});
afterEach(() => api.stop());

/** Starts the API over a decision that does what the test says; gives the form IDs that it saw. */
async function decidingBy(decide: (attempt: number) => Promise<void>): Promise<string[]> {
  const forms: string[] = [];
  api = await startApi({
    commands: { decide: ({ formId }) => decide(forms.push(formId)) },
    queries: { registration: () => Promise.reject(new Refused('STALE_REVISION', { extra: { seenForms: forms.length } })) },
    services: { idempotency },
  });
  return forms;
}

const decide = (key: string | undefined, { body = { ...APPROVE, revision: 1 }, headers = asDistrict } = {}) =>
  fetch(`${api.url}/api/registrations/30000000-0000-4000-8000-000000000001/decisions`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
    body: JSON.stringify(body),
  });

test('a repeat gives the first answer and does nothing again', async () => {
  const forms = await decidingBy(async () => undefined);
  const key = randomUUID();
  const first = await readProblem(await decide(key));
  expect(await readProblem(await decide(key))).toEqual(first);
  expect(forms).toHaveLength(1);
});

test('a repeat is refused in the same words', async () => {
  const words = { th: 'คำขอนี้มีผลแล้ว', en: 'By somebody, today.' };
  const forms = await decidingBy(() => Promise.reject(new Refused('ALREADY_DECIDED', { words })));
  const key = randomUUID();
  for (const _ of [1, 2]) expect((await readProblem(await decide(key))).detail).toBe('คำขอนี้มีผลแล้ว / By somebody, today.');
  expect(forms).toHaveLength(1);
});

test('without a key a repeat is a new request with a new form', async () => {
  const forms = await decidingBy(async () => undefined);
  await decide(undefined);
  await decide(undefined);
  expect(new Set(forms).size).toBe(2);
});

test('another body with the same key is 422 IDEMPOTENCY_KEY_REUSED', async () => {
  await decidingBy(async () => undefined);
  const key = randomUUID();
  await decide(key);
  const problem = await readProblem(await decide(key, { body: { ...APPROVE, revision: 2 } }));
  expect([problem.status, problem.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
});

test('the same key of another caller is another request', async () => {
  const forms = await decidingBy(async () => undefined);
  const key = randomUUID();
  await decide(key);
  await decide(key, { headers: asCentral });
  expect(forms).toHaveLength(2);
});

test('ten at once with one key: it is done once, and all are told the same', async () => {
  const forms = await decidingBy(() => new Promise((resolve) => setTimeout(resolve, 200)));
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => decide(key)));
  expect(forms).toHaveLength(1);
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 409));
});

test('a repeat that has its answer uses nothing of a throttle; another call does', async () => {
  let counted = 0;
  const submit = async () => {
    counted += 1;
    if (counted > 1) throw new Refused('RATE_LIMITED', { retryAfter: 60 });
  };
  api = await startApi({
    commands: { renewLink: async () => undefined },
    queries: { access: async () => undefined },
    services: { idempotency, limiters: { ...noLimits, submit } },
  });
  const renew = async (key: string) => {
    const headers = { ...asDistrict, 'content-type': 'application/json', 'idempotency-key': key };
    return (await fetch(`${api.url}/api/registrations/30000000-0000-4000-8000-000000000001/confirmation-mails`, { method: 'POST', headers })).status;
  };
  const key = randomUUID();
  expect([await renew(key), await renew(key), await renew(key), await renew(randomUUID())]).toEqual([202, 202, 202, 429]);
  expect(counted).toBe(2);
});

test('after a 503 the repeat goes on with the same form', async () => {
  const forms = await decidingBy(async (attempt) => {
    if (attempt === 1) throw new Refused('UNAVAILABLE', { retryAfter: 5 });
  });
  const key = randomUUID();
  expect((await decide(key)).status).toBe(503);
  expect((await decide(key)).status).toBe(409);
  expect(forms).toHaveLength(2);
  expect(new Set(forms).size).toBe(1);
});

test('after a crash the repeat goes on with the same form once the lease is over', async () => {
  const forms = await decidingBy(async () => undefined);
  const lost = { caller: '10000000-0000-4000-8000-000000000001', key: randomUUID(), content: 'POST /api/lost {}' };
  const begun = await idempotency.begin(lost);
  clock = new Date(clock.getTime() + 13_000);
  expect(await idempotency.begin(lost)).toEqual({ ...begun, isFirst: false });
  expect(forms).toEqual([]);
});

test('a key is forgotten after 24 hours', async () => {
  const forms = await decidingBy(async () => undefined);
  const key = randomUUID();
  await decide(key);
  clock = new Date(clock.getTime() + 24 * 3_600_000 + 1);
  await decide(key);
  expect(new Set(forms).size).toBe(2);
});

test('answers are encrypted in the table: one may hold a tracking token (X4)', async () => {
  await decidingBy(async () => undefined);
  const key = randomUUID();
  await decide(key);
  const row = await prisma.idempotencyKey.findFirstOrThrow({ where: { key } });
  expect(row.answer).toMatch(/^test\./);
  expect(JSON.stringify(row)).not.toContain('STALE_REVISION');
});

test.each([
  ['with a space', 'a b'],
  ['that is too long', 'k'.repeat(256)],
])('a key %s is 422', async (_what, key) => {
  const forms = await decidingBy(async () => undefined);
  expect((await readProblem(await decide(key))).code).toBe('VALIDATION');
  expect(forms).toEqual([]);
});
