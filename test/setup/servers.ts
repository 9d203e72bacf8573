// The real servers of one run: PostgreSQL, Temporal and a mail catcher, started once, on free ports, in a folder that goes
// away afterwards. Test files reach them by the environment; each has a database and a namespace of its own.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startMailCatcher } from '../../mail/local-catcher';
import { startPostgres } from '../../prisma/local-server';
import { migrate } from '../../prisma/migrate';
import { freePort } from '../../scripts/ports';
import { findTemporalExecutable } from '../../temporal/local-executable';
import { startTemporalServer } from '../../temporal/local-server';

export { freePort };

/** Names of the environment by which tests find the servers. */
export const ENVIRONMENT = { postgres: 'DPA_TEST_POSTGRES', temporal: 'DPA_TEST_TEMPORAL', smtp: 'DPA_TEST_SMTP', mails: 'DPA_TEST_MAILS' } as const;

/** Starts them all, and returns what stops them. */
export async function startServers(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dpa-test-'));
  // PostgreSQL runs as a user of its own where the tests run as root.
  chmodSync(dataDir, 0o755);
  const [postgresPort, temporalPort, smtpPort, webPort] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const executable = await findTemporalExecutable(report);
  // What a test run writes needs to survive nothing.
  const flags = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
  const [postgres, temporal, mails] = await Promise.all([
    startPostgres({ dataDir, port: postgresPort, flags }),
    startTemporalServer({ executable, dataDir, port: temporalPort }),
    startMailCatcher({ dataDir, smtpPort, webPort }),
  ]);
  await makeTemplate(postgres.adminUrl('postgres'), postgres.adminUrl('dpa_template'));
  process.env[ENVIRONMENT.postgres] = postgres.adminUrl('postgres');
  process.env[ENVIRONMENT.temporal] = temporal.address;
  process.env[ENVIRONMENT.smtp] = `smtp://127.0.0.1:${smtpPort}`;
  process.env[ENVIRONMENT.mails] = `http://127.0.0.1:${webPort}`;
  return async () => {
    await Promise.allSettled([mails.stop(), temporal.stop(), postgres.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** The migrated database of which each test file gets a copy, and the login that serves. */
async function makeTemplate(adminUrl: string, templateUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query('CREATE DATABASE dpa_template');
  await migrate(templateUrl);
  await admin.query("CREATE ROLE dpa_app LOGIN PASSWORD 'test' IN ROLE dpa_service");
  await admin.end();
}
