// R3.6: accounts of approvers. Their owners alone know the password.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCentralAccount } from '../../commands/central-account';
import { bangkokDate } from '../../domain/working-days';
import { type Cases, casesOf } from '../registration/support/cases';
import { whileHeld } from '../setup/database';
import { ACCOUNTS, DISTRICT, freshSchool, OTHER_DISTRICT } from '../setup/directory';
import { addressOf, call, calledTwice, confirmationFrom, eventually, mailsTo, mailTo, signIn, tapped, tokenIn, untilAnswered } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
let head: { Cookie: string };
let central: { Cookie: string };
let cases: Cases;
beforeAll(async () => {
  system = await startSystem();
  head = await signIn(system.url, ACCOUNTS.head);
  central = await signIn(system.url, ACCOUNTS.central);
  cases = await casesOf(system);
});
afterAll(() => system.stop());

let serial = 0;
const freshAddress = () => `approver-${process.pid}-${serial++}@new-office.test`;
const NEW_PASSWORD = 'ดอยสูงอากาศดี 9';
const create = (body: Record<string, unknown>, headers: Record<string, string> = head) =>
  cases.post('/api/approvers', { name: 'นางสาวมาลี ดีงาม', districtCode: DISTRICT, ...body }, headers);

describe('R3.6 opening an account', () => {
  test('by the head: the new approver sets the password by the mail’s link, signs in and decides', async () => {
    const email = freshAddress();
    const { status, body } = await create({ email });
    expect([status, body]).toEqual([201, { id: expect.any(String), email, name: 'นางสาวมาลี ดีงาม', districtCode: DISTRICT, head: false }]);
    expect((await cases.post('/api/sessions', { email, password: NEW_PASSWORD })).status).toBe(401);
    const mail = await mailTo(email, 'account');
    expect(mail.text).toContain(`${system.config.publicUrl}/reset/`);
    const { name } = await system.prisma.district.findUniqueOrThrow({ where: { code: DISTRICT } });
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain(`บัญชีผู้พิจารณาของ${name} ในระบบ DPA ให้ท่าน (${email})`);
      expect(part).toMatch(new RegExp(`account of ${name}[\\s\\S]*opened for you \\(${email}\\)`));
      expect(part).toContain(`${system.config.publicUrl}/sign-in`);
    }
    const link = `/api/password-resets/${tokenIn(mail, 'reset')}`;
    // The mail is out a moment before its link's time is noted.
    const expiresAt = await eventually(async () => (await call(system.url, 'GET', link)).body['expiresAt'], 'the time of the link');
    expect(Date.parse(String(expiresAt))).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    expect((await cases.post(link, { password: 'password' })).status).toBe(422);
    expect((await cases.post(link, { password: NEW_PASSWORD })).status).toBe(204);
    expect((await cases.post(link, { password: NEW_PASSWORD })).status).toBe(410);
    const session = await signIn(system.url, email, NEW_PASSWORD);
    expect((await cases.get('/api/me', session)).body['account']).toMatchObject({
      role: 'DISTRICT',
      districtCode: DISTRICT,
      head: false,
    });
    const { id } = await cases.pending();
    expect((await cases.decide(id, { decision: 'REJECT', reason: 'ไม่ใช่' }, session)).status).toBe(200);
    const audit = await system.prisma.auditEntry.findMany({ where: { caseId: `account/${String(body.id)}` }, orderBy: { seq: 'asc' } });
    expect(audit.map(({ action }) => action)).toEqual(['ACCOUNT_CREATED', 'MAIL_SENT', 'PASSWORD_RESET']);
    expect(audit[0]).toMatchObject({ districtCode: DISTRICT, after: { role: 'DISTRICT', head: false } });
  });

  test('by the central office, for any district, also a head', async () => {
    const email = freshAddress();
    expect(await create({ email, districtCode: OTHER_DISTRICT, head: true }, central)).toMatchObject({
      status: 201,
      body: { districtCode: OTHER_DISTRICT, head: true },
    });
    const list = await cases.get(`/api/approvers?district=${OTHER_DISTRICT}`, central);
    expect((list.body.items ?? []).map((item) => item['email'])).toContain(email);
  });

  test('403 for who leads no district and for another one, before anything else is looked at; 401 for nobody', async () => {
    expect((await create({ email: freshAddress() }, {})).status).toBe(401);
    expect(await create({ email: freshAddress() }, cases.approver)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect((await create({ email: 'nothing', districtCode: OTHER_DISTRICT })).status).toBe(403);
  });

  test.each([
    ['no address', { email: 'nothing' }, 'email'],
    ['no name', { name: ' ' }, 'name'],
    ['R2.3: a link for a name', { name: 'มาลี evil.example/login' }, 'name'],
    ['no district', { districtCode: 'NONE' }, 'districtCode'],
  ])('%s: 422', async (_what, differs, path) => {
    const { status, body } = await create({ email: freshAddress(), ...differs }, central);
    expect([status, body.errors?.map((error) => error.path)]).toEqual([422, [path]]);
  });

  test('an address in use is 409, however it is written, also one of an approved registrant', async () => {
    const email = freshAddress();
    await create({ email });
    const inUse = { status: 409, body: { code: 'EMAIL_IN_USE', errors: [{ path: 'email' }] } };
    expect(await create({ email: email.toUpperCase() })).toMatchObject(inUse);
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await cases.approve(id);
    expect(await create({ email: addressOf(school) })).toMatchObject(inUse);
    // Nor may who runs the programs: the registrant would fail at the last step.
    const given = { email: addressOf(school).toUpperCase(), name: 'ผู้ดูแล', password: 'ดอยสูงอากาศดี 4' };
    await expect(createCentralAccount(system.prisma, given)).rejects.toMatchObject({ code: 'EMAIL_IN_USE' });
    expect((await cases.post(await confirmationFrom(addressOf(school)), { password: given.password })).status).toBe(201);
  });

  test('ten at the same instant are one account; a repeat with its key is the same, with one mail', async () => {
    const email = freshAddress();
    const replies = await Promise.all(Array.from({ length: 10 }, () => create({ email })));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    const other = freshAddress();
    const key = { 'Idempotency-Key': randomUUID() };
    const repeats = await Promise.all(Array.from({ length: 5 }, () => untilAnswered(() => create({ email: other }, { ...head, ...key }))));
    expect(new Set(repeats.map(({ body }) => body.id)).size).toBe(1);
    await mailTo(other, 'account');
    expect(await mailsTo(other, 'account')).toHaveLength(1);
  });

  test('a double tap on the page is one account too, and nobody is told that the address is taken', async () => {
    const email = freshAddress();
    expect(await tapped(system.url, '/office/approvers', { email, officerName: 'นางสาวมาลี ดีงาม' }, head)).toEqual(
      Array(4).fill('/office/people?done=approver'),
    );
    expect(await system.prisma.account.count({ where: { email } })).toBe(1);
  });

  test('the link outlives the sweeps; a forgotten password’s does not', async () => {
    const email = freshAddress();
    const { body } = await create({ email });
    const token = tokenIn(await mailTo(email, 'account'), 'reset');
    await system.prisma.passwordReset.updateMany({
      where: { accountId: String(body.id) },
      data: { createdAt: new Date(Date.now() - 2 * 86_400_000) },
    });
    await system.prisma.passwordReset.create({ data: { id: randomUUID(), createdAt: new Date(Date.now() - 2 * 86_400_000) } });
    await system.temporal.workflow.execute('sweeps', { taskQueue: 'dpa', workflowId: `sweeps-${randomUUID()}` });
    expect((await call(system.url, 'GET', `/api/password-resets/${token}`)).status).toBe(200);
    expect(await system.prisma.passwordReset.count({ where: { accountId: null } })).toBe(0);
  });
});

