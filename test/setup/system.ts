// The whole service for one test file, over the real servers: its own database and namespace, worker and API in this process.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { Pool } from 'pg';
import pino from 'pino';
import type { RecordingDependencies } from '../../activities/dependencies';
import { createApp } from '../../api/app';
import { createLimiters } from '../../api/limits';
import { logUnexpected, refusalOf } from '../../api/problem';
import { createCommands } from '../../commands';
import type { Commands } from '../../commands/commands';
import { createDraftStore } from '../../commands/drafts';
import { createIdempotencyStore } from '../../commands/idempotency';
import { type Config, loadConfig, readKeys } from '../../config';
import { createMailer } from '../../mail/transport';
import { createPrisma, servingConnection } from '../../prisma/client';
import type { PrismaClient } from '../../prisma/generated/client';
import { createQueries } from '../../queries';
import type { Queries } from '../../queries/queries';
import { createKeyRing } from '../../security/key-ring';
import { connectTemporal } from '../../temporal/connection';
import { createWorker, type ServiceWorker } from '../../temporal/create-worker';
import { quietRuntime } from '../../temporal/runtime';
import { ensureNamespace, registerSearchAttributes } from '../../temporal/set-up';
import { createPages } from '../../web/pages';
import { createTestDatabase, TEMPLATE, type TestDatabase } from './database';
import { ENVIRONMENT, freePort, type ServerAddresses, sharedServers } from './servers';

export interface TestSystem {
  /** Where the API listens. */
  url: string;
  env: Record<string, string>;
  config: Config;
  prisma: PrismaClient;
  temporal: Client;
  commands: Commands;
  queries: Queries;
  database: TestDatabase;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  /** Another worker, with other settings beside those of the system: what was armed before stays so. */
  changeWorker(settings: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

export interface TestSystemOptions {
  /** Whether a worker runs in this process; otherwise it is left to the test. */
  worker?: boolean;
  /** Servers of its own, which the test may stop. */
  servers?: ServerAddresses;
}

/** @param settings of the environment, beside those that the test servers need */
export async function startSystem(
  settings: Record<string, string> = {},
  { worker = true, servers = sharedServers() }: TestSystemOptions = {},
): Promise<TestSystem> {
  const database = await createTestDatabase(servers.postgres, TEMPLATE.directory);
  const port = await freePort();
  const key = () => randomBytes(32).toString('base64');
  const env: Record<string, string> = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: servers.temporal,
    TEMPORAL_NAMESPACE: `test-${randomUUID()}`,
    SMTP_URL: process.env[ENVIRONMENT.smtp] ?? '',
    PORT: String(port),
    LIMIT_SUBMIT: '100000/m',
    LIMIT_FILES: '100000/m',
    NATIONAL_ID_KEYS: `test1:${key()}`,
    LOOKUP_KEY: key(),
    TOKEN_KEY: key(),
    LOG_LEVEL: 'error',
    ...settings,
  };
  const config = loadConfig(env);
  const keys = readKeys(env);
  const { client: temporal, connection, close: disconnect } = connectTemporal(config);
  await ensureNamespace(connection, config.temporal.namespace);
  await registerSearchAttributes(connection, config.temporal.namespace);
  const prisma = createPrisma(database.url, { poolSize: 20, applicationName: 'test' });
  const pool = new Pool({ ...servingConnection(database.url, 'test-limits'), max: 4 });
  pool.on('error', () => undefined);
  const keyRing = createKeyRing(keys.nationalId, keys.lookup);
  const now = () => new Date();
  const commands = createCommands({
    prisma,
    temporal,
    keyRing,
    tokenKey: keys.token,
    session: config.session,
    lookupLimit: config.limits.lookups,
    now,
    unanswered: () => undefined,
  });
  const queries = createQueries({ prisma, keyRing, rosterCheckEveryMs: config.roster.checkEveryMs, now });
  const drafts = createDraftStore({ prisma, keyRing, now });
  const limiters = createLimiters(pool, config.limits);
  const logger = pino({ level: config.logLevel });
  const { app } = createApp({
    config,
    logger,
    commands,
    queries,
    idempotency: createIdempotencyStore({ prisma, keyRing, now }),
    limiters,
    pages: createPages({
      ...{ config, commands, queries, drafts, limiters, refusalOf },
      logUnexpected: (error, request) => logUnexpected(logger, error, request),
    }),
    ready: () => queries.ping(),
  });
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(port, '127.0.0.1', () => resolve(listening));
  });

  let running: { worker: ServiceWorker; ended: Promise<void>; close(): Promise<void> } | undefined;
  const startWorker = async (settled: Config = config) => {
    quiet();
    const native = await NativeConnection.connect({ address: servers.temporal });
    const mailer = createMailer({ smtpUrl: config.smtp.url ?? '', from: config.smtp.from });
    const started = await createWorker({ config: settled, keys, prisma, mailer, connection: native });
    const close = async () => {
      mailer.close();
      await native.close();
    };
    running = { worker: started, ended: started.run(), close };
  };
  const stopWorker = async () => {
    running?.worker.shutdown();
    await running?.ended;
    await running?.close();
    running = undefined;
  };
  if (worker) await startWorker();
  return {
    url: `http://127.0.0.1:${port}`,
    env,
    config,
    prisma,
    temporal,
    commands,
    queries,
    database,
    startWorker: () => startWorker(),
    stopWorker,
    async changeWorker(other) {
      await stopWorker();
      await startWorker(loadConfig({ ...env, ...other }));
    },
    async stop() {
      await stopWorker();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.allSettled([prisma.$disconnect(), pool.end(), disconnect()]);
      await database.drop();
    },
  };
}

let quieted = false;
function quiet(): void {
  if (!quieted) quietRuntime('error');
  quieted = true;
}

/** What recording activities are given, for what no worker is waited for. */
export function recording({ prisma, config, env }: TestSystem): RecordingDependencies {
  return { prisma, policies: config.policies, tokenKey: readKeys(env).token, now: () => new Date() };
}
