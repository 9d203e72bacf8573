// The database as the service sees it: a pool whose connections act as the role that cannot change audit entries.
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client';

/** What the sessions of the service are limited to: nothing waits for ever, nothing holds a lock for long. */
const LIMITS = ['statement_timeout=15000', 'idle_in_transaction_session_timeout=15000', 'lock_timeout=8000'];
/**
 * What their statements are planned for: many small ones at once, so that none takes a second processor, over data that lies in
 * memory or on a disk without moving parts, where a page costs the same wherever it is.
 */
const PLANNING = ['max_parallel_workers_per_gather=0', 'random_page_cost=1.1'];
/**
 * Prisma's adapter sends and reads instants without their zone and means UTC; PostgreSQL would take them for the time of its own
 * zone, which on a Thai computer is another one.
 */
const CLOCK = ['timezone=UTC'];
const SESSION = ['role=dpa_service', ...LIMITS, ...PLANNING, ...CLOCK];

/** For what may be forgotten when the database server fails: nobody waits until it is on the disk. */
export const FORGETTABLE = 'synchronous_commit=off';

/** Options of a connection that serves; also for what uses pg directly. @param settings of its sessions, beside those of all */
export function servingConnection(databaseUrl: string, applicationName: string, ...settings: string[]) {
  return {
    connectionString: databaseUrl,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    // A new connection signs in and plans every statement anew: between two people on a quiet afternoon connections stay.
    idleTimeoutMillis: 600_000,
    // A firewall in between forgets a quiet connection within minutes, and tells neither end.
    keepAlive: true,
    keepAliveInitialDelayMillis: 60_000,
    options: [...SESSION, ...settings].map((setting) => `-c ${setting}`).join(' '),
  };
}

/** Milliseconds that a transaction waits for a connection, and then lasts, at most: a caller waits for ten seconds (commands/patience.ts). */
const TRANSACTIONS = { maxWait: 5_000, timeout: 8_000 };

/** @param poolSize connections at most @param applicationName told to PostgreSQL, for `pg_stat_activity` */
export function createPrisma(databaseUrl: string, { poolSize, applicationName }: { poolSize: number; applicationName: string }): PrismaClient {
  const adapter = new PrismaPg(
    { ...servingConnection(databaseUrl, applicationName), max: poolSize },
    { statementNameGenerator: createStatementNames() },
  );
  return new PrismaClient({ adapter, transactionOptions: TRANSACTIONS });
}

/** A connection keeps this many plans at most; the service has about half as many statements. */
const MOST_NAMES = 400;
/** Batches of many values seldom come again with the same number of them, nor do lists; a new row has up to some thirty. */
const MOST_VALUES = 60;
const LONG_LIST = / IN \((?:\$\d+,\s*){16}/;
/**
 * What is searched for decides by which way it is found: a rare word through an index, a common one by walking the list. A
 * statement with a name may get one plan for all words, which for the common ones reads everything.
 */
const SEARCH = / I?LIKE /i;

/** PostgreSQL parses and plans a statement with a name once for a connection. @returns the name of a statement, '' for none */
function createStatementNames(): ({ sql, args }: { sql: string; args: unknown[] }) => string {
  const names = new Map<string, string>();
  return ({ sql, args }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (args.length > MOST_VALUES || names.size === MOST_NAMES || SEARCH.test(sql) || LONG_LIST.test(sql)) return '';
    const name = `dpa${names.size}`;
    names.set(sql, name);
    return name;
  };
}
