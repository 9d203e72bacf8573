// `npm start`: everything on this machine. A part whose address is given is used, not started.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Config, ConfigError, developmentKeys, type KeySettings, keptKeys, loadConfig, missingKey, readKeys } from '../config';
import { startMailCatcher } from '../mail/local-catcher';
import { hasDatabase } from '../prisma/local-server';
import { inOneLine } from '../process';
import { keepProcess, keptProcess } from '../process-file';
import { connectTemporal } from '../temporal/connection';
import { findTemporalExecutable } from '../temporal/local-executable';
import { startTemporalServer } from '../temporal/local-server';
import { prepareNamespace } from '../temporal/set-up';
import { endParts, stopParts, watchParts } from './local-parts';
import { refuseTakenPorts } from './ports';
import { type DatabaseUrls, prepareDatabase } from './prepare-database';
import { printReady } from './ready-message';
import { MARKER_FILE, RUNNING_FILE, type RunningSystem } from './running-system';
import { superviseProcesses } from './supervisor';

const HELP = `npm start        starts PostgreSQL, Temporal with its UI, a mail catcher, the worker, the API and the pages on this machine
npm run dev      the same, and starts worker and API anew when a source file changes

Settings come from the environment; docs/operations.md lists them. The ones most often needed:
  PORT 3000, POSTGRES_PORT 5433, TEMPORAL_PORT 7233, TEMPORAL_UI_PORT 8233, SMTP_PORT 1025, MAIL_UI_PORT 1080
  DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL   use a part that runs already
  DATA_DIR .data                             where everything is kept
  DEMO_PASSWORD                              of all demo accounts; otherwise made up and printed
Ctrl-C stops it all; the data stays.
`;

/** What was started, to be stopped in the opposite order. */
const stops: (() => Promise<void>)[] = [];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false }, watch: { type: 'boolean', default: false } } });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const config = loadConfig(process.env);
  // Before anything is started.
  if (config.production) readKeys(process.env);
  makeDataFolder(config.dataDir);
  await takeDataFolder(config.dataDir);
  await refuseTakenPorts(config);
  stopWhenAsked(config.dataDir);
  const keys = config.production ? undefined : keysOf(config, process.env);
  const env: NodeJS.ProcessEnv = { ...keys, ...process.env };
  const database = await step('PostgreSQL', () => prepareDatabase(config, env, stops));
  const temporalAddress = await step('Temporal', () => prepareTemporal(config));
  const smtpUrl = await step('Mail', () => prepareMail(config));
  await step('Worker and API', () => startProcesses({ config, env, watch: values.watch }, database, temporalAddress, smtpUrl));
  keepAddresses(config, database, temporalAddress);
  const watch = watchParts(config.dataDir, report);
  stops.push(async () => watch());
  printReady(config, database.demo, seconds());
}

/** Also of a start that fails from here on, `npm run reset` is to know the folder. @throws ConfigError where it cannot be had */
function makeDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, MARKER_FILE), 'Data of the DPA registrar. `npm run reset` removes it.\n');
  } catch (failure) {
    throw new ConfigError(`The folder DATA_DIR ${dataDir} cannot be used (${inOneLine(failure)}): name one that can be written.`);
  }
}

/** @throws ConfigError where the data of an earlier start lies there without its keys: with new ones none of it could be read */
function keysOf({ dataDir, databaseUrl }: Config, env: NodeJS.ProcessEnv): KeySettings {
  if (missingKey(env) && databaseUrl === undefined && !keptKeys(dataDir) && hasDatabase(dataDir))
    throw new ConfigError(`${dataDir} holds data whose keys (keys.json) are gone: put the file back, or run npm run reset to begin anew.`);
  return developmentKeys(dataDir);
}

/** Only one start runs from a data folder; what a killed one left behind is stopped. */
async function takeDataFolder(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'start.pid');
  refuseOther(dataDir, keptProcess(pidFile, 'start.js'));
  keepProcess(pidFile, process.pid);
  // Of two that come at the same instant the one that wrote last has the folder.
  await pause(100);
  refuseOther(dataDir, keptProcess(pidFile, 'start.js'));
  const told = setTimeout(() => report('Stopping what an earlier start left behind …'), 1_000);
  await stopParts(dataDir);
  clearTimeout(told);
}

function refuseOther(dataDir: string, pid: number | null): void {
  if (pid === null || pid === process.pid) return;
  throw new ConfigError(`The system runs already from ${dataDir} (process ${pid}): stop it first, or set DATA_DIR to another folder.`);
}

const began = performance.now();
function seconds(): string {
  return ((performance.now() - began) / 1000).toFixed(1);
}

