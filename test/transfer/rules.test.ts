// The rules of transfers over HTTP: each passes and refuses, by its ID in docs/requirements.md.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ACCOUNTS, DISTRICT, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { call, eventually, mailsTo, mailTo, type Reply, refused, refusedFields, signIn } from '../setup/people';
import type { TestSystem } from '../setup/system';
import { type Administrator, contactOf, dayFromNow, NAME, REJECT, type Schools } from './support/schools';
import { openTransferWorld } from './support/world';

let system: TestSystem;
let schools: Schools;
let asking: Administrator;
let holding: Administrator;
let approver: { Cookie: string };
let otherApprover: { Cookie: string };
let central: { Cookie: string };
/** Without an administrator. */
const LEADERLESS = schoolOf(DISTRICT, 50);

beforeAll(async () => {
  ({ system, schools, approver, otherApprover, central, asking, holding } = await openTransferWorld());
});
afterAll(() => system.stop());

const actions = (reply: Reply) => JSON.stringify(reply.body['history']);
const nameIn = (body: Reply['body']) => z.looseObject({ name: z.string() }).parse(body['person']).name;

describe('R5.3d a transfer, whole', () => {
  test('asked for, agreed by the holding school, moved: the same record, with its history; all four offices are told', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const asked = await schools.request(asking, staff, { reason: 'คำสั่งย้าย', order: { number: 'ศธ 1/2569', date: '2026-10-01' } });
    expect(asked).toMatchObject({
      status: 201,
      body: {
        status: 'PENDING',
        reference: expect.stringMatching(/^T\d\d-\d{6}$/),
        fromSchoolCode: holding.schoolCode,
        toSchoolCode: asking.schoolCode,
        decider: { kind: 'SCHOOL', code: holding.schoolCode },
        effectiveOn: dayFromNow(0),
        person: { id: staff.personId, maskedId: staff.maskedId },
      },
    });
    const requested = await mailTo(holding.email, 'transfer-requested');
    expect(requested.text).toContain(`${NAME.firstName} ${NAME.lastName} (${staff.maskedId})`);
    expect(requested.text).toContain(`${system.config.publicUrl}/transfers/${asked.body.id}\n`);

    expect(await schools.decide(holding.headers, asked.body.id)).toMatchObject({ status: 200, body: { status: 'COMPLETED' } });
    expect(await schools.postedAt(staff)).toBe(asking.schoolCode);
    const postings = await system.prisma.posting.findMany({ where: { personId: staff.personId }, orderBy: { from: 'asc' } });
    const today = new Date(dayFromNow(0));
    expect(postings).toMatchObject([
      { schoolCode: holding.schoolCode, to: today, endReason: expect.stringContaining(String(asked.body['reference'])) },
      { schoolCode: asking.schoolCode, from: today, to: null },
    ]);
    for (const address of [holding.email, asking.email, contactOf(DISTRICT), contactOf(OTHER_DISTRICT)]) {
      expect((await mailTo(address, 'transfer-decided')).text).toContain(String(asked.body['reference']));
    }
    await eventually(async () => (await ended(staff.personId)) === 'COMPLETED', 'the end of the workflow');
    // X1: both districts are parties, and read the transfer and the move; so do both read of the mails.
    for (const email of [ACCOUNTS.approver, ACCOUNTS.otherApprover]) {
      const headers = await signIn(system.url, email);
      const read = async (subject: string) =>
        (await call(system.url, 'GET', `/api/audit?subject=${subject}`, undefined, headers)).body.items?.map(({ action }) => action);
      for (const name of [`transfer/${asked.body.id}`, asked.body['reference'], `transfer/${staff.personId}`]) {
        expect(await read(String(name))).toEqual(expect.arrayContaining(['REQUESTED', 'APPROVED', 'MOVED', 'MAIL_SENT']));
      }
      expect(await read(staff.personId)).toEqual(await read(`person/${staff.personId}`));
      expect(await read(`person/${staff.personId}`)).toContain('MOVED');
    }
    const history = actions(await schools.seen(asking.headers, asked.body.id));
    for (const action of ['REQUESTED', 'APPROVED', 'MOVED', 'MAIL_SENT', 'คำสั่งย้าย']) expect(history).toContain(action);
  });

  const ended = async (personId: string) => (await system.temporal.workflow.getHandle(`transfer/${personId}`).describe()).status.name;

  test('X3: its history in Temporal holds nothing personal, and is small', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const asked = await schools.request(asking, staff, { reason: 'เหตุผลส่วนตัว' });
    await schools.decide(holding.headers, asked.body.id);
    const handle = system.temporal.workflow.getHandle(`transfer/${staff.personId}`);
    await eventually(async () => (await ended(staff.personId)) === 'COMPLETED', 'the end of the workflow');
    const history = JSON.stringify(await handle.fetchHistory());
    const decoded = history.replace(/"([A-Za-z0-9+/=]{8,})"/g, (_all, base64: string) => Buffer.from(base64, 'base64').toString('utf8'));
    for (const personal of [NAME.firstName, NAME.lastName, 'เหตุผลส่วนตัว', asking.email, staff.maskedId]) expect(decoded).not.toContain(personal);
    // 38 where nothing comes in between; on a slow machine each mail and each child has a task of its own.
    expect((await handle.describe()).historyLength).toBeLessThanOrEqual(90);
  });

  test('on a later day it is scheduled, and moves when the day has come; both times everybody is told', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const effectiveOn = dayFromNow(30);
    const asked = await schools.request(asking, staff, { effectiveOn });
    expect(await schools.decide(holding.headers, asked.body.id)).toMatchObject({ status: 200, body: { status: 'SCHEDULED', effectiveOn } });
    expect(await schools.postedAt(staff)).toBe(holding.schoolCode);
    expect(refused(await schools.decide(holding.headers, asked.body.id))).toEqual([409, 'ALREADY_DECIDED']);

    await schools.dayComes(staff, asked.body.id);
    await eventually(async () => (await schools.postedAt(staff)) === asking.schoolCode, 'the move');
    const mails = () => mailsTo(asking.email, 'transfer-decided');
    const ofThis = async () => (await mails()).filter(({ text }) => text.includes(String(asked.body['reference'])));
    await eventually(async () => (await ofThis()).length === 2, 'both mails');
  });

  test.each([
    ['the day before yesterday', -2],
    ['more than a year ahead, such as a year of the Buddhist era', 370],
  ])('refuses an effective date: %s', async (_title, days) => {
    const staff = await schools.staff(holding.schoolCode);
    const reply = await schools.request(asking, staff, { effectiveOn: dayFromNow(days) });
    expect(reply).toMatchObject({ status: 422, body: { code: 'VALIDATION', errors: [{ path: 'effectiveOn', code: 'DATE' }] } });
  });
});

