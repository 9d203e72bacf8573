// The passwords and keys of the containers: made up once, each where it is needed and nowhere else.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readKeys } from '../../config';
import { PROJECT_ROOT } from '../../project-root';

const DEPLOY = join(PROJECT_ROOT, 'deploy');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dpa-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const make = (given: Record<string, string> = {}, ...words: string[]) =>
  spawnSync('sh', [join(DEPLOY, 'secrets.sh'), ...words], { env: { PATH: process.env['PATH'], SECRETS_DIR: folder, ...given }, encoding: 'utf8' });
const fileOf = (container: string) => join(folder, container, 'env');
const names = (container: string) => [...readFileSync(fileOf(container), 'utf8').matchAll(/^(\w+)='/gm)].map(([, name]) => name);

/** The environment of a program that is started in a container. */
function environmentIn(container: string): Record<string, string> {
  const print = 'process.stdout.write(JSON.stringify(process.env))';
  const env = { PATH: process.env['PATH'], SECRETS_FILE: fileOf(container) };
  const { stdout } = spawnSync('sh', [join(DEPLOY, 'with-secrets.sh'), process.execPath, '-e', print], { env, encoding: 'utf8' });
  return JSON.parse(stdout);
}

test('The containers publish every port on this machine alone, the service’s elsewhere where BIND says so', () => {
  const compose = readFileSync(join(PROJECT_ROOT, 'docker-compose.yml'), 'utf8');
  const published = [...compose.matchAll(/^ {4}ports:\n((?: {6}- .*\n)+)/gm)].flatMap(([, list = '']) =>
    list.replaceAll('$', '').trim().split(/\s*- /),
  );
  expect(published.filter((port) => port !== '').sort()).toEqual([
    '127.0.0.1:{MAIL_UI_PORT:-1080}:1080',
    '127.0.0.1:{TEMPORAL_UI_PORT:-8233}:8080',
    '{BIND:-127.0.0.1}:{PORT:-3000}:3000',
  ]);
});

describe('The secrets of the containers', () => {
  test('are made up once: a second start changes nothing, and what is shown makes the same system', () => {
    expect(make().status).toBe(0);
    const first = environmentIn('setup');
    make();
    expect(environmentIn('setup')).toEqual(first);
    const shown = Object.fromEntries([...make({}, 'show').stdout.matchAll(/^(\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]));
    rmSync(folder, { recursive: true });
    make(shown);
    expect(environmentIn('setup')).toEqual(first);
  });

  test('each container has its own and no others', () => {
    make();
    expect(names('postgres')).toEqual(['POSTGRES_PASSWORD', 'TEMPORAL_DB_PASSWORD', 'DPA_OWNER_PASSWORD', 'DPA_APP_PASSWORD']);
    expect(names('temporal')).toEqual(['POSTGRES_PWD', 'SQL_PASSWORD']);
    expect(names('service')).toEqual(['DATABASE_URL', 'NATIONAL_ID_KEYS', 'LOOKUP_KEY', 'TOKEN_KEY']);
    expect(names('setup')).toEqual(['DATABASE_URL', 'MIGRATE_DATABASE_URL', 'NATIONAL_ID_KEYS', 'LOOKUP_KEY', 'TOKEN_KEY']);
    expect(statSync(fileOf('kept')).mode & 0o777).toBe(0o400);
  });

  test('are what the service and the databases take', () => {
    make({ DPA_APP_PASSWORD: 'given' });
    const { DATABASE_URL, ...service } = environmentIn('service');
    expect(DATABASE_URL).toBe('postgresql://dpa_app:given@postgres:5432/dpa');
    expect(readKeys(service).nationalId).toHaveLength(1);
    expect(environmentIn('postgres')['DPA_APP_PASSWORD']).toBe('given');
    expect(environmentIn('temporal')['POSTGRES_PWD']).toBe(environmentIn('postgres')['TEMPORAL_DB_PASSWORD']);
  });

  test('one that could not be read back is refused, and nothing is written', () => {
    const { status, stderr } = make({ TOKEN_KEY: "it's" });
    expect([status, stderr]).toEqual([1, expect.stringContaining('TOKEN_KEY holds a quotation mark')]);
    expect(() => statSync(fileOf('kept'))).toThrow();
  });
});
