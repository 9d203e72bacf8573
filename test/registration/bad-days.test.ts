// Bad days: mail that fails, workers and servers that are killed. Nothing is lost, and everybody is told.

import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { PROJECT_ROOT } from '../../project-root';
import { withAdmin } from '../setup/database';
import { ACCOUNTS, DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, call, eventually, mailTo, signIn, submission } from '../setup/people';
import { freePort } from '../setup/servers';
import { startSystem, type TestSystem } from '../setup/system';

let next = 0;
const freshSchool = () => schoolOf(DISTRICT, next++);
const submit = (system: TestSystem, body: unknown, headers: Record<string, string> = {}) =>
  call(system.url, 'POST', '/api/registrations', body, headers);
const decide = (system: TestSystem, approver: { Cookie: string }, id: unknown, body: Record<string, unknown>) =>
  call(system.url, 'POST', `/api/registrations/${id}/decisions`, { revision: 1, ...body }, approver);

describe('Mail that fails', () => {
  let system: TestSystem;
  let approver: { Cookie: string };
  let server: SMTPServer | undefined;
  let port: number;
  const taken: string[] = [];

  /** A mail server that refuses one address for ever. */
  const openMail = () =>
    new Promise<void>((resolve) => {
      server = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        onRcptTo: ({ address }, _session, done) =>
          address.startsWith('refused') ? done(Object.assign(new Error('no such user'), { responseCode: 550 })) : done(),
        onData(stream, session, done) {
          stream.resume();
          stream.on('end', () => {
            taken.push(...session.envelope.rcptTo.map(({ address }) => address));
            done();
          });
        },
      });
      server.listen(port, '127.0.0.1', resolve);
    });
  const closeMail = () => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));

  beforeAll(async () => {
    port = await freePort();
    system = await startSystem({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    approver = await signIn(system.url, ACCOUNTS.approver);
  });
  afterAll(async () => {
    await closeMail();
    await system.stop();
  });

  test('R4.1: the mail server is down for the whole decision and comes back: the decision stands, the mail goes out', async () => {
    const school = freshSchool();
    const { id = '' } = (await submit(system, submission(school))).body;
    expect((await decide(system, approver, id, { decision: 'APPROVE', verified: true })).body.status).toBe('APPROVED');
    const retried = async () => (await system.prisma.mail.findFirstOrThrow({ where: { registrationId: id, purpose: 'approved' } })).attempts >= 2;
    await eventually(retried, 'a second attempt');
    const reply = await call(system.url, 'GET', `/api/registrations/${id}`, undefined, approver);
    expect(reply.body).toMatchObject({ mail: { status: 'RETRYING', lastError: expect.not.stringContaining('@') } });
    await openMail();
    await eventually(async () => taken.filter((address) => address === addressOf(school)).length === 2, 'both mails', 40_000);
  });

  test('R4.1: an address that is refused for ever shows to the approver, and the case stands', async () => {
    const { id } = (await submit(system, submission(freshSchool(), {}, { email: 'refused@school.test' }))).body;
    const bounced = async () => {
      const { body } = await call(system.url, 'GET', `/api/registrations/${id}`, undefined, approver);
      return JSON.stringify(body['mail']).includes('BOUNCED') && body;
    };
    expect(await eventually(bounced, 'the bounce')).toMatchObject({ status: 'PENDING', mail: { status: 'BOUNCED', lastError: 'SMTP 550' } });
  });

  test('a rejected school registers again while its rejection mail cannot go out', async () => {
    const school = freshSchool();
    const { id } = (await submit(system, submission(school))).body;
    await closeMail();
    expect((await decide(system, approver, id, { decision: 'REJECT', reason: 'ไม่ถูกต้อง' })).body.status).toBe('REJECTED');
    expect((await submit(system, submission(school))).status).toBe(201);
    const mail = await system.prisma.mail.findFirstOrThrow({ where: { registrationId: id ?? '', purpose: 'rejected' } });
    const own = system.temporal.workflow.getHandle(`mail/${mail.id}`);
    expect((await own.describe()).status.name).toBe('RUNNING');
    await openMail();
    await eventually(async () => (await own.describe()).status.name === 'COMPLETED', 'the rejection mail', 40_000);
  });
});

