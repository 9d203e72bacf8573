// The database for programs that are run beside the service: the one of DATABASE_URL, or of the system that `npm start` runs.
import { Client } from 'pg';
import { type Config, ConfigError, type Keys, keptKeys, missingKey, readKeys } from '../config';
import { servingConnection } from '../prisma/client';
import { runningSystem } from './running-system';

export interface ServingSystem {
  databaseUrl: string;
  /** The configuration, with the address of the running system's Temporal server where none is given. */
  config: Config;
}

/**
 * Finds the system and makes sure that its database answers and was set up.
 * @throws ConfigError with what to do
 */
export async function findServingSystem(config: Config): Promise<ServingSystem> {
  const running = config.databaseUrl === undefined ? runningSystem(config.dataDir) : null;
  const databaseUrl = config.databaseUrl ?? running?.databaseUrl;
  if (databaseUrl === undefined)
    throw new ConfigError(`Nothing runs from ${config.dataDir}: start it first (npm start, in another terminal), or set DATABASE_URL.`);
  await reach(databaseUrl);
  const address = config.temporal.address ?? running?.temporalAddress;
  return { databaseUrl, config: { ...config, databaseUrl, temporal: { ...config.temporal, address } } };
}

/**
 * The keys of the service, from the environment; those of a system that `npm start` runs are in its folder.
 * @throws ConfigError where one is missing
 */
export function keysOfServingSystem({ databaseUrl, dataDir }: Config): Keys {
  const missing = missingKey(process.env);
  if (databaseUrl !== undefined && missing)
    throw new ConfigError(`Setting ${missing} is missing: with DATABASE_URL the keys of its service come from the environment too.`);
  return readKeys({ ...(databaseUrl === undefined && keptKeys(dataDir)), ...process.env });
}

async function reach(databaseUrl: string): Promise<void> {
  const client = new Client(servingConnection(databaseUrl, 'dpa-look'));
  try {
    await client.connect();
    await client.query('SELECT 1 FROM district LIMIT 1');
  } catch (failure) {
    throw databaseFailure(databaseUrl, failure, 'check that it runs and was set up (npm run setup)');
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * A database that cannot be used, in one line without its password.
 * @param advice what to do
 */
export function databaseFailure(databaseUrl: string, failure: unknown, advice: string): ConfigError {
  const { host, pathname } = new URL(databaseUrl);
  return new ConfigError(`The database ${host}${pathname} cannot be used (${reason(failure)}): ${advice}.`);
}

/** A refused connection to several addresses comes as several failures, without words of its own. */
function reason(failure: unknown): string {
  const [first] = failure instanceof AggregateError ? failure.errors : [failure];
  return first instanceof Error ? first.message : String(first);
}
