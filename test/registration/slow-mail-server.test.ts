// R4.1: a mail server that takes its time is sent each mail once, also when the case that began it is over meanwhile.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshSchool } from '../setup/directory';
import { addressOf, eventually, trackedBy } from '../setup/people';
import { type Smtp, startSmtp } from '../setup/smtp';
import { startSystem, type TestSystem } from '../setup/system';
import { type Cases, casesOf } from './support/cases';

/** Longer than a claim on a mail lasts that nobody renews, shorter than the mailer's own patience. */
const SLOW_MS = 16_000;

let smtp: Smtp;
let system: TestSystem;
let cases: Cases;
beforeAll(async () => {
  smtp = await startSmtp();
  system = await startSystem({ SMTP_URL: smtp.url });
  cases = await casesOf(system);
});
afterAll(async () => {
  await system.stop();
  await smtp.close();
});

test('R4.1: a mail in the hands of a slow server is not sent a second time by the workflow that goes on with it', async () => {
  smtp.beforeAnswering = async ({ purpose }) => {
    if (purpose === 'received') await pause(SLOW_MS);
  };
  const school = freshSchool();
  const { id, trackingToken } = await cases.pending(school);
  await eventually(async () => smtp.taken(addressOf(school), 'received').length === 1, 'the server has it');
  expect((await cases.withdraw(id, trackedBy(trackingToken))).status).toBe(200);
  const sent = { registrationId: id, purpose: 'received', status: 'SENT' } as const;
  await eventually(async () => (await system.prisma.mail.count({ where: sent })) === 1, 'it went out', 2 * SLOW_MS);
  await eventually(async () => smtp.taken(addressOf(school), 'withdrawn').length === 1, 'the next one too', SLOW_MS);
  expect(smtp.taken(addressOf(school), 'received')).toHaveLength(1);
});