describe('R3.6 ending an account', () => {
  const end = (id: unknown, headers: Record<string, string> = head) => cases.post(`/api/approvers/${String(id)}/ending`, undefined, headers);
  /** Somebody who has set the password and is signed in. */
  const settled = async (differs: Record<string, unknown> = {}) => {
    const email = freshAddress();
    const { body } = await create({ email, ...differs }, central);
    const link = `/api/password-resets/${tokenIn(await mailTo(email, 'account'), 'reset')}`;
    await cases.post(link, { password: NEW_PASSWORD });
    return { id: String(body.id), email, session: await signIn(system.url, email, NEW_PASSWORD) };
  };
  const me = async (session: { Cookie: string }) => (await cases.get('/api/me', session)).status;

  test('by the head: no session, no link and no substitution is left; the address is free, and what was decided stays', async () => {
    const leaving = await settled();
    const substitutes = await settled();
    const period = { from: bangkokDate(new Date()), to: bangkokDate(new Date()) };
    const named = await cases.post('/api/substitutions', { substituteId: substitutes.id, ...period }, leaving.session);
    const names = await cases.post('/api/substitutions', { substituteId: leaving.id, ...period }, substitutes.session);
    expect([named.status, names.status]).toEqual([201, 201]);
    const { id } = await cases.pending();
    await cases.decide(id, { decision: 'REJECT', reason: 'ไม่ใช่' }, leaving.session);
    await cases.post('/api/password-resets', { email: leaving.email });
    const link = `/api/password-resets/${tokenIn(await mailTo(leaving.email, 'password-reset'), 'reset')}`;
    const key = { ...head, 'Idempotency-Key': randomUUID() };
    expect(await end(leaving.id, key)).toMatchObject({ status: 200, body: { id: leaving.id, email: leaving.email, endedAt: expect.any(String) } });
    expect((await end(leaving.id, key)).status).toBe(200);
    expect(await end(leaving.id)).toMatchObject({ status: 409, body: { code: 'NOT_POSSIBLE_NOW' } });
    expect([await me(leaving.session), await me(substitutes.session)]).toEqual([401, 200]);
    expect((await cases.post('/api/sessions', { email: leaving.email, password: NEW_PASSWORD })).status).toBe(401);
    expect((await cases.post(link, { password: `${NEW_PASSWORD} 2` })).status).toBe(410);
    expect((await cases.get('/api/approvers?limit=200')).body.items?.some((item) => item['id'] === leaving.id)).toBe(false);
    const over = await system.prisma.substitution.findMany({ where: { id: { in: [String(named.body.id), String(names.body.id)] } } });
    expect(over.map(({ endedAt }) => endedAt)).toEqual([expect.any(Date), expect.any(Date)]);
    const chains = { caseId: { in: [`account/${leaving.id}`, ...over.map((one) => `substitution/${one.id}`)] } };
    const audit = await system.prisma.auditEntry.findMany({ where: { ...chains, action: { in: ['ACCOUNT_ENDED', 'SUBSTITUTION_ENDED'] } } });
    expect(audit.map(({ action }) => action).sort()).toEqual(['ACCOUNT_ENDED', 'SUBSTITUTION_ENDED', 'SUBSTITUTION_ENDED']);
    expect(new Set(audit.map(({ districtCode, formId }) => `${districtCode} ${formId}`)).size).toBe(1);
    expect((await cases.seen(id)).body).toMatchObject({ status: 'REJECTED', decidedBy: { name: 'นางสาวมาลี ดีงาม' } });
    expect((await create({ email: leaving.email })).status).toBe(201);
  });

  test('a repeat with its key at the same instant finds it done', async () => {
    const leaving = await settled();
    const holding = { sql: 'SELECT 1 FROM account WHERE id = $1 FOR UPDATE', values: [leaving.id] };
    const ending = () => calledTwice(system, (key) => end(leaving.id, { ...head, ...key }));
    const replies = await whileHeld(system.database.adminUrl, holding, ending, { 'FOR NO KEY UPDATE': 2 });
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(await system.prisma.auditEntry.count({ where: { caseId: `account/${leaving.id}`, action: 'ACCOUNT_ENDED' } })).toBe(1);
  });

  test('of two heads who end each other at the same instant one stays', async () => {
    const [one, other] = [await settled({ head: true }), await settled({ head: true })];
    const replies = await Promise.all([end(other.id, one.session), end(one.id, other.session)]);
    const [ended, refused] = replies.map(({ status }) => status).sort();
    expect(ended).toBe(200);
    // The session of the one who is ended may be over before the call is looked at.
    expect([401, 403]).toContain(refused);
    expect(await system.prisma.account.count({ where: { id: { in: [one.id, other.id] }, status: 'ACTIVE' } })).toBe(1);
  });

  test('who is ended opens no account with what was begun before', async () => {
    const leaving = await settled({ head: true });
    const email = freshAddress();
    const holding = { sql: "UPDATE account SET status = 'ENDED', ended_at = now() WHERE id = $1", values: [leaving.id] };
    const begun = await whileHeld(system.database.adminUrl, holding, () => create({ email }, leaving.session), { 'FOR SHARE': 1 });
    expect(begun).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await system.prisma.account.count({ where: { email } })).toBe(0);
  });

  test('by the central office in any district, also a head', async () => {
    const leaving = await settled({ districtCode: OTHER_DISTRICT, head: true });
    expect((await end(leaving.id, central)).status).toBe(200);
    expect(await me(leaving.session)).toBe(401);
  });

  test('403 for colleagues, for another district’s, for a head by the one who stands in, and for the own; 404 for who is none', async () => {
    const colleague = await settled();
    const elsewhere = await settled({ districtCode: OTHER_DISTRICT });
    const leader = await settled({ head: true });
    const day = bangkokDate(new Date());
    await cases.post('/api/substitutions', { substituteId: colleague.id, from: day, to: day }, leader.session);
    const [ownHead] = (await cases.get('/api/approvers?limit=200')).body.items?.filter((item) => item['email'] === ACCOUNTS.head) ?? [];
    const refused = [
      await end(leader.id, colleague.session),
      await end(elsewhere.id),
      await end(colleague.id, cases.approver),
      await end(ownHead?.['id']),
      await end(randomUUID()),
      await end('nobody'),
      await end(colleague.id, {}),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 404, 404, 401]);
    const { id: administrator } = await system.prisma.account.findFirstOrThrow({ where: { role: 'CENTRAL' } });
    expect((await end(administrator, central)).status).toBe(404);
    expect([await me(colleague.session), await me(leader.session), await me(elsewhere.session)]).toEqual([200, 200, 200]);
  });
});

