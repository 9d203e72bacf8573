// R5.3d: each conflict has its own outcome. What happens elsewhere is told by a signal; where the signal is lost, the next step
// that is recorded finds out.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DpaDistrict, DpaEscalation, DpaSchool, DpaStage } from '../../contracts/search-attributes';
import { DISTRICT, freshSchool, HELD_SCHOOL, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { call, eventually, mailsTo, refused } from '../setup/people';
import type { TestSystem } from '../setup/system';
import { type Administrator, contactOf, dayFromNow, mailAbout, REJECT, type Schools } from './support/schools';
import { openTransferWorld } from './support/world';

let system: TestSystem;
let schools: Schools;
let approver: { Cookie: string };
let otherApprover: { Cookie: string };
let central: { Cookie: string };
let asking: Administrator;

beforeAll(async () => {
  ({ system, schools, approver, otherApprover, central, asking } = await openTransferWorld());
});
afterAll(() => system.stop());

describe('R5.3d: Two schools ask at once', () => {
  test('one request is open, all others are told so; row and workflow agree', async () => {
    const staff = await schools.staff((await schools.holdingSchool()).schoolCode);
    const others = await Promise.all([schools.askingSchool(), schools.askingSchool(), schools.askingSchool()]);
    const replies = await Promise.all([...others, ...others, ...others].map((administrator) => schools.request(administrator, staff)));
    const won = replies.filter(({ status }) => status === 201);
    expect(won).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 201)) expect(refused(reply)).toEqual([409, 'TRANSFER_OPEN']);
    expect(await system.prisma.transfer.findMany({ where: { personId: staff.personId } })).toMatchObject([
      { id: won[0]?.body.id, status: 'PENDING' },
    ]);
    expect((await system.temporal.workflow.getHandle(`transfer/${staff.personId}`).describe()).status.name).toBe('RUNNING');
  });
});

describe('R5.3d: Removed at the source meanwhile', () => {
  test('is consent: the record moves, and everybody is told', async () => {
    const { holding, staff, id, reference } = await schools.asked(asking);
    await schools.remove(staff);
    await schools.becomes(id, 'COMPLETED');
    expect(await schools.postedAt(staff)).toBe(asking.schoolCode);
    await mailAbout(holding.email, 'transfer-decided', reference);
    expect(JSON.stringify((await schools.seen(asking.headers, id)).body['history'])).toContain('RELEASED');
  });

  test('a decision that comes before the signal finds it done', async () => {
    const { holding, staff, id } = await schools.asked(asking);
    await system.prisma.posting.updateMany({
      where: { personId: staff.personId, to: null },
      data: { to: new Date(dayFromNow(0)), endReason: 'ย้าย' },
    });
    expect(refused(await schools.decide(holding.headers, id, REJECT))).toEqual([409, 'ALREADY_DECIDED']);
    expect(await schools.status(id)).toBe('COMPLETED');
  });

  test('after consent it changes nothing: the record moves on its day', async () => {
    const { holding, staff, id } = await schools.asked(asking, { effectiveOn: dayFromNow(9) });
    await schools.decide(holding.headers, id);
    await schools.remove(staff);
    expect(await schools.seen(holding.headers, id)).toMatchObject({ body: { status: 'SCHEDULED', effectiveOn: dayFromNow(9) } });
    expect(await schools.postedAt(staff)).toBeNull();
  });
});

describe('R5.3d: The person is somewhere else by now', () => {
  test('the request is cancelled', async () => {
    const { staff, id, reference } = await schools.asked(asking);
    await system.prisma.posting.updateMany({ where: { personId: staff.personId }, data: { schoolCode: schoolOf(DISTRICT, 99) } });
    await schools.tell(staff.personId);
    await schools.becomes(id, 'CANCELLED');
    expect((await schools.row(id)).cancelReason).toBe('PERSON_POSTED_ELSEWHERE');
    await mailAbout(asking.email, 'transfer-cancelled', reference);
  });
});

