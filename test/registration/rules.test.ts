// The rules of registering over HTTP: each passes and refuses, by its ID in docs/requirements.md. What is asked of the fields alone
// is tested in test/domain and test/api; here is what needs the whole service.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeCursor } from '../../queries/cursor';
import { ACCOUNTS, DISTRICT, freshSchool, HELD_SCHOOL, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, call, eventually, freshNationalId, mailTo, refused, refusedFields, signIn, submission, trackedBy } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;
let central: { Cookie: string };

beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
  central = await signIn(system.url, ACCOUNTS.central);
});
afterAll(() => system.stop());

/** A delegate's submission: by the school's own director unless told. */
function delegated(school: string, delegator: Record<string, unknown> = {}, registrant: Record<string, unknown> = {}) {
  const director = { title: 'นาย', firstName: 'สมชาย', lastName: 'ผู้มอบ', position: 'DIRECTOR', homeSchoolCode: school, ...delegator };
  return submission(school, { capacity: 'DELEGATE', delegation: { delegator: director } }, { position: 'TEACHER', ...registrant });
}

describe('R1.1 one registration of a school', () => {
  test('a second one is refused while the first is open', async () => {
    const school = freshSchool();
    expect((await cases.submit(submission(school))).status).toBe(201);
    expect(refused(await cases.submit(submission(school)))).toEqual([409, 'REGISTRATION_OPEN']);
    expect((await call(system.url, 'GET', `/api/schools/${school}`)).body).toMatchObject({ registration: 'PENDING' });
  });

  test('an acting director in the own school gives the order', async () => {
    const school = freshSchool();
    const acting = (order?: object) =>
      submission(school, { capacity: 'ACTING_DIRECTOR', ...(order && { actingOrder: order }) }, { position: 'TEACHER' });
    expect(refused(await cases.submit(acting()))).toEqual([422, 'ORDER_REQUIRED']);
    expect((await cases.submit(acting({ number: 'ศธ 1/2569', date: '2026-10-01' }))).status).toBe(201);
  });

  test('a school that has an administrator is taken', async () => {
    const school = freshSchool();
    await system.prisma.account.create({
      data: {
        id: randomUUID(),
        email: `now@${school}.test`,
        emailKey: `now@${school}.test`,
        role: 'SCHOOL',
        name: 'เดิม',
        passwordHash: '-',
        schoolCode: school,
      },
    });
    expect(refused(await cases.submit(submission(school)))).toEqual([409, 'SCHOOL_HAS_ADMINISTRATOR']);
  });
});

