// A Temporal server with its UI on this machine, for `npm start` and for tests.
import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { keepProcess, keptProcess, stopKept } from '../process-file';

export interface LocalTemporal {
  address: string;
  pid: number;
  stop(): Promise<void>;
}

export interface LocalTemporalOptions {
  executable: string;
  /** Where its database, log and pid are kept. */
  dataDir: string;
  port: number;
  /** None for a server without UI. */
  uiPort?: number;
}

/** Measured (docs/measurements.md): nearly twice the rate of the default pragmas; a crash of the machine may cost the last instants. */
const PRAGMAS = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=1'];
const SETTINGS = [
  // A crowd on one case is told apart, not turned away (docs/decisions.md 1).
  'history.maxInFlightUpdates=1000',
  // As on a server for production: this one would otherwise read the names of search attributes from its database eighteen times for each case.
  'system.forceSearchAttributesCacheRefreshOnRead=false',
].flatMap((setting) => ['--dynamic-config-value', setting]);

/** Starts the server and waits until it answers; one that a killed start left behind is stopped first. */
export async function startTemporalServer({ executable, dataDir, port, uiPort }: LocalTemporalOptions): Promise<LocalTemporal> {
  const pidFile = pidFileIn(dataDir);
  await stopLeftoverTemporal(dataDir);
  const log = openSync(join(dataDir, 'temporal.log'), 'a');
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-ip', '127.0.0.1'];
  const database = ['--db-filename', join(dataDir, 'temporal.db'), ...PRAGMAS];
  const child = spawn(
    executable,
    ['server', COMMAND, '--ip', '127.0.0.1', '--port', String(port), ...ui, ...database, ...SETTINGS, '--log-level', 'warn'],
    // Its own process group: Ctrl-C stops it in its turn, after the worker, not at once.
    { stdio: ['ignore', log, log], detached: true },
  );
  const pid = child.pid ?? 0;
  keepProcess(pidFile, pid);
  const address = `127.0.0.1:${port}`;
  await untilServing(address, child, join(dataDir, 'temporal.log'));
  return {
    address,
    pid,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await Promise.race([new Promise((resolve) => child.once('exit', resolve)), pause(8_000)]);
      child.kill('SIGKILL');
      rmSync(pidFile, { force: true });
    },
  };
}

/** Waits until a server answers. @throws Error with its last words when it ends or stays silent for a minute */
async function untilServing(address: string, child: ChildProcess, logFile: string): Promise<void> {
  for (let tries = 0; tries < 240; tries += 1) {
    if (child.exitCode !== null) break;
    if (await isServing(address)) return;
    await pause(250);
  }
  const words = readFileSync(logFile, 'utf8').trim().split('\n').at(-1) ?? '';
  child.kill('SIGKILL');
  throw new Error(`The Temporal server did not start: ${words}`);
}

/** Whether a Temporal server answers there. */
async function isServing(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    await connection.workflowService.getSystemInfo({}).finally(() => connection.close());
    return true;
  } catch {
    return false;
  }
}

/** The number of the server that runs from a data folder, null where none does. */
export function runningTemporal(dataDir: string): number | null {
  return keptProcess(pidFileIn(dataDir), COMMAND);
}

/** Stops a server that a killed start left behind. */
export function stopLeftoverTemporal(dataDir: string): Promise<void> {
  return stopKept(pidFileIn(dataDir), COMMAND);
}

const COMMAND = 'start-dev';
const pidFileIn = (dataDir: string) => join(dataDir, 'temporal.pid');
