// Applying the migrations: with Prisma's own format, table and checksums, so that `prisma migrate deploy` agrees afterwards.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MigrationDirectory, MigrationList } from '@prisma/schema-engine-wasm';
import { Client } from 'pg';
import { PROJECT_ROOT } from '../project-root';
import { withSchemaEngine } from './schema-engine';

const FOLDER = join(PROJECT_ROOT, 'prisma', 'migrations');
/** Any number that nobody else locks: two processes that start at once migrate one after the other. */
const LOCK = 7_220_565;

/** The names of the migrations of this release, in their order. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** The migrations as they stand in the project. */
export async function migrationList(): Promise<MigrationList> {
  const lockfile = await readFile(join(FOLDER, 'migration_lock.toml'), 'utf8').catch(() => null);
  return {
    baseDir: FOLDER,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all((await migrationNames()).map(migrationDirectory)),
  };
}

async function migrationDirectory(path: string): Promise<MigrationDirectory> {
  const value = await readFile(join(FOLDER, path, 'migration.sql'), 'utf8');
  return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
}

/**
 * Brings a database up to date.
 * @param databaseUrl of the role that owns the tables
 * @returns the names of the migrations that were applied now
 * @throws Error when a migration was edited after it was applied, or failed
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const lock = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return await apply(databaseUrl);
  } finally {
    await lock.end();
  }
}

async function apply(databaseUrl: string): Promise<string[]> {
  const migrationsList = await migrationList();
  const filters = { externalTables: [], externalEnums: [] };
  return withSchemaEngine(databaseUrl, async (engine) => {
    const known = await engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: false });
    const [edited] = known.editedMigrationNames;
    if (edited) throw new Error(`Migration ${edited} was changed after it had been applied. Restore the file and add a new migration.`);
    const [failed] = known.failedMigrationNames;
    if (failed) throw new Error(`Migration ${failed} failed and was not finished: docs/operations.md says what to do.`);
    return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
  });
}
