// The database as the service sees it: a pool whose connections act as the role that cannot change audit entries.
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client';

/** What the sessions of the service are limited to: nothing waits for ever, nothing holds a lock for long. */
const SESSION = ['role=dpa_service', 'statement_timeout=15000', 'idle_in_transaction_session_timeout=15000', 'lock_timeout=8000'];

/** Options of a connection that serves; also for what uses pg directly. */
export function servingConnection(databaseUrl: string, applicationName: string) {
  return {
    connectionString: databaseUrl,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    options: SESSION.map((setting) => `-c ${setting}`).join(' '),
  };
}

/** @param poolSize connections at most @param applicationName told to PostgreSQL, for `pg_stat_activity` */
export function createPrisma(databaseUrl: string, { poolSize, applicationName }: { poolSize: number; applicationName: string }): PrismaClient {
  const adapter = new PrismaPg(
    { ...servingConnection(databaseUrl, applicationName), max: poolSize },
    { statementNameGenerator: createStatementNames() },
  );
  return new PrismaClient({ adapter });
}

/** A connection keeps this many plans at most; the service has about half as many statements. */
const MOST_NAMES = 400;
/** Lists and batches of many values seldom come again with the same number of them. */
const MOST_VALUES = 60;

/** PostgreSQL parses and plans a statement with a name once for a connection. @returns the name of a statement, '' for none */
function createStatementNames(): ({ sql, args }: { sql: string; args: unknown[] }) => string {
  const names = new Map<string, string>();
  return ({ sql, args }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (args.length > MOST_VALUES || names.size === MOST_NAMES) return '';
    const name = `dpa${names.size}`;
    names.set(sql, name);
    return name;
  };
}