describe('GET /api/approvers', () => {
  test('a district lists its own, page by page', async () => {
    const first = await cases.get('/api/approvers?limit=1');
    const second = await cases.get(`/api/approvers?limit=200&cursor=${String(first.body['nextCursor'])}`);
    const items = [...(first.body.items ?? []), ...(second.body.items ?? [])];
    expect(new Set(items.map((item) => item['districtCode']))).toEqual(new Set([DISTRICT]));
    expect(items.map((item) => item['email'])).toEqual(expect.arrayContaining([ACCOUNTS.approver, ACCOUNTS.head]));
    expect(new Set(items.map((item) => item['id'])).size).toBe(items.length);
    expect((await call(system.url, 'GET', '/api/approvers')).status).toBe(401);
    expect((await cases.get('/api/approvers?cursor=bm9uZQ')).status).toBe(422);
  });

  test('X6: in the order of a Thai dictionary, in which what stands before a consonant is read after it', async () => {
    await create({ email: freshAddress(), name: 'ขจร เรียงชื่อ' }, head);
    await create({ email: freshAddress(), name: 'เกษม เรียงชื่อ' }, head);
    const { body } = await cases.get('/api/approvers?limit=200');
    const names = (body.items ?? []).map((item) => String(item['name'])).filter((name) => name.endsWith('เรียงชื่อ'));
    expect(names).toEqual(['เกษม เรียงชื่อ', 'ขจร เรียงชื่อ']);
  });

  test('X3: the place where the next page begins, which stands in an address, tells no name', async () => {
    const { body } = await cases.get('/api/approvers?limit=1');
    const readable = Buffer.from(String(body['nextCursor']), 'base64url').toString('utf8');
    expect(readable).not.toContain(String(body.items?.[0]?.['name']));
    expect(readable).not.toContain(DISTRICT);
  });
});
