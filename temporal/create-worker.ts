// The workers of one process, with the options that were measured (docs/decisions.md 11, 48 and 68, docs/measurements.md).
import { existsSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createDigestActivities } from '../activities/digests';
import { safeFailure } from '../activities/failure';
import { createMailActivities } from '../activities/mail';
import { createMeetingActivities } from '../activities/meetings';
import { createNudgeActivities } from '../activities/nudges';
import { createPasswordResetActivities } from '../activities/password-resets';
import { createRegistrationActivities } from '../activities/registration';
import { createSweepActivities } from '../activities/sweeps';
import { createTransferActivities } from '../activities/transfer';
import { settleStored } from '../commands/case-updates';
import type { Config, Keys } from '../config';
import { MAIL_QUEUE, TASK_QUEUE } from '../contracts/search-attributes';
import type { Mailer } from '../mail/transport';
import type { AuditSeal, PrismaClient } from '../prisma/generated/client';
import { createKeyRing } from '../security/key-ring';
import { WORKFLOW_BUNDLE } from './workflow-bundle';

export interface WorkerParts {
  config: Config;
  keys: Keys;
  prisma: PrismaClient;
  mailer: Mailer;
  connection: NativeConnection;
}

/** One line for whoever keeps the logs: `npm run verify-audit -- --kept NUMBER:CODE` compares the audit with it. */
function sealed({ number, code, entries, until }: AuditSeal): void {
  process.stdout.write(`Audit sealed ${number}:${code} (${entries} entries until ${until.toISOString()})\n`);
}

/** The workers of a process: they run, and end, together. */
export interface ServiceWorker {
  /** Polls until it is shut down. */
  run(): Promise<void>;
  shutdown(): void;
}

/**
 * Creates the workers of a process, one for the cases and one for the mails; they poll once they are run.
 * @throws Error when the workflows were not built
 */
export async function createWorker(parts: WorkerParts): Promise<ServiceWorker> {
  if (!existsSync(WORKFLOW_BUNDLE)) throw new Error('The workflows are not built: run `npm run build` first.');
  const activities = createActivities(parts);
  const cases = await Worker.create({ ...sharedOptions(parts), ...CASES, activities });
  const mails = await Worker.create({ ...sharedOptions(parts), ...MAILS, activities: { sendMail: activities.sendMail } });
  const workers = [cases, mails];
  const shutdown = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  return {
    run: async () => {
      // One that fails takes the other along: a process with half of its work looks as if it were well.
      const ended = await Promise.allSettled(workers.map((worker) => worker.run().finally(shutdown)));
      for (const end of ended) if (end.status === 'rejected') throw end.reason;
    },
    shutdown,
  };
}

function createActivities({ config, keys, prisma, mailer }: WorkerParts) {
  const { policies, publicUrl, session, retention, limits } = config;
  const keyRing = createKeyRing(keys.nationalId, keys.lookup);
  const dependencies = { prisma, tokenKey: keys.token, keyRing, policies, session, retention, now: () => new Date(), mailer, publicUrl, sealed };
  // A submission that is not answered is asked for its outcome again, by the activity's next attempt.
  const forCommands = { ...dependencies, lookupLimit: limits.lookups, unanswered: () => undefined };
  const carrySubmission = (temporal: Client, formId: string) => settleStored({ ...forCommands, temporal }, formId);
  return {
    ...createRegistrationActivities(dependencies),
    ...createTransferActivities(dependencies),
    ...createMeetingActivities({ ...dependencies, carrySubmission }),
    // Also where the cases are: what an older release ordered waits there.
    ...createMailActivities(dependencies),
    ...createDigestActivities(dependencies),
    ...createPasswordResetActivities(dependencies),
    ...createSweepActivities(dependencies),
    ...createNudgeActivities(dependencies),
  };
}

function sharedOptions({ config, connection }: WorkerParts) {
  return {
    connection,
    namespace: config.temporal.namespace,
    interceptors: {
      activity: [() => ({ inbound: { execute: (input, next) => next(input).catch((failure: unknown) => Promise.reject(safeFailure(failure))) } })],
    },
    activityTaskPollerBehavior: { type: 'autoscaling', initial: 2, maximum: 10 },
    // In the mails' worker: as many as the mail server's pool takes with some waiting.
    maxConcurrentActivityTaskExecutions: 20,
    shutdownGraceTime: '10s',
  } satisfies Partial<WorkerOptions>;
}

const CASES = {
  taskQueue: TASK_QUEUE,
  workflowBundle: { codePath: WORKFLOW_BUNDLE },
  // A task that a killed worker has not taken goes to another one after a second, not ten; one that it has, after `WORKFLOW_TASK_TIMEOUT`.
  stickyQueueScheduleToStartTimeout: '1s',
  workflowTaskPollerBehavior: { type: 'autoscaling', initial: 4, maximum: 20 },
  maxConcurrentWorkflowTaskExecutions: 100,
  maxConcurrentLocalActivityExecutions: 200,
  maxCachedWorkflows: 1_000,
} satisfies Partial<WorkerOptions>;

const MAILS = { taskQueue: MAIL_QUEUE } satisfies Partial<WorkerOptions>;
