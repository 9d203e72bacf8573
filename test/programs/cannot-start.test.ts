// What cannot start says why in one clear line on stderr, and ends with exit code 1; what is asked for help gives it.
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrationNames } from '../../prisma/migrate';
import { createTestDatabase, type TestDatabase, withAdmin } from '../setup/database';
import { launch } from '../setup/processes';
import { ENVIRONMENT, freePort, sharedServers } from '../setup/servers';

const START = join('scripts', 'start.js');
const API = join('api', 'server.js');
const WORKER = 'worker.js';

let database: TestDatabase;
let folder: string;
let taken: Server;
/** The settings of what could start. */
let sound: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'dpa-start-'));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, resolve));
  const key = () => randomBytes(32).toString('base64');
  sound = {
    DATA_DIR: join(folder, 'data'),
    PORT: String(await freePort()),
    DATABASE_URL: database.url,
    MIGRATE_DATABASE_URL: database.adminUrl,
    TEMPORAL_ADDRESS: sharedServers().temporal,
    SMTP_URL: process.env[ENVIRONMENT.smtp] ?? '',
    NATIONAL_ID_KEYS: `k1:${key()}`,
    LOOKUP_KEY: key(),
    TOKEN_KEY: key(),
  };
});
afterAll(async () => {
  taken.close();
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const takenPort = () => {
  const address = taken.address();
  return String(typeof address === 'object' ? address?.port : address);
};

async function expectRefused(program: string, settings: Record<string, string>, told: RegExp): Promise<void> {
  const { code, stderr } = await launch(program, { ...sound, ...settings }).ended;
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^[^\n]+\n$/)]);
  expect(stderr).toMatch(told);
}

