// The worker killed (SIGKILL) before and after each thing that it writes, and between a write and its mail: each is done once,
// whoever asked is answered, and row, workflow, audit and mail agree.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DpaStage } from '../../contracts/search-attributes';
import { APPROVE, type Cases, casesOf } from '../registration/support/cases';
import { type DatabaseGate, startDatabaseGate } from '../setup/database-gate';
import { freshSchool } from '../setup/directory';
import { addressOf, confirmationFrom, eventually, mailsTo, mailTo, type Reply, submission, trackedBy, untilAnswered } from '../setup/people';
import { launchWorker, type Program } from '../setup/processes';
import { type Smtp, startSmtp } from '../setup/smtp';
import { startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
let gate: DatabaseGate;
let cases: Cases;
let worker: Program;

beforeAll(async () => {
  system = await startSystem({}, { worker: false });
  gate = await startDatabaseGate(system.database.url);
  cases = await casesOf(system);
  await startWorker();
});
afterEach(() => gate.open());
afterAll(async () => {
  await worker.kill();
  await gate.close();
  await system.stop();
});

async function startWorker(settings: Record<string, string> = {}): Promise<void> {
  worker = await launchWorker({ ...system.env, DATABASE_URL: gate.url, ...settings });
}

/** Another worker with other settings. */
async function changeWorker(settings: Record<string, string>): Promise<void> {
  await worker.kill('SIGTERM');
  await startWorker(settings);
}

/** Waits until the gate holds a statement of the worker. */
const whileHeld = () => eventually(async () => gate.held().length > 0, 'a statement that is held');

/** Waits until the gate holds statements of so many cases: what the worker tried again meanwhile is of the same case. */
async function whileCasesAreHeld(count: number): Promise<void> {
  const heldCases = async () => {
    const cases = await system.prisma.form.findMany({ distinct: ['caseId'], select: { caseId: true } });
    return cases.filter(({ caseId }) => gate.held().some((statement) => statement.includes(caseId))).length;
  };
  await eventually(async () => (await heldCases()) === count, `statements of ${count} cases that are held`);
}

/** Kills the worker in the midst of what it does, and starts another one. */
async function killWorker(settings: Record<string, string> = {}): Promise<void> {
  await worker.kill();
  gate.open();
  await startWorker(settings);
}

const decide = (id: unknown, asked: Record<string, unknown>) => untilAnswered((key) => cases.decide(id, asked, { ...cases.approver, ...key }));

/** What only the statement says that records a form, which is a transaction of its own. */
const RECORDING = "UPDATE form SET state = 'APPLIED'";

/** A step of a case that is brought to where the step is possible. */
interface Step {
  action: string;
  /** The case's status afterwards, and the mails that it leads to, by purpose; `elsewhere` those to the address that was mended. */
  leads: { status: string; mails: Record<string, number>; elsewhere?: Record<string, number> };
  /** Brings a case of the school to where the step is possible, and gives what takes the step. */
  prepare(school: string): Promise<(headers: Record<string, string>) => Promise<Reply>>;
}

const mendedAddressOf = (school: string) => `mended-${addressOf(school)}`;

const STEPS: Step[] = [
  {
    action: 'SUBMITTED',
    leads: { status: 'PENDING', mails: { received: 1 } },
    async prepare(school) {
      const body = submission(school);
      return (headers) => cases.submit(body, headers);
    },
  },
  {
    action: 'APPROVED',
    leads: { status: 'APPROVED', mails: { received: 1, approved: 1 } },
    async prepare(school) {
      const { id } = await submitted(school);
      return (headers) => cases.approve(id, { ...cases.approver, ...headers });
    },
  },
  {
    action: 'RESUBMITTED',
    leads: { status: 'PENDING', mails: { received: 2, returned: 1 } },
    async prepare(school) {
      const { id, own } = await submitted(school);
      await decide(id, { decision: 'RETURN', reason: 'แก้ไข' });
      const body = submission(school);
      return (headers) => cases.resubmit(id, body, { ...own, ...headers });
    },
  },
  {
    action: 'WITHDRAWN',
    leads: { status: 'WITHDRAWN', mails: { received: 1, withdrawn: 1 } },
    async prepare(school) {
      const { id, own } = await submitted(school);
      return (headers) => cases.withdraw(id, { ...own, ...headers });
    },
  },
  {
    action: 'CONFIRMED',
    leads: { status: 'ACTIVE', mails: { received: 1, approved: 1 } },
    async prepare(school) {
      const { link } = await approved(school);
      return (headers) => cases.post(link, { password: 'ดอยสูงอากาศดี 5' }, headers);
    },
  },
  {
    action: 'LINK_RENEWED',
    leads: { status: 'APPROVED', mails: { received: 1, approved: 2 } },
    async prepare(school) {
      const { id } = await approved(school);
      return (headers) => cases.post(`/api/registrations/${id}/confirmation-mails`, undefined, { ...cases.approver, ...headers });
    },
  },
  {
    action: 'ADDRESS_MENDED',
    leads: { status: 'PENDING', mails: { received: 1, 'address-changed': 1 }, elsewhere: { received: 1 } },
    async prepare(school) {
      const { id } = await submitted(school);
      return (headers) => cases.mend(id, mendedAddressOf(school), { ...cases.approver, ...headers });
    },
  },
];

async function submitted(school: string) {
  const typed = submission(school);
  const { body } = await untilAnswered((key) => cases.submit(typed, key));
  await mailTo(addressOf(school), 'received');
  return { id: body.id ?? '', own: trackedBy(body.trackingToken) };
}

async function approved(school: string) {
  const { id } = await submitted(school);
  await decide(id, APPROVE);
  return { id, link: await confirmationFrom(addressOf(school)) };
}

/** Row, workflow, audit and mail of the school's one case, and that nothing is there twice. */
async function expectOnce(school: string, { action, leads }: Step): Promise<void> {
  const [row, ...others] = await system.prisma.registration.findMany({ where: { schoolCode: school } });
  expect([action, row?.status, others]).toEqual([action, leads.status, []]);
  const caseId = row?.id ?? '';
  expect([action, await system.prisma.auditEntry.count({ where: { caseId, action } })]).toEqual([action, 1]);
  await expectMails(addressOf(school), action, leads.mails);
  await expectMails(mendedAddressOf(school), action, leads.elsewhere ?? {});
  const stage = async () => (await system.temporal.workflow.getHandle(`registration/${school}`).describe()).typedSearchAttributes.get(DpaStage);
  await eventually(async () => (await stage()) === leads.status, `the stage ${leads.status} in the Temporal UI`);
}

async function expectMails(address: string, action: string, counts: Record<string, number>): Promise<void> {
  for (const [purpose, count] of Object.entries(counts)) {
    const caught = await eventually(async () => {
      const mails = await mailsTo(address, purpose);
      return mails.length >= count && mails;
    }, `mail ${purpose} after ${action}`);
    expect([action, purpose, caught.length]).toEqual([action, purpose, count]);
  }
}

describe('R1.1 R3.1 R3.3 R3.4 R4.1 R4.2 a worker killed', () => {
  test.each(['before', 'after'] as const)(
    '%s the commit of each step: the step is done once, its mail goes out once, and the caller is answered',
    async (when) => {
      const tried = STEPS.map((step) => ({ step, school: freshSchool() }));
      const takings = await Promise.all(tried.map(({ step, school }) => step.prepare(school)));
      await eventually(async () => (await system.prisma.mail.count({ where: { status: { in: ['QUEUED', 'RETRYING'] } } })) === 0, 'all mails');
      gate.hold(when, (statement) => statement.includes(RECORDING));
      const asked = Promise.all(takings.map((take) => untilAnswered(take)));
      await whileCasesAreHeld(STEPS.length);
      await killWorker();
      for (const reply of await asked) expect([200, 201, 202]).toContain(reply.status);
      for (const { step, school } of tried) await expectOnce(school, step);
    },
    120_000,
  );

  test.each(['before', 'after'] as const)('R3.5: %s the commit of an escalation: the case escalates once', async (when) => {
    const soon = { REVIEW_ESCALATE_AFTER: '1s' };
    await changeWorker(soon);
    gate.hold(when, (statement) => statement.includes('ESCALATED'));
    const { id } = await submitted(freshSchool());
    await whileHeld();
    await killWorker(soon);
    await eventually(async () => (await system.prisma.registration.findUniqueOrThrow({ where: { id } })).escalation === 'HEAD', 'the escalation');
    expect(await system.prisma.auditEntry.count({ where: { caseId: id, action: 'ESCALATED' } })).toBe(1);
  });
});

describe('R4.1 a worker killed while it sends', () => {
  let smtp: Smtp;

  beforeAll(async () => {
    smtp = await startSmtp();
    await changeWorker({ SMTP_URL: smtp.url });
  });
  afterAll(() => smtp.close());

  const sendTo = async (address: string) => {
    const school = freshSchool();
    await cases.submit(submission(school, {}, { email: address }));
    return school;
  };
  const ofTheSchool = (schoolCode: string) => system.prisma.mail.findFirstOrThrow({ where: { registration: { schoolCode } } });
  const takenFor = (address: string) => smtp.taken(address, 'received');

  test('after the server took a mail, before the row says so: not sent again; before the server answered: again with the same Message-ID', async () => {
    smtp.beforeAnswering = ({ address }) => (address.startsWith('silent') ? new Promise(() => undefined) : Promise.resolve());
    gate.hold('before', (statement) => statement.includes('MAIL_SENT'));
    const known = await sendTo('known@school.test');
    const unknown = await sendTo('silent@school.test');
    await whileHeld();
    await eventually(async () => takenFor('silent@school.test').length === 1, 'the mail that is not answered');
    // Temporal has been told that the first one was taken.
    const first = system.temporal.workflow.getHandle(`registration/${known}`);
    await eventually(async () => (await first.describe()).raw.pendingActivities?.[0]?.heartbeatDetails, 'the heartbeat');
    smtp.beforeAnswering = async () => undefined;
    await killWorker({ SMTP_URL: smtp.url });
    for (const school of [known, unknown]) {
      await eventually(async () => (await ofTheSchool(school)).status === 'SENT', `the mail of ${school}`, 40_000);
      const { registrationId: caseId } = await ofTheSchool(school);
      expect(await system.prisma.auditEntry.count({ where: { caseId: caseId ?? '', action: 'MAIL_SENT' } })).toBe(1);
    }
    expect(takenFor('known@school.test')).toHaveLength(1);
    const twice = takenFor('silent@school.test').map(({ messageId }) => messageId);
    expect(twice).toEqual([expect.stringMatching(/^<[-\w]+@/), twice[0]]);
  }, 90_000);
});
