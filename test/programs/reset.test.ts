// `npm run reset`: nothing is removed that nobody agreed to, or that is not ours.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../setup/processes';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dpa-reset-'));
  writeFileSync(join(folder, '.dpa-registrar'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const reset = (args: string[], env: Record<string, string> = {}) => launch(join('scripts', 'reset.js'), { DATA_DIR: folder, ...env }, args).ended;

test.each([
  ['npm run reset -- --yes', ['--yes'], {}],
  ['npm run reset --yes, which npm keeps for itself', [], { npm_config_yes: 'true' }],
])('%s removes the folder', async (_title, args, env: Record<string, string>) => {
  expect(await reset(args, env)).toMatchObject({ code: 0, stdout: expect.stringContaining('Removed') });
  expect(existsSync(folder)).toBe(false);
  expect(await reset(args, env)).toMatchObject({ code: 0, stdout: expect.stringContaining('There is nothing') });
});

test('where nobody can answer, nothing is removed', async () => {
  const { stdout } = await reset([]);
  expect(stdout).toContain('Nothing was removed.');
  expect(existsSync(folder)).toBe(true);
});

test('a folder that this program did not make is left alone', async () => {
  rmSync(join(folder, '.dpa-registrar'));
  expect(await reset(['--yes'])).toMatchObject({ code: 1, stderr: expect.stringContaining('left alone') });
  expect(existsSync(folder)).toBe(true);
});
