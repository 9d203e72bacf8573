// The workflows beside the cases, played once on the real server, to be recorded or replayed.
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { SMTPServer } from 'smtp-server';
import { casesOf } from '../registration/support/cases';
import { ACCOUNTS } from '../setup/directory';
import { loseWorkflow } from '../setup/lost-workflow';
import { eventually } from '../setup/people';
import { freePort } from '../setup/servers';
import { startSystem, type TestSystem } from '../setup/system';

/** The names under which their histories are kept. */
export const JOBS = ['digests', 'sweeps', 'sweeps-failed', 'nudge', 'password-reset', 'mail'] as const;
export type JobName = (typeof JOBS)[number];

type Histories = Record<JobName, Awaited<ReturnType<WorkflowHandle['fetchHistory']>>>;

/** A mail server that turns away everything until it is told otherwise. */
async function openMail(port: number) {
  let taking = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => (taking ? done() : done(Object.assign(new Error('later'), { responseCode: 451 }))),
    onData(stream, _session, done) {
      stream.resume();
      stream.on('end', () => done());
    },
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    takeFromNowOn: () => {
      taking = true;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** An open case loses its workflow and its first form, as after a restore of half of everything: nothing can start it. */
async function loseOpenCase(system: TestSystem): Promise<void> {
  const { prisma } = system;
  const { id, schoolCode } = await prisma.registration.findFirstOrThrow({ where: { status: 'PENDING' } });
  await prisma.form.updateMany({ where: { caseId: id }, data: { caseId: randomUUID() } });
  await prisma.registration.update({ where: { id }, data: { waitingSince: new Date(Date.now() - 600_000) } });
  await loseWorkflow(system, `registration/${schoolCode}`);
}

/** Plays every one to its end: with mails that fail at first, so that each is carried further. @returns their histories */
export async function playJobs(): Promise<Histories> {
  const port = await freePort();
  const mails = await openMail(port);
  const system = await startSystem({ SMTP_URL: `smtp://127.0.0.1:${port}`, REVIEW_REMIND_EVERY: '1s', DIGEST_WINDOW: '100h' });
  const ended = async (workflowId: string) => {
    const handle = system.temporal.workflow.getHandle(workflowId);
    await eventually(async () => (await handle.describe()).status.name === 'COMPLETED', `the end of ${workflowId}`, 40_000);
    return handle.fetchHistory();
  };
  const run = async (workflowType: string) => {
    const workflowId = `${workflowType}-${randomUUID()}`;
    await system.temporal.workflow.execute(workflowType, { taskQueue: 'dpa', workflowId });
    return ended(workflowId);
  };
  const failed = async (workflowType: string) => {
    await loseOpenCase(system);
    const workflowId = `${workflowType}-failed-${randomUUID()}`;
    await system.temporal.workflow.execute(workflowType, { taskQueue: 'dpa', workflowId }).catch(() => undefined);
    const handle = system.temporal.workflow.getHandle(workflowId);
    await eventually(async () => (await handle.describe()).status.name === 'FAILED', `the failure of ${workflowId}`, 40_000);
    return handle.fetchHistory();
  };
  try {
    const cases = await casesOf(system);
    const { id: rejected } = await cases.pending();
    await cases.decide(rejected, { decision: 'REJECT', reason: 'ไม่ใช่' });
    await cases.pending();
    await cases.post('/api/password-resets', { email: ACCOUNTS.head });
    await system.prisma.registration.updateMany({ data: { waitingSince: new Date(Date.now() - 5_000) } });
    const told = await system.prisma.mail.findFirstOrThrow({ where: { registrationId: rejected, purpose: 'rejected' } });
    await eventually(async () => (await system.prisma.mail.findUniqueOrThrow({ where: { id: told.id } })).attempts > 3, 'some attempts');
    mails.takeFromNowOn();
    const reset = await system.prisma.passwordReset.findFirstOrThrow();
    const played = {
      mail: await ended(`mail/${told.id}`),
      'password-reset': await ended(`passwordReset/${reset.id}`),
      digests: await run('digests'),
      sweeps: await run('sweeps'),
      nudge: await run('nudge'),
    };
    return { ...played, 'sweeps-failed': await failed('sweeps') };
  } finally {
    await system.stop();
    await mails.close();
  }
}
