// Whether a database can be used at all, asked once before a process starts: later an outage is waited for.
import { Client } from 'pg';
import { ConfigError } from '../config';
import { servingConnection } from './client';
import { migrationNames } from './migrate';

/**
 * Makes sure that the database is there, is as new as this release, and lets its login serve. A newer one is as good: migrations only
 * add while older processes run.
 * @throws ConfigError that says in one line what is wrong
 */
export async function requireDatabase(databaseUrl: string): Promise<void> {
  const applied = await appliedMigrations(databaseUrl);
  const missing = (await migrationNames()).filter((name) => !applied.has(name));
  if (missing.length > 0)
    throw new ConfigError(
      `The database at DATABASE_URL is older than this release (${missing.join(', ')} missing): run npm run setup first (npm start and npm run dev do as much when they begin).`,
    );
}

async function appliedMigrations(databaseUrl: string): Promise<Set<string>> {
  const client = new Client(servingConnection(databaseUrl, 'dpa-start'));
  try {
    await client.connect();
    await client.query('SELECT 1 FROM registration LIMIT 1');
    const { rows } = await client.query<{ name: string }>('SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL');
    return new Set(rows.map(({ name }) => name));
  } catch (failure) {
    throw new ConfigError(
      `The database at DATABASE_URL cannot be used (${reasonOf(failure)}): check that it runs, that it is migrated, and that the login is a member of dpa_service.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What a connection failed of, in a few words; where several addresses failed, Node says it by the code alone. */
export function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const code = 'code' in failure ? String(failure.code) : '';
  return failure.message.split('\n')[0] || code || 'no connection';
}
