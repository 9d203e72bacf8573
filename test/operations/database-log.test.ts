// X3: PostgreSQL, as the containers start it, is set to keep what people typed out of its log.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { z } from 'zod';
import { startPostgres } from '../../prisma/local-server';
import { PROJECT_ROOT } from '../../project-root';
import { freePort, serverFolder } from '../setup/servers';

const dataDir = serverFolder();
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** What docker-compose.yml starts PostgreSQL with. */
function flagsOfContainers(): string[] {
  const [, command = '[]'] = /^ +command: (\["postgres", .*\])$/m.exec(readFileSync(join(PROJECT_ROOT, 'docker-compose.yml'), 'utf8')) ?? [];
  return z.string().array().parse(JSON.parse(command)).slice(1);
}

test('X3: it takes the flags that leave out DETAIL, such as the address that is taken, and parameters', async () => {
  const server = await startPostgres({ dataDir, port: await freePort(), flags: flagsOfContainers() });
  try {
    const client = new Client(server.adminUrl('postgres'));
    await client.connect();
    const { rows } = await client.query<{ name: string; setting: string }>(`SELECT name, setting FROM pg_settings
      WHERE name IN ('log_error_verbosity', 'log_parameter_max_length_on_error', 'log_min_duration_statement', 'log_statement') ORDER BY name`);
    await client.end();
    expect(rows).toEqual([
      { name: 'log_error_verbosity', setting: 'terse' },
      { name: 'log_min_duration_statement', setting: '-1' },
      { name: 'log_parameter_max_length_on_error', setting: '0' },
      { name: 'log_statement', setting: 'none' },
    ]);
  } finally {
    await server.stop();
  }
});
