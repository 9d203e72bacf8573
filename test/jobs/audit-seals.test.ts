// X1: the seals of the audit show what its chains alone do not.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { checkSeals, sealAudit } from '../../activities/audit-seals';
import { servingConnection } from '../../prisma/client';
import { runProgram } from '../operations/run-program';
import { keyRingOf } from '../roster/support/school';
import { withAdmin } from '../setup/database';
import { startSystem, type TestSystem } from '../setup/system';

let told: string[] = [];
let system: TestSystem;

beforeAll(async () => {
  system = await startSystem({}, { worker: false });
});
afterAll(() => system.stop());

const write = (caseId: string) => system.prisma.auditEntry.create({ data: { caseId, actorKind: 'SYSTEM', action: 'TEST' } });
/** Seals at once what an hour is waited for otherwise. */
const seal = (olderThanMs?: number) => {
  const sealed = ({ number, code }: { number: number; code: string }) => void told.push(`${number}:${code}`);
  return sealAudit({ prisma: system.prisma, keyRing: keyRingOf(system), sealed }, olderThanMs);
};
const check = () => checkSeals(system.prisma, keyRingOf(system));
const verify = (...words: string[]) => runProgram('verify-audit.js', words, system.env);

/** What somebody does who may switch triggers off. */
const tamper = (...statements: string[]) =>
  withAdmin(system.database.adminUrl, async (admin) => {
    for (const statement of ['ALTER TABLE audit_entry DISABLE TRIGGER USER', ...statements, 'ALTER TABLE audit_entry ENABLE TRIGGER USER'])
      await admin.query(statement);
  });

/** Two chains, sealed. */
beforeEach(async () => {
  told = [];
  await tamper('DELETE FROM audit_entry', 'DELETE FROM audit_seal');
  for (const caseId of ['one', 'two', 'two']) await write(caseId);
  await seal(0);
});

describe('X1 seals of the audit', () => {
  test('cover what is an hour old, each entry once, and hold', async () => {
    await write('two');
    expect(await seal()).toBe(0);
    expect(await seal(0)).toBe(1);
    expect(await seal(0)).toBe(0);
    expect(await check()).toMatchObject({ broken: [], last: { number: 2, entries: 1 } });
    expect(await verify()).toMatchObject({
      code: 0,
      last: expect.stringMatching(/^4 entries, 0 broken; sealed until .* by 2:.*; 0 seals broken, 0 missing$/),
    });
    expect(await (await fetch(`${system.url}/metrics`)).text()).toContain('dpa_audit_sealed_entries 4');
  });

  test('days are sealed one by one, however long nobody did', async () => {
    await tamper('DELETE FROM audit_seal', "UPDATE audit_entry SET at = at - interval '9 days' WHERE case_id = 'one'");
    expect(await seal(0)).toBe(3);
    expect(await system.prisma.auditSeal.findMany({ orderBy: { number: 'asc' } })).toMatchObject([{ entries: 1 }, { entries: 2 }]);
  });

  test('hold though the clock of the database is set back: what is written then comes after them', async () => {
    await tamper('DELETE FROM audit_seal');
    // As a clock that is an hour ahead would seal.
    expect(await seal(-3_600_000)).toBe(3);
    await write('one');
    const { at } = await system.prisma.auditEntry.findFirstOrThrow({ where: { caseId: 'one' }, orderBy: { seq: 'desc' } });
    const { until } = await system.prisma.auditSeal.findFirstOrThrow();
    expect(at.getTime()).toBe(until.getTime() + 1);
    expect(await check()).toMatchObject({ broken: [], last: { number: 1, entries: 3 } });
  });

  test.each([
    ['the end of a chain is cut off', "DELETE FROM audit_entry WHERE case_id = 'two' AND seq = 2"],
    ['a whole chain is gone', "DELETE FROM audit_entry WHERE case_id = 'one'"],
    [
      'an entry is put in',
      "INSERT INTO audit_entry (case_id, seq, at, actor_kind, action) SELECT 'new', 1, min(at), 'SYSTEM', 'TEST' FROM audit_entry",
    ],
    ['an entry is written anew', "UPDATE audit_entry SET action = 'OTHER' WHERE case_id = 'one'"],
  ])('they show that %s, also where the chains hold', async (_what, statement) => {
    await tamper(statement, 'UPDATE audit_entry e SET hash = audit_hash(e)');
    await withAdmin(system.database.adminUrl, async (admin) => expect((await admin.query('SELECT * FROM audit_broken')).rows).toEqual([]));
    expect((await check()).broken).toEqual([1]);
    expect(await verify()).toMatchObject({ code: 1, output: expect.stringContaining('BROKEN  seal 1, or entries that it covers') });
  });

  test.each([
    ['changed', "DELETE FROM audit_entry WHERE case_id = 'one'", 'UPDATE audit_seal SET entries = 2 WHERE number = 1'],
    ['taken out', 'DELETE FROM audit_seal WHERE number = 1', 'SELECT 1'],
  ])('nobody without the keys makes one: one that is %s breaks', async (_what, ...statements) => {
    await write('one');
    await seal(0);
    await tamper(...statements);
    expect((await check()).broken).not.toEqual([]);
  });

  test('one that was deleted with its entries and made again is not the one that the log tells', async () => {
    const [first = ''] = told;
    expect(await verify('--kept', first)).toMatchObject({ code: 0 });
    await tamper("DELETE FROM audit_entry WHERE case_id = 'one'", 'DELETE FROM audit_seal');
    await seal(0);
    expect((await check()).broken).toEqual([]);
    expect(await verify('--kept', first)).toMatchObject({ code: 1, output: expect.stringContaining(`MISSING seal ${first}`) });
  });

  test('entries that do not hold are named', async () => {
    await tamper("UPDATE audit_entry SET action = 'OTHER' WHERE case_id = 'two' AND seq = 1");
    const { code, output } = await verify();
    expect([code, output]).toEqual([1, expect.stringContaining('BROKEN  entry 1 of two\n')]);
  });

  test.each(['UPDATE audit_seal SET entries = 0', 'DELETE FROM audit_seal'])('the service may not: %s', async (statement) => {
    const client = new Client(servingConnection(system.database.url, 'test'));
    await client.connect();
    await expect(client.query(statement)).rejects.toThrow(/permission denied/);
    await client.end();
  });

  test('without the keys nothing is said to be broken', async () => {
    const { LOOKUP_KEY: _gone, ...env } = system.env;
    expect(await runProgram('verify-audit.js', [], env)).toMatchObject({ code: 1, errors: expect.stringContaining('LOOKUP_KEY is missing') });
  });
});