describe('R5.3d: The requester withdraws', () => {
  test('while it waits, and while it is scheduled; the holding school is told, and others may ask', async () => {
    const { holding, staff, id, reference } = await schools.asked(asking);
    expect(refused(await schools.withdraw(holding.headers, id))).toEqual([403, 'FORBIDDEN']);
    expect((await schools.withdraw(asking.headers, id)).body.status).toBe('WITHDRAWN');
    expect(refused(await schools.withdraw(asking.headers, id))).toEqual([409, 'NOT_POSSIBLE_NOW']);
    expect(refused(await schools.decide(holding.headers, id))).toEqual([409, 'ALREADY_DECIDED']);
    await mailAbout(holding.email, 'transfer-withdrawn', reference);
    const again = await schools.request(asking, staff, { effectiveOn: dayFromNow(2) });
    await schools.decide(holding.headers, again.body.id);
    expect((await schools.withdraw(asking.headers, again.body.id)).body.status).toBe('WITHDRAWN');
    expect(await schools.postedAt(staff)).toBe(holding.schoolCode);
  });

  test('at the same instant as the consent: one of both', async () => {
    const { holding, staff, id } = await schools.asked(asking);
    const replies = await Promise.all([schools.withdraw(asking.headers, id), schools.decide(holding.headers, id)]);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const moved = (await schools.status(id)) === 'COMPLETED';
    expect(await schools.postedAt(staff)).toBe(moved ? asking.schoolCode : holding.schoolCode);
  });
});

describe('R5.3d: A school loses its administrator or closes', () => {
  test('the holding school: its district decides at once, and is asked to', async () => {
    const { holding, staff, id, reference } = await schools.asked(asking);
    expect(refused(await schools.decide(approver, id))).toEqual([403, 'FORBIDDEN']);
    await schools.endAdministrator(holding);
    await schools.tell(staff.personId);
    await mailAbout(contactOf(DISTRICT), 'transfer-requested', reference);
    const handle = system.temporal.workflow.getHandle(`transfer/${staff.personId}`);
    await eventually(
      async () => (await handle.describe()).typedSearchAttributes.get(DpaEscalation) === 'DISTRICT',
      'the escalation in the Temporal UI',
    );
    expect((await schools.decide(approver, id)).body.status).toBe('COMPLETED');
  });

  test('the holding school closes: its district decides at once', async () => {
    const { holding, id } = await schools.asked(asking);
    expect((await schools.close(central, holding.schoolCode)).status).toBe(200);
    await eventually(async () => (await schools.row(id)).decider === 'DISTRICT', 'the district');
    expect((await schools.decide(approver, id)).body.status).toBe('COMPLETED');
  });

  test.each([
    ['loses its administrator', 'REQUESTER_WITHOUT_ADMINISTRATOR', (school: Administrator) => schools.endAdministrator(school)],
    ['closes', 'REQUESTER_CLOSED', ({ schoolCode }: Administrator) => schools.close(central, schoolCode)],
  ])('the requesting school %s: nobody would receive the record, and the request is cancelled', async (_title, reason, end) => {
    const [holding, requesting] = [await schools.holdingSchool(), await schools.askingSchool()];
    const staff = await schools.staff(holding.schoolCode);
    const { id, reference } = (await schools.request(requesting, staff)).body;
    await end(requesting);
    await schools.tell(staff.personId);
    await schools.becomes(id, 'CANCELLED');
    expect((await schools.row(id)).cancelReason).toBe(reason);
    await mailAbout(holding.email, 'transfer-cancelled', reference);
    expect(await schools.postedAt(staff)).toBe(holding.schoolCode);
    expect(refused(await schools.decide(holding.headers, id))).toEqual([409, 'ALREADY_DECIDED']);
  });

  test('the requesting school has none when the effective date comes: cancelled, though consent was given', async () => {
    const [holding, requesting] = [await schools.holdingSchool(), await schools.askingSchool()];
    const staff = await schools.staff(holding.schoolCode);
    const { id } = (await schools.request(requesting, staff, { effectiveOn: dayFromNow(5) })).body;
    await schools.decide(holding.headers, id);
    await schools.endAdministrator(requesting);
    await schools.dayComes(staff, id);
    await schools.becomes(id, 'CANCELLED');
    expect(await schools.postedAt(staff)).toBe(holding.schoolCode);
  });
});

