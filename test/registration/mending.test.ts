// R4.1, R2.8: mending an address, and objecting.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LETTERS } from '../../activities/letters';
import { earlierOutcome, recordOutcome } from '../../activities/mail-outcome';
import { createRegistrationActivities } from '../../activities/registration';
import { object } from '../../commands/object';
import { registrationWorkflowId } from '../../contracts/registration';
import { trackingToken } from '../../security/tokens';
import { tellOpenCase } from '../../temporal/case-workflows';
import { connectTemporal } from '../../temporal/connection';
import { ACCOUNTS, DISTRICT, FIRST_FRESH, freshSchool, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { loseWorkflow } from '../setup/lost-workflow';
import { addressOf, call, confirmationFrom, eventually, mailsTo, mailTo, signIn, submission, tokenIn, trackedBy } from '../setup/people';
import { lettering, recording, startSystem, type TestSystem } from '../setup/system';
import { type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;
let head: { Cookie: string };

beforeAll(async () => {
  system = await startSystem({ LIMIT_OBJECTIONS: '5/h' });
  cases = await casesOf(system);
  head = await signIn(system.url, ACCOUNTS.head);
});
afterAll(() => system.stop());

/** What the head of the district asked for, in a form that is still open; recorded when told. */
async function written(caseId: string, kind: 'ADDRESS' | 'RENEWAL' | 'DECISION', payload: Record<string, string | number>) {
  const { schoolCode } = await system.prisma.registration.findUniqueOrThrow({ where: { id: caseId } });
  const { id: officerId } = await system.prisma.account.findFirstOrThrow({ where: { email: ACCOUNTS.head } });
  const form = { id: randomUUID(), kind, caseId, workflowId: registrationWorkflowId(schoolCode), schoolCode, actorId: officerId, payload };
  await system.prisma.form.create({ data: form });
  const { recordForm } = createRegistrationActivities(recording(system));
  return { officerId, record: () => recordForm(form.id) };
}

/** Forgets the answer that is kept for repeats, as if it had been lost before. */
async function loseAnswer(key: string): Promise<void> {
  await system.prisma.idempotencyKey.updateMany({ where: { key }, data: { status: null, answer: null, leaseUntil: new Date(0) } });
}

describe('R4.1 mending the address', () => {
  test('makes a new revision, approved again by somebody else; the old address is told, and its links end', async () => {
    const school = freshSchool();
    const { id, trackingToken } = await cases.pending(school);
    await cases.approve(id);
    const link = await confirmationFrom(addressOf(school));
    const mended = await cases.mend(id, 'mended-by-office@school.test');
    expect(mended).toMatchObject({ status: 200, body: { status: 'PENDING', revision: 2, registrant: { email: 'mended-by-office@school.test' } } });
    await mailTo(addressOf(school), 'address-changed');
    expect((await call(system.url, 'GET', link)).status).toBe(410);
    expect((await cases.seen(id, trackedBy(trackingToken))).status).toBe(401);
    expect((await cases.approve(id, cases.approver, 2)).status).toBe(403);
    expect((await cases.approve(id, head, 2)).body.status).toBe('APPROVED');
    const fresh = tokenIn(await mailTo('mended-by-office@school.test', 'approved'), 'confirm');
    expect((await cases.post(`/api/confirmations/${fresh}`, { password: 'ดอยสูงอากาศดี 4' })).status).toBe(201);
  });

  test('returned and corrected it still is somebody else who approves; the database refuses it too', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    const email = `returned-${addressOf(school)}`;
    await cases.mend(id, email);
    await cases.decide(id, { decision: 'RETURN', revision: 2, reason: 'แก้ไข' });
    const registrant = trackedBy(tokenIn(await mailTo(email, 'returned'), 'track'));
    expect((await cases.resubmit(id, submission(school, {}, { email }), registrant)).body['revision']).toBe(3);
    expect(await cases.approve(id, cases.approver, 3)).toMatchObject({ status: 403, body: { code: 'SOMEBODY_ELSE_APPROVES' } });
    const { mendedById: decidedById } = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
    await expect(system.prisma.registration.update({ where: { id }, data: { status: 'APPROVED', decidedById } })).rejects.toThrow();
    expect((await cases.approve(id, head, 3)).body.status).toBe('APPROVED');
  });

  test('by a correction: the address before is told, without the name of whom it is now; the registrant’s link goes on', async () => {
    const school = freshSchool();
    const { id, trackingToken } = await cases.pending(school);
    await cases.decide(id, { decision: 'RETURN', reason: 'แก้ไข' });
    const email = `corrected-${addressOf(school)}`;
    const corrected = submission(school, {}, { email, firstName: 'ผู้มาแทน' });
    expect((await cases.resubmit(id, corrected, trackedBy(trackingToken))).status).toBe(200);
    const { text } = await mailTo(addressOf(school), 'address-changed');
    expect([text.includes('โดยการแก้ไขคำขอ'), text.includes('ผู้มาแทน'), text.includes(email)]).toEqual([true, false, false]);
    await mailTo(email, 'received');
    expect((await cases.seen(id, trackedBy(trackingToken))).status).toBe(200);
    await cases.decide(id, { decision: 'RETURN', revision: 2, reason: 'แก้ไข' });
    const again = submission(school, {}, { email: email.toUpperCase() });
    expect((await cases.resubmit(id, again, trackedBy(trackingToken))).body['revision']).toBe(3);
    expect(await system.prisma.mail.count({ where: { registrationId: id, purpose: 'address-changed' } })).toBe(1);
  });

  test('the latest mail is the one to the new address, though the old one is told at the same instant', async () => {
    const { id } = await cases.pending();
    const email = `latest-${id}@school.test`;
    await cases.mend(id, email);
    await mailTo(email, 'received');
    const toOld = await system.prisma.mail.findFirstOrThrow({ where: { registrationId: id, purpose: 'address-changed' } });
    const toNew = await system.prisma.mail.findFirstOrThrow({ where: { registrationId: id, purpose: 'received', revision: 2 } });
    expect(toOld.createdAt).toEqual(toNew.createdAt);
    const seen = async () => (await cases.seen(id)).body['mail'];
    const undelivered = async () => (await system.prisma.registrationFacts.findUniqueOrThrow({ where: { id } })).mailUndelivered;
    // Whichever the database comes upon first: once the old mailbox sends it back, once the new one does.
    for (const [mail, other, status] of [
      [toOld, toNew, 'SENT'],
      [toNew, toOld, 'BOUNCED'],
    ] as const) {
      await system.prisma.mail.update({ where: { id: mail.id }, data: { status: 'BOUNCED' } });
      await system.prisma.mail.update({ where: { id: other.id }, data: { status: 'SENT' } });
      expect([await seen(), await undelivered()]).toMatchObject([{ status }, status === 'BOUNCED']);
    }
  });

  test('by the central office of a case that was escalated to it: the same call again gives its answer, though the case is back with its district', async () => {
    const { id } = await cases.pending();
    await system.prisma.registration.update({ where: { id }, data: { escalation: 'CENTRAL' } });
    const central = await signIn(system.url, ACCOUNTS.central);
    const keyed = { ...central, 'Idempotency-Key': `central-${id}` };
    for (const _time of [1, 2]) {
      expect(await cases.mend(id, `central-${id}@school.test`, keyed)).toMatchObject({ status: 200, body: { revision: 2 } });
    }
    await loseAnswer(`central-${id}`);
    expect(await cases.mend(id, `central-${id}@school.test`, keyed)).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await cases.mend(id, `another-${id}@school.test`, central)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  test('refuses what is no address, other districts, and a case that is closed', async () => {
    const { id } = await cases.pending();
    const other = await signIn(system.url, ACCOUNTS.otherApprover);
    const mend = (email: unknown, headers?: Record<string, string>) => cases.mend(id, email, headers);
    expect((await mend('nothing')).status).toBe(422);
    expect((await mend('a@school.test', other)).status).toBe(403);
    expect((await mend('a@school.test', {})).status).toBe(401);
    expect(await mend(ACCOUNTS.approver.toUpperCase())).toMatchObject({
      ...{ status: 422, body: { code: 'OFFICER_AS_REGISTRANT', errors: [{ path: 'email' }] } },
    });
    await cases.decide(id, { decision: 'REJECT', reason: 'ไม่ใช่' });
    expect(await mend('a@school.test')).toMatchObject({ status: 409, body: { code: 'NOT_POSSIBLE_NOW' } });
  });
});

describe('R3.1 R3.4 a workflow that does not know what was recorded, since Temporal lost it', () => {
  test('that the address was mended: the new revision is approved, the one before is not', async () => {
    const { id } = await cases.pending();
    const email = `unheard-${id}@school.test`;
    // The head's form, which somebody else of the office then approves.
    await (await written(id, 'ADDRESS', { email })).record();
    expect(await cases.approve(id)).toMatchObject({ status: 409, body: { code: 'STALE_REVISION' } });
    expect(await cases.approve(id, cases.approver, 2)).toMatchObject({ status: 200, body: { status: 'APPROVED' } });
    await mailTo(email, 'approved');
  });

  test('that it was returned: the correction is taken, and decided', async () => {
    const school = freshSchool();
    const { id, trackingToken } = await cases.pending(school);
    await (await written(id, 'DECISION', { decision: 'RETURN', revision: 1, reason: 'แก้ไข' })).record();
    const corrected = await cases.resubmit(id, submission(school), trackedBy(trackingToken));
    expect(corrected).toMatchObject({ status: 200, body: { status: 'PENDING', revision: 2 } });
    expect((await cases.approve(id, cases.approver, 2)).body.status).toBe('APPROVED');
  });
});

describe('R4.1 the same address', () => {
  test('is no other one: 422 however it is typed, and nothing is mailed; the same call again gives its first answer', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    const same = { email: ` ${addressOf(school).toUpperCase()} ` };
    expect(await cases.post(`/api/registrations/${id}/address`, same, cases.approver)).toMatchObject({
      status: 422,
      body: { code: 'SAME_ADDRESS', errors: [{ path: 'email', code: 'SAME_ADDRESS' }] },
    });
    const keyed = { ...cases.approver, 'Idempotency-Key': `mend-${school}` };
    const other = { email: `other-${addressOf(school)}` };
    for (const _time of [1, 2]) {
      expect(await cases.post(`/api/registrations/${id}/address`, other, keyed)).toMatchObject({ status: 200, body: { revision: 2 } });
    }
    expect((await cases.post(`/api/registrations/${id}/address`, other, cases.approver)).body.code).toBe('SAME_ADDRESS');
  });

  test('the form of a call whose answer was lost gives it again, though the address is the same by then', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    const { id: callerId } = await system.prisma.account.findFirstOrThrow({ where: { email: ACCOUNTS.approver } });
    const caller = { id: callerId, role: 'DISTRICT' as const, schoolCode: null, districtCode: DISTRICT, head: false };
    const mend = (formId: string) => system.commands.mendAddress({ registrationId: id, caller, email: `mended-${addressOf(school)}`, formId });
    const formId = randomUUID();
    await mend(formId);
    await mend(formId);
    await expect(mend(randomUUID())).rejects.toMatchObject({ code: 'SAME_ADDRESS' });
    expect(await system.prisma.registration.findUniqueOrThrow({ where: { id } })).toMatchObject({ revision: 2 });
  });

  test('two calls with one address at once: one revision', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    const email = `at-once-${addressOf(school)}`;
    const replies = await Promise.all([cases.approver, head, cases.approver, head].map((headers) => cases.mend(id, email, headers)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422]);
  });

  test('of an officer whose account ended while another step was in the way nothing is recorded', async () => {
    const { id } = await cases.pending();
    const { officerId, record } = await written(id, 'ADDRESS', { email: `late-${id}@school.test` });
    await system.prisma.account.update({ where: { id: officerId }, data: { status: 'ENDED' } });
    expect(await record()).toMatchObject({ refusal: 'FORBIDDEN', state: { revision: 1 } });
    await system.prisma.account.update({ where: { id: officerId }, data: { status: 'ACTIVE' } });
  });

  test.each([
    ['ADDRESS', { email: 'late-officer@school.test' }],
    ['RENEWAL', {}],
  ] as const)('R3.1, R3.2: nor of one whose district has the school no more, told to the case or not (%s)', async (kind, payload) => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await cases.approve(id);
    const { record } = await written(id, kind, payload);
    await system.prisma.school.update({ where: { code: school }, data: { districtCode: OTHER_DISTRICT } });
    expect(await record()).toMatchObject({ refusal: 'FORBIDDEN', state: { status: 'APPROVED', revision: 1 } });
    expect(await system.prisma.link.count({ where: { registrationId: id } })).toBe(1);
    await system.prisma.school.update({ where: { code: school }, data: { districtCode: DISTRICT } });
    const { record: recordNext } = await written(id, kind, payload);
    expect((await recordNext()).refusal).toBeUndefined();
  });

  test('two addresses at once: the tracking link that went to the first one ends with it', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    const emails = [`one-${addressOf(school)}`, `two-${addressOf(school)}`];
    const replies = await Promise.all(emails.map((email, index) => cases.mend(id, email, [cases.approver, head][index])));
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    const { email: last } = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
    const tracked = async (token: string) => (await cases.seen(id, trackedBy(token))).status;
    expect(await tracked(tokenIn(await mailTo(last, 'received'), 'track'))).toBe(200);
    const { tokenKey } = recording(system);
    expect([await tracked(trackingToken(tokenKey, id, 1)), await tracked(trackingToken(tokenKey, id, 2))]).toEqual([401, 200]);
  });

  test('X8: what is still on its way to an address that was replaced is not sent: it may name somebody else, with a link that opens the case', async () => {
    const school = freshSchool();
    const { id, trackingToken: token } = await cases.pending(school);
    await cases.decide(id, { decision: 'RETURN', reason: 'แก้ไข' });
    await mailTo(addressOf(school), 'returned');
    const email = `corrected-${addressOf(school)}`;
    await cases.resubmit(id, submission(school, {}, { email, firstName: 'ผู้มาแทน' }), trackedBy(token));
    const letter = async (purpose: string, recipient: string) => {
      const mail = await system.prisma.mail.findFirstOrThrow({ where: { registrationId: id, purpose }, orderBy: { revision: 'asc' } });
      return LETTERS.get(purpose)?.(lettering(system), { ...mail, recipient });
    };
    for (const purpose of ['received', 'returned']) expect([purpose, await letter(purpose, addressOf(school))]).toEqual([purpose, null]);
    expect(await letter('address-changed', addressOf(school))).toMatchObject({ to: addressOf(school) });
    expect(await letter('received', email.toUpperCase())).toMatchObject({ to: email.toUpperCase() });
    // R2.8: of an objection whoever is on file now is told.
    await system.prisma.mail.updateMany({ where: { registrationId: id, purpose: 'received', revision: 1 }, data: { purpose: 'objection' } });
    expect(await letter('objection', addressOf(school))).toMatchObject({ to: email });
  });
});