describe('R1.2 R1.3 R1.4 delegation', () => {
  test('a teacher of the school registers for the director; the district is told, the approver sees NO_EVIDENCE', async () => {
    const school = freshSchool();
    const reply = await cases.submit(delegated(school));
    expect(reply.status).toBe(201);
    expect((await cases.seen(reply.body.id)).body.warnings).toEqual(['NO_EVIDENCE']);
    expect((await mailTo(`contact@${DISTRICT}.test`, 'delegation-notice')).text).toContain('มอบหมาย');
    const logged = async () =>
      JSON.stringify(await system.prisma.auditEntry.findMany({ where: { caseId: reply.body.id ?? '', action: 'MAIL_SENT' } }));
    await eventually(async () => (await logged()).includes('delegation-notice'), 'the notice in the audit');
  });

  test('R1.4: a correction that names another delegator is another delegation, of which the district is told too', async () => {
    const school = freshSchool();
    const delegate = { nationalId: freshNationalId() };
    const { id, trackingToken } = (await cases.submit(delegated(school, {}, delegate))).body;
    const notices = () => system.prisma.mail.count({ where: { registrationId: id ?? '', purpose: 'delegation-notice' } });
    const correctedTo = async (revision: number, delegator: Record<string, unknown>) => {
      await cases.decide(id, { decision: 'RETURN', revision, reason: 'แก้ไข' });
      const corrected = delegated(school, delegator, delegate);
      expect((await cases.resubmit(id, corrected, trackedBy(trackingToken))).status).toBe(200);
      return notices();
    };
    expect([await notices(), await correctedTo(1, {}), await correctedTo(2, { firstName: 'คนใหม่' })]).toEqual([1, 1, 2]);
  });

  test.each([
    ['educational personnel', { position: 'EDUCATIONAL_PERSONNEL' }, 'NOT_ELIGIBLE'],
    ['contract staff', { position: 'CONTRACT_STAFF' }, 'NOT_ELIGIBLE'],
    ['somebody of another school', { homeSchoolCode: schoolOf(OTHER_DISTRICT, 1) }, 'DELEGATE_NOT_OF_SCHOOL'],
  ])('%s is refused', async (_who, registrant, code) => {
    const reply = await cases.submit(delegated(freshSchool(), {}, registrant));
    expect(refused(reply)).toEqual([422, code]);
  });

  test('a school that the directory does not have is told at its field, wherever it is named', async () => {
    const school = freshSchool();
    const elsewhere = await cases.submit(delegated(school, { homeSchoolCode: '12121212' }));
    expect(refused(elsewhere)).toEqual([422, 'VALIDATION']);
    expect(elsewhere.body.errors).toMatchObject([{ path: 'delegation.delegator.homeSchoolCode', code: 'NOT_FOUND' }]);
    expect(refused(await cases.submit(submission('12121212')))).toEqual([422, 'VALIDATION']);
    expect((await cases.submit(delegated(school))).status).toBe(201);
  });

  test.each(['2569-10-01', '2099-01-01', '1899-12-31'])('X6: an order or evidence is not dated %s', async (date) => {
    const school = freshSchool();
    const named = delegated(school, { position: 'DEPUTY_DIRECTOR', actingOrder: { number: '1/2569', date } });
    Object.assign(named['delegation'] ?? {}, { evidence: { documentNumber: '1/2569', date } });
    const reply = await cases.submit(named);
    expect(refused(reply)).toEqual([422, 'VALIDATION']);
    expect(refusedFields(reply)).toEqual(['delegation.delegator.actingOrder.date IMPLAUSIBLE_DATE', 'delegation.evidence.date IMPLAUSIBLE_DATE']);
  });

  test('R1.3: evidence is attached, claimed once, and the approver gets it; what is no PDF is refused', async () => {
    const upload = (bytes: string, name: string) => {
      const form = new FormData();
      form.append('file', new Blob([bytes]), name);
      return fetch(`${system.url}/api/files`, { method: 'POST', body: form });
    };
    expect((await upload('MZ this is a program', 'evidence.pdf')).status).toBe(422);
    const stored: unknown = await (await upload('%PDF-1.7 evidence', 'evidence.pdf')).json();
    const fileId = typeof stored === 'object' && stored !== null && 'id' in stored ? stored.id : undefined;
    const school = freshSchool();
    const withFile = delegated(school);
    Object.assign(withFile['delegation'] ?? {}, { evidence: { documentNumber: '1/2569', date: '2026-10-01', fileId } });
    const reply = await cases.submit(withFile);
    expect(reply.status).toBe(201);
    expect((await cases.seen(reply.body.id)).body.warnings).toEqual([]);
    const file = await fetch(`${system.url}/api/registrations/${reply.body.id}/evidence`, { headers: cases.approver });
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(await file.text()).toBe('%PDF-1.7 evidence');
    const again = delegated(freshSchool());
    Object.assign(again['delegation'] ?? {}, { evidence: { fileId } });
    expect(refused(await cases.submit(again))).toEqual([422, 'FILE_REJECTED']);
  });

  test('R1.3: the central office requires evidence', async () => {
    expect((await call(system.url, 'PUT', '/api/settings', { evidenceRequired: true }, cases.approver)).status).toBe(403);
    await call(system.url, 'PUT', '/api/settings', { evidenceRequired: true }, central);
    expect(refused(await cases.submit(delegated(freshSchool())))).toEqual([422, 'EVIDENCE_REQUIRED']);
    await call(system.url, 'PUT', '/api/settings', { evidenceRequired: false }, central);
  });
});

