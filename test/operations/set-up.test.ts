// A new system in production: two logins, an empty database, a namespace, and the first account (docs/operations.md).
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { Client as DatabaseClient } from 'pg';
import { DpaStage, SEARCH_ATTRIBUTES } from '../../contracts/search-attributes';
import { servingConnection } from '../../prisma/client';
import { ensureNamespace, registerSearchAttributes } from '../../temporal/set-up';
import { withAdmin } from '../setup/database';
import { ACCOUNTS } from '../setup/directory';
import { call, signIn } from '../setup/people';
import { ENVIRONMENT } from '../setup/servers';
import { startSystem, type TestSystem } from '../setup/system';
import { runProgram } from './run-program';

const base = process.env[ENVIRONMENT.postgres] ?? '';
const temporalAddress = process.env[ENVIRONMENT.temporal] ?? '';

describe('npm run setup', () => {
  const name = `setup_${randomUUID().slice(0, 8)}`;
  const [owner, server] = [`${name}_owner`, `${name}_app`];
  const url = (login: string) => Object.assign(new URL(base), { pathname: `/${name}`, username: login, password: 'secret' }).href;
  const env = {
    MIGRATE_DATABASE_URL: url(owner),
    DATABASE_URL: url(server),
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: name,
  };
  beforeAll(() =>
    withAdmin(base, async (admin) => {
      // Of the whole cluster, and made by somebody else here: the owner has to be able to grant it.
      await admin.query(`CREATE ROLE ${owner} LOGIN PASSWORD 'secret' CREATEROLE; CREATE ROLE ${server} LOGIN PASSWORD 'secret'`);
      await admin.query(`GRANT dpa_service TO ${owner} WITH ADMIN OPTION`);
      await admin.query(`CREATE DATABASE ${name} OWNER ${owner}`);
    }),
  );
  afterAll(() =>
    withAdmin(base, async (admin) => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.query(`DROP ROLE ${server}`);
      await admin.query(`DROP ROLE ${owner}`);
    }),
  );

  test('prepares an empty database and a namespace; a second time there is nothing to do', async () => {
    const first = await runProgram('set-up.js', [], env);
    expect({ code: first.code, errors: first.errors }).toEqual({ code: 0, errors: '' });
    expect(first.output).toMatch(
      new RegExp(`Database: applied .*_first.*\n.*${server} may serve\n.*official holidays entered\nTemporal: namespace ${name} is ready\n`),
    );
    const second = await runProgram('set-up.js', [], env);
    expect(second).toMatchObject({ code: 0, output: `Database: up to date\nTemporal: namespace ${name} is ready\n` });
  });

  test('X1 the serving login writes audit entries and cannot change them', async () => {
    const client = new DatabaseClient(servingConnection(url(server), 'test'));
    await client.connect();
    await client.query("INSERT INTO audit_entry (case_id, actor_kind, action) VALUES ('test', 'SYSTEM', 'TESTED')");
    await expect(client.query("DELETE FROM audit_entry WHERE case_id = 'test'")).rejects.toThrow(/permission denied/);
    await expect(client.query('RESET ROLE; DELETE FROM audit_entry')).rejects.toThrow(/permission denied/);
    await client.end();
  });

  test('the namespace knows the search attributes', async () => {
    const connection = await Connection.connect({ address: temporalAddress });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: name });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(SEARCH_ATTRIBUTES.map((attribute) => attribute.name)));
    await connection.close();
  });

  test('workers that come first, and at once, wait until cases can name the search attributes', async () => {
    const namespace = `${name}_workers`;
    const connection = await Connection.connect({ address: temporalAddress });
    await ensureNamespace(connection, namespace);
    const workers = await Promise.all([1, 2, 3].map(() => NativeConnection.connect({ address: temporalAddress })));
    await Promise.all(workers.map((worker) => registerSearchAttributes(worker, namespace)));
    const typedSearchAttributes = new TypedSearchAttributes([{ key: DpaStage, value: 'PENDING' }]);
    const client = new Client({ connection, namespace });
    const started = await client.workflow.start('any', { taskQueue: 'none', workflowId: 'any', typedSearchAttributes });
    await started.terminate();
    await Promise.all([connection, ...workers].map((one) => one.close()));
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['no database named', { DATABASE_URL: '', MIGRATE_DATABASE_URL: '' }, /DATABASE_URL is missing/],
    ['no database there', { MIGRATE_DATABASE_URL: 'postgresql://dpa:secret@127.0.0.1:1/dpa' }, /127\.0\.0\.1:1\/dpa cannot be used \((?!.*secret)/],
    ['no Temporal server', { TEMPORAL_ADDRESS: '127.0.0.1:1' }, /No Temporal server answers at 127\.0\.0\.1:1/],
    ['half a client certificate', { TEMPORAL_TLS_CERT: __filename }, /TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY belong together/],
    [
      'a certificate that is not there',
      { TEMPORAL_TLS_CA: '/nowhere/ca.pem' },
      /TEMPORAL_TLS_CA cannot be used: .*\/nowhere\/ca\.pem cannot be read/,
    ],
  ])('%s: one clear line', async (_case, differs, message) => {
    const { code, errors } = await runProgram('set-up.js', [], { ...env, ...differs });
    expect({ code, lines: errors.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(errors).toMatch(message);
  });
});

describe('npm run account', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startSystem({}, { worker: false });
  });
  afterAll(() => system.stop());
  const account = (args: string[], password: string) => runProgram('account.js', args, system.env, `${password}\n`);

  test('makes an account of the central office, which signs in; the audit tells, without password and address', async () => {
    const made = await account(['central', 'First@office.test', 'สมศรี', 'ใจดี'], 'a-long-secret-of-hers');
    expect(made).toMatchObject({ code: 0, output: 'First@office.test can sign in as the central office.\n', errors: '' });
    const headers = await signIn(system.url, 'first@office.test', 'a-long-secret-of-hers');
    expect((await call(system.url, 'GET', '/api/me', undefined, headers)).body).toMatchObject({
      account: { role: 'CENTRAL', email: 'First@office.test' },
    });
    const entries = await system.prisma.auditEntry.findMany({ where: { action: 'ACCOUNT_CREATED' } });
    expect(entries).toMatchObject([{ actorKind: 'OPERATOR', after: { role: 'CENTRAL' } }]);
    expect(JSON.stringify(entries)).not.toMatch(/office\.test|สมศรี|argon2/);
  });

  test('ends one: no session is left, the audit tells, and a second time there is none', async () => {
    await account(['central', 'leaves@office.test', 'สมพร', 'ใจดี'], 'a-long-secret-of-hers');
    const headers = await signIn(system.url, 'leaves@office.test', 'a-long-secret-of-hers');
    const end = () => account(['end', ' Leaves@office.test'], '');
    expect(await end()).toMatchObject({ code: 0, errors: '' });
    expect((await call(system.url, 'GET', '/api/me', undefined, headers)).status).toBe(401);
    const { id } = await system.prisma.account.findFirstOrThrow({ where: { email: 'leaves@office.test' } });
    const ended = await system.prisma.auditEntry.findMany({ where: { caseId: `account/${id}`, action: 'ACCOUNT_ENDED' } });
    expect(ended).toMatchObject([{ actorKind: 'OPERATOR', before: { role: 'CENTRAL' } }]);
    expect(await end()).toMatchObject({ code: 1, errors: expect.stringMatching(/^account: No account of the central office .*\n$/) });
  });

  test.each<[string, string[], string, RegExp]>([
    ['an address that an active account has', ['central', ACCOUNTS.central.toUpperCase(), 'ก'], 'a-long-secret', /belongs to another active account/],
    ['no address', ['central', 'nobody', 'ก'], 'a-long-secret', /^account: email: /],
    ['a name of spaces', ['central', 'a@office.test', ' \u200b'], 'a-long-secret', /^account: name: /],
    ['a common password', ['central', 'a@office.test', 'ก'], '12345678', /^account: password: .*8 to 128/],
    ['no password', ['central', 'a@office.test', 'ก'], '', /^account: password: /],
    ['another role', ['district', 'a@office.test', 'ก'], 'a-long-secret', /Say whose account/],
    ['the end of an approver’s', ['end', ACCOUNTS.approver], '', /No account of the central office/],
  ])('%s is refused in one line', async (_case, args, password, message) => {
    const { code, errors } = await account(args, password);
    expect({ code, lines: errors.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(errors).toMatch(message);
  });
});
