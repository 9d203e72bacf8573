// PostgreSQL and Temporal stopped and started under cases that wait and under calls, with the worker and the API as the
// processes that they are in production: nothing is lost or done twice, callers are told in time, and all comes back by itself.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bangkokDate } from '../../domain/working-days';
import { type Cases, casesOf } from '../registration/support/cases';
import { withAdmin } from '../setup/database';
import { ACCOUNTS, freshSchool } from '../setup/directory';
import { type OwnServers, startOwnServers } from '../setup/own-servers';
import { addressOf, call, eventually, type Reply, signIn, submission, untilAnswered } from '../setup/people';
import { launchApi, launchWorker, type Program } from '../setup/processes';
import { freePort } from '../setup/servers';
import { type Smtp, startSmtp } from '../setup/smtp';
import { startSystem, type TestSystem } from '../setup/system';
import { schoolsOf } from '../transfer/support/schools';

let servers: OwnServers;
let smtp: Smtp;
let system: TestSystem;
let programs: Program[] = [];
let base: string;
let cases: Cases;

beforeAll(async () => {
  [servers, smtp] = await Promise.all([startOwnServers(), startSmtp()]);
  // Time enough to stop a server, and no longer.
  const settings = { SMTP_URL: smtp.url, REVIEW_ESCALATE_AFTER: '4s' };
  system = await startSystem(settings, { worker: false, servers: servers.addresses });
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  programs = await Promise.all([launchWorker(system.env), launchApi({ ...system.env, PORT: String(port) })]);
  cases = await casesOf({ url: base });
}, 120_000);
afterAll(async () => {
  await Promise.all(programs.map(({ kill }) => kill()));
  await Promise.all([system.stop(), smtp.close()]);
  await servers.end();
}, 60_000);

const submitted = async (school = freshSchool()) => {
  const typed = submission(school);
  return (await untilAnswered((key) => cases.submit(typed, key))).body.id ?? '';
};
const approve = (id: string, key: Record<string, string> = {}) => cases.approve(id, { ...cases.approver, ...key });
const status = async (path: string, headers: Record<string, string> = {}) => (await call(base, 'GET', path, undefined, headers)).status;
const keyed = (ask: (key: Record<string, string>) => Promise<Reply>) => {
  const key = { 'Idempotency-Key': randomUUID() };
  return () => ask(key);
};
const audited = (caseId: string, action: string) => system.prisma.auditEntry.count({ where: { caseId, action } });

/** Asks, and expects to be told within ten seconds that it is to be asked again. */
async function expectUnavailable(ask: () => Promise<Reply>): Promise<void> {
  const began = performance.now();
  const { status, body, headers } = await ask();
  expect([status, body.code, Number(headers.get('retry-after')) > 0]).toEqual([503, 'UNAVAILABLE', true]);
  // Ten seconds, and some more on a busy machine.
  expect(performance.now() - began).toBeLessThan(15_000);
}