describe('R1.5 R1.6 acting at another school', () => {
  test.each(['DIRECTOR', 'ACTING_DIRECTOR'])('%s of another school must delegate', async (capacity) => {
    const order = capacity === 'ACTING_DIRECTOR' ? { actingOrder: { number: '1', date: '2026-10-01' } } : {};
    const reply = await cases.submit(submission(freshSchool(), { capacity, ...order }, { homeSchoolCode: schoolOf(OTHER_DISTRICT, 2) }));
    expect(refused(reply)).toEqual([422, 'ACTING_MUST_DELEGATE']);
  });

  test('R1.6: delegates educational personnel of the acted-for school; nobody else', async () => {
    const acting = { homeSchoolCode: schoolOf(OTHER_DISTRICT, 3), actingOrder: { number: '9/2569', date: '2026-09-01' } };
    expect((await cases.submit(delegated(freshSchool(), acting, { position: 'EDUCATIONAL_PERSONNEL' }))).status).toBe(201);
    const elsewhere = delegated(freshSchool(), acting, { homeSchoolCode: schoolOf(OTHER_DISTRICT, 3) });
    expect(refused(await cases.submit(elsewhere))).toEqual([422, 'DELEGATE_NOT_OF_SCHOOL']);
  });

  test('R1.6: on the roster of another school: accepted, the approver alone sees it', async () => {
    const nationalId = freshNationalId();
    const school = freshSchool();
    const reply = await cases.submit(delegated(school, {}, { nationalId }));
    const row = await system.prisma.registration.findUniqueOrThrow({ where: { id: reply.body.id ?? '' } });
    const person = { id: randomUUID(), nationalIdHash: row.nationalIdHash, nationalIdCipher: row.nationalIdCipher };
    await system.prisma.person.create({
      data: {
        ...person,
        title: 'นาย',
        firstName: 'ก',
        lastName: 'ข',
        nameKey: 'กข',
        position: 'TEACHER',
        postings: { create: { id: randomUUID(), schoolCode: schoolOf(OTHER_DISTRICT, 4), from: new Date('2024-05-01') } },
      },
    });
    expect((await cases.seen(reply.body.id)).body.warnings).toEqual(['NO_EVIDENCE', 'ROSTER_ELSEWHERE']);
    const own = await cases.seen(reply.body.id, trackedBy(reply.body.trackingToken));
    expect(own.body).not.toHaveProperty('warnings');
  });
});

describe('R1.7 one person, one school', () => {
  test('may submit elsewhere; approval waits until the other ends', async () => {
    const nationalId = freshNationalId();
    const first = await cases.submit(submission(freshSchool(), {}, { nationalId }));
    const second = await cases.submit(submission(freshSchool(), {}, { nationalId }));
    expect(second.status).toBe(201);
    expect(JSON.stringify(second.body)).not.toContain('PERSON_HAS_SCHOOL');
    expect((await cases.seen(second.body.id)).body.warnings).toEqual(['PERSON_HAS_SCHOOL']);
    expect(refused(await cases.approve(second.body.id))).toEqual([409, 'PERSON_HAS_SCHOOL']);
    expect((await cases.decide(first.body.id, { decision: 'REJECT', reason: 'สมัครซ้ำ' })).status).toBe(200);
    expect((await cases.approve(second.body.id)).body.status).toBe('APPROVED');
  });
});

describe('R2.1 R2.2 R2.5 e-mail', () => {
  test('a delegate’s address needs a delegation', async () => {
    expect(refused(await cases.submit(submission(freshSchool(), { emailKind: 'DELEGATE' })))).toEqual([422, 'EMAIL_KIND']);
    const school = freshSchool();
    expect((await cases.submit({ ...delegated(school), emailKind: 'DELEGATE' })).status).toBe(201);
  });

  test('R2.2: a blank address is refused with guidance; a new one is taken', async () => {
    const blank = await cases.submit(submission(freshSchool(), { emailKind: 'NEW' }, { email: ' ' }));
    expect(blank.status).toBe(422);
    expect(blank.body.errors).toEqual([expect.objectContaining({ path: 'registrant.email', message: expect.stringContaining('สมัครอีเมลใหม่') })]);
    expect((await cases.submit(submission(freshSchool(), { emailKind: 'NEW' }))).status).toBe(201);
  });

  test('R2.1: an address that is another active account’s: accepted, warned, approval waits', async () => {
    const reply = await cases.submit(submission(freshSchool(), {}, { email: ACCOUNTS.head.toUpperCase() }));
    expect(reply.status).toBe(201);
    expect((await cases.seen(reply.body.id)).body.warnings).toEqual(['EMAIL_IN_USE']);
    expect(refused(await cases.approve(reply.body.id))).toEqual([409, 'EMAIL_IN_USE']);
  });

  test('R2.5 X5: however it was typed, the same rules and the same data come of it', async () => {
    const school = freshSchool();
    const typed = submission(
      school,
      {},
      { nationalId: '๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘', firstName: 'ก\u0E4D\u0E32นัล\u200B', lastName: 'เเก้ว  ใส', phone: '๐๓๒-๑๒๓ ต่อ ๑๒' },
    );
    const reply = await cases.submit(typed);
    expect(reply).toMatchObject({
      status: 201,
      body: { registrant: { nationalId: 'x-xxxx-xxxx0-70-8', firstName: 'กำนัล', lastName: 'แก้ว ใส' } },
    });
    expect(refused(await cases.submit(submission(freshSchool(), {}, { nationalId: '1101700230707' })))).toEqual([422, 'NATIONAL_ID']);
  });
});

