// For developers: prints the SQL that leads from an earlier schema.prisma to the present one, as the draft of the next
// migration. `git show HEAD:prisma/schema.prisma > /tmp/before.prisma && DATABASE_URL=… npm run migration:diff -- /tmp/before.prisma`
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withSchemaEngine } from '../prisma/schema-engine';
import { PROJECT_ROOT } from '../project-root';

async function schema(path: string) {
  return { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content: await readFile(path, 'utf8') }] };
}

async function main(): Promise<void> {
  const url = process.env['DATABASE_URL'];
  const [, , before] = process.argv;
  if (!url || !before || before.startsWith('-')) {
    process.stdout.write('DATABASE_URL=postgresql://… npm run migration:diff -- EARLIER_SCHEMA\n');
    return;
  }
  const to = await schema(join(PROJECT_ROOT, 'prisma', 'schema.prisma'));
  const filters = { externalTables: [], externalEnums: [] };
  const from = await schema(before);
  const { stdout } = await withSchemaEngine(url, (engine) => engine.diff({ from, to, script: true, exitCode: null, filters }));
  process.stdout.write(stdout ?? '');
}

void main();