describe('R3.4 what was decided of an earlier revision', () => {
  test('is told by the history, not by the row that waits again', async () => {
    const school = freshSchool();
    const { id, trackingToken } = await cases.pending(school);
    await cases.decide(id, { decision: 'RETURN', reason: 'แก้ชื่อ' });
    const returned = (await cases.seen(id)).body;
    expect(returned).toMatchObject({ status: 'RETURNED', reason: 'แก้ชื่อ', decidedAt: expect.any(String), decidedBy: expect.anything() });
    await cases.resubmit(id, submission(school), trackedBy(trackingToken));
    const { body } = await cases.seen(id);
    expect([body.status, body['reason'], body['decidedAt'], body['decidedBy']]).toEqual(['PENDING', undefined, undefined, undefined]);
    expect(body['history']).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'RETURNED', note: 'แก้ชื่อ' })]));
  });
});

describe('what the central office asked of a case that was escalated to it', () => {
  test('R3.4: a return is answered again after the resubmission, and nothing new is let in by it', async () => {
    const school = freshSchool();
    const { id, trackingToken } = await cases.pending(school);
    const central = await signIn(system.url, ACCOUNTS.central);
    const key = `return-${id}`;
    const returned = () => cases.decide(id, { decision: 'RETURN', reason: 'แก้ชื่อ' }, { ...central, 'Idempotency-Key': key });
    expect((await cases.decide(id, { decision: 'RETURN', reason: 'แก้ชื่อ' }, central)).status).toBe(403);
    await system.prisma.registration.update({ where: { id }, data: { escalation: 'CENTRAL' } });
    expect(await returned()).toMatchObject({ status: 200, body: { status: 'RETURNED' } });
    await cases.resubmit(id, submission(school), trackedBy(trackingToken));
    expect(await returned()).toMatchObject({ status: 200, body: { status: 'RETURNED' } });
    await loseAnswer(key);
    expect(await returned()).toMatchObject({ status: 200, body: { status: 'PENDING', revision: 2 } });
    expect(await cases.approve(id, central, 2)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    // Without a key, or with a new one, it is no repeat, and whoever is not entitled is told that, whatever the body says.
    for (const step of ['decisions', 'address'])
      for (const key of [{}, { 'Idempotency-Key': randomUUID() }])
        expect((await call(system.url, 'POST', `/api/registrations/${id}/${step}`, {}, { ...central, ...key })).status).toBe(403);
    expect((await cases.approve(id, cases.approver, 2)).body.status).toBe('APPROVED');
    expect((await cases.post(`/api/registrations/${id}/confirmation-mails`, undefined, central)).status).toBe(403);
  });

  test('R4.2: a new link is answered again after the address was mended, and no other one is sent', async () => {
    const { id } = await cases.pending();
    const central = await signIn(system.url, ACCOUNTS.central);
    await system.prisma.registration.update({ where: { id }, data: { escalation: 'CENTRAL' } });
    expect((await cases.approve(id, central)).body.status).toBe('APPROVED');
    const key = `renewal-${id}`;
    const renewed = () => cases.post(`/api/registrations/${id}/confirmation-mails`, undefined, { ...central, 'Idempotency-Key': key });
    expect((await renewed()).status).toBe(202);
    await cases.mend(id, `renewed-${id}@school.test`);
    await loseAnswer(key);
    expect((await renewed()).status).toBe(202);
    expect(await system.prisma.form.count({ where: { caseId: id, kind: 'RENEWAL' } })).toBe(1);
  });
});

describe('R3.5 what was done already', () => {
  test('a mail that went out, by an attempt whose answer was lost: another one tells the same, with the clock of the case', async () => {
    const { id } = await cases.pending();
    await cases.approve(id);
    const mail = await eventually(
      () => system.prisma.mail.findFirst({ where: { registrationId: id, purpose: 'approved', status: 'SENT' } }),
      'the mail with the link',
    );
    const { deadlineAt } = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
    const sent = { outcome: 'SENT', deadline: { kind: 'EXPIRE', at: deadlineAt?.toISOString() } };
    expect(await earlierOutcome(system.prisma, mail.id)).toEqual(sent);
    expect(await recordOutcome(recording(system), mail, { outcome: 'SENT', until: new Date(), error: null })).toEqual(sent);
    await cases.mend(id, `after-${id}@school.test`);
    expect(await earlierOutcome(system.prisma, mail.id)).toEqual({ outcome: 'SENT' });
  });

  test('a case that follows its school and the holidays already is not written again', async () => {
    const { id } = await cases.pending();
    const version = async () => (await system.prisma.$queryRaw<{ xmin: string }[]>`SELECT xmin::text FROM registration WHERE id = ${id}::uuid`)[0];
    const before = await version();
    const { refreshCase } = createRegistrationActivities(recording(system));
    expect(await refreshCase(id)).toMatchObject({ state: { status: 'PENDING', deadline: { kind: 'ESCALATE_HEAD' } } });
    expect(await version()).toEqual(before);
    await system.prisma.registration.update({ where: { id }, data: { deadlineAt: new Date(), dueAt: null } });
    const changed = await version();
    await refreshCase(id);
    expect(await version()).not.toEqual(changed);
  });
});

describe('R4.2 a link that is still good', () => {
  test('is no reason for another one: 409, no mail, and it works', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await cases.approve(id);
    const link = await confirmationFrom(addressOf(school));
    expect(await cases.post(`${link}/renewal`, undefined)).toMatchObject({ status: 409, body: { code: 'LINK_STILL_GOOD' } });
    expect(await mailsTo(addressOf(school), 'approved')).toHaveLength(1);
    expect((await cases.post(link, { password: 'ดอยสูงอากาศดี 5' })).status).toBe(201);
    expect((await cases.post(`${link}/renewal`, undefined)).status).toBe(410);
  });
});

