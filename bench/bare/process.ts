// The process of the bare workflow: its worker, and the client that plays its cases.
import { randomUUID } from 'node:crypto';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { Pool } from 'pg';
import { type Config, loadConfig, readKeys } from '../../config';
import { createMailer } from '../../mail/transport';
import { servingConnection } from '../../prisma/client';
import { onStop, runProcess } from '../../process';
import { connectionOptions } from '../../temporal/connection';
import { quietRuntime } from '../../temporal/runtime';
import { atConcurrency, milliseconds } from '../measure';
import { createBareActivities } from './activities';
import { BARE_BUNDLE } from './bundle';
import { type BareCase, bareWorkflowId, type Order, order, type Timings } from './messages';
import { approve, bareRegistration, confirm, submit } from './workflow';

const TASK_QUEUE = 'bare';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  quietRuntime(config.logLevel);
  const mails = awaitedMails();
  const pool = new Pool({ ...servingConnection(config.databaseUrl ?? '', 'bare'), max: config.databasePool });
  const mailer = createMailer({ smtpUrl: config.smtp.url ?? '', from: config.smtp.from });
  const { publicUrl } = config;
  const activities = createBareActivities({ pool, mailer, tokenKey: readKeys(process.env).token, publicUrl, mailed: mails.came });
  const worker = await createWorker(config, activities);
  const client = new Client({ connection: await Connection.connect(connectionOptions(config)) });
  process.on('message', (message) => {
    void play(client, mails, order.parse(message)).then((timings) => process.send?.(timings));
  });
  onStop(() => worker.shutdown());
  process.send?.({ ready: true });
  await worker.run();
}

/** With the options that were measured as the best (temporal/create-worker.ts). */
async function createWorker(config: Config, activities: object): Promise<Worker> {
  return Worker.create({
    connection: await NativeConnection.connect(connectionOptions(config)),
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: BARE_BUNDLE },
    activities,
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 4, maximum: 20 },
    activityTaskPollerBehavior: { type: 'autoscaling', initial: 2, maximum: 10 },
    maxConcurrentWorkflowTaskExecutions: 100,
    maxConcurrentLocalActivityExecutions: 200,
    maxConcurrentActivityTaskExecutions: 20,
    maxCachedWorkflows: 1_000,
  });
}

interface AwaitedMails {
  came(address: string, purpose: string): void;
  /** Resolves when the mail with the confirmation link went out. */
  link(address: string): Promise<void>;
}

function awaitedMails(): AwaitedMails {
  const here = new Set<string>();
  const waiting = new Map<string, () => void>();
  return {
    came(address, purpose) {
      if (purpose !== 'approved') return;
      here.add(address);
      waiting.get(address)?.();
    },
    link: (address) => (here.has(address) ? Promise.resolve() : new Promise((resolve) => waiting.set(address, resolve))),
  };
}

async function play(client: Client, mails: AwaitedMails, { concurrency, cases }: Order): Promise<Timings> {
  const steps: Omit<Timings, 'wall'> = { submit: [], approve: [], confirm: [] };
  const wall = await milliseconds(() =>
    atConcurrency(concurrency, cases, async (given) => {
      const handle = client.workflow.getHandle(bareWorkflowId(given.schoolCode));
      steps.submit.push(await milliseconds(() => start(client, given)));
      steps.approve.push(await milliseconds(() => handle.executeUpdate(approve)));
      await mails.link(given.email);
      steps.confirm.push(await milliseconds(() => handle.executeUpdate(confirm)));
    }),
  );
  return { wall, ...steps };
}

function start(client: Client, given: BareCase): Promise<void> {
  const startWorkflowOperation = new WithStartWorkflowOperation(bareRegistration, {
    workflowId: bareWorkflowId(given.schoolCode),
    workflowIdConflictPolicy: 'FAIL',
    taskQueue: TASK_QUEUE,
    args: [randomUUID(), given],
  });
  return client.workflow.executeUpdateWithStart(submit, { startWorkflowOperation });
}

runProcess('bare workflow', 'Run by npm run bench alone.\n', main);