/** While the work goes on, recording a form takes so many seconds: unless told, longer than a workflow task may (`WORKFLOW_TASK_TIMEOUT`). */
async function whileRecordingIsSlow(work: (isRecording: () => Promise<void>) => Promise<void>, seconds = 6): Promise<void> {
  const { adminUrl } = system.database;
  await withAdmin(adminUrl, (admin) =>
    admin.query(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(${seconds}); RETURN NEW; END $$;
      CREATE TRIGGER slow AFTER UPDATE ON form FOR EACH ROW EXECUTE FUNCTION slow()`),
  );
  const sleeping = () =>
    withAdmin(adminUrl, async (admin) => (await admin.query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")).rowCount === 1);
  try {
    await work(async () => void (await eventually(sleeping, 'the recording')));
  } finally {
    await withAdmin(adminUrl, (admin) => admin.query('DROP TRIGGER slow ON form; DROP FUNCTION slow()'));
  }
}

/** Waits until the case's deadline is over; who stopped a server in time has it pass meanwhile. */
async function deadlineOf(id: string): Promise<{ over(): Promise<void> }> {
  const { deadlineAt } = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
  return { over: () => pause(Math.max(0, (deadlineAt?.getTime() ?? 0) + 300 - Date.now())) };
}

async function expectEscalatedOnce(id: string): Promise<void> {
  const escalation = async () => (await system.prisma.registration.findUniqueOrThrow({ where: { id } })).escalation;
  await eventually(async () => (await escalation()) === 'HEAD', 'the escalation', 40_000);
  expect(await audited(id, 'ESCALATED')).toBe(1);
}

describe('R3.1 R3.5 PostgreSQL', () => {
  test('stopped under a call and while a case waits, and started: 503 in time, then everything goes on', async () => {
    const school = freshSchool();
    const [decided, waiting] = [await submitted(school), await submitted()];
    const decision = keyed((key) => approve(decided, key));
    const submissionOfAnother = submission(freshSchool());
    const asking = keyed((key) => cases.submit(submissionOfAnother, key));
    await whileRecordingIsSlow(async (isRecording) => {
      const deadline = await deadlineOf(waiting);
      const underCall = expectUnavailable(decision);
      await isRecording();
      await servers.postgres.stop();
      await Promise.all([
        underCall,
        expectUnavailable(asking),
        expectUnavailable(() => cases.seen(waiting)),
        expectUnavailable(() => call(base, 'POST', '/api/sessions', { email: ACCOUNTS.approver, password: 'wrong' })),
        expectUnavailable(() => call(base, 'GET', '/readyz')),
      ]);
      expect(await status('/healthz')).toBe(200);
      await deadline.over();
      await servers.postgres.start();
    });
    await eventually(async () => (await status('/readyz')) === 200, 'ready again');
    expect(await untilAnswered(decision)).toMatchObject({ status: 200, body: { status: 'APPROVED' } });
    expect(await untilAnswered(asking)).toMatchObject({ status: 201, body: { status: 'PENDING' } });
    expect(await audited(decided, 'APPROVED')).toBe(1);
    await eventually(async () => smtp.taken(addressOf(school), 'approved').length === 1, 'the mail', 40_000);
    await expectEscalatedOnce(waiting);
    expect((await untilAnswered((key) => approve(waiting, key))).status).toBe(200);
  }, 90_000);

  test('R4.1 stopped between the answer of the mail server and the row: the mail went out once', async () => {
    const school = freshSchool();
    smtp.beforeAnswering = async ({ address }) => {
      if (address === addressOf(school)) await servers.postgres.stop();
    };
    // The answer to the call may be lost with the database.
    await cases.submit(submission(school)).catch(() => undefined);
    await eventually(async () => smtp.taken(addressOf(school), 'received').length === 1, 'the mail');
    await eventually(async () => (await status('/readyz')) === 503, 'the outage');
    smtp.beforeAnswering = async () => undefined;
    await servers.postgres.start();
    const mail = () => system.prisma.mail.findFirst({ where: { registration: { schoolCode: school } } });
    await eventually(async () => (await mail())?.status === 'SENT', 'the row', 40_000);
    expect(smtp.taken(addressOf(school), 'received')).toHaveLength(1);
  }, 90_000);
});

describe('R3.1 R3.5 Temporal', () => {
  test('stopped under a call, and away for longer than a call waits: 503 in time, then everything goes on', async () => {
    const [decided, other, waiting] = [await submitted(), await submitted(), await submitted()];
    const decision = keyed((key) => approve(other, key));
    const school = freshSchool();
    const body = submission(school);
    const asking = keyed((key) => cases.submit(body, key));
    await whileRecordingIsSlow(async (isRecording) => {
      const deadline = await deadlineOf(waiting);
      const underCall = untilAnswered((key) => approve(decided, key));
      await isRecording();
      await servers.temporal.stop();
      await Promise.all([expectUnavailable(decision), expectUnavailable(asking), expectUnavailable(() => call(base, 'GET', '/readyz'))]);
      // The worker recorded it before it lost its server; the row answers.
      expect(await underCall).toMatchObject({ status: 200, body: { status: 'APPROVED' } });
      expect(await status(`/api/registrations/${waiting}`, cases.approver)).toBe(200);
      expect(await status('/healthz')).toBe(200);
      await deadline.over();
      await servers.temporal.start();
    });
    await eventually(async () => (await status('/readyz')) === 200, 'ready again');
    expect(await untilAnswered(decision)).toMatchObject({ status: 200, body: { status: 'APPROVED' } });
    expect(await untilAnswered(asking)).toMatchObject({ status: 201, body: { status: 'PENDING' } });
    for (const id of [decided, other]) expect(await audited(id, 'APPROVED')).toBe(1);
    expect(await system.prisma.registration.count({ where: { schoolCode: school } })).toBe(1);
    await eventually(async () => smtp.taken(addressOf(school), 'received').length === 1, 'the mail', 40_000);
    await expectEscalatedOnce(waiting);
  }, 90_000);

  test('R3.1 R4.1 gone before it stores what a worker has just recorded: the next step is taken all the same, and the mails go out', async () => {
    const id = await submitted();
    const email = `mended-${id}@school.test`;
    // Shorter than the heartbeat by which Temporal would come to know of the call.
    await whileRecordingIsSlow(async (isRecording) => {
      const mended = untilAnswered((key) => cases.mend(id, email, { ...cases.approver, ...key }));
      await isRecording();
      await servers.temporal.stop();
      expect(await mended).toMatchObject({ status: 200, body: { status: 'PENDING', revision: 2 } });
      await servers.temporal.start();
    }, 3);
    const head = await signIn(base, ACCOUNTS.head);
    const approved = await untilAnswered((key) => cases.approve(id, { ...head, ...key }, 2));
    expect(approved).toMatchObject({ status: 200, body: { status: 'APPROVED' } });
    await eventually(async () => smtp.taken(email, 'approved').length === 1, 'the mail', 40_000);
    expect(await audited(id, 'APPROVED')).toBe(1);
  }, 90_000);

  test('R5.3d R5.4 away while somebody is removed, a closing is taken back and a holiday is: all stand, and the next sweep tells the transfer, for which the removal is consent', async () => {
    const schools = schoolsOf(system);
    const holding = await schools.administrator(freshSchool());
    const asking = await schools.administrator(freshSchool());
    const staff = await schools.staff(holding.schoolCode);
    const { id } = (await schools.request(asking, staff)).body;
    const central = await signIn(system.url, ACCOUNTS.central);
    const closure = `/api/schools/${asking.schoolCode}/closure`;
    const ahead = bangkokDate(new Date(Date.now() + 30 * 86_400_000));
    expect((await call(system.url, 'POST', closure, { on: ahead, reason: 'ยุบรวม' }, central)).status).toBe(200);
    const holiday = '/api/holidays/2027-12-31';
    expect((await call(system.url, 'PUT', holiday, { name: 'วันหยุดพิเศษ' }, central)).status).toBe(200);
    await servers.temporal.stop();
    const on = bangkokDate(new Date());
    const path = `/api/schools/${holding.schoolCode}/staff/${staff.personId}/removal`;
    const removed = await call(system.url, 'POST', path, { reason: 'ย้าย', on }, holding.headers);
    const reopened = await call(system.url, 'DELETE', closure, undefined, central);
    const working = await call(system.url, 'DELETE', holiday, undefined, central);
    await servers.temporal.start();
    expect([removed.status, reopened.status, working.status]).toEqual([200, 200, 204]);
    const sweep = () => system.temporal.workflow.execute('sweeps', { taskQueue: 'dpa', workflowId: `sweeps-${randomUUID()}` });
    await eventually(
      () =>
        sweep().then(
          () => true,
          () => false,
        ),
      'a sweep',
    );
    await eventually(async () => (await schools.status(id)) === 'COMPLETED', 'the move', 40_000);
    expect(await schools.postedAt(staff)).toBe(asking.schoolCode);
  }, 90_000);

  test('away for a moment: calls that were made meanwhile have their outcome', async () => {
    const [id, typed] = [await submitted(), submission(freshSchool())];
    await servers.temporal.stop();
    const calls = Promise.all([untilAnswered((key) => approve(id, key)), untilAnswered((key) => cases.submit(typed, key))]);
    await servers.temporal.start();
    expect(await calls).toMatchObject([{ body: { status: 'APPROVED' } }, { body: { status: 'PENDING' } }]);
  }, 60_000);
});
