// R4.4: signing in over HTTP, on the real service: who may not is told nothing, and a session that is over is none.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hashPassword } from '../../security/passwords';
import { ACCOUNTS, DISTRICT, PASSWORD } from '../setup/directory';
import { addressOf, call, type Reply, signIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;

beforeAll(async () => {
  system = await startSystem({ LIMIT_SIGN_IN: '3/15m', TRUST_PROXY: '1' });
  cases = await casesOf(system);
});
afterAll(() => system.stop());

let addresses = 0;
/** Tries to sign in, from an address of its own unless one is given. */
const attempt = (email: string, password: string, address = `203.0.113.${addresses++ % 250}`) =>
  cases.post('/api/sessions', { email, password }, { 'X-Forwarded-For': address });

/** An approved registration whose link was not used; `confirm` makes its administrator. */
async function approved(): Promise<{ email: string; school: string; confirm(): Promise<void> }> {
  const { school, link } = await cases.approved();
  return {
    email: addressOf(school),
    school,
    async confirm() {
      expect((await cases.post(link, { password: PASSWORD })).status).toBe(201);
    },
  };
}

async function endedAccount(): Promise<string> {
  const email = `ended-${randomUUID()}@office.test`;
  const ended = { status: 'ENDED', role: 'DISTRICT', districtCode: DISTRICT } as const;
  await system.prisma.account.create({
    data: { id: randomUUID(), email, emailKey: email, name: 'พ้นหน้าที่', passwordHash: await hashPassword(PASSWORD), ...ended },
  });
  return email;
}

describe('R2.7 R4.4 who may not sign in', () => {
  test('is told the same, whoever it is', async () => {
    const waiting = await approved();
    const replies: Reply[] = [
      await attempt('nobody@nowhere.test', PASSWORD),
      await attempt(ACCOUNTS.approver, 'the wrong password'),
      await attempt(await endedAccount(), PASSWORD),
      await attempt(waiting.email, PASSWORD),
      await attempt('no address at all', PASSWORD),
    ];
    const [first] = replies;
    expect(first).toMatchObject({ status: 401, body: { code: 'SIGN_IN_FAILED' } });
    for (const { status, body, headers } of replies) {
      expect({ status, body }).toEqual({ status: first?.status, body: first?.body });
      expect([headers.get('set-cookie'), headers.get('content-length')]).toEqual([null, first?.headers.get('content-length')]);
    }
    await waiting.confirm();
    expect((await attempt(waiting.email, PASSWORD)).status).toBe(201);
  });

  test('costs about the same work, so that the time tells nothing', async () => {
    const ended = await endedAccount();
    /** CPU time of some attempts: what the machine does besides does not count. */
    const work = async (email: string) => {
      const began = process.cpuUsage();
      for (let tries = 0; tries < 3; tries += 1) await system.commands.signIn({ email, password: 'the wrong password' }).catch(() => undefined);
      return process.cpuUsage(began).user;
    };
    // The least of several rounds: what else this process does, and a processor that others slow down, only ever add to it.
    const least = new Map<string, number>();
    for (let round = 0; round < 5; round += 1) {
      for (const email of [ACCOUNTS.approver, 'nobody@nowhere.test', ended]) {
        least.set(email, Math.min(await work(email), least.get(email) ?? Number.POSITIVE_INFINITY));
      }
    }
    const [known = 0, ...others] = least.values();
    expect(others).toHaveLength(2);
    for (const cost of others) {
      expect(cost / known).toBeGreaterThan(0.4);
      expect(cost / known).toBeLessThan(2.5);
    }
  });

  test('who guesses is held up, and says until when; the victim elsewhere, and others at the same place, are not', async () => {
    const place = '198.51.100.7';
    const guesses = [1, 2, 3].map(() => attempt(ACCOUNTS.head, 'a guess', place));
    for (const { status } of await Promise.all(guesses)) expect(status).toBe(401);
    const held = await attempt(ACCOUNTS.head, PASSWORD, place);
    expect(held).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(60);
    expect((await attempt(ACCOUNTS.head, PASSWORD, '198.51.100.8')).status).toBe(201);
    expect((await attempt(ACCOUNTS.central, PASSWORD, place)).status).toBe(201);
  });
});

describe('R4.4 sessions', () => {
  const me = (session: { Cookie: string }) => cases.get('/api/me', session);
  const tokenHashOf = async (session: { Cookie: string }) => {
    expect((await me(session)).status).toBe(200);
    return (await system.prisma.session.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })).tokenHash;
  };
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

  test.each([
    ['has been idle for half an hour', { lastSeenAt: minutesAgo(31) }],
    ['is ten hours old, however busy', { createdAt: minutesAgo(10 * 60 + 1) }],
  ])('one that %s is over: 401, before anything else is looked at, and nothing is done', async (_what, changed) => {
    const { id } = await cases.pending();
    const session = await signIn(system.url, ACCOUNTS.approver);
    await system.prisma.session.update({ where: { tokenHash: await tokenHashOf(session) }, data: changed });
    expect(await cases.approve(id, session)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect((await cases.post(`/api/registrations/${id}/decisions`, {}, session)).status).toBe(401);
    expect((await me(session)).status).toBe(401);
    expect((await system.prisma.registration.findUniqueOrThrow({ where: { id } })).status).toBe('PENDING');
  });

  test('one that is used stays, and one that was signed out does not', async () => {
    const session = await signIn(system.url, ACCOUNTS.approver);
    await system.prisma.session.update({ where: { tokenHash: await tokenHashOf(session) }, data: { lastSeenAt: minutesAgo(29) } });
    expect((await me(session)).status).toBe(200);
    expect((await system.prisma.session.findUniqueOrThrow({ where: { tokenHash: await tokenHashOf(session) } })).lastSeenAt > minutesAgo(1)).toBe(
      true,
    );
    expect((await call(system.url, 'DELETE', '/api/sessions/current', undefined, session)).status).toBe(204);
    expect((await me(session)).status).toBe(401);
    // Whoever is signed out already, or never was signed in, is told the same.
    for (const nobody of [session, {}]) expect((await call(system.url, 'DELETE', '/api/sessions/current', undefined, nobody)).status).toBe(204);
  });

  test('those of an account that ends are over at once', async () => {
    const { email, confirm } = await approved();
    await confirm();
    const session = await signIn(system.url, email);
    await system.prisma.account.updateMany({ where: { email }, data: { status: 'ENDED' } });
    expect((await me(session)).status).toBe(401);
  });

  test('R3.1: an administrator’s, with the token of a registration, reads it as its registrant; without the token it does not', async () => {
    const { email, confirm } = await approved();
    await confirm();
    const administrator = await signIn(system.url, email);
    const { id, trackingToken } = await cases.pending();
    const read = (headers: Record<string, string>) => cases.seen(id, { ...administrator, ...headers });
    expect((await read({})).status).toBe(403);
    for (const scheme of ['Bearer', 'bearer', 'BEARER ']) {
      expect(await read({ Authorization: `${scheme} ${trackingToken}` })).toMatchObject({ status: 200, body: { id } });
    }
    expect((await read({ Authorization: `Bearer ${'x'.repeat(43)}` })).status).toBe(401);
  });

  test('an administrator’s sees the own school, and neither cases nor the audit', async () => {
    const { email, school, confirm } = await approved();
    await confirm();
    const session = await signIn(system.url, email);
    expect(await me(session)).toMatchObject({ status: 200, body: { account: { role: 'SCHOOL', schoolCode: school } } });
    const { id } = await system.prisma.registration.findFirstOrThrow({ where: { schoolCode: school } });
    for (const path of ['/api/registrations', `/api/registrations/${id}`, '/api/audit', '/api/settings'])
      expect([path, (await cases.get(path, session)).status]).toEqual([path, 403]);
  });
});
