// The database of `npm start`: given, or started here with its own login for serving, migrated, and with demo data when new.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Config, ConfigError, readKeys } from '../config';
import { createPrisma } from '../prisma/client';
import type { PrismaClient } from '../prisma/generated/client';
import { startPostgres } from '../prisma/local-server';
import { migrate } from '../prisma/migrate';
import { enterOfficialHolidays } from '../prisma/official-holidays';
import { reasonOf } from '../prisma/require-database';
import { type DemoAccounts, demoAccounts, isEmpty, seedDemo } from '../prisma/seed-demo';
import { admitServingLogin } from '../prisma/serving-login';
import { createKeyRing } from '../security/key-ring';
import { hashPassword } from '../security/passwords';

export interface DatabaseUrls {
  /** For the worker and the API. */
  serving: string;
  /** Of the role that owns the tables. */
  migrating: string;
  demo: (DemoAccounts & { password: string }) | null;
}

/** @param stops gets what ends the server, where one is started here */
export async function prepareDatabase(config: Config, env: NodeJS.ProcessEnv, stops: (() => Promise<void>)[]): Promise<DatabaseUrls> {
  if (config.databaseUrl !== undefined) return givenDatabase(config.databaseUrl, config.migrateDatabaseUrl ?? config.databaseUrl);
  const server = await startPostgres({ dataDir: config.dataDir, port: config.postgresPort });
  stops.push(server.stop);
  const migrating = server.adminUrl('dpa');
  await createDatabase(server.adminUrl('postgres'));
  await migrate(migrating);
  const serving = await servingLogin(migrating, config);
  await withService(serving, enterOfficialHolidays);
  // Nothing of the demo exists in production.
  if (config.production) return { serving, migrating, demo: null };
  const password = await withService(serving, (prisma) => seedWhenEmpty(prisma, config, env));
  return { serving, migrating, demo: { ...demoAccounts(), password } };
}

async function givenDatabase(serving: string, migrating: string): Promise<DatabaseUrls> {
  try {
    await migrate(migrating);
    await admitServingLogin(migrating, serving);
    await withService(serving, enterOfficialHolidays);
  } catch (failure) {
    throw new ConfigError(
      `The database at DATABASE_URL cannot be used (${reasonOf(failure)}): check that it runs and that the login may create tables.`,
    );
  }
  return { serving, migrating, demo: null };
}

async function createDatabase(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'dpa'");
    if (rowCount === 0) await client.query('CREATE DATABASE dpa');
  });
}

/** A login with the rights of dpa_service only; it does not own the tables. */
async function servingLogin(migrating: string, { dataDir }: Config): Promise<string> {
  const password = secret(join(dataDir, 'service-password'));
  await withClient(migrating, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = 'dpa_app'");
    if (rowCount === 0) await client.query('CREATE ROLE dpa_app LOGIN IN ROLE dpa_service');
    await client.query(`ALTER ROLE dpa_app PASSWORD ${client.escapeLiteral(password)}`);
  });
  const url = new URL(migrating);
  url.username = 'dpa_app';
  url.password = password;
  return url.href;
}

async function withService<Result>(serving: string, work: (prisma: PrismaClient) => Promise<Result>): Promise<Result> {
  const prisma = createPrisma(serving, { poolSize: 2, applicationName: 'dpa-start' });
  try {
    return await work(prisma);
  } finally {
    await prisma.$disconnect();
  }
}

async function withClient(connectionString: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** The demo password that is in force: the setting's when the data is made, and kept from then on. */
async function seedWhenEmpty(prisma: PrismaClient, config: Config, env: NodeJS.ProcessEnv): Promise<string> {
  const file = join(config.dataDir, 'demo-password');
  if (config.demoPassword !== undefined) writeFileSync(file, config.demoPassword, { mode: 0o600 });
  const password = secret(file);
  const passwordHash = await hashPassword(password);
  const keys = readKeys(env);
  const { lookupHash, seal } = createKeyRing(keys.nationalId, keys.lookup);
  if (await isEmpty(prisma)) await seedDemo(prisma, { passwordHash, lookupHash, seal });
  else if (config.demoPassword !== undefined)
    await prisma.account.updateMany({
      where: { OR: [{ email: { endsWith: '.demo.test' } }, { email: 'central@demo.test' }] },
      data: { passwordHash },
    });
  return password;
}

/** What the file holds, made up on the first start; readable by its owner only. */
function secret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(12).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