describe('Processes that are killed', () => {
  let system: TestSystem;
  let approver: { Cookie: string };
  let worker: ChildProcess | undefined;

  const startWorker = () =>
    new Promise<void>((resolve, reject) => {
      worker = fork(join(PROJECT_ROOT, 'dist', 'worker.js'), { env: { ...system.env }, stdio: 'ignore' });
      worker.once('message', () => resolve());
      worker.once('exit', reject);
    });
  const killWorker = () =>
    new Promise<void>((resolve) => {
      worker?.removeAllListeners('exit');
      worker?.once('exit', () => resolve());
      worker?.kill('SIGKILL');
    });

  beforeAll(async () => {
    system = await startSystem({}, { worker: false });
    approver = await signIn(system.url, ACCOUNTS.approver);
  });
  afterEach(async () => {
    await withAdmin(system.database.adminUrl, (admin) => admin.query('DROP TRIGGER IF EXISTS slow ON form; DROP FUNCTION IF EXISTS slow()'));
  });
  afterAll(async () => {
    await killWorker();
    await system.stop();
  });

  /** Makes the closing of a form wait, so that a kill falls before or after what the transaction wrote. */
  const slowDown = (when: 'BEFORE' | 'AFTER') =>
    withAdmin(system.database.adminUrl, (admin) =>
      admin.query(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1.5); RETURN NEW; END $$;
        CREATE TRIGGER slow ${when} UPDATE ON form FOR EACH ROW EXECUTE FUNCTION slow()`),
    );

  test.each(['BEFORE', 'AFTER'] as const)(
    'a worker killed %s the writes of a decision: one decision, one mail, the caller is answered',
    async (when) => {
      await startWorker();
      const school = freshSchool();
      const { id = '' } = (await submit(system, submission(school))).body;
      await slowDown(when);
      const asked = decide(system, approver, id, { decision: 'APPROVE', verified: true });
      await new Promise((resolve) => setTimeout(resolve, 700));
      await killWorker();
      await withAdmin(system.database.adminUrl, (admin) => admin.query('DROP TRIGGER slow ON form'));
      await startWorker();
      const { status } = await asked;
      expect([200, 503]).toContain(status);
      await eventually(async () => {
        const again = await decide(system, approver, id, { decision: 'APPROVE', verified: true });
        return again.status === 409;
      }, 'the recorded decision');
      expect(await system.prisma.auditEntry.count({ where: { caseId: id, action: 'APPROVED' } })).toBe(1);
      await mailTo(addressOf(school), 'approved');
      expect(await system.prisma.mail.count({ where: { registrationId: id, purpose: 'approved' } })).toBe(1);
      await killWorker();
    },
  );

  test('no worker: 503 with Retry-After in time; the same request with the same key is then safe', async () => {
    const school = freshSchool();
    const body = submission(school);
    const headers = { 'Idempotency-Key': randomUUID() };
    const began = Date.now();
    const first = await submit(system, body, headers);
    expect(first).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(first.headers.get('retry-after')).not.toBeNull();
    expect(Date.now() - began).toBeLessThan(10_500);
    await startWorker();
    const again = await eventually(async () => {
      const reply = await submit(system, body, headers);
      return reply.status === 201 && reply;
    }, 'the registration');
    expect(again.body.status).toBe('PENDING');
    expect(await system.prisma.registration.count({ where: { schoolCode: school } })).toBe(1);
  });

  test('a submission whose caller is gone reaches PENDING by itself', async () => {
    const school = freshSchool();
    const abandon = new AbortController();
    const asked = fetch(`${system.url}/api/registrations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(submission(school)),
      signal: abandon.signal,
    }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 15));
    abandon.abort();
    await asked;
    await eventually(() => system.prisma.registration.findFirst({ where: { schoolCode: school, status: 'PENDING' } }), 'PENDING');
  });

  test('a case whose workflow was lost resumes from its row', async () => {
    const school = freshSchool();
    const { id } = (await submit(system, submission(school))).body;
    await system.temporal.workflow.getHandle(`registration/${school}`).terminate('lost in a test');
    expect((await decide(system, approver, id, { decision: 'APPROVE', verified: true })).body.status).toBe('APPROVED');
    await mailTo(addressOf(school), 'approved');
  });
});
