// `npm run setup`: makes a database and a Temporal namespace ready for this release; before every start of a new one.
import { parseArgs } from 'node:util';
import { type Config, ConfigError, loadConfig } from '../config';
import { createPrisma } from '../prisma/client';
import { migrate } from '../prisma/migrate';
import { enterOfficialHolidays } from '../prisma/official-holidays';
import { admitServingLogin } from '../prisma/serving-login';
import { runProcess } from '../process';
import { reachTemporal } from '../temporal/connection';
import { prepareNamespace } from '../temporal/set-up';
import { databaseFailure } from './serving-database';

const HELP = `npm run setup

Prepares a database and a Temporal namespace for this release: migrations, rights of the serving login, official holidays
where there are none, the namespace, its search attributes and schedules. May be run again, and by several at once.
  DATABASE_URL            the serving login
  MIGRATE_DATABASE_URL    the login that owns the tables, when it is another
  TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS…   the cluster (docs/operations.md)
It makes no accounts: npm run account does.
`;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  parseArgs();
  const config = loadConfig(process.env);
  const { databaseUrl: serving, migrateDatabaseUrl: migrating } = config;
  if (serving === undefined || migrating === undefined)
    throw new ConfigError('Setting DATABASE_URL is missing: it says which database is to be set up.');
  await prepareDatabase(serving, migrating);
  await prepareTemporal(config);
}

async function prepareDatabase(serving: string, migrating: string): Promise<void> {
  const applied = await migrate(migrating).catch((failure: unknown) => {
    throw databaseFailure(migrating, failure, 'check that it runs, and that the login owns the database and may create roles');
  });
  say(applied.length === 0 ? 'Database: up to date' : `Database: applied ${applied.join(', ')}`);
  const admitted = await admitServingLogin(migrating, serving).catch((failure: unknown) => {
    throw databaseFailure(migrating, failure, 'grant the role dpa_service to the serving login by hand');
  });
  if (admitted !== null) say(`Database: ${admitted} may serve`);
  const holidays = await enterHolidays(serving).catch((failure: unknown) => {
    throw databaseFailure(serving, failure, 'check DATABASE_URL');
  });
  if (holidays > 0) say(`Database: ${holidays} official holidays entered`);
}

async function enterHolidays(serving: string): Promise<number> {
  const prisma = createPrisma(serving, { poolSize: 1, applicationName: 'dpa-setup' });
  try {
    return await enterOfficialHolidays(prisma);
  } finally {
    await prisma.$disconnect();
  }
}

async function prepareTemporal(config: Config): Promise<void> {
  const { client, connection, close } = await reachTemporal(config);
  try {
    await prepareNamespace({ client, connection }, config);
    say(`Temporal: namespace ${config.temporal.namespace} is ready`);
  } finally {
    await close();
  }
}

runProcess('setup', HELP, main);