describe('One clear line and exit code 1', () => {
  test.each([
    [START, { PORT: 'abc' }, /^Setting PORT cannot be used/],
    [START, { DATA_DIR: '/dev/null/data' }, /^The folder DATA_DIR \/dev\/null\/data cannot be used/],
    [START, { DATABASE_URL: 'postgresql://127.0.0.1:1/dpa', MIGRATE_DATABASE_URL: '' }, /^The database at DATABASE_URL cannot be used.*ECONNREFUSED/],
    [START, { TEMPORAL_ADDRESS: '127.0.0.1:1' }, /^No Temporal server answers at TEMPORAL_ADDRESS 127\.0\.0\.1:1/],
    [WORKER, { LIMIT_SUBMIT: 'many' }, /^worker: Setting LIMIT_SUBMIT cannot be used/],
    [WORKER, { DATABASE_URL: '' }, /^worker: Setting DATABASE_URL is missing/],
    [WORKER, { SMTP_URL: '' }, /^worker: Setting SMTP_URL is missing/],
    [WORKER, { NODE_ENV: 'production' }, /^worker: Setting PUBLIC_URL is missing/],
    [WORKER, { DATABASE_URL: 'postgresql://127.0.0.1:1/dpa' }, /^worker: The database at DATABASE_URL cannot be used.*ECONNREFUSED/],
    [WORKER, { TEMPORAL_ADDRESS: '127.0.0.1:1' }, /^worker: No Temporal server answers at TEMPORAL_ADDRESS 127\.0\.0\.1:1/],
    [WORKER, { TEMPORAL_NAMESPACE: 'nowhere' }, /^worker: The namespace nowhere at TEMPORAL_ADDRESS .* cannot be used/],
    [WORKER, { NODE_ENV: 'production', TOKEN_KEY: '' }, /^worker: Setting TOKEN_KEY is missing: production does not start/],
    [API, { SESSION_IDLE: 'long' }, /^api: Setting SESSION_IDLE cannot be used/],
    [API, { DATABASE_URL: '' }, /^api: Setting DATABASE_URL is missing/],
    [API, { NODE_ENV: 'production' }, /^api: Setting PUBLIC_URL is missing/],
    [API, { DATABASE_URL: 'postgresql://nowhere.invalid/dpa' }, /^api: The database at DATABASE_URL cannot be used/],
    [API, { NODE_ENV: 'production', NATIONAL_ID_KEYS: '' }, /^api: Setting NATIONAL_ID_KEYS is missing: production does not start/],
  ])('%s with %j', async (program, settings: Record<string, string>, told) => {
    await expectRefused(program, settings, told);
  });

  test('X4: data whose keys are gone: new ones would open nothing', async () => {
    const data = join(folder, 'without-keys');
    mkdirSync(join(data, 'postgres'), { recursive: true });
    writeFileSync(join(data, 'postgres', 'PG_VERSION'), '18');
    const own = { DATA_DIR: data, DATABASE_URL: '', MIGRATE_DATABASE_URL: '', LOOKUP_KEY: '' };
    await expectRefused(START, own, /^\S+ holds data whose keys \(keys\.json\) are gone/);
    expect(existsSync(join(data, 'keys.json'))).toBe(false);
  });

  test('a taken port', async () => {
    await expectRefused(API, { PORT: takenPort() }, new RegExp(`^api: Port ${takenPort()} is taken.*PORT`));
    await expectRefused(START, { PORT: takenPort() }, new RegExp(`^Port ${takenPort()} is taken.*PORT`));
  });

  test('one port for two', async () => {
    const port = String(await freePort());
    const settings = { SMTP_URL: '', SMTP_PORT: port, MAIL_UI_PORT: port };
    await expectRefused(START, settings, new RegExp(`^Port ${port} is given twice: set MAIL_UI_PORT or SMTP_PORT`));
  });

  test.each([START, join('scripts', 'reset.js'), join('scripts', 'demo.js')])('%s with an option that there is not', async (program) => {
    const { code, stdout, stderr } = await launch(program, sound, ['--bogus']).ended;
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^Unknown option '--bogus'[^\n]*\n$/)]);
  });

  test('X4: production without keys, before anything is started or made', async () => {
    const settings = { NODE_ENV: 'production', DATA_DIR: join(folder, 'production'), DATABASE_URL: '', MIGRATE_DATABASE_URL: '', LOOKUP_KEY: '' };
    await expectRefused(START, settings, /^Setting LOOKUP_KEY is missing: production does not start/);
    expect(existsSync(settings.DATA_DIR)).toBe(false);
  });

  test('X1: a login that may not act as the service, and a database that is not migrated', async () => {
    const stranger = `stranger_${randomUUID().replaceAll('-', '')}`;
    const asStranger = Object.assign(new URL(database.adminUrl), { username: stranger, password: 'test' }).href;
    await withAdmin(database.adminUrl, (admin) => admin.query(`CREATE ROLE ${stranger} LOGIN PASSWORD 'test'`));
    await expectRefused(API, { DATABASE_URL: asStranger }, /^api: The database .*permission denied to set role "dpa_service".*member of dpa_service/);
    await withAdmin(database.adminUrl, (admin) => admin.query(`DROP ROLE ${stranger}`));
    const bare = Object.assign(new URL(database.url), { pathname: '/postgres' }).href;
    await expectRefused(WORKER, { DATABASE_URL: bare }, /^worker: The database .*"registration" does not exist.*migrated/);
  });

  test('a database that is older than the release', async () => {
    const latest = (await migrationNames()).at(-1);
    const older = await createTestDatabase();
    await withAdmin(older.adminUrl, (admin) => admin.query('DELETE FROM _prisma_migrations WHERE migration_name = $1', [latest]));
    const told = (program: string) =>
      new RegExp(`^${program}: The database .* is older than this release \\(${latest} missing\\): run npm run setup first`);
    await expectRefused(API, { DATABASE_URL: older.url }, told('api'));
    await expectRefused(WORKER, { DATABASE_URL: older.url }, told('worker'));
    await older.drop();
  });

  test('no Temporal server to be found: the line names all ways to one', async () => {
    // Nothing on PATH, an empty cache, and no way out for a download.
    const nothing = { PATH: '', XDG_CACHE_HOME: join(folder, 'cache'), HTTPS_PROXY: 'http://127.0.0.1:1', https_proxy: 'http://127.0.0.1:1' };
    const ports = { TEMPORAL_PORT: String(await freePort()), TEMPORAL_UI_PORT: String(await freePort()) };
    await expectRefused(START, { ...nothing, ...ports, TEMPORAL_ADDRESS: '' }, /^No Temporal server here.*TEMPORAL_ADDRESS.*PATH.*internet.*Go/);
  });
});

describe('--help', () => {
  test.each([START, WORKER, API, ...['demo', 'reset', 'test', 'migration-diff', 'make-demo-data'].map((name) => join('scripts', `${name}.js`))])(
    '%s says what it does, and does nothing',
    async (program) => {
      const { code, stdout, stderr } = await launch(program, {}, ['--help']).ended;
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^(npm|node|DATABASE_URL)[^\n]+\n/);
    },
  );
});
