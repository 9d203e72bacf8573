// R5.3d: the clocks of a transfer, driven on the real server with shortened policies.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DpaDueAt, DpaEscalation } from '../../contracts/search-attributes';
import { DISTRICT, HELD_SCHOOL } from '../setup/directory';
import { eventually, mailsTo, refused } from '../setup/people';
import type { TestSystem } from '../setup/system';
import { type Administrator, contactOf, REJECT, type Schools } from './support/schools';
import { openTransferWorld } from './support/world';

let system: TestSystem;
let schools: Schools;
let approver: { Cookie: string };
let central: { Cookie: string };
let asking: Administrator;
let holding: Administrator;

/** The district is brought in soon, and the central office not in this test: what is looked at between stays as long as it takes. */
const ONE_CLOCK = { TRANSFER_DISTRICT_AFTER: '1s', TRANSFER_CENTRAL_AFTER: '1h' };
/** The central office follows by itself: what is looked at stands at the end. */
const ALL_CLOCKS = { TRANSFER_DISTRICT_AFTER: '2s', TRANSFER_CENTRAL_AFTER: '3s' };

beforeAll(async () => {
  ({ system, schools, approver, central, asking, holding } = await openTransferWorld());
});
afterAll(() => system.stop());

const decider = async (id: unknown) => (await schools.seen(central, id)).body['decider'];
const reaches = (id: unknown, wanted: object) =>
  eventually(async () => JSON.stringify(await decider(id)) === JSON.stringify(wanted), `the decider ${JSON.stringify(wanted)}`);

describe('R5.3d a silent school', () => {
  test('decides alone until its district is brought in, and the central office not yet; the school may decide all the while', async () => {
    const early = await schools.asked(asking, {}, holding);
    expect(refused(await schools.decide(approver, early.id))).toEqual([403, 'FORBIDDEN']);
    await system.changeWorker(ONE_CLOCK);
    const { id, reference } = await schools.asked(asking, {}, holding);
    await reaches(id, { kind: 'DISTRICT', code: DISTRICT });
    expect(refused(await schools.decide(central, id))).toEqual([403, 'FORBIDDEN']);
    const asked = async () => (await mailsTo(contactOf(DISTRICT), 'transfer-requested')).some(({ text }) => text.includes(String(reference)));
    await eventually(asked, 'the question to the district');
    for (const open of [early.id, id]) expect((await schools.decide(holding.headers, open)).body.status).toBe('COMPLETED');
  });
});

describe('R5.3d a school that stays silent', () => {
  beforeAll(() => system.changeWorker(ALL_CLOCKS));

  test('after its district the central office is brought in; the school may decide all the while', async () => {
    const { staff, id } = await schools.asked(asking, {}, holding);
    await reaches(id, { kind: 'CENTRAL', code: 'CENTRAL' });
    const escalated = await system.prisma.auditEntry.findMany({ where: { caseId: id, action: 'ESCALATED' }, orderBy: { seq: 'asc' } });
    expect(escalated.map(({ after }) => after)).toEqual(['DISTRICT', 'CENTRAL'].map((decider) => ({ status: 'PENDING', decider })));
    const handle = system.temporal.workflow.getHandle(`transfer/${staff.personId}`);
    await eventually(
      async () => (await handle.describe()).typedSearchAttributes.get(DpaEscalation) === 'CENTRAL',
      'the escalation in the Temporal UI',
    );
    expect((await handle.describe()).typedSearchAttributes.get(DpaDueAt)).toBeInstanceOf(Date);
    expect((await schools.decide(holding.headers, id)).body.status).toBe('COMPLETED');
  });

  test('the central office decides after escalation to it, and so does the district still', async () => {
    const [one, other] = [await schools.staff(holding.schoolCode), await schools.staff(holding.schoolCode)];
    const ids = [(await schools.request(asking, one)).body.id, (await schools.request(asking, other)).body.id];
    for (const id of ids) await reaches(id, { kind: 'CENTRAL', code: 'CENTRAL' });
    const page = await fetch(`${system.url}/transfers?view=waiting`, { headers: { ...approver, accept: 'text/html' } });
    expect(await page.text()).toContain(`/transfers/${ids[1]}`);
    expect((await schools.decide(central, ids[0])).body.status).toBe('COMPLETED');
    expect((await schools.decide(approver, ids[1], REJECT)).body.status).toBe('REJECTED');
  });

  test('a school that no district has: the central office stands in', async () => {
    const { id } = (await schools.request(asking, await schools.staff(HELD_SCHOOL))).body;
    expect(await decider(id)).toEqual({ kind: 'CENTRAL', code: 'CENTRAL' });
    // Nothing is armed, but something due: that follows the holidays and policies too.
    const { dueAt, deadlineAt } = await schools.row(id);
    expect(deadlineAt).toBeNull();
    await system.prisma.transfer.update({ where: { id: String(id) }, data: { dueAt: new Date(0) } });
    await system.temporal.workflow.execute('nudge', { taskQueue: 'dpa', workflowId: `nudge/${id}` });
    await eventually(async () => (await schools.row(id)).dueAt?.getTime() === dueAt?.getTime(), 'the date by the present policy');
    expect((await schools.decide(central, id)).body.status).toBe('COMPLETED');
  });

  test('an appeal too goes on to the central office, but not to the school that rejected', async () => {
    const { id } = (await schools.request(asking, await schools.staff(holding.schoolCode))).body;
    await schools.decide(holding.headers, id, REJECT);
    await schools.appeal(asking.headers, id);
    await reaches(id, { kind: 'CENTRAL', code: 'CENTRAL' });
    expect(refused(await schools.decide(holding.headers, id))).toEqual([403, 'FORBIDDEN']);
    expect((await schools.decide(central, id)).body.status).toBe('COMPLETED');
  });
});

describe('R5.3d: A decision at the instant of escalation', () => {
  test('is recorded once, whichever comes first, and the clock does nothing to a case that is decided', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => schools.staff(holding.schoolCode)));
    const asked = await Promise.all(people.map((staff) => schools.request(asking, staff)));
    const decisions = asked.map(async ({ body: { id } }, index) => {
      const { deadlineAt } = await system.prisma.transfer.findUniqueOrThrow({ where: { id: id ?? '' } });
      // From a little before the instant to a little after it.
      await new Promise((resolve) => setTimeout(resolve, Number(deadlineAt) - Date.now() + (index - 4) * 8));
      return schools.decide(holding.headers, id);
    });
    for (const reply of await Promise.all(decisions)) expect(reply).toMatchObject({ status: 200, body: { status: 'COMPLETED' } });
    for (const { body } of asked) {
      const audit = await system.prisma.auditEntry.findMany({ where: { caseId: body.id ?? '' }, orderBy: { seq: 'asc' } });
      const steps = audit.map(({ action }) => action).filter((action) => !action.startsWith('MAIL_'));
      expect(steps.filter((action) => action !== 'ESCALATED')).toEqual(['REQUESTED', 'APPROVED', 'MOVED']);
      expect(steps.indexOf('ESCALATED')).toBeLessThan(steps.indexOf('APPROVED'));
    }
  });
});