/** As a browser sends a form of our own pages. */
const OWN_PAGE = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };
const pageOf = (link: string) => link.replace('/api/confirmations/', '/confirm/');

describe('R4.1 R4.2 the mailbox that was replaced', () => {
  test('has no say any more: its link gives no new one, and the one that the new mailbox got stays good', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await cases.approve(id);
    const old = await confirmationFrom(addressOf(school));
    const email = `right-${addressOf(school)}`;
    expect((await cases.mend(id, email)).status).toBe(200);
    await cases.approve(id, head, 2);
    const link = await confirmationFrom(email);
    expect(await cases.post(`${old}/renewal`, undefined)).toMatchObject({ status: 409, body: { code: 'NOT_POSSIBLE_NOW' } });
    const { name, phone } = await system.prisma.district.findUniqueOrThrow({ where: { code: DISTRICT } });
    const office = `${name} โทร. ${phone}`;
    const opened = await fetch(`${system.url}${pageOf(old)}`, { headers: OWN_PAGE });
    const told = await opened.text();
    expect([opened.status, told.includes(`ติดต่อ ${office}`), told.includes('/renewal')]).toEqual([410, true, false]);
    const asked = await fetch(`${system.url}${pageOf(old)}/renewal`, { method: 'POST', headers: OWN_PAGE });
    const html = await asked.text();
    expect([asked.status, html.includes(`ติดต่อ ${office}`), html.includes('/renewal')]).toEqual([409, true, false]);
    expect(await mailsTo(email, 'approved')).toHaveLength(1);
    expect((await cases.post(link, { password: 'ดอยสูงอากาศดี 5' })).status).toBe(201);
  });
});