describe('R5.3d who decides', () => {
  test('rejecting needs a reason; the asking school may appeal once, and the holding school’s district decides', async () => {
    const { id } = await schools.asked(asking, {}, holding);
    expect(refused(await schools.decide(holding.headers, id, { decision: 'REJECT' }))).toEqual([422, 'REASON_REQUIRED']);
    expect(refused(await schools.decide(holding.headers, id, { decision: 'REJECT', reason: ' \u200b' }))).toEqual([422, 'REASON_REQUIRED']);
    const early = await schools.appeal(asking.headers, id);
    expect(refused(early)).toEqual([409, 'NOT_POSSIBLE_NOW']);
    expect(early.body).toMatchObject({ detail: expect.stringContaining('Only a rejected one can be appealed') });
    const rejected = await schools.decide(holding.headers, id, { decision: 'REJECT', reason: 'ยังไม่มีคำสั่งย้าย' });
    expect(rejected).toMatchObject({ status: 200, body: { status: 'REJECTED', decisionReason: 'ยังไม่มีคำสั่งย้าย' } });
    const told = await eventually(
      async () => (await mailsTo(asking.email, 'transfer-decided')).find(({ text }) => text.includes('ยังไม่มีคำสั่งย้าย')),
      'the rejection',
    );
    expect(told.text).toContain('พิจารณาทบทวน');
    expect(told.text).not.toContain(NAME.firstName);

    expect(refused(await schools.appeal(holding.headers, id))).toEqual([403, 'FORBIDDEN']);
    expect(refused(await schools.appeal(asking.headers, id, ' '))).toEqual([422, 'REASON_REQUIRED']);
    expect(await schools.appeal(asking.headers, id)).toMatchObject({
      status: 200,
      body: { status: 'PENDING', decider: { kind: 'DISTRICT', code: DISTRICT } },
    });
    await mailTo(contactOf(DISTRICT), 'transfer-requested');
    expect(refused(await schools.decide(holding.headers, id))).toEqual([403, 'FORBIDDEN']);
    expect(refused(await schools.decide(otherApprover, id))).toEqual([403, 'FORBIDDEN']);
    expect((await schools.decide(approver, id, { decision: 'REJECT', reason: 'ไม่ใช่' })).body.status).toBe('REJECTED');
    const twice = await schools.appeal(asking.headers, id);
    expect(refused(twice)).toEqual([409, 'NOT_POSSIBLE_NOW']);
    expect(twice.body).toMatchObject({ detail: expect.stringContaining('An appeal was made already') });
    expect(actions(await schools.seen(asking.headers, id))).toContain('มีคำสั่งย้ายแล้ว');
  });

  test('a decision that is asked for again is answered again, also after the appeal took the case from its decider', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const { id } = (await schools.request(asking, staff)).body;
    const rejection = { decision: 'REJECT', reason: 'ยังไม่มีคำสั่งย้าย' };
    const reject = (key: string, headers = holding.headers) =>
      call(system.url, 'POST', `/api/transfers/${id}/decisions`, rejection, { ...headers, 'Idempotency-Key': key });
    const key = randomUUID();
    const first = await reject(key);
    expect(first.status).toBe(200);
    expect((await schools.appeal(asking.headers, id)).status).toBe(200);
    expect(await reject(key)).toMatchObject({ status: 200, body: { status: 'REJECTED' } });
    expect(refused(await reject(randomUUID()))).toEqual([403, 'FORBIDDEN']);
    expect(refused(await reject(randomUUID(), asking.headers))).toEqual([403, 'FORBIDDEN']);
  });

  test('an appeal may be won', async () => {
    const { staff, id } = await schools.asked(asking, {}, holding);
    await schools.decide(holding.headers, id, REJECT);
    await schools.appeal(asking.headers, id);
    expect((await schools.decide(approver, id)).body.status).toBe('COMPLETED');
    expect(await schools.postedAt(staff)).toBe(asking.schoolCode);
  });

  test('X8: nobody else: neither who asked, nor a district or the central office before their time', async () => {
    const { id } = await schools.asked(asking, {}, holding);
    for (const headers of [asking.headers, approver, otherApprover, central]) {
      expect(refused(await schools.decide(headers, id))).toEqual([403, 'FORBIDDEN']);
    }
    expect((await schools.decide({ Cookie: '' }, id)).status).toBe(401);
    expect(refused(await schools.decide(holding.headers, randomUUID()))).toEqual([404, 'NOT_FOUND']);
    expect((await schools.decide(holding.headers, id)).body.status).toBe('COMPLETED');
  });

  test('already decided: who and when is told', async () => {
    const { id } = await schools.asked(asking, {}, holding);
    await schools.decide(holding.headers, id);
    const late = await schools.decide(holding.headers, id, { decision: 'REJECT', reason: 'เปลี่ยนใจ' });
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_DECIDED', decidedBy: { schoolCode: holding.schoolCode }, decidedAt: expect.any(String) },
    });
    expect(late.body).toMatchObject({ detail: expect.stringMatching(/ผู้พิจารณาคือ .+ \/ .*The decision is by .+\(Bangkok\)/) });
  });

  test('a school without an administrator: its district at once', async () => {
    const staff = await schools.staff(LEADERLESS);
    const asked = await schools.request(asking, staff);
    expect(asked.body).toMatchObject({ decider: { kind: 'DISTRICT', code: DISTRICT } });
    expect((await schools.decide(approver, asked.body.id)).body.status).toBe('COMPLETED');
  });
});

