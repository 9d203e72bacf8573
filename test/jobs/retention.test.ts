// X7: what is over is kept for its set time and not longer; rows, counts and the audit stay, and nothing breaks where the data was.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RETENTION_SWEEPS } from '../../activities/retention';
import { loadConfig, readKeys } from '../../config';
import { keptDays, keptSince } from '../../domain/retention';
import { type Cases, casesOf } from '../registration/support/cases';
import { keyRingOf } from '../roster/support/school';
import { withAdmin } from '../setup/database';
import { DISTRICT, freshSchool, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, confirmationFrom, freshNationalId, mailTo, type Reply, submission, trackedBy } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';

const DAY = 86_400_000;
const KEPT = 365 * DAY;
const EVIDENCE_KEPT = 100 * DAY;
const NAME = { title: 'นาย', firstName: 'หมดเวลา', lastName: 'เก็บรักษา' };
const REASON = 'หมดเวลาไม่ได้อยู่ที่นี่';
/** When everything of this file ended. */
const ENDED = new Date(Math.floor(Date.now() / 1000) * 1000);
const later = (milliseconds: number) => new Date(ENDED.getTime() + milliseconds);

let system: TestSystem;
let cases: Cases;
let evidence: Buffer;

beforeAll(async () => {
  system = await startSystem({ RETAIN_EVIDENCE: '100d' });
  cases = await casesOf(system);
  evidence = Buffer.from('%PDF-1.7\n%หลักฐาน\n%%EOF\n');
});
afterAll(() => system.stop());

/** Runs the parts as if it were then; the other sweeps would end the sessions of this test. */
async function sweepAt(now: Date): Promise<Record<string, number>> {
  const { policies, retention } = system.config;
  const tokenKey = readKeys(system.env).token;
  const dependencies = { prisma: system.prisma, keyRing: keyRingOf(system), tokenKey, policies, retention, now: () => now };
  const found: Record<string, number> = {};
  for (const [name, sweep] of Object.entries(RETENTION_SWEEPS)) found[name] = await sweep(dependencies);
  return found;
}

async function uploaded(): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(evidence)], { type: 'application/pdf' }), 'order.pdf');
  const response = await fetch(`${system.url}/api/files`, { method: 'POST', headers: { 'Sec-Fetch-Site': 'same-origin' }, body: form });
  const stored: unknown = await response.json();
  return typeof stored === 'object' && stored !== null && 'id' in stored ? String(stored.id) : '';
}

/** A delegate's registration with evidence. */
async function submitted(): Promise<{ id: string; school: string; token: string }> {
  const school = freshSchool();
  const delegator = { ...NAME, position: 'DIRECTOR', homeSchoolCode: school };
  const delegation = { delegator, evidence: { documentNumber: 'ลับ 1/2569', date: '2026-10-01', fileId: await uploaded() } };
  const registrant = { ...NAME, nationalId: freshNationalId(), position: 'TEACHER', phone: '032-999888' };
  const { id, trackingToken = '' } = await cases.pending(school, { capacity: 'DELEGATE', delegation }, registrant);
  return { id, school, token: trackingToken };
}

async function rejected() {
  const one = await submitted();
  await cases.post(`/api/schools/${one.school}/objections`, { name: NAME.firstName, phone: '02 000 0000', note: 'ไม่ใช่คนนี้' });
  await cases.decide(one.id, { decision: 'REJECT', reason: REASON });
  await mailTo(addressOf(one.school), 'rejected');
  await endedThen(one.id);
  return one;
}

async function active() {
  const one = await submitted();
  await cases.approve(one.id);
  await cases.post(await confirmationFrom(addressOf(one.school)), { password: 'ดอยสูงอากาศดี 9' });
  await endedThen(one.id);
  return one;
}

const endedThen = (id: string) => system.prisma.registration.update({ where: { id }, data: { closedAt: ENDED } });
const row = (id: string) => system.prisma.registration.findUniqueOrThrow({ where: { id } });
const files = (id: string) => system.prisma.storedFile.count({ where: { claimedBy: id } });
const actions = async (caseId: string) =>
  (await system.prisma.auditEntry.findMany({ where: { caseId }, orderBy: { seq: 'asc' } })).map((e) => e.action);
