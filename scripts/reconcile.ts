// `npm run reconcile`: after a restore, brings workflows into agreement with the rows.
import { parseArgs } from 'node:util';
import { kindOf } from '../activities/failure';
import { type Made, makeRepairs, REPAIRS_AT_ONCE } from '../activities/make-repairs';
import { REPAIR_KINDS, REPAIRS, type Repair, reconcile } from '../activities/reconcile';
import { loadConfig } from '../config';
import { createPrisma } from '../prisma/client';
import { runProcess } from '../process';
import { reachTemporal } from '../temporal/connection';
import { findServingSystem } from './serving-database';

const HELP = `npm run reconcile [-- --dry-run] [--every]

Compares open registrations and transfers, unsent mails and waiting rows of meetings' sheets with the running workflows, and mends
what disagrees: the row is right.
  --dry-run   tells what it would do, and does nothing
  --every     starts every open case from its row, also where nothing shows that it has to: after a restore of the database
May be repeated at any time, also while people work. Deadlines are compared by the settings of this environment: give it the policies
that the service runs with (REVIEW_ESCALATE_AFTER and so on).
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean' }, every: { type: 'boolean' } } });
  const dryRun = values['dry-run'] ?? false;
  const { config, databaseUrl } = await findServingSystem(loadConfig(process.env));
  const temporal = await reachTemporal(config);
  const prisma = createPrisma(databaseUrl, { poolSize: REPAIRS_AT_ONCE, applicationName: 'dpa-reconcile' });
  try {
    const { inOrder, repairs } = await reconcile(
      { prisma, policies: config.policies, temporal: temporal.client, now: () => new Date() },
      { every: values.every ?? false },
    );
    const failed = await makeAll(repairs, dryRun);
    const made = repairs.filter((repair) => !failed.has(repair));
    const counts = REPAIR_KINDS.map((kind) => `${made.filter((repair) => repair.kind === kind).length} ${kind.toLowerCase()}`);
    process.stdout.write(`${dryRun ? 'Would be: ' : ''}${inOrder} in order, ${counts.join(', ')}\n`);
    if (failed.size > 0) throw new Error(`${failed.size} could not be mended: see the lines with FAILED above; everything else was.`);
  } finally {
    await Promise.allSettled([prisma.$disconnect(), temporal.close()]);
  }
}

/** @returns those that could not be made */
async function makeAll(repairs: Repair[], dryRun: boolean): Promise<Set<Repair>> {
  const failed = new Set<Repair>();
  for await (const made of dryRun ? repairs.map((repair): Made => ({ repair })) : makeRepairs(repairs)) {
    const { kind, workflowId } = made.repair;
    if (!('failure' in made)) {
      process.stdout.write(`${kind.padEnd(9)} ${workflowId.padEnd(42)} ${REPAIRS[kind]}\n`);
      continue;
    }
    failed.add(made.repair);
    process.stdout.write(`${'FAILED'.padEnd(9)} ${workflowId.padEnd(42)} ${kindOf(made.failure)}\n`);
  }
  return failed;
}

runProcess('reconcile', HELP, main);
