// `npm run reset`: removes the data folder, after asking.
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config';
import { inOneLine } from '../process';
import { MARKER_FILE, RUNNING_FILE } from './running-system';

const HELP = `npm run reset [-- --yes]   removes DATA_DIR with everything in it, after asking; stops nothing\n`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false }, yes: { type: 'boolean', default: false } } });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const { dataDir } = loadConfig(process.env);
  if (!existsSync(dataDir)) {
    process.stdout.write(`There is nothing at ${dataDir}.\n`);
    return;
  }
  if (!existsSync(join(dataDir, MARKER_FILE))) throw new Error(`${dataDir} was not made by this program: it is left alone. Check DATA_DIR.`);
  if (existsSync(join(dataDir, RUNNING_FILE)))
    process.stdout.write('The system seems to run from this folder: without it, it fails until it is stopped with Ctrl-C and started anew.\n');
  if (!agreedBefore(values.yes) && !(await agreed(dataDir))) {
    process.stdout.write('Nothing was removed.\n');
    return;
  }
  remove(dataDir);
  process.stdout.write(`Removed ${dataDir}.\n`);
}

/** By which the folder is known as ours, and without which its data cannot be read: they go last. */
const LAST = ['keys.json', MARKER_FILE];

/** A system that runs from the folder writes into it meanwhile. @throws Error where it wins */
function remove(dataDir: string): void {
  const forGood = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
  try {
    for (const name of readdirSync(dataDir).filter((one) => !LAST.includes(one))) rmSync(join(dataDir, name), forGood);
    for (const name of LAST) rmSync(join(dataDir, name), forGood);
    rmSync(dataDir, forGood);
  } catch (failure) {
    // What was begun can be repeated.
    if (existsSync(dataDir)) writeFileSync(join(dataDir, MARKER_FILE), '');
    throw new Error(`${dataDir} could not be removed (${inOneLine(failure)}): stop what runs from it with Ctrl-C, then run this again.`);
  }
}

/** `npm run reset --yes` keeps the flag to npm itself, which tells it by the environment. */
function agreedBefore(yes: boolean): boolean {
  return yes || process.env['npm_config_yes'] === 'true';
}

async function agreed(dataDir: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const question = terminal.question(`Remove ${dataDir} and all data in it? Type yes: `);
  // Where nobody can answer, nobody agrees.
  const answer = await Promise.race([question, once(terminal, 'close').then(() => '')]);
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}

main().catch((failure: unknown) => {
  process.stderr.write(`${inOneLine(failure)}\n`);
  process.exit(1);
});