const deletions = async (id: string) => (await actions(id)).filter((action) => action === 'EVIDENCE_DELETED').length;
const evidenceOf = (id: string) => cases.get(`/api/registrations/${id}/evidence`);
const broken = () => withAdmin(system.database.adminUrl, async (admin) => (await admin.query('SELECT * FROM audit_broken')).rows);
const registrantOf = ({ body }: Reply) => body['registrant'];

describe('X7 a case that made nobody administrator', () => {
  let gone: Awaited<ReturnType<typeof rejected>>;
  let pending: Awaited<ReturnType<typeof submitted>>;

  test('one instant before its time is over nothing of it is deleted', async () => {
    gone = await rejected();
    pending = await submitted();
    await system.prisma.objection.updateMany({ data: { createdAt: ENDED } });
    expect(await sweepAt(later(EVIDENCE_KEPT - 1))).toMatchObject({ 'closed-registrations': 0, evidence: 0, objections: 0 });
    expect(await row(gone.id)).toMatchObject({ ...NAME, reason: REASON, erasedAt: null });
    expect((await evidenceOf(gone.id)).status).toBe(200);
  });

  test('evidence goes when its own time is over', async () => {
    expect(await sweepAt(later(EVIDENCE_KEPT))).toMatchObject({ evidence: 1, 'closed-registrations': 0 });
    expect(await evidenceOf(gone.id)).toMatchObject({ status: 410, body: { code: 'DATA_DELETED' } });
    const { body } = await cases.seen(gone.id);
    expect(body).toMatchObject({ delegation: { evidence: { attached: false, deletedAt: later(EVIDENCE_KEPT).toISOString() } }, registrant: NAME });
    expect(body.warnings).not.toContain('NO_EVIDENCE');
  });

  test('at its time its personal data goes: row, forms, mails, file and objection; the open case beside it keeps everything', async () => {
    const before = await Promise.all([system.prisma.registration.count(), system.prisma.form.count(), system.prisma.mail.count()]);
    expect(await sweepAt(later(KEPT - 1))).toMatchObject({ 'closed-registrations': 0 });
    expect(await sweepAt(later(KEPT))).toMatchObject({ 'closed-registrations': 1, objections: 1 });
    expect(await row(gone.id)).toMatchObject({
      firstName: '',
      lastName: '',
      email: '',
      phone: '',
      reason: null,
      delegation: null,
      status: 'REJECTED',
    });
    const traces = [NAME.firstName, NAME.lastName, addressOf(gone.school), '032-999888', 'ลับ 1/2569', 'ไม่ใช่คนนี้'];
    const left = JSON.stringify([
      await row(gone.id),
      await system.prisma.form.findMany({ where: { caseId: gone.id } }),
      await system.prisma.mail.findMany({ where: { registrationId: gone.id } }),
      await system.prisma.objection.findMany(),
      await system.prisma.auditEntry.findMany({ where: { caseId: gone.id } }),
    ]);
    for (const trace of traces) expect(left).not.toContain(trace);
    expect(await files(gone.id)).toBe(0);
    expect(await row(pending.id)).toMatchObject(NAME);
    expect(await files(pending.id)).toBe(1);
    expect(await Promise.all([system.prisma.registration.count(), system.prisma.form.count(), system.prisma.mail.count()])).toEqual(before);
  });

  test('twice deletes nothing more; the audit has its entries and verifies', async () => {
    // Mails of the case may be told at any time.
    const told = (await actions(gone.id)).filter((action) => !action.startsWith('MAIL_'));
    expect(await sweepAt(later(KEPT + DAY))).toMatchObject({ 'closed-registrations': 0, evidence: 0, objections: 0 });
    expect((await actions(gone.id)).filter((action) => !action.startsWith('MAIL_'))).toEqual(told);
    expect(told.slice(-2)).toEqual(['EVIDENCE_DELETED', 'DATA_DELETED']);
    expect(await broken()).toEqual([]);
  });

  test('the office, its lists and the registrant are told that it was deleted, and see how it ended', async () => {
    const reply = await cases.seen(gone.id);
    expect(reply).toMatchObject({ status: 200, body: { status: 'REJECTED', dataDeletedAt: later(KEPT).toISOString(), warnings: [] } });
    expect(registrantOf(reply)).toMatchObject({ nationalId: '', firstName: '', email: '' });
    expect(reply.body['history']).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'REJECTED' })]));
    expect((await cases.get('/api/registrations?status=REJECTED')).body.items).toHaveLength(1);
    expect((await evidenceOf(gone.id)).body.code).toBe('DATA_DELETED');
    const own = await cases.seen(gone.id, trackedBy(gone.token));
    expect(own).toMatchObject({ status: 200, body: { status: 'REJECTED', dataDeletedAt: later(KEPT).toISOString() } });
  });

  test('the pages of the case say so, the tracking link too; a page that offers earlier reasons still opens', async () => {
    const opened = await fetch(`${system.url}/track/${gone.token}`, { redirect: 'manual' });
    expect(opened.status).toBe(303);
    const page = (path: string, cookie: string) => fetch(`${system.url}${path}`, { headers: { cookie, accept: 'text/html' } });
    const told = [
      await page('/track', opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''),
      await page(`/office/registrations/${gone.id}`, cases.approver.Cookie),
    ];
    for (const response of told) {
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('ลบแล้วเมื่อครบกำหนดเวลาเก็บ');
    }
    expect((await page(`/office/registrations/${pending.id}`, cases.approver.Cookie)).status).toBe(200);
  });

  test('every page says for how long data is kept', async () => {
    const html = await (await fetch(`${system.url}/`, { headers: { accept: 'text/html' } })).text();
    expect(html).toContain('เมื่อครบ 365 วันหลังสิ้นสุด');
    expect(html).toContain('เมื่อครบ 100 วันหลังคำขอสิ้นสุด');
    expect(html).toContain('365 days after that end');
  });
});