describe('R3.1 R3.2 R3.4 decisions', () => {
  test('R3.1: attested, by the own district, at the revision seen, once', async () => {
    const reply = await cases.submit(submission(freshSchool()));
    const { id } = reply.body;
    const other = await signIn(system.url, ACCOUNTS.otherApprover);
    expect(refused(await cases.approve(id, other))).toEqual([403, 'FORBIDDEN']);
    expect(refused(await cases.seen(id, other))).toEqual([403, 'FORBIDDEN']);
    expect((await cases.post(`/api/registrations/${id}/decisions`, {})).status).toBe(401);
    expect(refused(await cases.decide(id, { decision: 'APPROVE' }))).toEqual([422, 'NOT_VERIFIED']);
    expect(refused(await cases.approve(id, cases.approver, 2))).toEqual([409, 'STALE_REVISION']);
    expect((await cases.approve(id)).status).toBe(200);
    const again = await cases.approve(id);
    expect(refused(again)).toEqual([409, 'ALREADY_DECIDED']);
    expect(again.body).toMatchObject({ decidedBy: { districtCode: DISTRICT, name: expect.any(String) }, decidedAt: expect.any(String) });
    expect(again.body).toMatchObject({ detail: expect.stringMatching(/ผู้พิจารณาคือ .+ เมื่อวันที่ .+ \/ .*The decision is by .+, of .+\(Bangkok\)/) });
  });

  test('R3.2: a school without district is held until the central office assigns one', async () => {
    const reply = await cases.submit(submission(HELD_SCHOOL));
    expect(reply.body).toMatchObject({ status: 'PENDING', district: null, dueAt: null });
    expect((await mailTo(addressOf(HELD_SCHOOL), 'received')).text).toContain('กำหนดสำนักงานที่พิจารณา');
    expect(refused(await cases.approve(reply.body.id))).toEqual([403, 'FORBIDDEN']);
    expect(refused(await cases.approve(reply.body.id, central))).toEqual([403, 'FORBIDDEN']);
    const assign = (headers: { Cookie: string }) =>
      call(system.url, 'PUT', `/api/schools/${HELD_SCHOOL}/district`, { districtCode: DISTRICT }, headers);
    expect((await assign(cases.approver)).status).toBe(403);
    expect((await assign(central)).status).toBe(200);
    await eventually(async () => (await cases.seen(reply.body.id)).status === 200, 'the case in its district');
    expect((await cases.approve(reply.body.id)).body.status).toBe('APPROVED');
  });

  test('R3.4: returned with a reason, corrected by the registrant, approved', async () => {
    const school = freshSchool();
    const first = await cases.submit(submission(school));
    const own = trackedBy(first.body.trackingToken);
    const resubmit = (body: unknown, headers: Record<string, string> = own) => cases.resubmit(first.body.id, body, headers);
    expect(refused(await resubmit(submission(school)))).toEqual([409, 'NOT_POSSIBLE_NOW']);
    expect(refused(await cases.decide(first.body.id, { decision: 'RETURN', reason: ' ' }))).toEqual([422, 'REASON_REQUIRED']);
    expect((await cases.decide(first.body.id, { decision: 'RETURN', reason: 'ชื่อไม่ตรงกับบัตร' })).body.status).toBe('RETURNED');
    expect((await mailTo(addressOf(school), 'returned')).text).toContain('ชื่อไม่ตรงกับบัตร');
    expect((await resubmit(submission(school), {})).status).toBe(401);
    const order = { capacity: 'ACTING_DIRECTOR', actingOrder: { number: '1', date: '2099-01-01' } };
    const elsewhere = await resubmit(submission(freshSchool(), order));
    expect(refusedFields(elsewhere)).toEqual(['schoolCode OTHER_SCHOOL', 'actingOrder.date IMPLAUSIBLE_DATE']);
    const corrected = await resubmit(submission(school, {}, { firstName: 'แก้ไขแล้ว' }));
    expect(corrected).toMatchObject({ status: 200, body: { status: 'PENDING', revision: 2, registrant: { firstName: 'แก้ไขแล้ว' } } });
    expect(refused(await cases.approve(first.body.id))).toEqual([409, 'STALE_REVISION']);
    expect((await cases.approve(first.body.id, cases.approver, 2)).body.status).toBe('APPROVED');
  });

  test('withdrawn by the registrant; the school is free again', async () => {
    const school = freshSchool();
    const first = await cases.submit(submission(school));
    const own = trackedBy(first.body.trackingToken);
    const withdraw = () => cases.withdraw(first.body.id, own);
    expect((await withdraw()).body.status).toBe('WITHDRAWN');
    const again = await withdraw();
    expect(refused(again)).toEqual([409, 'NOT_POSSIBLE_NOW']);
    expect(again.body).toMatchObject({ detail: expect.stringContaining('This registration was withdrawn.') });
    expect((await cases.submit(submission(school))).status).toBe(201);
    await mailTo(addressOf(school), 'withdrawn');
  });
});