describe('R5.3e a person who is posted nowhere', () => {
  test('is claimed at once; the last school’s district is told', async () => {
    const staff = await schools.staff(LEADERLESS);
    await schools.remove(staff);
    const claimed = await schools.request(asking, staff);
    expect(claimed).toMatchObject({ status: 201, body: { status: 'COMPLETED', toSchoolCode: asking.schoolCode } });
    expect(claimed.body).not.toHaveProperty('fromSchoolCode');
    expect(claimed.body).not.toHaveProperty('decider');
    expect(await schools.postedAt(staff)).toBe(asking.schoolCode);
    const reference = String(claimed.body['reference']);
    const told = async () => (await mailsTo(contactOf(DISTRICT), 'transfer-decided')).find(({ text }) => text.includes(reference));
    expect((await eventually(told, 'the notice to the last district')).text).toContain('มิได้อยู่ในสถานศึกษาใด');
    expect((await schools.seen(approver, claimed.body.id)).status).toBe(200);
    for (const headers of [approver, central, holding.headers])
      expect(refused(await schools.decide(headers, claimed.body.id))).toEqual([403, 'FORBIDDEN']);
  });

  test('the last school is the later one of a day on which the person moved and left again', async () => {
    const staff = await schools.staff(holding.schoolCode);
    await schools.decide(holding.headers, (await schools.request(asking, staff)).body.id);
    await schools.leaves(asking, staff);
    const claimed = await schools.request(holding, staff);
    expect(claimed.body['status']).toBe('COMPLETED');
    expect(await schools.row(claimed.body.id)).toMatchObject({ fromDistrictCode: OTHER_DISTRICT });
  });

  test('who asks with the date of a clock in UTC, where the day begins later, claims as of today', async () => {
    const staff = await schools.staff(null);
    const claimed = await schools.request(asking, staff, { effectiveOn: dayFromNow(-1) });
    expect(claimed.body).toMatchObject({ status: 'COMPLETED', effectiveOn: dayFromNow(0) });
  });

  test.each([1, 366, -2])('is not claimed for another day (%s days from now): 422', async (days) => {
    const staff = await schools.staff(null);
    const asked = await schools.request(asking, staff, { effectiveOn: dayFromNow(days) });
    expect(refused(asked)).toEqual([422, 'VALIDATION']);
    expect(asked.body.errors).toMatchObject([{ path: 'effectiveOn', code: 'DATE' }]);
    expect(await schools.postedAt(staff)).toBeNull();
  });

  test('refuses a claim of somebody who is posted after all: it waits for the holding school', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const lookupId = await schools.lookup(asking, staff, { found: 'UNPOSTED' });
    const asked = await schools.ask(asking, { lookupId, toSchoolCode: asking.schoolCode, ...NAME });
    expect(asked.body).toMatchObject({ status: 'PENDING', decider: { kind: 'SCHOOL' } });
  });
});