function report(line: string): void {
  process.stdout.write(`[${seconds().padStart(5)} s] ${line}\n`);
}

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  report(`${name} …`);
  const result = await work();
  report(`${name} is ready`);
  return result;
}

async function prepareTemporal(config: Config): Promise<string> {
  const address = config.temporal.address ?? (await ownTemporal(config));
  const { client, connection, close } = connectTemporal({ ...config, temporal: { ...config.temporal, address } });
  try {
    await connection
      .withDeadline(Date.now() + 8_000, () => connection.workflowService.getSystemInfo({}))
      .catch((failure: unknown) => {
        if (config.temporal.address === undefined) throw failure;
        throw new ConfigError(`No Temporal server answers at TEMPORAL_ADDRESS ${address}: start it, or leave the setting out.`);
      });
    await prepareNamespace({ client, connection }, config);
  } finally {
    await close();
  }
  return address;
}

async function ownTemporal({ dataDir, temporal: { port, uiPort } }: Config): Promise<string> {
  const executable = await findTemporalExecutable(report);
  const server = await startTemporalServer({ executable, dataDir, port, uiPort });
  stops.push(server.stop);
  return server.address;
}

async function prepareMail({ dataDir, smtp, mailUiPort }: Config): Promise<string> {
  if (smtp.url !== undefined) return smtp.url;
  const catcher = await startMailCatcher({ dataDir, smtpPort: smtp.port, webPort: mailUiPort });
  stops.push(catcher.stop);
  return `smtp://127.0.0.1:${smtp.port}`;
}

async function startProcesses(
  { config, env, watch }: { config: Config; env: NodeJS.ProcessEnv; watch: boolean },
  database: DatabaseUrls,
  temporalAddress: string,
  smtpUrl: string,
): Promise<void> {
  const supervisor = superviseProcesses({
    env: { ...env, DATABASE_URL: database.serving, TEMPORAL_ADDRESS: temporalAddress, SMTP_URL: smtpUrl, PUBLIC_URL: config.publicUrl },
    watch,
    report,
  });
  stops.push(supervisor.stop);
  await supervisor.ready;
}

/** Where the running system's parts are, for `npm run demo` and other commands; readable by its owner only. */
function keepAddresses(
  { dataDir, publicUrl, port, mailUiPort, smtp }: Config,
  { serving, migrating, demo }: DatabaseUrls,
  temporalAddress: string,
): void {
  const file = join(dataDir, RUNNING_FILE);
  const mailUrl = smtp.url === undefined ? `http://127.0.0.1:${mailUiPort}` : null;
  const running: RunningSystem = {
    apiUrl: `http://127.0.0.1:${port}`,
    publicUrl,
    mailUrl,
    databaseUrl: serving,
    migrateDatabaseUrl: migrating,
    temporalAddress,
    demoPassword: demo?.password ?? null,
  };
  writeFileSync(file, JSON.stringify(running, null, 2), { mode: 0o600 });
  stops.push(async () => rmSync(file, { force: true }));
}

/** Within so many milliseconds one Ctrl-C may be told more than once. */
const TOLD_TWICE_MS = 1_000;

function stopWhenAsked(dataDir: string): void {
  let since: number | undefined;
  const stop = () => {
    if (since !== undefined) {
      // npm passes on what its terminal told this process too.
      if (performance.now() - since < TOLD_TWICE_MS) return;
      endParts(dataDir);
      process.exit(1);
    }
    since = performance.now();
    report('Stopping; the data stays. Press Ctrl-C again to stop at once.');
    // In the midst of a start a part may run that is not known to be ready yet.
    void stopAll()
      .then(() => stopParts(dataDir))
      .catch((failure: unknown) => report(inOneLine(failure)))
      .then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Whoever read what is told has gone, as `head` does: the system goes on until it is stopped.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
}

let stopping: Promise<void> | undefined;

/** Stops each part once, also when a start fails because it is being stopped. */
function stopAll(): Promise<void> {
  stopping ??= stopInTurn();
  return stopping;
}

/** Told where it takes longer than people expect of Ctrl-C: the worker ends what it has begun. */
async function stopInTurn(): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    const left = stops.length + 1;
    const told = setInterval(() => report(`Stopping … ${left} parts left`), 3_000);
    await stop().catch((failure: unknown) => report(inOneLine(failure)));
    clearInterval(told);
  }
}

main().catch(async (failure: unknown) => {
  // What was asked to stop in the midst of its start did not fail.
  if (stopping) return;
  process.stderr.write(`${inOneLine(failure)}\n`);
  await stopAll();
  process.exit(1);
});
