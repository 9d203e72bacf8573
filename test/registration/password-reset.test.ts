// R4.5: a forgotten password. Nothing tells whether an address has an account.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordOutcome } from '../../activities/mail-outcome';
import { createPasswordResetActivities } from '../../activities/password-resets';
import { endAccount } from '../../prisma/end-account';
import type { Account, Mail } from '../../prisma/generated/client';
import { hashToken, randomToken } from '../../security/tokens';
import { waitingForLocks, whileHeld, withAdmin } from '../setup/database';
import { ACCOUNTS, DISTRICT, PASSWORD, schoolOf } from '../setup/directory';
import { call, eventually, mailsTo, mailTo, signIn, tapped, tokenIn } from '../setup/people';
import { recording, startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
/** All files share one mail box. */
const ADDRESS = `forgets-${process.pid}@office.test`;
beforeAll(async () => {
  system = await startSystem({ RESET_WITHIN: '1h', LIMIT_RESETS: '26/h' });
  await system.prisma.account.updateMany({ where: { email: ACCOUNTS.head }, data: { email: ADDRESS, emailKey: ADDRESS } });
});
afterAll(() => system.stop());

const ask = (email: string) => call(system.url, 'POST', '/api/password-resets', { email });
const set = (token: string, password: string, headers: Record<string, string> = {}) =>
  call(system.url, 'POST', `/api/password-resets/${token}`, { password }, headers);
const settled = () =>
  eventually(async () => (await system.prisma.passwordReset.count({ where: { emailKey: { not: null } } })) === 0, 'every request');
const linkOf = async (number: number) => tokenIn(await mailTo(ADDRESS, 'password-reset', number), 'reset');

describe('R4.5 a forgotten password', () => {
  test('by the link of the mail: looked at any number of times, used once; every session ends; a repeat is answered alike', async () => {
    const session = await signIn(system.url, ADDRESS);
    expect((await ask(ADDRESS.toUpperCase())).status).toBe(202);
    const token = await linkOf(1);
    for (let opened = 0; opened < 2; opened += 1) expect((await call(system.url, 'GET', `/api/password-resets/${token}`)).status).toBe(200);
    expect(await set(token, 'password')).toMatchObject({ status: 422, body: { code: 'WEAK_PASSWORD' } });
    const key = { 'Idempotency-Key': 'set-it-once' };
    expect((await set(token, 'ลืมแล้วตั้งใหม่ 1', key)).status).toBe(204);
    expect((await set(token, 'ลืมแล้วตั้งใหม่ 1', key)).status).toBe(204);
    expect(await set(token, 'ลืมแล้วตั้งใหม่ 2')).toMatchObject({ status: 410, body: { code: 'LINK_USED' } });
    expect((await call(system.url, 'GET', '/api/me', undefined, session)).status).toBe(401);
    await expect(signIn(system.url, ADDRESS, PASSWORD)).rejects.toThrow('401');
    await signIn(system.url, ADDRESS, 'ลืมแล้วตั้งใหม่ 1');
  });

  test('an address without an account gets the same answer, and nothing is sent or kept of it', async () => {
    const known = await ask(ADDRESS);
    const unknown = await ask('nobody@nowhere.test');
    expect([unknown.status, unknown.body, unknown.headers.get('content-length')]).toEqual([
      known.status,
      known.body,
      known.headers.get('content-length'),
    ]);
    expect((await ask('no address at all')).status).toBe(202);
    await settled();
    expect(await mailsTo('nobody@nowhere.test', 'password-reset')).toEqual([]);
    expect(JSON.stringify(await system.prisma.passwordReset.findMany())).not.toContain('nowhere');
  });

  test('a newer link ends the older one; an expired one and an unknown one say so', async () => {
    const older = await linkOf(2);
    await ask(ADDRESS);
    const newer = await linkOf(3);
    expect(await set(older, 'ลืมแล้วตั้งใหม่ 3')).toMatchObject({ status: 410, body: { code: 'LINK_EXPIRED' } });
    // The mail is out a moment before its link's time is noted.
    await eventually(async () => (await call(system.url, 'GET', `/api/password-resets/${newer}`)).body['expiresAt'], 'the time of the link');
    await system.prisma.passwordReset.updateMany({ where: { cancelledAt: null, usedAt: null }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await call(system.url, 'GET', `/api/password-resets/${newer}`)).toMatchObject({ status: 410, body: { code: 'LINK_EXPIRED' } });
    expect((await set('not-a-token', 'ลืมแล้วตั้งใหม่ 4')).status).toBe(404);
  });

  test('nobody’s mail box is filled: twenty an hour; the answer is 202 always, also beyond the limit of an address, where nothing is done', async () => {
    for (let asked = 0; asked < 18; asked += 1) expect((await ask(ADDRESS)).status).toBe(202);
    await settled();
    expect(await system.prisma.mail.count({ where: { purpose: 'password-reset' } })).toBe(20);
    const replies = await Promise.all(Array.from({ length: 6 }, () => ask('nobody@nowhere.test')));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]));
    const before = await system.prisma.passwordReset.count();
    expect((await ask(ADDRESS)).status).toBe(202);
    expect(await system.prisma.passwordReset.count()).toBe(before);
  });

  test('a sign-in with the old password that is under way opens no session that outlives it', async () => {
    const { id } = await system.prisma.account.findFirstOrThrow({ where: { email: ADDRESS } });
    const sessions = () => system.prisma.session.count({ where: { accountId: id } });
    const before = await sessions();
    // The password is set anew between the look at the account and the session: here for as long as the sign-in waits for the row.
    const signingIn = await withAdmin(system.database.adminUrl, async (admin) => {
      await admin.query('BEGIN');
      await admin.query("UPDATE account SET password_hash = 'another' WHERE id = $1", [id]);
      const reply = call(system.url, 'POST', '/api/sessions', { email: ADDRESS, password: 'ลืมแล้วตั้งใหม่ 1' });
      await eventually(async () => (await waitingForLocks(system.database.adminUrl, 'INTO session')) === 1, 'the sign-in that waits');
      await admin.query('COMMIT');
      return reply;
    });
    expect(signingIn).toMatchObject({ status: 401, body: { code: 'SIGN_IN_FAILED' } });
    expect(await sessions()).toBe(before);
  });

  test('X3: the address stands nowhere in Temporal', async () => {
    for await (const { workflowId } of system.temporal.workflow.list({ query: 'WorkflowType="passwordReset"' })) {
      const history = JSON.stringify(await system.temporal.workflow.getHandle(workflowId).fetchHistory());
      expect(Buffer.from(history).toString()).not.toContain('forgets');
    }
  });
});

