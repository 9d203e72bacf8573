// Rules of the house that a build has to refuse: which folder may import what, and packages that must not drift apart.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../project-root';

/** A file and what it imports. */
type Import = readonly [file: string, imported: string];

const REFUSED: Import[] = [
  ['domain/a.ts', 'node:path'],
  ['domain/b.ts', '../contracts/registration'],
  ['contracts/a.ts', '../prisma/client'],
  ['workflows/a.ts', '../prisma/client'],
  ['workflows/b.ts', 'node:fs'],
  ['activities/a.ts', '../commands/decide'],
  ['activities/b.ts', 'express'],
  ['mail/a.ts', '../prisma/client'],
  ['commands/a.ts', '../activities/mail'],
  ['commands/b.ts', '../workflows/registration'],
  ['queries/a.ts', '../commands/decide'],
  ['api/a.ts', '../activities/mail'],
  ['api/routes/a.ts', '../../prisma/client'],
  ['web/a.ts', '../temporal/connection'],
];
const ALLOWED: Import[] = [
  ['domain/right.ts', './iso-date'],
  ['contracts/right.ts', '../domain/registration'],
  ['workflows/right.ts', '../contracts/registration'],
  ['activities/right.ts', '../prisma/client'],
  ['commands/right.ts', '../contracts/registration'],
  ['queries/right.ts', '../prisma/client'],
  ['api/right.ts', '../commands/decide'],
  ['web/right.ts', '../queries/queries'],
];

test('the linter refuses imports against the way of a request, and no others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dpa-imports-'));
  copyFileSync(join(PROJECT_ROOT, 'biome.json'), join(folder, 'biome.json'));
  for (const [file, imported] of [...REFUSED, ...ALLOWED]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `import { one } from '${imported}';\n\nexport const other = one;\n`);
  }
  const biome = join(PROJECT_ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const { status, stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=github', folder], { cwd: folder, encoding: 'utf8' });
  const refused = [...stdout.matchAll(/noRestrictedImports,file=([^,]+)/g)].map(([, file = '']) => file.replace(/^.*dpa-imports-\w+\//, ''));
  expect([status, refused.sort()]).toEqual([1, REFUSED.map(([file]) => file).sort()]);
  rmSync(folder, { recursive: true });
});

const lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });
const manifest = z.object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) });
const read = (file: string): unknown => JSON.parse(readFileSync(join(PROJECT_ROOT, file), 'utf8'));

describe('Packages', () => {
  test('are at exact versions', () => {
    const { dependencies, devDependencies } = manifest.parse(read('package.json'));
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
  });

  test('those of Temporal are all at one version, each there once', () => {
    const installed = Object.entries(lock.parse(read('package-lock.json')).packages).filter(([path]) => path.includes('node_modules/@temporalio/'));
    expect(installed.length).toBeGreaterThan(6);
    expect(new Set(installed.map(([, { version }]) => version)).size).toBe(1);
    for (const [path] of installed) expect(path).toMatch(/^node_modules\/@temporalio\/[\w-]+$/);
  });
});
