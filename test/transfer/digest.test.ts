// R5.3d, R3.5: whoever was asked about a transfer is reminded by the digest, with everything else that is due.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACCOUNTS, DISTRICT, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { mailsTo, mailTo, signIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { type Administrator, NAME, type Schools, schoolsOf } from './support/schools';

let system: TestSystem;
let schools: Schools;
let asking: Administrator;
let holding: Administrator;
/** All files share one mail box: this file's accounts have addresses of their own. */
const own = (email: string) => `transfer-digest-${process.pid}-${email}`;

beforeAll(async () => {
  system = await startSystem({ TRANSFER_REMIND_EVERY: '1m', DIGEST_WINDOW: '100h' });
  schools = schoolsOf(system);
  for (const { id, email } of await system.prisma.account.findMany()) {
    await system.prisma.account.update({ where: { id }, data: { email: own(email), emailKey: own(email) } });
  }
  asking = await schools.administrator(schoolOf(OTHER_DISTRICT, 1));
  holding = await schools.administrator(schoolOf(DISTRICT, 1));
});
afterAll(() => system.stop());

/** Runs the digests once, as the schedule would. */
const runDigests = () => system.temporal.workflow.execute('digests', { taskQueue: 'dpa', workflowId: `digests-${Math.random()}` });

async function waiting(schoolCode: string, seconds: number, decider?: 'DISTRICT' | 'CENTRAL'): Promise<string> {
  const { id = '', reference } = (await schools.request(asking, await schools.staff(schoolCode))).body;
  const waitingSince = new Date(Date.now() - seconds * 1_000);
  await system.prisma.transfer.update({ where: { id }, data: { waitingSince, ...(decider && { decider }) } });
  return String(reference);
}

describe('R5.3d digests of transfers', () => {
  test('to the holding school, its district or the central office, whoever was asked and has let it wait; nothing of the person', async () => {
    const atSchool = await waiting(holding.schoolCode, 120);
    const young = await waiting(holding.schoolCode, 5);
    const atDistrict = await waiting(schoolOf(DISTRICT, 2), 180);
    const atCentral = await waiting(schoolOf(DISTRICT, 3), 240, 'CENTRAL');
    expect(await runDigests()).toEqual({ mails: 4 });

    const toSchool = await mailTo(holding.email, 'reminder-digest');
    expect(toSchool.text).toContain(atSchool);
    for (const absent of [young, atDistrict, atCentral, NAME.firstName, NAME.lastName]) expect(toSchool.text).not.toContain(absent);
    const toApprover = await mailTo(own(ACCOUNTS.approver), 'reminder-digest');
    expect(toApprover.text.indexOf(atCentral)).toBeLessThan(toApprover.text.indexOf(atDistrict));
    expect(toApprover.text).not.toContain(atSchool);
    for (const account of [ACCOUNTS.head, ACCOUNTS.central]) {
      const { text } = await mailTo(own(account), 'escalation');
      expect(text).toContain(atCentral);
      expect(text).not.toContain(atDistrict);
    }
    expect(await mailsTo(own(ACCOUNTS.otherApprover), 'reminder-digest')).toEqual([]);
  });

  test('not again before its time, and not of what is decided', async () => {
    expect(await runDigests()).toEqual({ mails: 0 });
    const hourAgo = new Date(Date.now() - 3_600_000);
    await system.prisma.mail.updateMany({ where: { purpose: { in: ['reminder-digest', 'escalation'] } }, data: { createdAt: hourAgo } });
    const central = await signIn(system.url, own(ACCOUNTS.central));
    const open = await system.prisma.transfer.findMany({ where: { status: 'PENDING', decider: 'CENTRAL' } });
    for (const { id } of open) await schools.decide(central, id, { decision: 'REJECT', reason: 'ไม่' });
    expect(await runDigests()).toEqual({ mails: 2 });
  });
});
