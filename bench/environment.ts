// What a benchmark runs on: a PostgreSQL, a Temporal server and a mail sink of its own, on free ports, in a folder that goes
// away afterwards, with the API and the worker as in production.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, Client as TemporalClient } from '@temporalio/client';
import { Client } from 'pg';
import type { CommandDependencies } from '../commands/dependencies';
import { loadConfig, readKeys } from '../config';
import { createPrisma } from '../prisma/client';
import { startPostgres } from '../prisma/local-server';
import { migrate } from '../prisma/migrate';
import { freePort } from '../scripts/ports';
import { createKeyRing } from '../security/key-ring';
import { findTemporalExecutable } from '../temporal/local-executable';
import { startTemporalServer } from '../temporal/local-server';
import { registerSearchAttributes } from '../temporal/set-up';
import { type Directory, seedDirectory } from './directory';
import { startProgram } from './programs';
import { type SmtpSink, startSmtpSink } from './smtp-sink';

export interface Environment {
  /** Where the API listens. */
  apiUrl: string;
  /** The settings of its programs. */
  settings: NodeJS.ProcessEnv;
  directory: Directory;
  sink: SmtpSink;
  /** A superuser's connection to the product's database. */
  admin: Client;
  temporal: TemporalClient;
  /** What commands are given, for what is made without HTTP. */
  commands: CommandDependencies;
  /** The numbers of the processes: of the product, and of the servers that it shares. */
  pids: { product: Record<string, number>; servers: Record<string, number> };
  /** Of Temporal's database. */
  temporalFile: string;
  /** Rejects when the API or the worker ends by itself. */
  failed: Promise<never>;
  /** Has something stopped together with it. */
  onStop: OnStop;
}

/** Told of everything that was started, in its order. */
export type OnStop = (stop: () => Promise<unknown>) => void;
export type Report = (line: string) => void;

/** Nobody is held up, sessions outlast the run, and digests may go out on any day. */
const SETTINGS = {
  NODE_ENV: 'production',
  LOG_LEVEL: 'error',
  LIMIT_SUBMIT: '1000000000/m',
  SESSION_IDLE: '24h',
  SESSION_MAX: '24h',
  DIGEST_WINDOW: '1s',
};

/** Starts it all. */
export async function startEnvironment(report: Report, onStop: OnStop): Promise<Environment> {
  report('Starting PostgreSQL, Temporal, a mail sink, the worker and the API');
  const dataDir = mkdtempSync(join(tmpdir(), 'dpa-bench-'));
  onStop(async () => rmSync(dataDir, { recursive: true, force: true }));
  // PostgreSQL runs as a user of its own where the benchmark runs as root.
  chmodSync(dataDir, 0o755);
  const sink = await startSmtpSink();
  onStop(sink.stop);
  const database = await startDatabase(dataDir, onStop);
  const temporal = await startTemporal(dataDir, report, onStop);
  const settings = { ...inherited(), ...SETTINGS, ...freshKeys(), ...(await addresses(database.url, temporal.address, sink)) };
  const product = await startProduct(settings, onStop);
  return {
    apiUrl: settings.PUBLIC_URL,
    settings,
    directory: database.directory,
    sink,
    admin: database.admin,
    temporal: temporal.client,
    commands: commandDependencies(settings, temporal.client, onStop),
    pids: { product: product.pids, servers: { temporal: temporal.pid, postgres: database.pid } },
    temporalFile: join(dataDir, 'temporal.db'),
    failed: product.failed,
    onStop,
  };
}

async function startDatabase(dataDir: string, onStop: OnStop) {
  const server = await startPostgres({ dataDir, port: await freePort() });
  onStop(server.stop);
  const root = await connect(server.adminUrl('postgres'));
  await root.query('CREATE DATABASE dpa');
  await migrate(server.adminUrl('dpa'));
  await root.query("CREATE ROLE dpa_app LOGIN PASSWORD 'bench' IN ROLE dpa_service");
  await root.end();
  const admin = await connect(server.adminUrl('dpa'));
  onStop(() => admin.end());
  const directory = await seedDirectory(admin);
  await admin.query('VACUUM ANALYZE');
  const url = Object.assign(new URL(server.adminUrl('dpa')), { username: 'dpa_app', password: 'bench' }).href;
  const pid = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  return { url, admin, directory, pid };
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  // A server that is stopped while this is open is no error of the benchmark's.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function startTemporal(dataDir: string, report: Report, onStop: OnStop) {
  const executable = await findTemporalExecutable(report);
  const server = await startTemporalServer({ executable, dataDir, port: await freePort() });
  onStop(server.stop);
  const connection = await Connection.connect({ address: server.address });
  onStop(() => connection.close());
  await registerSearchAttributes(connection, 'default');
  return { client: new TemporalClient({ connection }), address: server.address, pid: server.pid };
}

/** What every program needs of the surroundings; no setting of the service's own, so that all runs are alike. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, NODE_OPTIONS } = process.env;
  return { PATH, HOME, ...(NODE_OPTIONS !== undefined && { NODE_OPTIONS }) };
}

function freshKeys() {
  const key = () => randomBytes(32).toString('base64');
  return { NATIONAL_ID_KEYS: `bench:${key()}`, LOOKUP_KEY: key(), TOKEN_KEY: key() };
}

async function addresses(databaseUrl: string, temporalAddress: string, sink: SmtpSink) {
  const port = String(await freePort());
  return {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  };
}

async function startProduct(settings: NodeJS.ProcessEnv, onStop: OnStop) {
  const worker = await startProgram('worker', 'worker.js', settings);
  onStop(worker.stop);
  const api = await startProgram('API', join('api', 'server.js'), settings);
  onStop(api.stop);
  return { pids: { api: api.pid, worker: worker.pid }, failed: Promise.race([worker.failed, api.failed]) };
}

function commandDependencies(settings: NodeJS.ProcessEnv, temporal: TemporalClient, onStop: OnStop): CommandDependencies {
  const { session, databaseUrl = '', limits } = loadConfig(settings);
  const keys = readKeys(settings);
  const prisma = createPrisma(databaseUrl, { poolSize: 4, applicationName: 'bench' });
  onStop(() => prisma.$disconnect());
  const keyRing = createKeyRing(keys.nationalId, keys.lookup);
  return {
    prisma,
    temporal,
    keyRing,
    tokenKey: keys.token,
    session,
    lookupLimit: limits.lookups,
    now: () => new Date(),
    unanswered: () => undefined,
  };
}
