// What operators see in the Temporal UI without opening code: which cases wait, for whom, since when, what happens next, and
// which mail is failing. The queries are the views that docs/operations.md tells to save.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DpaDistrict, DpaDueAt, DpaEscalation, DpaSchool, DpaStage } from '../../contracts/search-attributes';
import { DISTRICT, freshSchool, HELD_SCHOOL } from '../setup/directory';
import { addressOf, eventually, mailTo, trackedBy } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { type Cases, casesOf } from './support/cases';
import { caseDetails } from './support/details';

let system: TestSystem;
let cases: Cases;

beforeAll(async () => {
  system = await startSystem({ REVIEW_ESCALATE_AFTER: '71h', REVIEW_CENTRAL_AFTER: '72h' });
  cases = await casesOf(system);
});
afterAll(() => system.stop());

const handleOf = (school: string) => system.temporal.workflow.getHandle(`registration/${school}`);

const detailsOf = (school: string) => caseDetails(system, school);

/** Waits until a saved view lists the school's case. */
async function expectListed(school: string, view: string): Promise<void> {
  await eventually(async () => {
    for await (const { workflowId } of system.temporal.workflow.list({ query: view })) if (workflowId === `registration/${school}`) return true;
    return false;
  }, `${school} in the view ${view}`);
}

