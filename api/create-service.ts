// The service with all that it stands on, as the API's process serves it, and tests in their own.
import type { Express } from 'express';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import { createCommands } from '../commands';
import type { Commands } from '../commands/commands';
import { createDraftStore } from '../commands/drafts';
import { createIdempotencyStore } from '../commands/idempotency';
import type { Config, Keys } from '../config';
import { createPrisma, FORGETTABLE, servingConnection } from '../prisma/client';
import type { PrismaClient } from '../prisma/generated/client';
import { createQueries } from '../queries';
import type { Queries } from '../queries/queries';
import { createKeyRing } from '../security/key-ring';
import { connectTemporal, type TemporalConnection } from '../temporal/connection';
import { createPages } from '../web/pages';
import { createApp } from './app';
import { createLimiters } from './limits';
import type { Metrics } from './operations';
import { logUnexpected, refusalOf } from './problem';

export interface ServiceParts {
  config: Config;
  keys: Keys;
  databaseUrl: string;
  logger: Logger;
}

export interface Service {
  app: Express;
  metrics: Metrics;
  commands: Commands;
  queries: Queries;
  prisma: PrismaClient;
  temporal: TemporalConnection;
  /** Ends its connections, once nothing is served any more. */
  close(): Promise<void>;
}

/** How long a readiness probe waits for Temporal. */
const READY_WITHIN_MS = 3_000;

/** Builds the service; its connections to PostgreSQL and Temporal are made with their first use. */
export function createService({ config, keys, databaseUrl, logger }: ServiceParts): Service {
  const prisma = createPrisma(databaseUrl, { poolSize: config.databasePool, applicationName: 'dpa-api' });
  const pool = new Pool({ ...servingConnection(databaseUrl, 'dpa-api-limits', FORGETTABLE), max: 4 });
  pool.on('error', (error) => logger.warn({ kind: error.name }, 'database connection lost'));
  const temporal = connectTemporal(config);
  const keyRing = createKeyRing(keys.nationalId, keys.lookup);
  const stores = { prisma, keyRing, now: () => new Date() };
  const commands = createCommands({
    ...stores,
    temporal: temporal.client,
    tokenKey: keys.token,
    session: config.session,
    lookupLimit: config.limits.lookups,
    // The failure's own words name cases, and nobody needs them here.
    unanswered: (failure) => logger.warn({ kind: failure instanceof Error ? failure.name : typeof failure }, 'Temporal did not answer'),
  });
  const queries = createQueries({ ...stores, rosterCheckEveryMs: config.roster.checkEveryMs });
  const shared = { config, commands, queries, limiters: createLimiters(pool, config.limits) };
  const pages = createPages({
    ...shared,
    drafts: createDraftStore(stores),
    refusalOf,
    logUnexpected: (error, request) => logUnexpected(logger, error, request),
  });
  const ready = async () => {
    await queries.ping();
    await temporal.connection.withDeadline(Date.now() + READY_WITHIN_MS, () => temporal.connection.workflowService.getSystemInfo({}));
  };
  return {
    ...createApp({ ...shared, logger, pages, idempotency: createIdempotencyStore(stores), ready }),
    ...{ commands, queries, prisma, temporal },
    async close() {
      await Promise.allSettled([prisma.$disconnect(), pool.end(), temporal.close()]);
    },
  };
}
