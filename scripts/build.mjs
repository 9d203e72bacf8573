// Builds what runs: Prisma's client, the compiled TypeScript, and the workflows as one bundle (so that a worker starts
// without bundling). Does nothing when no source changed since the last build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = join(root, 'dist', '.build-stamp');
const skipped = new Set(['node_modules', 'dist', 'coverage', '.git', '.data', 'generated', 'docs', 'test']);

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.data') ? [] : sources(path);
    return /\.(ts|mjs|prisma)$|^(package-lock|tsconfig[.\w]*)\.json$/.test(entry.name) ? [path] : [];
  });
}

function stamp() {
  const hash = createHash('sha256');
  for (const path of sources(root).sort()) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function run(what, command, args, env = {}) {
  const start = Date.now();
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } });
  if (status !== 0) {
    process.stderr.write(`${what} failed:\n${stdout}${stderr}\n`);
    process.exit(1);
  }
  process.stdout.write(`build: ${what} (${((Date.now() - start) / 1000).toFixed(1)} s)\n`);
}

function bin(name) {
  return join(root, 'node_modules', '.bin', name);
}

function generate() {
  // Generating needs no engine; naming any executable keeps Prisma from downloading one.
  const engine = process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath;
  run("Prisma's client", bin('prisma'), ['generate'], { PRISMA_SCHEMA_ENGINE_BINARY: engine, PRISMA_HIDE_UPDATE_MESSAGE: '1' });
}

const upToDate = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp();
const generated = existsSync(join(root, 'prisma', 'generated', 'client.ts'));

if (process.argv.includes('--generate-only')) {
  if (!upToDate || !generated) generate();
} else if (!upToDate || !generated) {
  generate();
  run('TypeScript', bin('tsc'), ['-p', 'tsconfig.build.json']);
  run('workflow bundle', process.execPath, [join(root, 'dist', 'scripts', 'bundle-workflows.js')]);
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp());
}