describe('X7 a case that made somebody administrator', () => {
  test('evidence of an earlier revision goes too, where the last one has none', async () => {
    const { id, school, token } = await submitted();
    await cases.decide(id, { decision: 'RETURN', reason: 'แก้ไข' });
    const director = { ...NAME, nationalId: freshNationalId(), position: 'DIRECTOR' };
    const corrected = submission(school, {}, director);
    expect((await cases.resubmit(id, corrected, trackedBy(token))).status).toBe(200);
    expect(await row(id)).toMatchObject({ evidenceFileId: null });
    expect(await files(id)).toBe(1);
    await system.prisma.registration.update({ where: { id }, data: { status: 'ACTIVE', closedAt: ENDED } });
    await sweepAt(later(EVIDENCE_KEPT - 1));
    expect(await files(id)).toBe(1);
    await sweepAt(later(EVIDENCE_KEPT));
    expect(await files(id)).toBe(0);
    expect(await deletions(id)).toBe(1);
  });

  test('keeps its data however old it is; its evidence goes', async () => {
    const { id } = await active();
    await sweepAt(later(EVIDENCE_KEPT - 1));
    expect((await evidenceOf(id)).status).toBe(200);
    await sweepAt(later(10 * KEPT));
    expect(await row(id)).toMatchObject({ ...NAME, status: 'ACTIVE', erasedAt: null });
    expect(await evidenceOf(id)).toMatchObject({ status: 410, body: { code: 'DATA_DELETED' } });
    expect((await cases.seen(id)).body.warnings).not.toContain('NO_EVIDENCE');
    expect(await deletions(id)).toBe(1);
  });
});

test('X7: the schedule’s own run counts each part', async () => {
  const found = await system.temporal.workflow.execute('sweeps', { taskQueue: 'dpa', workflowId: `sweeps-${randomUUID()}` });
  expect(found).toMatchObject({ 'closed-registrations': 0, evidence: 0, 'closed-transfers': 0, objections: 0, 'used-lookups': 0 });
  expect(await (await fetch(`${system.url}/metrics`)).text()).toContain('dpa_job_found{job="sweep-closed-registrations"} 0');
});

