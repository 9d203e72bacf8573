// `npm run account`: the first account of a new system.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createCentralAccount } from '../commands/central-account';
import { ConfigError, loadConfig } from '../config';
import { Refused } from '../domain/refused';
import { createPrisma } from '../prisma/client';
import { runProcess } from '../process';
import { findServingSystem } from './serving-database';

const HELP = `npm run account -- central EMAIL NAME

Makes an account of the central office in the system that npm start runs from the same DATA_DIR, or of DATABASE_URL. The
password is asked for, or read as one line from standard input; it stands in no argument, no log and no audit.
`;

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [role, email, ...names] = positionals;
  if (role !== 'central' || email === undefined || names.length === 0)
    throw new ConfigError('Say whose account: npm run account -- central EMAIL NAME (--help tells more).');
  const { databaseUrl } = await findServingSystem(loadConfig(process.env));
  const prisma = createPrisma(databaseUrl, { poolSize: 2, applicationName: 'dpa-account' });
  try {
    const account = { email, name: names.join(' '), password: await readPassword() };
    await createCentralAccount(prisma, account).catch((failure: unknown) => {
      throw failure instanceof Refused ? inOneLine(failure) : failure;
    });
    process.stdout.write(`${email} can sign in as the central office.\n`);
  } finally {
    await prisma.$disconnect();
  }
}

/** Which of the things given was wrong, and how. */
function inOneLine({ message, details: { errors = [] } }: Refused): ConfigError {
  return new ConfigError([...errors.map(({ path }) => path), message].join(': '));
}

/** One line from standard input; what is typed is not shown. */
async function readPassword(): Promise<string> {
  const shown = process.stdin.isTTY;
  if (shown) process.stdout.write('Password (8 to 128 characters): ');
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: hidden, terminal: shown });
  for await (const line of terminal) {
    terminal.close();
    if (shown) process.stdout.write('\n');
    return line;
  }
  return '';
}

runProcess('account', HELP, main);
