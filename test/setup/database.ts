// A database for one test file: a copy of a template.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { eventually } from './people';
import { sharedServers } from './servers';

export interface TestDatabase {
  /** Of the login that serves: no superuser. */
  url: string;
  adminUrl: string;
  drop(): Promise<void>;
}

/** What a database begins with: the tables alone, or the directory of tests too. */
export const TEMPLATE = { empty: 'dpa_template', directory: 'dpa_template_directory' } as const;

/**
 * Makes it; a template that another file is copying at this moment is waited for.
 * @param base address of the server's first database, as superuser
 */
export async function createTestDatabase(
  base: string = sharedServers().postgres,
  template: (typeof TEMPLATE)[keyof typeof TEMPLATE] = TEMPLATE.empty,
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withAdmin(base, async (admin) => {
    for (let tries = 0; ; tries += 1) {
      try {
        await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
        return;
      } catch (failure) {
        if (tries > 50) throw failure;
        await pause(100);
      }
    }
  });
  const adminUrl = Object.assign(new URL(base), { pathname: `/${name}` }).href;
  const url = Object.assign(new URL(adminUrl), { username: 'dpa_app', password: 'test' }).href;
  return { url, adminUrl, drop: () => withAdmin(base, async (admin) => void (await admin.query(`DROP DATABASE ${name} WITH (FORCE)`))) };
}

/** Runs work with a superuser's connection. */
export async function withAdmin<T>(url: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/**
 * How many sessions of a database wait for somebody's lock at this moment.
 * @param adminUrl of the database
 * @param statement a part of what they wait with: others may wait beside them
 */
export function waitingForLocks(adminUrl: string, statement: string): Promise<number> {
  return withAdmin(adminUrl, async (admin) => {
    const waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND strpos(query, $1) > 0";
    return (await admin.query(waiting, [statement])).rows.length;
  });
}

/**
 * Begins work while another connection holds rows that it needs, and lets go once as many sessions wait as are meant to.
 * @param adminUrl of the database
 * @param holding what takes the rows
 * @param waiting how many sessions wait, each by a part of what it waits with
 */
export function whileHeld<T>(
  adminUrl: string,
  holding: { sql: string; values: unknown[] },
  work: () => Promise<T>,
  waiting: Record<string, number>,
): Promise<T> {
  return withAdmin(adminUrl, async (admin) => {
    await admin.query('BEGIN');
    await admin.query(holding.sql, holding.values);
    const begun = work();
    // A failure is told where it is waited for.
    begun.catch(() => undefined);
    for (const [statement, count] of Object.entries(waiting))
      await eventually(async () => (await waitingForLocks(adminUrl, statement)) === count, `${count} at ${statement}`);
    await admin.query('COMMIT');
    return begun;
  });
}
