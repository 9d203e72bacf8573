// Where the Temporal server comes from: the ways in their order, without the ones that take minutes or a network.
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from '../../project-root';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dpa-executable-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A command that runs, or one that does not. */
function command(name: string, exitCode: number): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\nexit ${exitCode}\n`);
  chmodSync(path, 0o755);
  return path;
}

const CACHED = join('cache', 'dpa-registrar', 'temporal-1.5.1', 'temporal');

/** What is found by a process whose PATH and cache are in the folder, and which reaches no network. */
async function found(): Promise<string> {
  const module = JSON.stringify(join(PROJECT_ROOT, 'dist', 'temporal', 'local-executable.js'));
  const script = `require(${module}).findTemporalExecutable(() => {}).then(console.log, ({ message }) => console.log('none: ' + message))`;
  const noNetwork = { HTTPS_PROXY: 'http://127.0.0.1:1', https_proxy: 'http://127.0.0.1:1' };
  const env = { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache'), ...noNetwork };
  return (await promisify(execFile)(process.execPath, ['-e', script], { env })).stdout.trim();
}

test('the command on PATH comes before a cached build', async () => {
  command(join('bin', 'temporal'), 0);
  command(CACHED, 0);
  expect(await found()).toBe('temporal');
});

test('a cached build comes next, also where the command on PATH does not run', async () => {
  const cached = command(CACHED, 0);
  expect(await found()).toBe(cached);
  command(join('bin', 'temporal'), 1);
  expect(await found()).toBe(cached);
});

test('where nothing runs, not even what was cached, all ways are named', async () => {
  command(CACHED, 1);
  const told = await found();
  for (const way of ['none: No Temporal server here', 'TEMPORAL_ADDRESS', '"temporal" command on PATH', 'internet', 'Go'])
    expect(told).toContain(way);
});
