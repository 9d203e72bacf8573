// The whole service for one test file, over the real servers: its own database and namespace, worker and API in this process.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import pino from 'pino';
import type { RecordingDependencies } from '../../activities/dependencies';
import type { LetterDependencies } from '../../activities/letter';
import { createService } from '../../api/create-service';
import type { Commands } from '../../commands/commands';
import { type Config, loadConfig, readKeys } from '../../config';
import { createMailer } from '../../mail/transport';
import type { PrismaClient } from '../../prisma/generated/client';
import type { Queries } from '../../queries/queries';
import { createKeyRing } from '../../security/key-ring';
import { createWorker, type ServiceWorker } from '../../temporal/create-worker';
import { quietRuntime } from '../../temporal/runtime';
import { ensureNamespace, registerSearchAttributes } from '../../temporal/set-up';
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
  const service = createService({ config, keys, databaseUrl: database.url, logger: pino({ level: config.logLevel }) });
  const { app, commands, queries, prisma, temporal } = service;
  await ensureNamespace(temporal.connection, config.temporal.namespace);
  await registerSearchAttributes(temporal.connection, config.temporal.namespace);
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
    temporal: temporal.client,
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
      await service.close();
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

/** What letters are written from. */
export function lettering(system: TestSystem): LetterDependencies {
  const { nationalId, lookup } = readKeys(system.env);
  return { ...recording(system), publicUrl: system.config.publicUrl, keyRing: createKeyRing(nationalId, lookup) };
}