describe('R4.5 at the same instant', () => {
  /** Somebody with a link whose mail is on its way. */
  async function forgetful(): Promise<{ account: Account; mail: Mail; token: string }> {
    const [id, accountId, token] = [randomUUID(), randomUUID(), randomToken()];
    const email = `${accountId}@office.test`;
    const own = { email, emailKey: email, name: 'ผู้ลืม', role: 'CENTRAL', passwordHash: 'none' } as const;
    const account = await system.prisma.account.create({ data: { id: accountId, ...own } });
    const mail = await system.prisma.mail.create({ data: { id, accountId, purpose: 'password-reset', revision: 1, audience: 'ACCOUNT' } });
    await system.prisma.passwordReset.create({ data: { id, accountId, tokenHash: hashToken(token) } });
    return { account, mail, token };
  }
  const waiting = async (statement: string) => (await waitingForLocks(system.database.adminUrl, statement)) === 1;

  test('R4.6: a link that ends with its account while it is used is told as expired, and neither waits for the other for ever', async () => {
    const { account, token } = await forgetful();
    const { setting } = await system.prisma.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${account.id}::uuid FOR UPDATE`;
        const asked = set(token, 'ลืมแล้วตั้งใหม่ 5');
        await eventually(() => waiting('FROM account'), 'the use that waits');
        await endAccount(tx, account.id, new Date());
        return { setting: asked };
      },
      { timeout: 50_000 },
    );
    expect(await setting).toMatchObject({ status: 410, body: { code: 'LINK_EXPIRED' } });
    expect(await system.prisma.account.findUnique({ where: { id: account.id } })).toMatchObject({ status: 'ENDED', passwordHash: 'none' });
  });

  test('a link whose mail is told as sent while a newer one is written ends with the newer one', async () => {
    const { account, mail } = await forgetful();
    const id = randomUUID();
    await system.prisma.passwordReset.create({ data: { id, emailKey: account.emailKey } });
    const { preparePasswordReset } = createPasswordResetActivities(recording(system));
    const both = async () => {
      const newer = preparePasswordReset(id);
      await eventually(() => waiting('"password_reset"'), 'the newer link that waits');
      return Promise.all([newer, recordOutcome(recording(system), mail, { outcome: 'SENT', until: new Date(), error: null })]);
    };
    const holding = { sql: 'SELECT 1 FROM password_reset WHERE id = $1 FOR UPDATE', values: [mail.id] };
    const told = await whileHeld(system.database.adminUrl, holding, both, { '"password_reset"': 1, 'WITH of_case': 1 });
    expect(told).toEqual([{ mailId: id, purpose: 'password-reset', audience: 'ACCOUNT' }, { outcome: 'CANCELLED' }]);
    expect(await system.prisma.passwordReset.findUnique({ where: { id: mail.id } })).toMatchObject({
      cancelledAt: expect.any(Date),
      expiresAt: null,
    });
  });

  test('X1: of a school’s account its district reads it', async () => {
    const { account, token } = await forgetful();
    await system.prisma.account.update({ where: { id: account.id }, data: { role: 'SCHOOL', schoolCode: schoolOf(DISTRICT, 7) } });
    expect((await set(token, 'ลืมแล้วตั้งใหม่ 7')).status).toBe(204);
    const entry = await system.prisma.auditEntry.findFirstOrThrow({ where: { caseId: `account/${account.id}`, action: 'PASSWORD_RESET' } });
    expect(entry).toMatchObject({ schoolCode: schoolOf(DISTRICT, 7), districtCode: DISTRICT });
  });

  test('a double tap on the page sets the password once, and nobody is told that the link was used', async () => {
    const { account, token } = await forgetful();
    const holding = { sql: 'SELECT 1 FROM account WHERE id = $1 FOR UPDATE', values: [account.id] };
    const tap = () => tapped(system.url, `/reset/${token}`, { password: 'ลืมแล้วตั้งใหม่ 6', repeat: 'ลืมแล้วตั้งใหม่ 6' }, {});
    expect(await whileHeld(system.database.adminUrl, holding, tap, { 'FROM account': 4 })).toEqual(Array(4).fill('/password-changed'));
    expect(await system.prisma.auditEntry.count({ where: { caseId: `account/${account.id}`, action: 'PASSWORD_RESET' } })).toBe(1);
  });

  test('of two requests by one link one sets the password, and the other is told that the link was used', async () => {
    const { account, token } = await forgetful();
    const holding = { sql: 'SELECT 1 FROM account WHERE id = $1 FOR UPDATE', values: [account.id] };
    const both = () => Promise.all([set(token, 'ลืมแล้วตั้งใหม่ 7'), set(token, 'ลืมแล้วตั้งใหม่ 8')]);
    const replies = await whileHeld(system.database.adminUrl, holding, both, { 'FROM account': 2 });
    expect(replies.map(({ status, body }) => body.code ?? status).sort()).toEqual([204, 'LINK_USED']);
  });
});
