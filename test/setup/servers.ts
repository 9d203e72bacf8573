// The real servers of one run: PostgreSQL, Temporal and a mail catcher, started once, on free ports, in a folder that goes
// away afterwards. Test files reach them by the environment; each has a database and a namespace of its own. A test that stops
// servers has its own (test/setup/own-servers.ts).
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config';
import { startMailCatcher } from '../../mail/local-catcher';
import { startPostgres } from '../../prisma/local-server';
import { freePort } from '../../scripts/ports';
import { findTemporalExecutable } from '../../temporal/local-executable';
import { startTemporalServer } from '../../temporal/local-server';

export { freePort };

/** Names of the environment by which tests find the servers. */
export const ENVIRONMENT = { postgres: 'DPA_TEST_POSTGRES', temporal: 'DPA_TEST_TEMPORAL', smtp: 'DPA_TEST_SMTP', mails: 'DPA_TEST_MAILS' } as const;

/** Where the servers are that a system runs on: PostgreSQL's superuser on its first database, and Temporal's address. */
export interface ServerAddresses {
  postgres: string;
  temporal: string;
}

/** Those that all test files share. */
export function sharedServers(): ServerAddresses {
  const { [ENVIRONMENT.postgres]: postgres, [ENVIRONMENT.temporal]: temporal } = process.env;
  if (!postgres || !temporal) throw new Error('The test servers are not running: use npm test.');
  return { postgres, temporal };
}

/** What a test run writes needs to survive nothing but a stop; the computer is a Thai one. */
export const TEST_POSTGRES = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', '-c', 'timezone=Asia/Bangkok'];

/** A folder for servers; PostgreSQL runs as a user of its own where the tests run as root. */
export function serverFolder(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'dpa-test-'));
  chmodSync(dataDir, 0o755);
  return dataDir;
}

/**
 * Starts them all, and returns what stops them.
 * @param begun is given the same before they are up
 */
export async function startServers(begun: (stop: () => Promise<void>) => void): Promise<() => Promise<void>> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startTogether(begun);
    } catch (failure) {
      if (tries === PORTS_TRIED) throw failure;
    }
  }
}

/** How often other ports are tried: one that was free may be taken by the time its server listens, by another test. */
export const PORTS_TRIED = 3;

/** Starts all three, or none: what came up beside one that did not is stopped. */
async function startTogether(begun: (stop: () => Promise<void>) => void): Promise<() => Promise<void>> {
  const dataDir = serverFolder();
  const [postgresPort, temporalPort, smtpPort, webPort] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const starting = [
    startPostgres({ dataDir, port: postgresPort, flags: TEST_POSTGRES }),
    startTemporal(dataDir, temporalPort),
    startMailCatcher({ dataDir, smtpPort, webPort }),
  ] as const;
  const stop = async () => {
    await Promise.allSettled(starting.map((server) => server.then((started) => started.stop())));
    rmSync(dataDir, { recursive: true, force: true });
  };
  begun(stop);
  try {
    const [postgres, temporal] = await Promise.all(starting);
    process.env[ENVIRONMENT.postgres] = postgres.adminUrl('postgres');
    process.env[ENVIRONMENT.temporal] = temporal.address;
    process.env[ENVIRONMENT.smtp] = `smtp://127.0.0.1:${smtpPort}`;
    process.env[ENVIRONMENT.mails] = `http://127.0.0.1:${webPort}`;
    return stop;
  } catch (failure) {
    await stop();
    throw failure;
  }
}

/** Temporal as everywhere: TEMPORAL_ADDRESS where it is given, otherwise a server of our own. */
async function startTemporal(dataDir: string, port: number): Promise<{ address: string; stop(): Promise<void> }> {
  const { temporal } = loadConfig({ TEMPORAL_ADDRESS: process.env['TEMPORAL_ADDRESS'] });
  if (temporal.address !== undefined) return { address: temporal.address, stop: async () => undefined };
  return startTemporalServer({ executable: await findTemporalExecutable((line) => process.stderr.write(`${line}\n`)), dataDir, port });
}
