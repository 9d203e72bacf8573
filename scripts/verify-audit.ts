// `npm run verify-audit`: whether the audit is as it was written (X1).
import { parseArgs } from 'node:util';
import { checkSeals, type SealedAudit } from '../activities/audit-seals';
import { loadConfig } from '../config';
import { createPrisma } from '../prisma/client';
import type { Prisma } from '../prisma/generated/client';
import { runProcess } from '../process';
import { createKeyRing, type KeyRing } from '../security/key-ring';
import { findServingSystem, keysOfServingSystem } from './serving-database';

const HELP = `npm run verify-audit [-- --kept NUMBER:CODE …]

Reads the whole audit of the system that npm start runs from the same DATA_DIR, or of DATABASE_URL, with the keys that it runs with:
names each entry whose chain or whose old and new values do not hold, and each seal that does not. May be run at any time. Exit
code 1 when anything is not as it was written.
  --kept NUMBER:CODE   a seal as a worker's log or an earlier run told it: it has to be there still; may be given several times
`;

/** The whole audit of the country takes longer to read than anything that somebody waits for. */
const READING = { timeout: 3_600_000 };

interface BrokenEntry {
  case_id: string;
  seq: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { kept: { type: 'string', multiple: true, default: [] } } });
  const config = loadConfig(process.env);
  const { databaseUrl } = await findServingSystem(config);
  const keys = keysOfServingSystem(config);
  const prisma = createPrisma(databaseUrl, { poolSize: 1, applicationName: 'dpa-verify-audit' });
  try {
    const found = await prisma.$transaction((tx) => verify(tx, createKeyRing(keys.nationalId, keys.lookup), values.kept), READING);
    process.stdout.write(told(found));
    if (found.entries.length + found.seals.broken.length + found.missing.length > 0) process.exitCode = 1;
  } finally {
    await prisma.$disconnect();
  }
}

interface Found {
  entries: BrokenEntry[];
  seals: SealedAudit;
  /** Seals that were kept elsewhere and are not there. */
  missing: string[];
  count: number;
}

async function verify(tx: Prisma.TransactionClient, keyRing: KeyRing, kept: readonly string[]): Promise<Found> {
  await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
  const entries = await tx.$queryRaw<BrokenEntry[]>`SELECT case_id, seq FROM audit_broken ORDER BY 1, 2`;
  const there = new Set((await tx.auditSeal.findMany({ select: { number: true, code: true } })).map(({ number, code }) => `${number}:${code}`));
  const missing = kept.filter((seal) => !there.has(seal));
  return { entries, seals: await checkSeals(tx, keyRing), missing, count: await tx.auditEntry.count() };
}

function told({ entries, seals: { last, broken }, missing, count }: Found): string {
  const sealed = last ? `sealed until ${last.until.toISOString()} by ${last.number}:${last.code}` : 'nothing is sealed yet';
  const lines = [
    ...entries.map(({ case_id: caseId, seq }) => `BROKEN  entry ${seq} of ${caseId}`),
    ...broken.map((number) => `BROKEN  seal ${number}, or entries that it covers`),
    ...missing.map((seal) => `MISSING seal ${seal}`),
    `${count} entries, ${entries.length} broken; ${sealed}; ${broken.length} seals broken, ${missing.length} missing`,
  ];
  return `${lines.join('\n')}\n`;
}

runProcess('verify-audit', HELP, main);
