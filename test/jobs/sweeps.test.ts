// What was never official is removed, what stands still is nudged (docs/decisions.md 18 and 57), as often as one likes.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Cases, casesOf } from '../registration/support/cases';
import { ACCOUNTS, freshSchool } from '../setup/directory';
import { loseWorkflow, untilListed } from '../setup/lost-workflow';
import { addressOf, eventually, mailTo, signIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
let cases: Cases;
const sweep = () => system.temporal.workflow.execute('sweeps', { taskQueue: 'dpa', workflowId: `sweeps-${Math.random()}` });
const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
const tenMinutesAgo = new Date(Date.now() - 601_000);
const workflow = (school: string) => system.temporal.workflow.getHandle(`registration/${school}`);

beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
});
afterAll(() => system.stop());

describe('Sweeps', () => {
  test('X7: forms, uploads and requests that came to nothing are removed after a day, and nothing else; twice removes nothing', async () => {
    const kept = await cases.pending();
    const form = { kind: 'SUBMISSION' as const, workflowId: 'none', schoolCode: freshSchool(), payload: {} };
    const old = { ...form, createdAt: twoDaysAgo };
    const rows = [
      { ...old, id: randomUUID(), caseId: randomUUID() },
      { ...old, id: randomUUID(), caseId: randomUUID(), state: 'REFUSED' as const },
      { ...form, id: randomUUID(), caseId: randomUUID() },
    ];
    await system.prisma.form.createMany({ data: rows });
    const file = { type: 'image/png', size: 1, content: Uint8Array.from([1]) };
    await system.prisma.storedFile.createMany({
      data: [
        { ...file, id: 'unclaimed', createdAt: twoDaysAgo },
        { ...file, id: 'claimed', createdAt: twoDaysAgo, claimedBy: kept.id },
        { ...file, id: 'fresh' },
      ],
    });
    await system.prisma.passwordReset.create({ data: { id: randomUUID(), createdAt: twoDaysAgo } });
    await system.prisma.draft.create({ data: { tokenHash: 'left', content: 'sealed', changedAt: twoDaysAgo } });
    const lookup = { accountId: randomUUID(), schoolCode: freshSchool(), nationalIdHash: 'h', found: 'NONE' as const };
    await system.prisma.staffLookup.createMany({
      data: [
        { ...lookup, id: randomUUID(), createdAt: twoDaysAgo },
        { ...lookup, id: randomUUID(), createdAt: twoDaysAgo, usedAt: twoDaysAgo },
        { ...lookup, id: randomUUID() },
      ],
    });
    expect(await sweep()).toMatchObject({ forms: 2, files: 1, 'password-resets': 1, drafts: 1, 'staff-lookups': 1 });
    expect((await system.prisma.storedFile.findMany({ select: { id: true } })).map(({ id }) => id).sort()).toEqual(['claimed', 'fresh']);
    expect(await system.prisma.form.findUnique({ where: { id: kept.id ?? '' } })).not.toBeNull();
    expect(await sweep()).toMatchObject({ forms: 0, files: 0, 'password-resets': 0, drafts: 0, 'staff-lookups': 0 });
    const text = await (await fetch(`${system.url}/metrics`)).text();
    expect(text).toMatch(/dpa_job_last_run_timestamp_seconds\{job="sweep-forms"\} \d+/);
  });

  test('a case whose workflow was lost is resumed', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await loseWorkflow(system, `registration/${school}`);
    await system.prisma.registration.update({ where: { id }, data: { waitingSince: tenMinutesAgo } });
    await sweep();
    expect((await workflow(school).describe()).status.name).toBe('RUNNING');
  });

  test('a workflow whose row has closed looks at it and ends', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await untilListed(system, `registration/${school}`);
    // As after a restore of the database alone.
    const closed = { status: 'WITHDRAWN' as const, deadlineKind: null, deadlineAt: null, dueAt: null, closedAt: tenMinutesAgo };
    await system.prisma.registration.update({ where: { id }, data: closed });
    await sweep();
    await eventually(async () => (await workflow(school).describe()).status.name === 'COMPLETED', 'the end of the closed case');
  });

  test('a mail that nobody carries goes out', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await mailTo(addressOf(school), 'received');
    await loseWorkflow(system, `registration/${school}`);
    await system.prisma.registration.update({ where: { id }, data: { status: 'REJECTED' } });
    const mail = { id: randomUUID(), registrationId: id, purpose: 'withdrawn', revision: 1, recipient: addressOf(school), createdAt: tenMinutesAgo };
    await system.prisma.mail.create({ data: mail });
    expect(await sweep()).toMatchObject({ MAILED: 1 });
    await mailTo(addressOf(school), 'withdrawn');
  });

  test('mails that are stuck are listed for the central office and the case’s own district, without addresses', async () => {
    const { id } = await cases.pending();
    const mail = {
      id: randomUUID(),
      registrationId: id,
      purpose: 'withdrawn',
      revision: 2,
      status: 'FAILED' as const,
      recipient: 'gone@school.test',
    };
    await system.prisma.mail.create({ data: mail });
    const central = await signIn(system.url, ACCOUNTS.central);
    const { body } = await cases.get('/api/mails', central);
    expect(body.items).toEqual([expect.objectContaining({ id: mail.id, status: 'FAILED', purpose: 'withdrawn' })]);
    expect(JSON.stringify(body)).not.toContain('gone@school.test');
    const seenBy = async (email: string) => (await cases.get('/api/mails', await signIn(system.url, email))).body.items;
    expect(await seenBy(ACCOUNTS.approver)).toEqual([expect.objectContaining({ id: mail.id })]);
    expect(await seenBy(ACCOUNTS.otherApprover)).toEqual([]);
  });
});
