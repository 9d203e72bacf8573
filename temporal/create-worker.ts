// One worker for the one task queue, with the options that were measured (docs/decisions.md 11 and 48, docs/measurements.md).
import { existsSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
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
import { TASK_QUEUE } from '../contracts/search-attributes';
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

/**
 * Creates the worker; it polls once it is run.
 * @throws Error when the workflows were not built
 */
export async function createWorker({ config, keys, prisma, mailer, connection }: WorkerParts): Promise<Worker> {
  if (!existsSync(WORKFLOW_BUNDLE)) throw new Error('The workflows are not built: run `npm run build` first.');
  const { policies, publicUrl, session, retention, limits } = config;
  const keyRing = createKeyRing(keys.nationalId, keys.lookup);
  const dependencies = { prisma, tokenKey: keys.token, keyRing, policies, session, retention, now: () => new Date(), mailer, publicUrl, sealed };
  // A submission that is not answered is asked for its outcome again, by the activity's next attempt.
  const forCommands = { ...dependencies, lookupLimit: limits.lookups, unanswered: () => undefined };
  const carrySubmission = (temporal: Client, formId: string) => settleStored({ ...forCommands, temporal }, formId);
  return Worker.create({
    connection,
    namespace: config.temporal.namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: WORKFLOW_BUNDLE },
    activities: {
      ...createRegistrationActivities(dependencies),
      ...createTransferActivities(dependencies),
      ...createMeetingActivities({ ...dependencies, carrySubmission }),
      ...createMailActivities(dependencies),
      ...createDigestActivities(dependencies),
      ...createPasswordResetActivities(dependencies),
      ...createSweepActivities(dependencies),
      ...createNudgeActivities(dependencies),
    },
    interceptors: {
      activity: [() => ({ inbound: { execute: (input, next) => next(input).catch((failure: unknown) => Promise.reject(safeFailure(failure))) } })],
    },
    // A task that a killed worker has not taken goes to another one after a second, not ten; one that it has, after `WORKFLOW_TASK_TIMEOUT`.
    stickyQueueScheduleToStartTimeout: '1s',
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 4, maximum: 20 },
    activityTaskPollerBehavior: { type: 'autoscaling', initial: 2, maximum: 10 },
    maxConcurrentWorkflowTaskExecutions: 100,
    maxConcurrentLocalActivityExecutions: 200,
    // As many as the mail server's pool takes with some waiting.
    maxConcurrentActivityTaskExecutions: 20,
    maxCachedWorkflows: 1_000,
    shutdownGraceTime: '10s',
  });
}