describe('R5.3d: The district changes under an open case', () => {
  test('the new one decides and is asked to, the old one does not any more; the Temporal UI follows', async () => {
    const school = freshSchool();
    const staff = await schools.staff(school);
    const { id, reference } = (await schools.request(asking, staff)).body;
    expect((await schools.row(id)).decider).toBe('DISTRICT');
    const assigned = await call(system.url, 'PUT', `/api/schools/${school}/district`, { districtCode: OTHER_DISTRICT }, central);
    expect(assigned.status).toBeLessThan(300);
    await eventually(async () => (await schools.row(id)).fromDistrictCode === OTHER_DISTRICT, 'the new district');
    await mailAbout(contactOf(OTHER_DISTRICT), 'transfer-requested', reference);
    const handle = system.temporal.workflow.getHandle(`transfer/${staff.personId}`);
    await eventually(
      async () => (await handle.describe()).typedSearchAttributes.get(DpaDistrict) === OTHER_DISTRICT,
      'the district in the Temporal UI',
    );
    expect((await handle.describe()).typedSearchAttributes.get(DpaSchool)).toBe(asking.schoolCode);
    expect(refused(await schools.decide(approver, id))).toEqual([403, 'FORBIDDEN']);
    expect((await schools.decide(otherApprover, id)).body.status).toBe('COMPLETED');
  });
});

describe('R5.3d: The district changes before an appeal', () => {
  test('the present one decides it and alone is asked; the one before is told nothing more', async () => {
    const holding = await schools.holdingSchool();
    const { id, reference } = (await schools.request(asking, await schools.staff(holding.schoolCode))).body;
    await schools.decide(holding.headers, id, REJECT);
    await call(system.url, 'PUT', `/api/schools/${holding.schoolCode}/district`, { districtCode: OTHER_DISTRICT }, central);
    expect((await schools.appeal(asking.headers, id)).body).toMatchObject({ decider: { kind: 'DISTRICT', code: OTHER_DISTRICT } });
    await mailAbout(contactOf(OTHER_DISTRICT), 'transfer-requested', reference);
    const asked = (await mailsTo(contactOf(DISTRICT), 'transfer-requested')).filter(({ text }) => text.includes(String(reference)));
    expect(asked).toEqual([]);
    const entries = await system.prisma.auditEntry.findMany({
      where: { caseId: String(id), action: { in: ['DISTRICT_CHANGED', 'APPEALED'] } },
      orderBy: { seq: 'asc' },
    });
    expect(entries.map(({ action, districtCode }) => [action, districtCode])).toEqual([
      ['DISTRICT_CHANGED', OTHER_DISTRICT],
      ['APPEALED', OTHER_DISTRICT],
    ]);
    expect((await schools.decide(otherApprover, id)).body.status).toBe('COMPLETED');
  });

  test('a first district is asked beside the central office, which stood in for it', async () => {
    await system.prisma.school.update({ where: { code: HELD_SCHOOL }, data: { districtCode: null } });
    const { id, reference } = (await schools.request(asking, await schools.staff(HELD_SCHOOL))).body;
    expect((await schools.row(id)).decider).toBe('CENTRAL');
    await call(system.url, 'PUT', `/api/schools/${HELD_SCHOOL}/district`, { districtCode: OTHER_DISTRICT }, central);
    await mailAbout(contactOf(OTHER_DISTRICT), 'transfer-requested', reference);
    expect((await schools.decide(otherApprover, id)).body.status).toBe('COMPLETED');
  });
});