describe('R2.8 objections', () => {
  const objection = { name: 'ผู้อำนวยการตัวจริง', phone: '032 000 111', note: 'ไม่ได้ยื่น' };

  test('marks the open case for the approver and tells the address on file; the answer is the same whatever is open', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    expect((await cases.post(`/api/schools/${school}/objections`, objection)).status).toBe(202);
    expect((await cases.post(`/api/schools/${freshSchool()}/objections`, objection)).status).toBe(202);
    await eventually(async () => (await cases.seen(id)).body['contested'] === true, 'contested');
    await mailTo(addressOf(school), 'objection');
    expect((await cases.approve(id)).status).toBe(200);
  });

  test('R2.8: a case whose workflow was lost is marked too', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await loseWorkflow(system, registrationWorkflowId(school));
    await system.commands.object({ ...objection, schoolCode: school, formId: randomUUID() });
    await eventually(async () => (await cases.seen(id)).body['contested'] === true, 'contested');
    await mailTo(addressOf(school), 'objection');
    expect((await cases.approve(id)).status).toBe(200);
  });

  test('R2.8 X8: received while Temporal is away, whatever is open; a case marks it when it is told to look, and once', async () => {
    const [school, free] = [freshSchool(), freshSchool()];
    const { id } = await cases.pending(school);
    const { config, prisma, temporal } = system;
    const away = connectTemporal({ ...config, temporal: { ...config.temporal, address: '127.0.0.1:1' } });
    const failed: unknown[] = [];
    const give = object({ prisma, temporal: away.client, now: () => new Date(), unanswered: (failure) => void failed.push(failure) });
    for (const schoolCode of [school, free]) await give({ ...objection, schoolCode, formId: randomUUID() });
    await eventually(async () => failed.length === 2, 'two calls without an answer');
    await away.close();
    expect((await cases.seen(id)).body['contested']).toBe(false);
    // One from before the submission is about another case.
    const createdAt = new Date(Date.now() - 3_600_000);
    const { id: earlier } = await prisma.objection.create({ data: { ...objection, id: randomUUID(), schoolCode: school, createdAt } });
    for (const _time of [1, 2]) await tellOpenCase(temporal, school);
    await eventually(async () => (await cases.seen(id)).body['contested'] === true, 'contested');
    await mailTo(addressOf(school), 'objection');
    const marking = await prisma.objection.findMany({ where: { schoolCode: school, registrationId: id } });
    expect([marking.length, marking.some((one) => one.id === earlier)]).toEqual([1, false]);
    expect(await prisma.auditEntry.count({ where: { caseId: id, action: 'OBJECTED' } })).toBe(1);
  });

  test('R2.8: throttled; without name, or for a school that is none, it is refused and uses nothing up', async () => {
    for (let round = 0; round < 3; round += 1) {
      expect((await cases.post(`/api/schools/${freshSchool()}/objections`, { ...objection, name: '' })).status).toBe(422);
      expect((await cases.post('/api/schools/12121212/objections', objection)).status).toBe(404);
    }
    const replies = await Promise.all(Array.from({ length: 4 }, () => cases.post(`/api/schools/${freshSchool()}/objections`, objection)));
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 202, 202, 429]);
    expect(await mailsTo(addressOf(schoolOf(DISTRICT, FIRST_FRESH)), 'objection')).toEqual([]);
  });
});
