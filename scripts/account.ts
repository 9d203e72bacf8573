// `npm run account`: the first account of a new system, and the end of one.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createCentralAccount, endCentralAccount } from '../commands/central-account';
import { ConfigError, loadConfig } from '../config';
import { Refused } from '../domain/refused';
import { createPrisma } from '../prisma/client';
import type { PrismaClient } from '../prisma/generated/client';
import { runProcess } from '../process';
import { findServingSystem } from './serving-database';

const HELP = `npm run account -- central EMAIL NAME
npm run account -- end EMAIL

Makes or ends an account of the central office in the system that npm start runs from the same DATA_DIR, or of DATABASE_URL.
The password of a new one is asked for, or read as one line from standard input; it stands in no argument, no log and no audit.
One that ended has no session any more and cannot be brought back; its address is free.
`;
const USAGE = 'Say whose account: npm run account -- central EMAIL NAME, or end EMAIL (--help tells more).';

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [verb, email, ...names] = positionals;
  if (email === undefined) throw new ConfigError(USAGE);
  if (verb === 'central' && names.length > 0) await withDatabase((prisma) => make(prisma, email, names.join(' ')));
  else if (verb === 'end' && names.length === 0) await withDatabase((prisma) => end(prisma, email));
  else throw new ConfigError(USAGE);
}

async function withDatabase(work: (prisma: PrismaClient) => Promise<void>): Promise<void> {
  const { databaseUrl } = await findServingSystem(loadConfig(process.env));
  const prisma = createPrisma(databaseUrl, { poolSize: 2, applicationName: 'dpa-account' });
  try {
    await work(prisma);
  } finally {
    await prisma.$disconnect();
  }
}

async function make(prisma: PrismaClient, email: string, name: string): Promise<void> {
  await createCentralAccount(prisma, { email, name, password: await readPassword() }).catch((failure: unknown) => {
    throw failure instanceof Refused ? inOneLine(failure) : failure;
  });
  process.stdout.write(`${email} can sign in as the central office.\n`);
}

async function end(prisma: PrismaClient, email: string): Promise<void> {
  if (!(await endCentralAccount(prisma, email, new Date())))
    throw new ConfigError(`No account of the central office works with the address ${email}.`);
  process.stdout.write(`${email} cannot sign in any more.\n`);
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
