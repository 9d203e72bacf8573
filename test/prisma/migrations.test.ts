// The migrations, applied by our own engine: Prisma's tools must agree with what stands in the database afterwards, and
// schema.prisma with both.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate, migrationList } from '../../prisma/migrate';
import { withSchemaEngine } from '../../prisma/schema-engine';
import { PROJECT_ROOT } from '../../project-root';
import { createTestDatabase, type TestDatabase, withAdmin } from '../setup/database';

const filters = { externalTables: [], externalEnums: [] };
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const query = (url: string, sql: string) => withAdmin(url, async (admin) => (await admin.query<Record<string, unknown>>(sql)).rows);

describe('What prisma migrate deploy would find', () => {
  test('a history that is whole: nothing edited, nothing failed, nothing left to apply', async () => {
    const migrationsList = await migrationList();
    const found = await withSchemaEngine(database.adminUrl, (engine) =>
      engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: false }),
    );
    expect(found).toEqual({ editedMigrationNames: [], failedMigrationNames: [], hasMigrationsTable: true, history: null });
  });

  test('a row for each migration as Prisma itself writes it', async () => {
    const { migrationDirectories } = await migrationList();
    const rows = await query(database.adminUrl, 'SELECT * FROM _prisma_migrations ORDER BY migration_name');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows).toEqual(
      await Promise.all(
        migrationDirectories.map(async ({ path }) => ({
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          migration_name: path,
          checksum: createHash('sha256')
            .update(await readFile(join(PROJECT_ROOT, 'prisma', 'migrations', path, 'migration.sql')))
            .digest('hex'),
          started_at: expect.any(Date),
          finished_at: expect.any(Date),
          rolled_back_at: null,
          logs: null,
          applied_steps_count: 1,
        })),
      ),
    );
  });

  test('applied again, by two at once, they change nothing', async () => {
    expect(await Promise.all([migrate(database.adminUrl), migrate(database.adminUrl)])).toEqual([[], []]);
  });

  test.each([
    [
      'that was edited after it had been applied',
      "checksum = repeat('0', 64)",
      'was changed after it had been applied. Restore the file and add a new migration.',
    ],
    ['that failed', 'finished_at = NULL', 'failed and was not finished: docs/operations.md says what to do.'],
  ])('a migration %s is refused by its name', async (_what, change, told) => {
    const copy = await createTestDatabase();
    const [last] = await query(
      copy.adminUrl,
      `UPDATE _prisma_migrations SET ${change} WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations) RETURNING migration_name`,
    );
    const refusal: unknown = await migrate(copy.adminUrl).catch((failure: unknown) => failure);
    expect(refusal).toEqual(new Error(`Migration ${last?.['migration_name']} ${told}`));
    await copy.drop();
  });
});

/** What Prisma's schema can say, from PostgreSQL's own catalogue: tables and columns, keys, indexes, enums. */
const CATALOGUE = `
  SELECT 'column' AS what, c.relname || '.' || a.attname AS name,
    concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END, pg_get_expr(d.adbin, d.adrelid)) AS is
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT 'key', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f', 'u')
  UNION ALL
  -- Prisma's schema has no words for how an index is kept, for one of an expression, nor for constraints that exclude.
  SELECT 'index', indexname, regexp_replace(indexdef, ' WITH \\(autosummarize=''on''\\)$', '') FROM pg_indexes WHERE schemaname = 'public'
  AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype = 'x')
  AND indexname NOT IN (SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indexprs IS NOT NULL)
  UNION ALL
  SELECT 'enum', t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumlabel)
  FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname
  ORDER BY 1, 2`;

/** A database made of schema.prisma alone, by the SQL that Prisma's engine writes for it. */
async function madeOfSchema(): Promise<TestDatabase> {
  const content = await readFile(join(PROJECT_ROOT, 'prisma', 'schema.prisma'), 'utf8');
  const to = { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] };
  const { stdout } = await withSchemaEngine(database.adminUrl, (engine) =>
    engine.diff({ from: { tag: 'empty' }, to, script: true, exitCode: null, filters }),
  );
  const copy = await createTestDatabase();
  await withAdmin(copy.adminUrl, (admin) => admin.query(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE EXTENSION pg_trgm; ${stdout}`));
  return copy;
}

test('schema.prisma and the migrated database say the same', async () => {
  const made = await madeOfSchema();
  const migrated = (await query(database.adminUrl, CATALOGUE)).filter(({ name }) => !String(name).startsWith('_prisma_migrations'));
  const declared = await query(made.adminUrl, CATALOGUE);
  expect(declared.length).toBeGreaterThan(100);
  expect(migrated).toEqual(declared);
  await made.drop();
});

test('a database in which schools closed before there were reasons takes the closings', async () => {
  const copy = await createTestDatabase();
  const { migrationDirectories } = await migrationList();
  const scripts = await Promise.all(
    migrationDirectories.map(async ({ path }) => ({
      path,
      sql: await readFile(join(PROJECT_ROOT, 'prisma', 'migrations', path, 'migration.sql'), 'utf8'),
    })),
  );
  const kept = await withAdmin(copy.adminUrl, async (admin) => {
    await admin.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    for (const { path, sql } of scripts) {
      if (path === '20261124200000_closures') {
        await admin.query("INSERT INTO school (code, name, closed_on) VALUES ('90000001', 'x', '2026-01-01'), ('90000002', 'y', NULL)");
      }
      await admin.query(sql);
    }
    return (await admin.query<Record<string, unknown>>('SELECT code, closure_reason FROM school ORDER BY code')).rows;
  });
  expect(kept).toEqual([
    { code: '90000001', closure_reason: '' },
    { code: '90000002', closure_reason: null },
  ]);
  await copy.drop();
});