describe('X7 transfers and look-ups', () => {
  const ended = async (status: 'REJECTED' | 'COMPLETED' | 'PENDING', differs: Record<string, unknown> = {}) => {
    const [id, personId, formId] = [randomUUID(), randomUUID(), randomUUID()];
    const name = { title: '', firstName: 'ผู้ย้าย', lastName: 'คนหนึ่ง', nameKey: 'ผู้ย้าย', position: 'TEACHER' };
    await system.prisma.person.create({ data: { id: personId, nationalIdHash: personId, nationalIdCipher: keyRingOf(system).seal('8'), ...name } });
    const form = { id: formId, kind: 'TRANSFER_DECISION' as const, workflowId: 'none', schoolCode: schoolOf(DISTRICT, 90) };
    await system.prisma.form.create({ data: { ...form, caseId: id, payload: { decision: 'REJECT', reason: REASON }, state: 'APPLIED' } });
    await system.prisma.transfer.create({
      data: {
        ...{ id, reference: `T-${id}`, personId, status, decider: 'SCHOOL', formId, requestedById: randomUUID() },
        ...{ fromSchoolCode: schoolOf(OTHER_DISTRICT, 90), toSchoolCode: schoolOf(DISTRICT, 90), toDistrictCode: DISTRICT },
        ...{ effectiveOn: ENDED, requestedAt: ENDED, waitingSince: ENDED, closedAt: status === 'PENDING' ? null : ENDED },
        ...{ reason: REASON, decisionReason: REASON, appealReason: REASON, order: { number: '9/2569', date: '2026-10-01' }, ...differs },
      },
    });
    return id;
  };
  const reasons = (id: string) =>
    system.prisma.transfer.findUniqueOrThrow({ where: { id }, select: { reason: true, decisionReason: true, appealReason: true, order: true } });

  test('the words of a closed transfer go at its time; one that is open keeps them', async () => {
    const [rejectedId, completedId, openId] = [await ended('REJECTED'), await ended('COMPLETED'), await ended('PENDING')];
    expect(await sweepAt(later(KEPT - 1))).toMatchObject({ 'closed-transfers': 0 });
    expect(await reasons(rejectedId)).toMatchObject({ reason: REASON });
    expect(await sweepAt(later(KEPT))).toMatchObject({ 'closed-transfers': 2 });
    expect(await sweepAt(later(KEPT))).toMatchObject({ 'closed-transfers': 0 });
    for (const id of [rejectedId, completedId]) {
      expect(await reasons(id)).toEqual({ reason: null, decisionReason: null, appealReason: null, order: null });
      expect(JSON.stringify(await system.prisma.form.findMany({ where: { caseId: id } }))).not.toContain(REASON);
      expect(await actions(id)).toEqual(['DATA_DELETED']);
    }
    expect(await reasons(openId)).toMatchObject({ reason: REASON });
    const { status, body } = await cases.get(`/api/transfers/${rejectedId}`);
    expect([status, body.status, body['dataDeletedAt']]).toEqual([200, 'REJECTED', later(KEPT).toISOString()]);
    expect(await broken()).toEqual([]);
  });

  test('a look-up that was used goes at its time', async () => {
    const used = { accountId: randomUUID(), schoolCode: schoolOf(DISTRICT, 90), nationalIdHash: 'h', found: 'NONE' as const };
    await system.prisma.staffLookup.create({ data: { ...used, id: randomUUID(), createdAt: ENDED, usedAt: ENDED } });
    expect(await sweepAt(later(KEPT - 1))).toMatchObject({ 'used-lookups': 0 });
    expect(await sweepAt(later(KEPT))).toMatchObject({ 'used-lookups': 1 });
  });

  test('R4.6: why an access was ended goes at its time', async () => {
    const [id, accountId, schoolCode] = [randomUUID(), randomUUID(), schoolOf(DISTRICT, 91)];
    const email = `ended-${accountId}@school.test`;
    await system.prisma.account.create({
      data: { id: accountId, email, emailKey: email, role: 'SCHOOL', name: 'x', passwordHash: '-', schoolCode, status: 'ENDED' },
    });
    await system.prisma.revocation.create({ data: { id, accountId, schoolCode, reason: REASON, revokedById: randomUUID(), createdAt: ENDED } });
    expect(await sweepAt(later(KEPT - 1))).toMatchObject({ revocations: 0 });
    expect(await sweepAt(later(KEPT))).toMatchObject({ revocations: 1 });
    expect(await sweepAt(later(KEPT))).toMatchObject({ revocations: 0 });
    expect(await system.prisma.revocation.findUnique({ where: { id } })).toMatchObject({ reason: '' });
  });
});

test('X7: times are told in whole days, and end to the millisecond', () => {
  expect([keptDays(1), keptDays(DAY), keptDays(DAY + 1), keptDays(365 * DAY)]).toEqual([1, 1, 2, 365]);
  expect(keptSince(later(KEPT), KEPT)).toEqual(ENDED);
  expect(loadConfig({}).retention).toEqual({ closedMs: KEPT, evidenceMs: KEPT });
});
