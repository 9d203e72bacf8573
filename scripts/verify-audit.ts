// `npm run verify-audit`: whether the audit is as it was written (X1).
import { checkSeals, type SealedAudit } from '../activities/audit-seals';
import { developmentKeys, loadConfig, readKeys } from '../config';
import { createPrisma } from '../prisma/client';
import type { Prisma } from '../prisma/generated/client';
import { runProcess } from '../process';
import { createKeyRing, type KeyRing } from '../security/key-ring';
import { findServingSystem } from './serving-database';

const HELP = `npm run verify-audit

Reads the whole audit of the system that npm start runs from the same DATA_DIR, or of DATABASE_URL, with the keys that it runs with:
names each entry whose chain or whose old and new values do not hold, and each seal that does not. Changes nothing; may be
run at any time. Exit code 1 when anything is not as it was written.
`;

/** The whole audit of the country takes longer to read than anything that somebody waits for. */
const READING = { timeout: 3_600_000 };

interface BrokenEntry {
  case_id: string;
  seq: number;
}

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const { databaseUrl } = await findServingSystem(config);
  const keys = readKeys({ ...(config.databaseUrl === undefined && developmentKeys(config.dataDir)), ...process.env });
  const prisma = createPrisma(databaseUrl, { poolSize: 1, applicationName: 'dpa-verify-audit' });
  try {
    const { entries, seals, count } = await prisma.$transaction((tx) => verify(tx, createKeyRing(keys.nationalId, keys.lookup)), READING);
    process.stdout.write(told(entries, seals, count));
    if (entries.length + seals.broken.length > 0) process.exitCode = 1;
  } finally {
    await prisma.$disconnect();
  }
}

async function verify(tx: Prisma.TransactionClient, keyRing: KeyRing) {
  await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
  const entries = await tx.$queryRaw<BrokenEntry[]>`SELECT case_id, seq FROM audit_broken ORDER BY 1, 2`;
  return { entries, seals: await checkSeals(tx, keyRing), count: await tx.auditEntry.count() };
}

function told(entries: readonly BrokenEntry[], { last, broken }: SealedAudit, count: number): string {
  const sealed = last ? `the last of ${last.number} seals covers what was written until ${last.until.toISOString()}` : 'nothing is sealed yet';
  const lines = [
    ...entries.map(({ case_id: caseId, seq }) => `BROKEN  entry ${seq} of ${caseId}`),
    ...broken.map((number) => `BROKEN  seal ${number}, or entries that it covers`),
    `${count} entries, ${entries.length} broken; ${sealed}, ${broken.length} broken`,
  ];
  return `${lines.join('\n')}\n`;
}

runProcess('verify-audit', HELP, main);