describe('R5.3c what a request cites', () => {
  test('the name typed confirms who is meant, however it is typed (X5); three wrong ones void the look-up', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const lookupId = await schools.lookup(asking, staff);
    const wrong = { lookupId, toSchoolCode: asking.schoolCode, firstName: 'สมชาย', lastName: NAME.lastName };
    expect(await schools.ask(asking, wrong)).toMatchObject({ status: 422, body: { code: 'NAME_MISMATCH', triesLeft: 2 } });
    const again = await schools.ask(asking, wrong);
    expect(again.body).toMatchObject({ code: 'NAME_MISMATCH', triesLeft: 1 });
    expect(refusedFields(again)).toEqual(['firstName NAME_MISMATCH', 'lastName NAME_MISMATCH']);
    expect((await schools.ask(asking, wrong)).body).toMatchObject({ code: 'NAME_MISMATCH', triesLeft: 0 });
    expect(refused(await schools.ask(asking, { ...wrong, ...NAME }))).toEqual([422, 'LOOKUP_REQUIRED']);
    const spelled = { firstName: ' สม\u200bปอง ', lastName: 'ใจ งาม' };
    expect((await schools.request(asking, staff, spelled)).status).toBe(201);
    expect(await system.prisma.auditEntry.count({ where: { action: 'NAME_MISMATCH', caseId: `school/${asking.schoolCode}` } })).toBe(3);
  });

  test('a burst of wrong names has three tries, as a queue has', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const lookupId = await schools.lookup(asking, staff);
    const wrong = { lookupId, toSchoolCode: asking.schoolCode, firstName: 'สมชาย', lastName: 'ผิด' };
    const replies = await Promise.all(Array.from({ length: 12 }, () => schools.ask(asking, wrong)));
    const codes = replies.map(({ body }) => body.code).sort();
    expect(codes).toEqual([...Array.from({ length: 9 }, () => 'LOOKUP_REQUIRED'), ...Array.from({ length: 3 }, () => 'NAME_MISMATCH')]);
  });

  test.each([
    ['somebody else’s', async () => ({ accountId: holding.accountId })],
    ['of another school', async () => ({ schoolCode: holding.schoolCode })],
    ['that found nobody', async () => ({ found: 'NONE', personId: null })],
    ['that found somebody on the own roster who left since', async () => ({ found: 'HERE' })],
    ['that was used', async () => ({ usedAt: new Date() })],
    ['that is void', async () => ({ wrongNames: 3 })],
    ['a day old', async () => ({ createdAt: new Date(Date.now() - 24 * 3_600_000) })],
  ])('refuses a look-up: %s', async (_title, differs) => {
    const staff = await schools.staff(holding.schoolCode);
    const lookupId = await schools.lookup(asking, staff, await differs());
    const reply = await schools.ask(asking, { lookupId, toSchoolCode: asking.schoolCode, ...NAME });
    expect([...refused(reply), refusedFields(reply)]).toEqual([422, 'LOOKUP_REQUIRED', ['lookupId LOOKUP_REQUIRED']]);
  });

  test('R5.3a: without a look-up it is LOOKUP_REQUIRED that stands at the top; beside other broken fields it is one of them', async () => {
    const body = { toSchoolCode: asking.schoolCode, ...NAME };
    for (const lookupId of [undefined, null, 'none']) {
      const reply = await schools.ask(asking, { ...body, lookupId });
      expect(reply).toMatchObject({ status: 422, body: { code: 'LOOKUP_REQUIRED', errors: [{ path: 'lookupId', code: 'LOOKUP_REQUIRED' }] } });
    }
    const reply = await schools.ask(asking, { ...body, firstName: '' });
    expect(refusedFields(reply)).toEqual(['lookupId LOOKUP_REQUIRED', 'firstName REQUIRED']);
  });

  test('R5.3d: a wrong date is named beside the look-up; the name is compared after both, so that no try is spent', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const body = { toSchoolCode: asking.schoolCode, firstName: 'สมชาย', lastName: 'ผิด', effectiveOn: '2020-01-01' };
    const both = ['lookupId LOOKUP_REQUIRED', 'effectiveOn DATE'];
    const found = { NOBODYS: randomUUID(), NONE: await schools.lookup(asking, staff, { found: 'NONE', personId: null }) };
    for (const lookupId of Object.values(found)) {
      const reply = await schools.ask(asking, { ...body, lookupId });
      expect([...refused(reply), refusedFields(reply)]).toEqual([422, 'LOOKUP_REQUIRED', both]);
    }
    const lookupId = await schools.lookup(asking, staff, { createdAt: new Date(Date.now() - 25 * 3_600_000) });
    expect(refusedFields(await schools.ask(asking, { ...body, lookupId }))).toEqual(both);
    await system.prisma.staffLookup.update({ where: { id: lookupId }, data: { createdAt: new Date() } });
    expect(refusedFields(await schools.ask(asking, { ...body, lookupId }))).toEqual(['effectiveOn DATE']);
    expect((await system.prisma.staffLookup.findUniqueOrThrow({ where: { id: lookupId } })).wrongNames).toBe(0);
  });

  test('R5.3c X6: an order of another era is refused, as that of an acting director is; one of today goes through', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const ask = (date: string) => schools.request(asking, staff, { order: { number: 'ศธ 1/2569', date } });
    const reply = await ask('2569-05-16');
    expect([...refused(reply), refusedFields(reply)]).toEqual([422, 'VALIDATION', ['order.date IMPLAUSIBLE_DATE']]);
    expect((await ask(dayFromNow(0))).status).toBe(201);
  });

  test('R5.3c: a look-up that found nobody says to add the person; one that found them here is 409 ALREADY_ON_ROSTER', async () => {
    const body = { toSchoolCode: asking.schoolCode, ...NAME };
    const here = await schools.staff(asking.schoolCode);
    const none = await schools.lookup(asking, here, { found: 'NONE', personId: null });
    const [error] = (await schools.ask(asking, { ...body, lookupId: none })).body.errors ?? [];
    expect(error).toMatchObject({ path: 'lookupId', code: 'LOOKUP_REQUIRED', message: expect.stringMatching(/เพิ่มบุคคลใหม่.*add the person/) });
    const lookupId = await schools.lookup(asking, here, { found: 'HERE' });
    expect(refused(await schools.ask(asking, { ...body, lookupId }))).toEqual([409, 'ALREADY_ON_ROSTER']);
  });

  test('R5.3c: a plain repeat is told how the request stands: TRANSFER_OPEN, ALREADY_ON_ROSTER; withdrawn, it needs a new look-up', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const body = { lookupId: await schools.lookup(asking, staff), toSchoolCode: asking.schoolCode, ...NAME };
    const { id } = (await schools.ask(asking, body)).body;
    expect(refused(await schools.ask(asking, body))).toEqual([409, 'TRANSFER_OPEN']);
    await schools.withdraw(asking.headers, id);
    expect(refused(await schools.ask(asking, body))).toEqual([422, 'LOOKUP_REQUIRED']);
    const again = { ...body, lookupId: await schools.lookup(asking, staff) };
    await schools.decide(holding.headers, (await schools.ask(asking, again)).body.id);
    expect(refused(await schools.ask(asking, again))).toEqual([409, 'ALREADY_ON_ROSTER']);
  });

  test('refuses what is no look-up, another school’s request, and offices', async () => {
    const body = { lookupId: 'none', toSchoolCode: asking.schoolCode, ...NAME };
    expect(refused(await schools.ask(asking, body))).toEqual([422, 'LOOKUP_REQUIRED']);
    expect(refused(await schools.ask(asking, { toSchoolCode: asking.schoolCode }))).toEqual([422, 'VALIDATION']);
    expect(refused(await schools.ask(asking, { toSchoolCode: holding.schoolCode }))).toEqual([403, 'FORBIDDEN']);
    expect(refused(await schools.ask({ ...asking, headers: approver }, body))).toEqual([403, 'FORBIDDEN']);
    expect((await schools.ask({ ...asking, headers: { Cookie: '' } }, body)).status).toBe(401);
  });

  test('refuses a second request while one is open, and one for somebody on the own roster', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const third = await schools.administrator(schoolOf(DISTRICT, 2));
    const { id } = (await schools.request(asking, staff)).body;
    expect(refused(await schools.request(third, staff))).toEqual([409, 'TRANSFER_OPEN']);
    expect(refused(await schools.request(asking, staff))).toEqual([409, 'TRANSFER_OPEN']);
    await schools.decide(holding.headers, id);
    expect(refused(await schools.request(asking, staff))).toEqual([409, 'ALREADY_ON_ROSTER']);
    expect((await schools.request(third, staff)).status).toBe(201);
  });

  test('the same request with the same key is one transfer, with one answer', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const body = { lookupId: await schools.lookup(asking, staff), toSchoolCode: asking.schoolCode, ...NAME };
    const key = { 'Idempotency-Key': randomUUID() };
    const replies = await Promise.all(Array.from({ length: 5 }, () => schools.ask(asking, body, key)));
    expect(new Set(replies.map(({ status, body: { id } }) => `${status} ${id}`)).size).toBe(1);
    expect(replies[0]?.status).toBe(201);
  });
});

