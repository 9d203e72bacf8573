// Bad days: mail that fails, workers that are away, callers that are gone. Nothing is lost, and everybody is told. What is
// killed or stopped in the midst of its work is tested in test/outages.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { DpaMail } from '../../contracts/search-attributes';
import { DISTRICT, freshSchool } from '../setup/directory';
import { addressOf, eventually, mailTo, submission } from '../setup/people';
import { launchWorker, type Program } from '../setup/processes';
import { freePort } from '../setup/servers';
import { startSystem, type TestSystem } from '../setup/system';
import { type Cases, casesOf } from './support/cases';

describe('Mail that fails', () => {
  let system: TestSystem;
  let cases: Cases;
  let server: SMTPServer | undefined;
  let port: number;
  const taken: string[] = [];

  /** A mail server that refuses one address for ever. */
  const openMail = () =>
    new Promise<void>((resolve) => {
      server = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        // Workers keep their connections; the server does not wait for them.
        closeTimeout: 100,
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
    cases = await casesOf(system);
  });
  afterAll(async () => {
    await closeMail();
    await system.stop();
  });

  test('R4.1 R4.2: the mail server is down for the whole decision and comes back: the decision stands, the mail goes out, its link lives from then', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    expect((await cases.approve(id)).body.status).toBe('APPROVED');
    const retried = async () => (await system.prisma.mail.findFirstOrThrow({ where: { registrationId: id, purpose: 'approved' } })).attempts >= 2;
    await eventually(retried, 'a second attempt');
    const reply = await cases.seen(id);
    expect(reply.body).toMatchObject({ mail: { status: 'RETRYING', lastError: expect.not.stringContaining('@') } });
    const link = () => system.prisma.link.findFirstOrThrow({ where: { registrationId: id }, include: { mail: true } });
    expect((await link()).expiresAt).toBeNull();
    await openMail();
    await eventually(async () => taken.filter((address) => address === addressOf(school)).length === 2, 'both mails', 40_000);
    const { expiresAt, mail } = await eventually(async () => ((await link()).expiresAt ? link() : null), 'the clock of the link');
    const days = ((expiresAt?.getTime() ?? 0) - (mail.sentAt?.getTime() ?? 0)) / 86_400_000;
    expect(days).toBeCloseTo(7, 3);
  });

  test('R4.1: an address that is refused for ever shows to the approver, and the case stands', async () => {
    const { id } = await cases.pending(freshSchool(), {}, { email: 'refused@school.test' });
    const bounced = async () => {
      const { body } = await cases.seen(id);
      return JSON.stringify(body['mail']).includes('BOUNCED') && body;
    };
    expect(await eventually(bounced, 'the bounce')).toMatchObject({ status: 'PENDING', mail: { status: 'BOUNCED', lastError: 'SMTP 550' } });
  });

  test('R1.4: a notice that the district’s contact refuses shows to operators, is tried further, and the registration stands', async () => {
    const school = freshSchool();
    await system.prisma.district.update({ where: { code: DISTRICT }, data: { email: 'refused@district.test' } });
    const delegator = { title: 'นาย', firstName: 'สมชาย', lastName: 'ผู้มอบ', position: 'DIRECTOR', homeSchoolCode: school };
    const delegated = submission(school, { capacity: 'DELEGATE', delegation: { delegator } }, { position: 'TEACHER' });
    const { id = '', status } = (await cases.submit(delegated)).body;
    expect(status).toBe('PENDING');
    const notice = () => system.prisma.mail.findFirstOrThrow({ where: { registrationId: id, audience: 'DISTRICT' } });
    await eventually(async () => (await notice()).lastError, 'the refusal');
    expect(await notice()).toMatchObject({ status: 'RETRYING', lastError: 'SMTP 550' });
    const handle = system.temporal.workflow.getHandle(`registration/${school}`);
    await eventually(async () => (await handle.describe()).typedSearchAttributes.get(DpaMail) === 'FAILING', 'DpaMail=FAILING');
    expect((await cases.approve(id)).body.status).toBe('APPROVED');
  });

  test('a rejected school registers again while its rejection mail cannot go out', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await closeMail();
    expect((await cases.decide(id, { decision: 'REJECT', reason: 'ไม่ถูกต้อง' })).body.status).toBe('REJECTED');
    expect((await cases.submit(submission(school))).status).toBe(201);
    const mail = await system.prisma.mail.findFirstOrThrow({ where: { registrationId: id, purpose: 'rejected' } });
    const own = system.temporal.workflow.getHandle(`mail/${mail.id}`);
    expect((await own.describe()).status.name).toBe('RUNNING');
    await openMail();
    await eventually(async () => (await own.describe()).status.name === 'COMPLETED', 'the rejection mail', 40_000);
  });
});

describe('A worker that is away', () => {
  let system: TestSystem;
  let cases: Cases;
  let worker: Program | undefined;

  beforeAll(async () => {
    system = await startSystem({}, { worker: false });
    cases = await casesOf(system);
  });
  afterAll(async () => {
    await worker?.kill();
    await system.stop();
  });

  test('no worker: 503 with Retry-After in time; the same request with the same key is then safe', async () => {
    const school = freshSchool();
    const body = submission(school);
    const headers = { 'Idempotency-Key': randomUUID() };
    const began = Date.now();
    const first = await cases.submit(body, headers);
    expect(first).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(0);
    // Ten seconds, and some more on a busy machine.
    expect(Date.now() - began).toBeLessThan(15_000);
    worker = await launchWorker(system.env);
    const again = await eventually(async () => {
      const reply = await cases.submit(body, headers);
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
    await eventually(() => system.prisma.form.findFirst({ where: { schoolCode: school } }), 'the form');
    abandon.abort();
    await asked;
    await eventually(() => system.prisma.registration.findFirst({ where: { schoolCode: school, status: 'PENDING' } }), 'PENDING');
  });

  test('a case whose workflow was lost resumes from its row', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await system.temporal.workflow.getHandle(`registration/${school}`).terminate('lost in a test');
    expect((await cases.approve(id)).body.status).toBe('APPROVED');
    await mailTo(addressOf(school), 'approved');
  });
});
