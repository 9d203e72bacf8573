// X1, X4: the audit and the national IDs, as the database keeps them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { z } from 'zod';
import { createRegistrationActivities } from '../../activities/registration';
import { servingConnection } from '../../prisma/client';
import { writeCursor } from '../../queries/cursor';
import { withAdmin } from '../setup/database';
import { ACCOUNTS, DISTRICT, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { call, eventually, signIn } from '../setup/people';
import { recording, startSystem, type TestSystem } from '../setup/system';
import { type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;
let id: string;
beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
  ({ id } = await cases.pending(schoolOf(DISTRICT, 0), {}, { nationalId: '1101700230708' }));
  await eventually(async () => (await system.prisma.auditEntry.count({ where: { caseId: id } })) === 2, 'the entry of the sending');
});
afterAll(() => system.stop());

describe('X1 the audit', () => {
  test.each(["UPDATE audit_entry SET action = 'X'", 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])(
    'the service may not: %s',
    async (statement) => {
      const client = new Client(servingConnection(system.database.url, 'test'));
      await client.connect();
      await expect(client.query(statement)).rejects.toThrow(/permission denied/);
      await client.end();
      await withAdmin(system.database.adminUrl, async (admin) => expect(admin.query(statement)).rejects.toThrow(/append-only/));
    },
  );

  test('its chain holds, and tampering by who may switch triggers off shows', async () => {
    await withAdmin(system.database.adminUrl, async (admin) => {
      expect((await admin.query('SELECT * FROM audit_broken')).rows).toEqual([]);
      await admin.query("ALTER TABLE audit_entry DISABLE TRIGGER audit_no_change; UPDATE audit_entry SET action = 'X' WHERE seq = 1");
      expect((await admin.query('SELECT case_id, seq FROM audit_broken')).rows).toContainEqual({ case_id: id, seq: 1 });
      await admin.query("UPDATE audit_entry SET action = 'SUBMITTED' WHERE seq = 1; ALTER TABLE audit_entry ENABLE TRIGGER audit_no_change");
      expect((await admin.query('SELECT * FROM audit_broken')).rows).toEqual([]);
    });
  });

  test('reading it is audited; a district sees its own, a school nothing', async () => {
    const central = await signIn(system.url, ACCOUNTS.central);
    const read = (headers: { Cookie: string }) => cases.get(`/api/audit?subject=${id}`, headers);
    expect((await read(central)).body.items?.length).toBeGreaterThan(0);
    expect((await read(cases.approver)).body.items?.length).toBeGreaterThan(0);
    expect((await read(await signIn(system.url, ACCOUNTS.otherApprover))).body.items).toEqual([]);
    expect(await system.prisma.auditEntry.count({ where: { action: 'AUDIT_READ' } })).toBe(3);
    expect((await call(system.url, 'GET', '/api/audit')).status).toBe(401);
  });

  test('an entry tells its subject by kind and ID, and is found by that or the bare ID; by the ID of an account, not its address', async () => {
    const central = await signIn(system.url, ACCOUNTS.central);
    const read = (query: string) => cases.get(`/api/audit?${query}`, central);
    const never = [
      'subject=1101700230708',
      `subject=${encodeURIComponent('สมหญิง')}`,
      'subject=somebody%40school.test',
      `cursor=${writeCursor('2026-01-01', '\0', '1')}`,
      `cursor=${writeCursor('2026-01-01', 'x', '99999999999')}`,
      `cursor=${writeCursor('0000-01-01', 'x', '1')}`,
      'from=0000-01-01',
    ];
    for (const query of never) expect((await read(query)).status).toBe(422);
    const [bare, withKind] = [await read(`subject=${id}`), await read(`subject=registration/${id}`)];
    expect(bare.body.items?.[0]).toMatchObject({ subject: `registration/${id}`, caseId: id, action: 'SUBMITTED' });
    expect(withKind.body.items).toEqual(bare.body.items);
    const { reference, schoolCode } = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
    for (const name of [`registration/${schoolCode}`, reference, reference.toLowerCase(), id.toUpperCase()]) {
      expect([name, (await read(`subject=${name}`)).body.items]).toEqual([name, bare.body.items]);
    }
    expect((await read('subject=R69-999999')).body.items).toEqual([]);
    expect((await read(`subject=${schoolCode}`)).body.items).toEqual(expect.arrayContaining(bare.body.items ?? []));
    const me = await cases.get('/api/me', central);
    const { id: accountId } = z.object({ account: z.object({ id: z.string() }) }).parse(me.body).account;
    expect((await read(`actor=${accountId}`)).body.items?.[0]).toMatchObject({ actorId: accountId, subject: `reader/${accountId}` });
    const byAddress = await read(`actor=${encodeURIComponent(ACCOUNTS.central)}`);
    expect([byAddress.status, byAddress.body.errors?.[0]?.path]).toEqual([422, 'actor']);
    expect(byAddress.body.errors?.[0]?.message).toContain('not an e-mail address');
  });

  test('X6: is told from the beginning of a day in Bangkok, or from an instant', async () => {
    const central = await signIn(system.url, ACCOUNTS.central);
    const froms = ['2026-11-30', '2026-11-30T00:00:00Z', '2026-11-30T00:00:00+07:00'];
    for (const from of froms) expect((await cases.get(`/api/audit?from=${encodeURIComponent(from)}`, central)).status).toBe(200);
    const read = await system.prisma.auditEntry.findMany({ where: { action: 'AUDIT_READ' }, orderBy: { at: 'desc' }, take: 3 });
    const [day, instant] = ['2026-11-29T17:00:00.000Z', '2026-11-30T00:00:00.000Z'];
    expect(read.reverse().map(({ after }) => after)).toMatchObject([{ from: day }, { from: instant }, { from: day }]);
  });

  test('of a school that changes district, each district sees what was its own at the time', async () => {
    const central = await signIn(system.url, ACCOUNTS.central);
    const moving = schoolOf(DISTRICT, 1);
    const { id: caseId } = await cases.pending(moving);
    const entries = () => system.prisma.auditEntry.count({ where: { caseId } });
    await eventually(async () => (await entries()) === 2, 'the entry of the sending');
    await call(system.url, 'PUT', `/api/schools/${moving}/district`, { districtCode: OTHER_DISTRICT }, central);
    await eventually(async () => (await entries()) === 3, 'the entry of the change');
    const actions = async (email: string) => {
      const { body } = await cases.get(`/api/audit?subject=${caseId}`, await signIn(system.url, email));
      return body.items?.map(({ action }) => action);
    };
    expect(await actions(ACCOUNTS.approver)).toEqual(['SUBMITTED', 'MAIL_SENT']);
    expect(await actions(ACCOUNTS.otherApprover)).toEqual(['DISTRICT_CHANGED']);
    expect(await actions(ACCOUNTS.central)).toEqual(['SUBMITTED', 'MAIL_SENT', 'DISTRICT_CHANGED']);
  });

  test('R4.1: that a mail came back after it had been taken stands in it once, however often that is told', async () => {
    const school = schoolOf(DISTRICT, 2);
    const { id: caseId } = await cases.pending(school);
    const entries = () => system.prisma.auditEntry.findMany({ where: { caseId }, orderBy: { seq: 'asc' } });
    await eventually(async () => (await entries()).length === 2, 'the entry of the sending');
    const { id: mailId } = await system.prisma.mail.findFirstOrThrow({ where: { registrationId: caseId } });
    await system.temporal.workflow.getHandle(`registration/${school}`).signal('mailBounced', { mailId });
    await eventually(async () => (await entries()).length === 3, 'the entry of its coming back');
    const { recordUndelivered } = createRegistrationActivities(recording(system));
    const again = await Promise.all([1, 2].map(() => recordUndelivered(mailId)));
    expect(again).toEqual([{ outcome: 'BOUNCED' }, { outcome: 'BOUNCED' }]);
    const [, sent, bounced, ...others] = await entries();
    expect([sent?.action, bounced?.action, others]).toEqual(['MAIL_SENT', 'MAIL_BOUNCED', []]);
    expect(bounced).toMatchObject({ districtCode: DISTRICT, schoolCode: school, after: { purpose: 'received', mail: mailId } });
    expect(await system.prisma.mail.findUniqueOrThrow({ where: { id: mailId } })).toMatchObject({ status: 'BOUNCED', lastError: 'BOUNCED_LATER' });
  });

  test('it holds nothing personal', async () => {
    const entries = JSON.stringify(await system.prisma.auditEntry.findMany());
    for (const personal of ['กานดา', '1101700230708', '@school.test']) expect(entries).not.toContain(personal);
  });
});

describe('X4 national IDs', () => {
  test('stand nowhere in the database as typed, and go out masked', async () => {
    const tables = ['registration', 'form', 'person', 'account', 'mail', 'idempotency_key'];
    await withAdmin(system.database.adminUrl, async (admin) => {
      for (const table of tables) {
        const { rows } = await admin.query(`SELECT t::text AS row FROM ${table} t`);
        expect(JSON.stringify(rows)).not.toContain('1101700230708');
      }
    });
    const { body } = await cases.seen(id);
    expect(body).toMatchObject({ registrant: { nationalId: 'x-xxxx-xxxx0-70-8' } });
  });
});