describe('R5.3c X8 who sees what', () => {
  test('the asking side sees the name masked until consent, the holding side and the central office see it; nobody else sees anything', async () => {
    const { id } = await schools.asked(asking, {}, holding);
    const name = async (headers: { Cookie: string }) => nameIn((await schools.seen(headers, id)).body);
    for (const headers of [asking.headers, otherApprover]) expect(await name(headers)).toBe('ส*** ใ***');
    for (const headers of [holding.headers, approver, central]) expect(await name(headers)).toBe(`นาย${NAME.firstName} ${NAME.lastName}`);
    const stranger = await schools.administrator(schoolOf(DISTRICT, 3));
    expect(refused(await schools.seen(stranger.headers, id))).toEqual([403, 'FORBIDDEN']);
    expect((await schools.seen({ Cookie: '' }, id)).status).toBe(401);
    expect(refused(await schools.seen(asking.headers, 'nothing'))).toEqual([404, 'NOT_FOUND']);
    await schools.decide(holding.headers, id);
    expect(await name(asking.headers)).toBe(`นาย${NAME.firstName} ${NAME.lastName}`);
  });

  test('pending in and pending out are lists, a page at a time', async () => {
    const [here, there] = [await schools.administrator(schoolOf(DISTRICT, 60)), await schools.administrator(schoolOf(OTHER_DISTRICT, 60))];
    const ids: unknown[] = [];
    for (let count = 0; count < 3; count += 1) ids.push((await schools.request(there, await schools.staff(here.schoolCode))).body.id);
    await schools.withdraw(there.headers, ids[2]);
    const list = async (headers: { Cookie: string }, query: string) =>
      (await call(system.url, 'GET', `/api/transfers?${query}`, undefined, headers)).body;
    const listed = async (headers: { Cookie: string }, query: string) => (await list(headers, query)).items?.map((item) => item['id']) ?? [];
    expect(await listed(there.headers, 'direction=in&status=PENDING')).toEqual(ids.slice(0, 2));
    expect(await listed(there.headers, 'direction=out')).toEqual([]);
    expect(await listed(here.headers, 'direction=out')).toEqual(ids);
    expect(await listed(here.headers, '')).toEqual(ids);
    expect(await listed(approver, 'direction=out&limit=200')).toEqual(expect.arrayContaining(ids));
    expect(await listed(approver, 'direction=in&limit=200')).not.toContain(ids[0]);
    expect(await listed(central, 'limit=200')).toEqual(expect.arrayContaining(ids));
    const first = await list(here.headers, 'limit=2');
    expect(first.items).toHaveLength(2);
    expect(await listed(here.headers, `limit=2&cursor=${first['nextCursor']}`)).toEqual([ids[2]]);
    expect((await list(here.headers, 'direction=sideways')).code).toBe('VALIDATION');
    expect((await list(here.headers, 'cursor=nonsense')).code).toBe('VALIDATION');
  });
});