describe('X3 what operators see', () => {
  test('R3.5 of a case that waits: for whom, since when, what happens next; then that it was escalated and is overdue', async () => {
    const school = freshSchool();
    const { submittedAt } = await cases.pending(school);
    await mailTo(addressOf(school), 'received');
    const details = await detailsOf(school);
    for (const line of [`**PENDING**, revision 1, school ${school}`, `Waits for: a decision of district ${DISTRICT}`, `Since: ${submittedAt}`])
      expect(details).toContain(line);
    expect(details).toMatch(/Next: at \d{4}-\d\d-\d\dT[\d:.]+Z the district's head may decide too/);
    const described = await handleOf(school).describe();
    expect(await described.staticSummary()).toBe(`Registration of school ${school}`);
    const attributes = described.typedSearchAttributes;
    expect([DpaStage, DpaSchool, DpaDistrict, DpaEscalation].map((key) => attributes.get(key))).toEqual(['PENDING', school, DISTRICT, 'NONE']);
    expect(attributes.get(DpaDueAt)).toEqual(expect.any(Date));

    await system.changeWorker({ REVIEW_ESCALATE_AFTER: '1s' });
    const late = freshSchool();
    await cases.pending(late);
    await expectListed(late, 'DpaEscalation!="NONE" AND ExecutionStatus="Running"');
    await expectListed(late, `DpaStage="PENDING" AND DpaDueAt < "${new Date().toISOString()}"`);
    expect(await detailsOf(late)).toContain(`a decision of district ${DISTRICT}, also by the district's head`);
    await system.changeWorker({});
  });

  test('each timer and each mail has a summary of its own', async () => {
    const school = freshSchool();
    await cases.pending(school);
    await mailTo(addressOf(school), 'received');
    const events = (await handleOf(school).fetchHistory()).events ?? [];
    const summaries = events.flatMap(({ userMetadata }) =>
      userMetadata?.summary?.data ? [Buffer.from(userMetadata.summary.data).toString('utf8')] : [],
    );
    expect(summaries).toEqual(
      expect.arrayContaining([
        expect.stringContaining('mail: received to REGISTRANT'),
        expect.stringMatching(/Until \S+: then the district's head may decide too/),
      ]),
    );
  });

  test('R4.1: nothing ends the attempts to send a mail but its going', async () => {
    const school = freshSchool();
    await cases.pending(school);
    await mailTo(addressOf(school), 'received');
    const events = (await handleOf(school).fetchHistory()).events ?? [];
    const [sending] = events.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled ?? []);
    expect([sending?.activityType?.name, sending?.retryPolicy?.maximumAttempts]).toEqual(['sendMail', 0]);
    expect(Number(sending?.scheduleToCloseTimeout?.seconds ?? 0)).toBe(0);
  });

  test('R1.4 of a notice that its district cannot get: the registration stands, which mail fails, why, and when it is tried again', async () => {
    await system.prisma.district.create({ data: { code: 'BOUNCES', name: 'เขตที่อีเมลใช้ไม่ได้', kind: 'AGENCY', email: null } });
    await system.prisma.school.create({ data: { code: '22223333', name: 'โรงเรียน', districtCode: 'BOUNCES' } });
    const delegator = { title: 'นาย', firstName: 'ก', lastName: 'ข', position: 'DIRECTOR', homeSchoolCode: '22223333' };
    const { id, status } = await cases.pending('22223333', { capacity: 'DELEGATE', delegation: { delegator } }, { position: 'TEACHER' });
    expect(status).toBe('PENDING');
    await expectListed('22223333', 'DpaMail IS NOT NULL AND ExecutionStatus="Running"');
    expect(await detailsOf('22223333')).toContain('Mail "delegation-notice" to DISTRICT: failing');
    const notice = { registrationId: id, audience: 'DISTRICT' };
    expect(await system.prisma.mail.findFirst({ where: notice })).toMatchObject({ status: 'RETRYING', lastError: 'NO_CONTACT' });
    const pending = (await handleOf('22223333').describe()).raw.pendingActivities ?? [];
    const [failing] = pending.filter(({ lastFailure }) => lastFailure);
    expect(failing?.lastFailure?.message).toContain('(NO_CONTACT). Mend it');
    expect(Number(failing?.currentRetryInterval?.seconds)).toBe(600);

    // One that has not gone out did not come back, whatever the case is told: it stays on its way.
    const { id: mailId } = await system.prisma.mail.findFirstOrThrow({ where: notice });
    const recorded = async () =>
      ((await handleOf('22223333').fetchHistory()).events ?? []).filter(({ markerRecordedEventAttributes: marker }) => marker).length;
    const before = await recorded();
    await handleOf('22223333').signal('mailBounced', { mailId });
    await eventually(async () => (await recorded()) > before, 'what the case made of it');
    expect(await detailsOf('22223333')).toContain('Mail "delegation-notice" to DISTRICT: failing');
    expect(await system.prisma.mail.findFirst({ where: notice })).toMatchObject({ status: 'RETRYING', lastError: 'NO_CONTACT' });

    // Mended, and tried at once as an operator can from the UI.
    await system.prisma.district.update({ where: { code: 'BOUNCES' }, data: { email: 'mended@district.test' } });
    await system.temporal.workflowService.resetActivity({
      namespace: system.config.temporal.namespace,
      execution: { workflowId: 'registration/22223333' },
      ...(failing?.activityId && { id: failing.activityId }),
    });
    await mailTo('mended@district.test', 'delegation-notice');
    await eventually(async () => !(await detailsOf('22223333')).includes('Mail'), 'nothing that fails');
  });

  test('R1.1, R4.1 told of a mail that came back: with whatever is typed, the case goes on, ends, and its school registers anew', async () => {
    const school = freshSchool();
    const { id, trackingToken } = await cases.pending(school);
    const { headers } = await mailTo(addressOf(school), 'received');
    const { id: mailId } = await system.prisma.mail.findFirstOrThrow({ where: { registrationId: id } });
    await eventually(async () => (await system.prisma.mail.findUniqueOrThrow({ where: { id: mailId } })).status === 'SENT', 'the row of the mail');
    for (const name of ['mailBounced', 'mailTrouble']) {
      for (const told of [[], [null], ['abc'], [{}], [{ mailId: 'abc' }], [{ mailId: 7 }]]) await handleOf(school).signal(name, ...told);
    }
    await handleOf(school).signal('objected', { objectionId: 'abc' });
    await handleOf(school).signal('mailBounced', { mailId: headers['message-id'] });
    await eventually(async () => (await detailsOf(school)).includes('Mail "received" to REGISTRANT: bounced'), 'what is shown');
    expect((await cases.seen(id)).body['mail']).toMatchObject({ status: 'BOUNCED' });
    expect((await cases.withdraw(id, trackedBy(trackingToken))).status).toBe(200);
    expect((await cases.pending(school)).status).toBe('PENDING');
  });

  test('R3.2 of a school without a district: that the central office is to assign one', async () => {
    await cases.pending(HELD_SCHOOL);
    await eventually(
      async () => (await detailsOf(HELD_SCHOOL)).includes('Waits for: the central office, to assign the school a district'),
      'the details',
    );
    expect(await detailsOf(HELD_SCHOOL)).toContain('Next: nothing by itself');
    expect((await handleOf(HELD_SCHOOL).describe()).typedSearchAttributes.get(DpaDueAt)).toBeUndefined();
  });

  test('R3.4 of a case that was returned, then closed: who is awaited, then nobody', async () => {
    const school = freshSchool();
    const { id, trackingToken } = await cases.pending(school);
    await cases.decide(id, { decision: 'RETURN', reason: 'แก้ไข' });
    await eventually(async () => (await detailsOf(school)).includes('Waits for: the registrant, to correct and resubmit'), 'the details');
    await cases.withdraw(id, trackedBy(trackingToken));
    await expectListed(school, 'DpaStage="WITHDRAWN" AND ExecutionStatus="Completed"');
    expect(await detailsOf(school)).toContain('Waits for: nobody: withdrawn by the registrant');
  });
});
