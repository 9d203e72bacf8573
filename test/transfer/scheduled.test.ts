// R5.3d: a scheduled move looks at the facts when its day comes, though consent was given long before; and a day on which nobody
// worked is made up for.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LETTERS } from '../../activities/letters';
import type { RemovalKind } from '../../domain/removal';
import { DISTRICT, schoolOf } from '../setup/directory';
import { call } from '../setup/people';
import { lettering, type TestSystem } from '../setup/system';
import { type Administrator, type Asked, dayFromNow, type Schools, type Staff } from './support/schools';
import { openTransferWorld } from './support/world';

let system: TestSystem;
let schools: Schools;
let central: { Cookie: string };

beforeAll(async () => {
  ({ system, schools, central } = await openTransferWorld());
});
afterAll(() => system.stop());

type Scheduled = Omit<Asked, 'reference'> & { asking: Administrator };

async function scheduled(): Promise<Scheduled> {
  const asking = await schools.askingSchool();
  const { holding, staff, id } = await schools.asked(asking, { effectiveOn: dayFromNow(5) });
  expect((await schools.decide(holding.headers, id)).body.status).toBe('SCHEDULED');
  return { asking, holding, staff, id };
}

const removal = ({ holding, staff }: Scheduled, kind?: RemovalKind) => schools.leaves(holding, staff, kind);
const postings = ({ personId }: Staff) => system.prisma.posting.findMany({ where: { personId }, orderBy: { from: 'asc' } });
const iso = (date: Date | null | undefined) => date?.toISOString().slice(0, 10) ?? null;
/** The effective date is so many days ago, or today. */
const dayComes = ({ staff, id }: Scheduled, daysAgo = 0) => schools.dayComes(staff, id, daysAgo);

test('R4.1: that the record will move is told only while it will', async () => {
  const one = await scheduled();
  const mail = await system.prisma.mail.findFirstOrThrow({ where: { transferId: one.id, purpose: 'transfer-decided' } });
  const letter = () => LETTERS.get('transfer-decided')?.(lettering(system), mail);
  expect(await letter()).not.toBeNull();
  await schools.withdraw(one.asking.headers, one.id);
  expect(await letter()).toBeNull();
});

describe('R5.3d: when the effective date comes', () => {
  test('the person was removed meanwhile: the record moves, from nowhere', async () => {
    const one = await scheduled();
    expect((await removal(one)).status).toBe(200);
    await dayComes(one);
    await schools.becomes(one.id, 'COMPLETED');
    expect(await schools.postedAt(one.staff)).toBe(one.asking.schoolCode);
  });

  test('the person has died meanwhile: cancelled already, and nothing moves', async () => {
    const one = await scheduled();
    await removal(one, 'DIED');
    await schools.becomes(one.id, 'CANCELLED');
    await dayComes(one);
    expect(await schools.postedAt(one.staff)).toBeNull();
  });

  test('the person is at another school by other ways: cancelled, and they stay there', async () => {
    const one = await scheduled();
    const other = schoolOf(DISTRICT, 99);
    await system.prisma.posting.updateMany({ where: { personId: one.staff.personId, to: null }, data: { schoolCode: other } });
    await dayComes(one);
    await schools.becomes(one.id, 'CANCELLED');
    expect((await schools.row(one.id)).cancelReason).toBe('PERSON_POSTED_ELSEWHERE');
    expect(await schools.postedAt(one.staff)).toBe(other);
  });

  test('X7: the person is not erased while the move is scheduled, and is afterwards', async () => {
    const one = await scheduled();
    const erase = () => call(system.url, 'POST', `/api/people/${one.staff.personId}/erasure`, { reason: 'คำร้อง' }, central);
    expect(await erase()).toMatchObject({ status: 409, body: { code: 'ERASURE_BLOCKED', because: ['TRANSFER'] } });
    await schools.withdraw(one.asking.headers, one.id);
    expect((await erase()).status).toBe(200);
    await dayComes(one);
    expect([await schools.status(one.id), await schools.postedAt(one.staff)]).toEqual(['WITHDRAWN', null]);
  });

  test('X7: at the instant of an erasure: moved and not erased, or moved and then erased', async () => {
    const one = await scheduled();
    const erase = () => call(system.url, 'POST', `/api/people/${one.staff.personId}/erasure`, { reason: 'คำร้อง' }, central);
    const [erased] = await Promise.all([erase(), dayComes(one)]);
    await schools.becomes(one.id, 'COMPLETED');
    expect([200, 409]).toContain(erased.status);
    expect(await schools.postedAt(one.staff)).toBe(erased.status === 200 ? null : one.asking.schoolCode);
  });

  test('the receiving school closes on that very day: cancelled, and they stay', async () => {
    const one = await scheduled();
    expect((await schools.close(central, one.asking.schoolCode, dayFromNow(5))).status).toBe(200);
    expect(await schools.status(one.id)).toBe('SCHEDULED');
    await system.prisma.school.update({ where: { code: one.asking.schoolCode }, data: { closedOn: new Date(dayFromNow(0)) } });
    await dayComes(one);
    await schools.becomes(one.id, 'CANCELLED');
    expect((await schools.row(one.id)).cancelReason).toBe('REQUESTER_CLOSED');
    expect(await schools.postedAt(one.staff)).toBe(one.holding.schoolCode);
  });

  test('the holding school has closed meanwhile: consent stands, and the record moves', async () => {
    const one = await scheduled();
    await schools.close(central, one.holding.schoolCode);
    await dayComes(one);
    await schools.becomes(one.id, 'COMPLETED');
    expect(await schools.postedAt(one.staff)).toBe(one.asking.schoolCode);
  });
});

describe('R5.3d: no worker runs on the effective date', () => {
  test('a move is made up for as of its date; of who was removed since then, as of the removal: no day is counted twice', async () => {
    const [stayed, left] = [await scheduled(), await scheduled()];
    await system.stopWorker();
    for (const one of [stayed, left]) await dayComes(one, 3);
    expect((await removal(left)).status).toBe(200);
    expect(await schools.status(stayed.id)).toBe('SCHEDULED');
    await system.startWorker();
    await system.temporal.workflow.execute('sweeps', { taskQueue: 'dpa', workflowId: `sweeps-${randomUUID()}` });
    for (const { id } of [stayed, left]) await schools.becomes(id, 'COMPLETED');
    const days = async ({ staff }: Scheduled) => (await postings(staff)).map(({ from, to }) => [iso(from), iso(to)]);
    expect(await days(stayed)).toEqual([
      ['2024-05-16', dayFromNow(-3)],
      [dayFromNow(-3), null],
    ]);
    expect(await days(left)).toEqual([
      ['2024-05-16', dayFromNow(0)],
      [dayFromNow(0), null],
    ]);
    expect(iso((await schools.row(left.id)).effectiveOn)).toBe(dayFromNow(0));
  });

  test('a school that closed and a person who died in those days are seen first', async () => {
    const [closed, died] = [await scheduled(), await scheduled()];
    await system.stopWorker();
    for (const one of [closed, died]) await dayComes(one, 1);
    await schools.close(central, closed.asking.schoolCode);
    await removal(died, 'DIED');
    await system.startWorker();
    for (const { id } of [closed, died]) await schools.becomes(id, 'CANCELLED');
    expect([(await schools.row(closed.id)).cancelReason, (await schools.row(died.id)).cancelReason]).toEqual(['REQUESTER_CLOSED', 'PERSON_DIED']);
    expect(await schools.postedAt(closed.staff)).toBe(closed.holding.schoolCode);
  });
});
