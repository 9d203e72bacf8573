// The migrated databases of which each test file gets a copy, without and with the directory, and the login that serves.
import { migrate } from '../../prisma/migrate';
import { TEMPLATE, withAdmin } from './database';
import { seedDirectory } from './directory';

/** Makes them. @param adminUrl address of a new server's first database, as superuser */
export async function makeTemplates(adminUrl: string): Promise<void> {
  const urlOf = (database: string) => Object.assign(new URL(adminUrl), { pathname: `/${database}` }).href;
  await withAdmin(adminUrl, async (admin) => {
    await admin.query(`CREATE DATABASE ${TEMPLATE.empty}`);
    await migrate(urlOf(TEMPLATE.empty));
    await admin.query("CREATE ROLE dpa_app LOGIN PASSWORD 'test' IN ROLE dpa_service");
    await admin.query(`CREATE DATABASE ${TEMPLATE.directory} TEMPLATE ${TEMPLATE.empty}`);
  });
  await withAdmin(urlOf(TEMPLATE.directory), seedDirectory);
}
