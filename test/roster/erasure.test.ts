// X7: a person is erased from everywhere, and what stays still counts and verifies.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import { z } from 'zod';
import { REGISTRATION_WORKFLOW } from '../../contracts/registration';
import { registrationStartOptions } from '../../contracts/registration-start';
import { bangkokDate } from '../../domain/working-days';
import { APPROVE } from '../registration/support/cases';
import { waitingForLocks, whileHeld, withAdmin } from '../setup/database';
import { ACCOUNTS, DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, call, eventually, freshNationalId, mailTo, signIn, submission, tapped, tokenIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { keyRingOf, REST, type SchoolAtWork, schoolAtWork } from './support/school';

const TODAY = bangkokDate(new Date());
const NAME = { title: 'นาง', firstName: 'ลบทิ้งเถิด', lastName: 'เครื่องหมายไว้หา' };
const EMAIL = `erase-${randomUUID().slice(0, 8)}@school.test`;
const PHONE = '032 987 654';
const NATIONAL_ID = freshNationalId();
/** From before a change of name. */
const MAIDEN_NAME = 'นามสกุลเดิมก่อนสมรส';
/** Whatever of it is found in a table is personal data that stayed. */
const MARKS = [NAME.firstName, NAME.lastName, MAIDEN_NAME, EMAIL, PHONE.replaceAll(' ', '-'), PHONE, NATIONAL_ID, 'ตำแหน่ง9876', 'ดาราศาสตร์'];

let system: TestSystem;
let central: { Cookie: string };
let approver: { Cookie: string };
let school: SchoolAtWork;

beforeAll(async () => {
  system = await startSystem({ LIMIT_LOOKUPS: '100000/h' });
  central = await signIn(system.url, ACCOUNTS.central);
  approver = await signIn(system.url, ACCOUNTS.approver);
  school = await schoolAtWork(system, schoolOf(DISTRICT, 0));
});
afterAll(() => system.stop());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  call(system.url, 'POST', path, body, { 'Idempotency-Key': randomUUID(), ...headers });
const erase = (id: string, body: unknown, headers: Record<string, string> = central) => post(`/api/people/${id}/erasure`, body, headers);
const registrant = { ...NAME, nationalId: NATIONAL_ID, email: EMAIL, phone: PHONE };
const decide = (id: unknown, body: unknown) => post(`/api/registrations/${id}/decisions`, body, approver);

/** The rejected registration of somebody of whom nothing else is known. */
async function rejectedAt(code: string): Promise<{ id: string; nationalIdHash: string }> {
  const { id = '' } = (await post('/api/registrations', submission(code, {}, { nationalId: freshNationalId() }))).body;
  await decide(id, { decision: 'REJECT', revision: 1, reason: 'ไม่ใช่' });
  return system.prisma.registration.findUniqueOrThrow({ where: { id }, select: { id: true, nationalIdHash: true } });
}

/** A rejected registration, an objection to it, and a submission that was refused meanwhile. */
async function rejectedCase(code: string): Promise<void> {
  const { id } = (await post('/api/registrations', submission(code, {}, registrant))).body;
  await post('/api/registrations', submission(code, {}, registrant));
  await post(`/api/schools/${code}/objections`, { name: 'ผู้อื่น', phone: '02 000 0000', note: `${NAME.firstName}ไม่ใช่ผู้อำนวยการ` });
  await decide(id, { decision: 'REJECT', revision: 1, reason: `${NAME.lastName}ไม่ได้อยู่ที่นี่` });
  await mailTo(EMAIL, 'rejected');
}

/** A registration, at another address since, that the office returned and that is somebody else's by the correction. */
async function correctedToAnother(code: string): Promise<void> {
  const { id, trackingToken } = (await post('/api/registrations', submission(code, {}, { ...registrant, email: `old-${EMAIL}` }))).body;
  await post(`/api/registrations/${id}/address`, { email: EMAIL }, approver);
  await decide(id, { decision: 'RETURN', revision: 2, reason: `ให้เปลี่ยนจาก${NAME.firstName}` });
  const token = tokenIn(await mailTo(EMAIL, 'returned'), 'track');
  const corrected = await post(`/api/registrations/${id}/resubmissions`, submission(code), { Authorization: `Bearer ${token}` });
  expect([trackingToken === token, corrected.body['revision']]).toEqual([false, 3]);
  await decide(id, { decision: 'REJECT', revision: 3, reason: 'ไม่ครบ' });
}

/** An administrator whose time is over. */
async function endedAccount(code: string): Promise<void> {
  const { id } = (await post('/api/registrations', submission(code, {}, registrant))).body;
  await decide(id, { ...APPROVE, revision: 1 });
  const token = tokenIn(await mailTo(EMAIL, 'approved'), 'confirm');
  await post(`/api/confirmations/${token}`, { password: 'ดอยสูงอากาศดี 9' });
  await signIn(system.url, EMAIL, 'ดอยสูงอากาศดี 9');
}

/** Somebody else's registration in which the person delegated, and an objection that the person made. */
async function mentions(code: string, home: string): Promise<void> {
  const delegator = { ...NAME, position: 'DIRECTOR', homeSchoolCode: home };
  const { id } = (await post('/api/registrations', submission(code, { capacity: 'DELEGATE', delegation: { delegator } }, { position: 'TEACHER' })))
    .body;
  await decide(id, { decision: 'REJECT', revision: 1, reason: 'ไม่ครบ' });
  await post(`/api/schools/${home}/objections`, { name: `${NAME.title}${NAME.firstName} ${NAME.lastName}`, phone: PHONE, note: 'ขอคัดค้าน' });
}

/** On a roster, looked up by others, explained in an attestation, and moved once. */
async function onRoster(): Promise<string> {
  const other = await schoolAtWork(system, schoolOf(DISTRICT, 1));
  const contact = { email: EMAIL, phone: PHONE };
  const { body } = await school.add(NATIONAL_ID, {
    ...REST,
    ...NAME,
    lastName: MAIDEN_NAME,
    ...contact,
    positionNumber: 'ตำแหน่ง9876',
    major: 'ดาราศาสตร์',
  });
  const id = body.id ?? '';
  await other.lookUp(NATIONAL_ID);
  await school.call('PATCH', `/api/schools/${school.code}/staff/${id}`, { major: null, lastName: NAME.lastName });
  await school.call('PUT', `/api/schools/${school.code}/headcount`, { headcount: 1 });
  await post(`/api/schools/${school.code}/roster-checks`, { explanations: { [id]: `${NAME.firstName}ยังไม่ส่งเอกสาร` } }, school.headers);
  const now = new Date();
  await system.prisma.transfer.create({
    data: {
      ...{ id: randomUUID(), reference: 'T69-999999', personId: id, status: 'REJECTED', decider: 'SCHOOL', formId: randomUUID() },
      ...{ fromSchoolCode: school.code, toSchoolCode: other.code, requestedById: other.accountId },
      ...{ effectiveOn: now, requestedAt: now, waitingSince: now, reason: NAME.firstName, decisionReason: NAME.lastName, appealReason: EMAIL },
    },
  });
  return id;
}

/** What others wrote about others, and named the person in; and what they wrote without. */
async function spokenOf(transferred: string): Promise<{ named: string; unnamed: string }> {
  const other = await schoolAtWork(system, schoolOf(DISTRICT, 2));
  const remove = (id: string, reason: string) => school.call('POST', `/api/schools/${school.code}/staff/${id}/removal`, { reason, on: TODAY });
  const [named, unnamed] = [await school.addNew(), await school.addNew()];
  await remove(named, `แทน ${NAME.firstName}`);
  await remove(unnamed, 'ย้ายไปช่วยราชการ');
  const headcount = { headcount: `รอ${MAIDEN_NAME}ย้ายออก` };
  await school.call('PUT', `/api/schools/${school.code}/headcount`, { headcount: 9 });
  await post(`/api/schools/${school.code}/roster-checks`, { explanations: { ...headcount, [transferred]: 'รอเอกสาร' } }, school.headers);
  const now = new Date();
  await system.prisma.transfer.create({
    data: {
      ...{ id: randomUUID(), reference: 'T69-999998', personId: named, status: 'REJECTED', decider: 'SCHOOL', formId: randomUUID() },
      ...{ fromSchoolCode: school.code, toSchoolCode: other.code, requestedById: other.accountId },
      ...{ effectiveOn: now, requestedAt: now, waitingSince: now, reason: `แทนครู${NAME.lastName}`, decisionReason: 'อัตราไม่ว่าง' },
    },
  });
  const somebodyElse = (await post('/api/registrations', submission(schoolOf(DISTRICT, 11)))).body.id;
  await decide(somebodyElse, { decision: 'REJECT', revision: 1, reason: `เลข ${NATIONAL_ID} เป็นผู้ดูแลอยู่` });
  await post(`/api/schools/${schoolOf(DISTRICT, 11)}/objections`, { name: 'ผู้อื่น', phone: '02 000 0000', note: `${NAME.lastName}ลาออกแล้ว` });
  await officesWrote(other.accountId);
  return { named, unnamed };
}

/** Why accesses ended, a school closes, and how a school asked for help; the person's own revocation names nobody. */
async function officesWrote(otherAccount: string): Promise<void> {
  const { id: own } = await system.prisma.account.findFirstOrThrow({ where: { email: EMAIL } });
  const made = { schoolCode: school.code, revokedById: randomUUID(), createdAt: new Date() };
  await system.prisma.revocation.createMany({
    data: [
      { ...made, id: randomUUID(), accountId: own, reason: 'ทุจริต' },
      { ...made, id: randomUUID(), accountId: otherAccount, reason: `ให้${NAME.firstName}แทน` },
      { ...made, id: randomUUID(), accountId: school.accountId, reason: 'เกษียณ' },
    ],
  });
  const closing = { closedOn: new Date('2099-01-01'), closureReason: `${NAME.firstName} ${NAME.lastName} ย้ายออกเป็นคนสุดท้าย` };
  await system.prisma.school.update({ where: { code: schoolOf(DISTRICT, 11) }, data: closing });
  const form = { id: randomUUID(), kind: 'SUBMISSION', caseId: randomUUID(), workflowId: 'none', schoolCode: school.code } as const;
  const payload = { requestNote: `${NAME.firstName}โทรมา` };
  const { id: caseId, schoolCode } = await system.prisma.registration.findFirstOrThrow({ where: { schoolCode: schoolOf(DISTRICT, 11) } });
  await system.prisma.form.createMany({
    data: [
      // One that was refused has no case.
      { ...form, payload, state: 'REFUSED' },
      { ...form, id: randomUUID(), caseId, schoolCode, kind: 'DECISION', payload: { reason: `${NAME.firstName}โทรมา` }, state: 'APPLIED' },
    ],
  });
}

/** The rows of every table in which a mark stands, with what is sealed in them opened. */
async function marked(): Promise<string[]> {
  const ring = keyRingOf(system);
  const opened = (text: string) => text.replace(/test1\.[\w-]+\.[\w-]+\.[\w-]*/g, (sealed) => ring.open(sealed));
  const marks = [...MARKS, ring.lookupHash(NATIONAL_ID)];
  return withAdmin(system.database.adminUrl, async (admin) => {
    const { rows: tables } = await admin.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await admin.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM "${name}" t`);
      for (const { row } of rows) if (marks.some((mark) => opened(row).includes(mark))) found.push(name);
    }
    return [...new Set(found)].sort();
  });
}

const count = async () => ({
  people: await system.prisma.person.count(),
  postings: await system.prisma.posting.count(),
  registrations: await system.prisma.registration.count(),
  forms: await system.prisma.form.count(),
  mails: await system.prisma.mail.count(),
  lookups: await system.prisma.staffLookup.count(),
  checks: await system.prisma.rosterCheck.count(),
});

describe('X7 erasing a person', () => {
  let id: string;
  let others: { named: string; unnamed: string };
  const lookupKey = randomUUID();

  test('not while they administer a school or a case of theirs is open: 409 says which', async () => {
    await rejectedCase(schoolOf(DISTRICT, 10));
    await correctedToAnother(schoolOf(DISTRICT, 14));
    await endedAccount(schoolOf(DISTRICT, 11));
    await mentions(schoolOf(DISTRICT, 12), schoolOf(DISTRICT, 11));
    id = await onRoster();
    others = await spokenOf(id);
    // An answer that names nobody but by the ID of a look-up.
    await school.call('POST', '/api/staff-lookups', { nationalId: NATIONAL_ID }, { 'Idempotency-Key': lookupKey });
    const before = await marked();
    expect(before).toEqual(
      expect.arrayContaining([
        'account',
        'form',
        'idempotency_key',
        'mail',
        'objection',
        'person',
        'record_change',
        'registration',
        'revocation',
        'roster_check',
        'school',
        'staff_lookup',
        'transfer',
      ]),
    );
    expect(await erase(id, { reason: 'ขอลบ' })).toMatchObject({ status: 409, body: { code: 'ERASURE_BLOCKED', because: ['ADMINISTRATOR'] } });
    const open = (await post('/api/registrations', submission(schoolOf(DISTRICT, 13), {}, registrant))).body;
    await system.prisma.account.updateMany({ where: { email: EMAIL }, data: { status: 'ENDED', endedAt: new Date() } });
    await system.prisma.transfer.updateMany({ where: { personId: id }, data: { status: 'PENDING' } });
    expect((await erase(id, { reason: 'ขอลบ' })).body).toMatchObject({ because: ['REGISTRATION', 'TRANSFER'] });
    await system.prisma.transfer.updateMany({ where: { personId: id }, data: { status: 'REJECTED' } });
    await decide(open.id, { decision: 'REJECT', revision: 1, reason: 'ไม่ใช่' });
    await allMailsSent();
    expect(await marked()).toEqual(before);
  });

  test('by the central office alone, with a reason, by the ID of somebody whom there is', async () => {
    expect((await erase(id, { reason: 'ขอลบ' }, approver)).status).toBe(403);
    expect((await erase(id, { reason: 'ขอลบ' }, school.headers)).status).toBe(403);
    expect(await erase(id, { reason: ' ' })).toMatchObject({ status: 422, body: { code: 'REASON_REQUIRED' } });
    expect((await erase(randomUUID(), { reason: 'ขอลบ' })).status).toBe(404);
    expect((await erase(randomUUID(), { decision: 'X' })).status).toBe(404);
  });

  test('the office may refuse, and the reason is kept', async () => {
    const before = await marked();
    await erase(id, { decision: 'REFUSE', reason: `${NAME.firstName} ${NAME.lastName} ยังสอนอยู่` });
    expect(await erase(id, { decision: 'REFUSE', reason: 'ยังรับราชการอยู่' })).toMatchObject({ status: 200, body: { decision: 'REFUSE' } });
    expect(await system.prisma.erasure.findMany({ orderBy: { createdAt: 'asc' }, skip: 1 })).toMatchObject([
      { personId: id, decision: 'REFUSE', reason: 'ยังรับราชการอยู่' },
    ]);
    expect(await marked()).toEqual([...before, 'erasure'].sort());
  });

  test('found by national ID, which stands in no address', async () => {
    const { body } = await post('/api/people/searches', { nationalId: NATIONAL_ID }, central);
    expect(body).toMatchObject({ person: { id, school: { code: school.code } } });
    expect(body['registrations']).toHaveLength(3);
    expect((await post('/api/people/searches', { nationalId: NATIONAL_ID }, approver)).status).toBe(403);
  });

  test('the data is gone from every table; counts, history and audit stay, and the audit verifies', async () => {
    const before = await count();
    const key = { 'Idempotency-Key': randomUUID() };
    const marks = await marked();
    // The last step fails: nothing is half done, and the same request finishes it afterwards.
    const unreadable = { caller: 'zzz', key: 'unreadable', bodyHash: '', formId: randomUUID(), leaseUntil: new Date(), answer: 'gone.x.y.z' };
    await system.prisma.idempotencyKey.create({ data: { ...unreadable, status: 200 } });
    expect((await erase(id, { reason: 'ขอลบตามกฎหมาย' }, { ...central, ...key })).status).toBe(500);
    expect(await marked()).toEqual(marks);
    await system.prisma.idempotencyKey.deleteMany({ where: { caller: 'zzz' } });
    const replies = [
      await erase(id, { reason: 'ขอลบตามกฎหมาย' }, { ...central, ...key }),
      await erase(id, { reason: 'ขอลบตามกฎหมาย' }, { ...central, ...key }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(await marked()).toEqual([]);
    expect(await count()).toEqual(before);
    // Of whom the case became by its correction, all stays.
    expect(await system.prisma.registration.findFirst({ where: { schoolCode: schoolOf(DISTRICT, 14) } })).toMatchObject({
      reason: 'ไม่ครบ',
      firstName: 'กานดา',
    });
    expect(await system.prisma.mail.count({ where: { recipient: addressOf(schoolOf(DISTRICT, 14)) } })).toBeGreaterThan(0);
    expect(await system.prisma.posting.findMany({ where: { personId: id } })).toMatchObject([{ schoolCode: school.code, to: new Date(TODAY) }]);
    const actions = await system.prisma.auditEntry.findMany({ where: { caseId: `person/${id}` }, orderBy: { seq: 'asc' } });
    expect(actions.map(({ action }) => action)).toEqual(['ADDED', 'CHANGED', 'ERASURE_REFUSED', 'ERASURE_REFUSED', 'ERASED']);
    await withAdmin(system.database.adminUrl, async (admin) => expect((await admin.query('SELECT * FROM audit_broken')).rows).toEqual([]));
    expect(await erase(id, { reason: 'อีกครั้ง' })).toMatchObject({ status: 404 });
  });

  test('X5: free texts that name the person are emptied, those about others stay', async () => {
    const reason = async (personId: string) => (await system.prisma.posting.findFirstOrThrow({ where: { personId } })).endReason;
    expect([await reason(others.named), await reason(others.unnamed)]).toEqual([null, 'ย้ายไปช่วยราชการ']);
    expect(await system.prisma.transfer.findFirst({ where: { personId: others.named } })).toMatchObject({
      reason: null,
      decisionReason: 'อัตราไม่ว่าง',
    });
    const checks = await system.prisma.rosterCheck.findMany({ orderBy: { createdAt: 'asc' } });
    expect(checks.at(-1)?.explanations).toMatchObject({ headcount: '' });
    const revocations = await system.prisma.revocation.findMany({ orderBy: { reason: 'asc' } });
    expect(revocations.map((row) => row.reason)).toEqual(['', '', 'เกษียณ']);
    expect(await system.prisma.school.findUnique({ where: { code: schoolOf(DISTRICT, 11) } })).toMatchObject({ closureReason: '' });
    const reasons = await system.prisma.erasure.findMany({ orderBy: { createdAt: 'asc' } });
    expect(reasons.map((row) => row.reason)).toEqual(['', 'ยังรับราชการอยู่', 'ขอลบตามกฎหมาย']);
  });

  test('an answer that holds only the ID of a look-up is gone with the erasure', async () => {
    expect(await system.prisma.idempotencyKey.count({ where: { key: lookupKey } })).toBe(0);
    expect(await system.prisma.idempotencyKey.count()).toBeGreaterThan(0);
  });

  test('X1: the audit tells by references what was erased; it replays, and the district of the time reads it', async () => {
    const { body } = await call(system.url, 'GET', `/api/audit?subject=person/${id}&limit=200`, undefined, approver);
    const entry = body.items?.find(({ action }) => action === 'ERASED');
    expect(entry).toMatchObject({ schoolCode: school.code, districtCode: DISTRICT, before: { schoolCode: school.code } });
    expect(entry).toMatchObject({ after: { schoolCode: null, registrations: [expect.any(String), expect.any(String), expect.any(String)] } });
    const otherApprover = await signIn(system.url, ACCOUNTS.otherApprover);
    expect((await call(system.url, 'GET', `/api/audit?subject=person/${id}`, undefined, otherApprover)).body.items).toEqual([]);
    const { id: caseId } = await system.prisma.registration.findFirstOrThrow({ where: { schoolCode: schoolOf(DISTRICT, 10) } });
    const ofCase = await call(system.url, 'GET', `/api/registrations/${caseId}`, undefined, approver);
    expect(ofCase.body['history']).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'ERASED' })]));
  });

  test('what the offices look at still answers', async () => {
    const { body } = await call(system.url, 'GET', '/api/registrations?limit=200', undefined, central);
    expect(body.items?.length).toBeGreaterThan(0);
    expect(await (await fetch(`${system.url}/office`, { headers: { cookie: approver.Cookie, accept: 'text/html' } })).text()).toContain('</html>');
    expect(await school.summary()).toMatchObject({ listed: 0, checkedOn: TODAY });
    const transfers = await call(system.url, 'GET', '/api/transfers?direction=out', undefined, school.headers);
    expect(transfers).toMatchObject({
      status: 200,
      body: { items: [{ reference: 'T69-999999', person: { id, name: '' } }, { reference: 'T69-999998' }] },
    });
  });

  test('the national ID is nobody’s any more, and somebody new may have it', async () => {
    expect((await school.lookUp(NATIONAL_ID)).body['found']).toBe('NONE');
    expect((await school.add(NATIONAL_ID)).status).toBe(201);
  });

  test('a registrant who never was on a roster is erased by the registration', async () => {
    const nationalId = freshNationalId();
    const email = `other-${randomUUID().slice(0, 8)}@school.test`;
    const { id: registrationId = '' } = (await post('/api/registrations', submission(schoolOf(DISTRICT, 20), {}, { nationalId, email }))).body;
    await decide(registrationId, { decision: 'REJECT', revision: 1, reason: 'ไม่ใช่' });
    await mailTo(email, 'rejected');
    expect((await erase(registrationId, { reason: 'ขอลบ' })).status).toBe(200);
    expect(await system.prisma.registration.findUniqueOrThrow({ where: { id: registrationId } })).toMatchObject({
      firstName: '',
      email: '',
      phone: '',
    });
    expect((await erase(registrationId, { reason: 'ขอลบ' })).status).toBe(404);
  });

  test('whom a correction put somebody else in the place of is found, refused and erased by the form that is left', async () => {
    const [code, nationalId] = [schoolOf(DISTRICT, 25), freshNationalId()];
    const { id, trackingToken } = (await post('/api/registrations', submission(code, {}, { ...NAME, nationalId }))).body;
    const tracked = { Authorization: `Bearer ${trackingToken}` };
    const search = async () => (await post('/api/people/searches', { nationalId }, central)).body;
    expect(await search()).toMatchObject({ registrations: [{ id }], formerForms: [] });
    await decide(id, { decision: 'RETURN', revision: 1, reason: 'ผู้นี้ถูกพักราชการ' });
    // As in a database that is restored from before the correction: the request of then is repeated by the form.
    expect(await erase(`form-${id}`, { reason: 'ขอลบ' })).toMatchObject({ status: 409, body: { code: 'ERASURE_BLOCKED' } });
    await post(`/api/registrations/${id}/resubmissions`, submission(code), tracked);
    await decide(id, { decision: 'RETURN', revision: 2, reason: `แทน ${nationalId} หรือไม่` });
    await post(`/api/registrations/${id}/resubmissions`, submission(code), tracked);
    const { registrations, formerForms } = await search();
    expect([registrations, formerForms]).toEqual([[], [{ id: expect.any(String), reference: expect.any(String) }]]);
    const form = z.array(z.object({ id: z.string() })).parse(formerForms)[0]?.id ?? '';
    const page = await fetch(`${system.url}/office/erasure/${form}`, { headers: { cookie: central.Cookie, accept: 'text/html' } });
    expect(await page.text()).toContain(`${NAME.title}${NAME.firstName} ${NAME.lastName}`);
    expect(await erase(form, { decision: 'REFUSE', reason: 'ยังไม่ครบ' })).toMatchObject({ status: 200 });
    const held = { sql: 'SELECT 1 FROM form WHERE id = $1 FOR UPDATE', values: [form.replace('form-', '')] };
    const twice = () => Promise.all([erase(form, { reason: 'ขอลบ' }), erase(form, { reason: 'ขอลบ' })]);
    const both = await whileHeld(system.database.adminUrl, held, twice, { 'FROM form WHERE payload': 2 });
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(await search()).toMatchObject({ person: null, registrations: [], formerForms: [] });
    expect(await erase(form, { reason: 'อีกครั้ง' })).toMatchObject({ status: 404 });
    expect(await system.prisma.erasure.findMany({ where: { namingFormId: form.replace('form-', ''), registrationId: String(id) } })).toHaveLength(2);
    const { body } = await call(system.url, 'GET', `/api/registrations/${id}`, undefined, approver);
    expect(body).toMatchObject({ status: 'PENDING', registrant: { firstName: 'กานดา' } });
    const actions = (of: typeof body) => z.array(z.object({ action: z.string(), note: z.string().optional() })).parse(of['history']);
    const told = actions(body).filter(({ action }) => !['SUBMITTED', 'RESUBMITTED'].includes(action));
    expect(told.map(({ action }) => action)).toEqual(expect.arrayContaining(['FORMER_ERASURE_REFUSED', 'FORMER_ERASED', 'RETURNED']));
    expect(told.flatMap(({ note }) => note ?? [])).toEqual([]);
    // Whoever is the registrant now did not ask, and is told nothing of it (X8).
    const own = await call(system.url, 'GET', `/api/registrations/${id}`, undefined, tracked);
    expect(actions(own.body).filter(({ action }) => action.includes('ERAS'))).toEqual([]);
  });

  test('whom a form of an earlier revision names as delegator is taken out of it; who delegates now stays', async () => {
    const other = schoolOf(DISTRICT, 27);
    const nationalId = freshNationalId();
    const named = { ...NAME, firstName: 'จำเนียร', lastName: 'มอบหมายไว้' };
    const { id: own = '' } = (await post('/api/registrations', submission(other, {}, { ...named, nationalId }))).body;
    await decide(own, { decision: 'REJECT', revision: 1, reason: 'ไม่ใช่' });
    const by = (delegator: object) => ({
      capacity: 'DELEGATE',
      delegation: { delegator: { ...delegator, position: 'DIRECTOR', homeSchoolCode: other } },
    });
    const now = { ...NAME, firstName: 'ผู้มอบ', lastName: 'คนปัจจุบัน' };
    const delegated = (delegator: object) => submission(other, by(delegator), { position: 'TEACHER' });
    const { id, trackingToken } = (await post('/api/registrations', delegated(named))).body;
    await decide(id, { decision: 'RETURN', revision: 1, reason: 'แก้ไข' });
    await post(`/api/registrations/${id}/resubmissions`, delegated(now), { Authorization: `Bearer ${trackingToken}` });
    expect((await erase(own, { reason: 'ขอลบ' })).status).toBe(200);
    const forms = await system.prisma.form.findMany({
      where: { caseId: String(id), kind: { in: ['SUBMISSION', 'RESUBMISSION'] } },
      orderBy: { createdAt: 'asc' },
    });
    const said = forms.map(({ payload }) => JSON.stringify(payload));
    expect(said.map((text) => [text.includes('จำเนียร'), text.includes('คนปัจจุบัน')])).toEqual([
      [false, false],
      [false, true],
    ]);
  });

  test('a submission that is on its way is refused; its school is free', async () => {
    const code = schoolOf(DISTRICT, 21);
    const { id: registrationId, nationalIdHash } = await rejectedAt(code);
    const [formId, caseId] = [randomUUID(), randomUUID()];
    const form = { id: formId, kind: 'SUBMISSION', caseId, workflowId: `registration/${code}`, schoolCode: code } as const;
    await system.prisma.form.create({ data: { ...form, payload: { nationalIdHash } } });
    expect((await erase(registrationId, { reason: 'ขอลบ' })).status).toBe(200);
    expect(await system.prisma.form.findUnique({ where: { id: formId } })).toMatchObject({
      ...{ state: 'REFUSED', refusal: 'NOT_POSSIBLE_NOW', payload: {}, closedAt: expect.any(Date) },
    });
    // The workflow of the rejected case ends a moment after its row does.
    await system.temporal.workflow.getHandle(form.workflowId).result();
    const started = registrationStartOptions({ registrationId: caseId, schoolCode: code, formId });
    expect(await system.temporal.workflow.execute(REGISTRATION_WORKFLOW, started)).toBeNull();
    expect((await post('/api/registrations', submission(code))).status).toBe(201);
  });

  test('a submission that is being recorded is waited for, and keeps the person from being erased', async () => {
    const code = schoolOf(DISTRICT, 22);
    const { id, nationalIdHash } = await rejectedAt(code);
    const form = { id: randomUUID(), kind: 'SUBMISSION', caseId: id, workflowId: 'none', schoolCode: code } as const;
    await system.prisma.form.create({ data: { ...form, payload: { nationalIdHash } } });
    let erasing: ReturnType<typeof erase> | undefined;
    await system.prisma.$transaction(
      async (tx) => {
        await tx.form.update({ where: { id: form.id }, data: { state: 'APPLIED' } });
        erasing = erase(id, { reason: 'ขอลบ' });
        await eventually(async () => (await waitingErasures()) > 0, 'the erasure waits');
        await tx.registration.update({ where: { id }, data: { status: 'PENDING', closedAt: null } });
      },
      { timeout: 30_000 },
    );
    expect(await erasing).toMatchObject({ status: 409, body: { because: ['REGISTRATION'] } });
  });

  test('with a step that came between its locks, and waits for it while it waits for the step, it begins again', async () => {
    const code = schoolOf(DISTRICT, 24);
    const { id, nationalIdHash } = await rejectedAt(code);
    const form = { id: randomUUID(), kind: 'SUBMISSION', caseId: id, workflowId: 'none', schoolCode: code } as const;
    const lockCase = (admin: Client) => admin.query('SELECT 1 FROM registration WHERE id = $1 FOR UPDATE', [id]);
    const { adminUrl } = system.database;
    const erased = await withAdmin(adminUrl, (before) =>
      withAdmin(adminUrl, async (step) => {
        await before.query('BEGIN');
        await lockCase(before);
        const erasing = erase(id, { reason: 'ขอลบ' });
        const waitsFor = (statement: string) => eventually(async () => (await waitingForLocks(adminUrl, statement)) === 1, statement);
        await waitsFor('FROM registration WHERE national_id_hash');
        await system.prisma.form.create({ data: { ...form, payload: { nationalIdHash } } });
        // PostgreSQL looks for a deadlock when somebody has waited for so long: the erasure is to be the one that it ends.
        await step.query("SET deadlock_timeout = '5s'");
        await step.query('BEGIN');
        await step.query('SELECT 1 FROM form WHERE id = $1 FOR UPDATE', [form.id]);
        await before.query('COMMIT');
        await waitsFor('FROM form WHERE payload');
        // On a very slow machine it is the step all the same, and then there is nothing to begin again.
        await lockCase(step).catch(() => null);
        await step.query('ROLLBACK');
        return erasing;
      }),
    );
    expect(erased.status).toBe(200);
    expect(await system.prisma.form.findUnique({ where: { id: form.id } })).toMatchObject({ state: 'REFUSED', payload: {} });
    expect(await system.prisma.registration.findUnique({ where: { id } })).toMatchObject({ firstName: '' });
  });

  test('of two requests at one instant one erases, and the other is told that nobody is there any more', async () => {
    const somebody = await school.addNew();
    const registered = (await post('/api/registrations', submission(schoolOf(DISTRICT, 23)))).body.id ?? '';
    await decide(registered, { decision: 'REJECT', revision: 1, reason: 'ไม่ใช่' });
    // What became of a mail is recorded under the case's lock too.
    await allMailsSent();
    for (const [id, table] of [
      [somebody, 'person'],
      [registered, 'registration'],
    ] as const) {
      const both = await withAdmin(system.database.adminUrl, async (admin) => {
        await admin.query('BEGIN');
        await admin.query(`SELECT 1 FROM ${table} WHERE id = $1 FOR UPDATE`, [id]);
        const asked = [erase(id, { reason: 'ขอลบ' }), erase(id, { reason: 'ขอลบ' })];
        await eventually(async () => (await waitingErasures()) === 2, 'both wait');
        await admin.query('COMMIT');
        return Promise.all(asked);
      });
      expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    }
    expect(await system.prisma.auditEntry.count({ where: { caseId: `person/${somebody}`, action: 'ERASED' } })).toBe(1);
  });

  test('a double tap on the page is one erasure, and all are told that it is done', async () => {
    const id = await school.addNew();
    const holding = { sql: 'SELECT 1 FROM person WHERE id = $1 FOR UPDATE', values: [id] };
    const tap = () => tapped(system.url, `/office/erasure/${id}/erase`, { reason: 'ขอลบ' }, central);
    const told = await whileHeld(system.database.adminUrl, holding, tap, { 'FROM person WHERE id': 1, '"erasure"': 3 });
    expect(told).toEqual(Array(4).fill('/office/erasure?done=erased'));
    expect(await system.prisma.erasure.count({ where: { personId: id } })).toBe(1);
  });
});

const allMailsSent = () =>
  eventually(async () => (await system.prisma.mail.count({ where: { status: { in: ['QUEUED', 'RETRYING'] } } })) === 0, 'all mails sent');

/** How many erasures wait for somebody's lock; a workflow's own writes may wait beside them. */
const waitingErasures = () => waitingForLocks(system.database.adminUrl, 'FOR UPDATE');