describe('Lists', () => {
  test('R3.1 X8: of the own district alone, filtered and paged', async () => {
    const first = await cases.get('/api/registrations?status=PENDING&limit=2');
    expect(first.body.items).toHaveLength(2);
    const next = `/api/registrations?status=PENDING&limit=2&cursor=${String(first.body['nextCursor'])}`;
    const second = await cases.get(next);
    const ids = [...(first.body.items ?? []), ...(second.body.items ?? [])].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const warned = await cases.get('/api/registrations?warnings=true&limit=200');
    expect(warned.body.items?.every(({ warnings }) => Array.isArray(warnings) && warnings.length > 0)).toBe(true);
    const other = await signIn(system.url, ACCOUNTS.otherApprover);
    expect((await cases.get('/api/registrations', other)).body.items).toEqual([]);
    for (const broken of ['nonsense', writeCursor('0000-01-01T00:00:00Z', randomUUID()), writeCursor('-000001-01-01T00:00:00Z', randomUUID())]) {
      expect((await cases.get(`/api/registrations?cursor=${broken}`)).status).toBe(422);
    }
    expect((await call(system.url, 'GET', '/api/registrations')).status).toBe(401);
  });

  test('X7: where the data is gone nothing is left to be warned of, in the view and among those with warnings', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await cases.decide(id, { decision: 'REJECT', reason: 'ไม่ใช่' });
    await system.prisma.registration.update({ where: { id }, data: { capacity: 'DELEGATE' } });
    const among = async (warnings: boolean) => {
      const { body } = await cases.get(`/api/registrations?q=${school}&warnings=${warnings}`);
      return body.items?.map((item) => [item.id, item['warnings']]);
    };
    expect([await among(true), await among(false)]).toEqual([[[id, ['NO_EVIDENCE']]], []]);
    await system.prisma.registration.update({ where: { id }, data: { erasedAt: new Date() } });
    expect([await among(true), await among(false)]).toEqual([[], [[id, []]]]);
  });

  test('R3.2: a closed case keeps the office that had it, by its name, though its school went to another district', async () => {
    const school = freshSchool();
    const { id } = await cases.pending(school);
    await cases.decide(id, { decision: 'REJECT', reason: 'ไม่ใช่' });
    const { name } = await system.prisma.district.findUniqueOrThrow({ where: { code: DISTRICT } });
    await system.prisma.school.update({ where: { code: school }, data: { districtCode: OTHER_DISTRICT } });
    const seen = await cases.seen(id);
    expect(seen.body['district']).toEqual({ code: DISTRICT, name });
  });
});