describe('R5.3d: An appeal while another school asks', () => {
  test('waits for the other’s end', async () => {
    const [holding, rival] = [await schools.holdingSchool(), await schools.askingSchool()];
    const staff = await schools.staff(holding.schoolCode);
    const { id } = (await schools.request(asking, staff)).body;
    await schools.decide(holding.headers, id, REJECT);
    const other = (await schools.request(rival, staff)).body.id;
    expect(refused(await schools.appeal(asking.headers, id))).toEqual([409, 'TRANSFER_OPEN']);
    await schools.withdraw(rival.headers, other);
    expect((await schools.appeal(asking.headers, id)).body.status).toBe('PENDING');
    expect(refused(await schools.request(rival, staff))).toEqual([409, 'TRANSFER_OPEN']);
  });

  test('an appeal and another request at the same instant: one of both is open', async () => {
    const [holding, rival] = [await schools.holdingSchool(), await schools.askingSchool()];
    const staff = await schools.staff(holding.schoolCode);
    const { id } = (await schools.request(asking, staff)).body;
    await schools.decide(holding.headers, id, REJECT);
    const replies = await Promise.all([schools.appeal(asking.headers, id), schools.request(rival, staff), schools.appeal(asking.headers, id)]);
    const codes = replies.map(({ status, body }) => (status < 300 ? 'OPEN' : body.code));
    expect(codes.filter((code) => code === 'OPEN')).toHaveLength(1);
    const open = await system.prisma.transfer.findMany({ where: { personId: staff.personId, status: 'PENDING' } });
    expect(open).toHaveLength(1);
  });

  test('X7: who was erased after the rejection does not come back by an appeal, nor past the database', async () => {
    const { holding, staff, id } = await schools.asked(asking);
    await schools.decide(holding.headers, id, REJECT);
    const erased = await call(system.url, 'POST', `/api/people/${staff.personId}/erasure`, { reason: 'ขอลบตามกฎหมาย' }, central);
    expect(erased.status).toBe(200);
    expect(refused(await schools.appeal(asking.headers, id))).toEqual([409, 'NOT_POSSIBLE_NOW']);
    expect(await schools.row(id)).toMatchObject({ status: 'REJECTED', appealReason: null });
    const { personId } = staff;
    const posting = { id: randomUUID(), personId, schoolCode: asking.schoolCode, from: new Date(dayFromNow(0)) };
    await expect(system.prisma.posting.create({ data: posting })).rejects.toThrow('the person was erased');
    await expect(system.prisma.transfer.update({ where: { id: String(id) }, data: { status: 'PENDING' } })).rejects.toThrow('the person was erased');
  });

  test('X7: an erasure and an appeal at the same instant: one of both', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const { holding, staff, id } = await schools.asked(asking);
      await schools.decide(holding.headers, id, REJECT);
      const [appealed, erased] = await Promise.all([
        schools.appeal(asking.headers, id),
        call(system.url, 'POST', `/api/people/${staff.personId}/erasure`, { reason: 'ขอลบตามกฎหมาย' }, central),
      ]);
      expect([
        [200, 409],
        [409, 200],
      ]).toContainEqual([appealed.status, erased.status]);
    }
  });

  test('an appeal after the holding school let the person go is agreed at once', async () => {
    const { holding, staff, id } = await schools.asked(asking);
    await schools.decide(holding.headers, id, REJECT);
    await schools.remove(staff);
    expect((await schools.appeal(asking.headers, id)).body.status).toBe('COMPLETED');
    expect(await schools.postedAt(staff)).toBe(asking.schoolCode);
  });
});

describe('R5.3d: A workflow that was lost', () => {
  test('resumes from its row with the next step, also on appeal', async () => {
    const { holding, staff, id, reference } = await schools.asked(asking);
    const handle = system.temporal.workflow.getHandle(`transfer/${staff.personId}`);
    await handle.terminate('lost in a test');
    expect((await schools.decide(holding.headers, id, REJECT)).body.status).toBe('REJECTED');
    await schools.appeal(asking.headers, id);
    await handle.terminate('lost in a test');
    expect((await schools.decide(approver, id)).body.status).toBe('COMPLETED');
    await eventually(async () => (await handle.describe()).typedSearchAttributes.get(DpaStage) === 'COMPLETED', 'the stage in the Temporal UI');
    await mailAbout(holding.email, 'transfer-decided', reference);
  });
});
