// The two logins of a database in production: one owns the tables and migrates, one serves and may not touch the audit.
import { Client } from 'pg';

/**
 * Lets the serving login act as the service. Nothing is to be done where it may already, or where one login does both.
 * @returns the login, when it was let in now
 * @throws Error of PostgreSQL when the migrating login may not grant it, or the serving one does not exist
 */
export async function admitServingLogin(migratingUrl: string, servingUrl: string): Promise<string | null> {
  const login = decodeURIComponent(new URL(servingUrl).username);
  const client = new Client({ connectionString: migratingUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ may: boolean }>("SELECT pg_has_role($1, 'dpa_service', 'MEMBER') AS may", [login]);
    if (rows[0]?.may) return null;
    await client.query(`GRANT "dpa_service" TO ${client.escapeIdentifier(login)}`);
    return login;
  } finally {
    await client.end();
  }
}
