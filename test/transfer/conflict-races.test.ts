// R5.3d: conflicts at one instant, by calls that are really parallel. Whichever comes first, exactly one of the outcomes that the
// rules name is there in the end, and every caller was told so.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RemovalKind } from '../../domain/removal';
import { freshSchool, OTHER_DISTRICT } from '../setup/directory';
import { call, eventually, type Reply } from '../setup/people';
import type { TestSystem } from '../setup/system';
import { type Administrator, REJECT, type Schools, type Staff } from './support/schools';
import { openTransferWorld } from './support/world';

/** As often as each race is run: at once, each with a person of its own. */
const TIMES = 4;

let system: TestSystem;
let schools: Schools;
let approver: { Cookie: string };
let central: { Cookie: string };
let asking: Administrator;
let rival: Administrator;

beforeAll(async () => {
  ({ system, schools, approver, central, asking } = await openTransferWorld());
  rival = await schools.askingSchool();
});
afterAll(() => system.stop());

interface Case {
  holding: Administrator;
  staff: Staff;
  id: string;
}

const answer = ({ status, body }: Reply) => (status < 300 ? String(status) : `${status} ${body.code}`);
const remove = ({ holding, staff }: Case, kind?: RemovalKind) => schools.leaves(holding, staff, kind);

/** Somebody of a school of their own, asked for. */
async function openCase(differs: Record<string, unknown> = {}, administers = false): Promise<Case> {
  const code = freshSchool();
  const staff = await schools.staff(code);
  const holding = await schools.administrator(code, administers ? staff : undefined);
  const { id = '' } = (await schools.request(asking, staff, differs)).body;
  return { holding, staff, id };
}

/** Runs a race some times at once. @param race gives the answers and, once it is settled, the end */
async function each(race: (index: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: TIMES }, (_none, index) => race(index)));
}

/** Waits until the case has ended. */
const ended = (id: string) =>
  eventually(async () => {
    const { status, cancelReason } = await schools.row(id);
    return status !== 'PENDING' && status !== 'SCHEDULED' && [status, cancelReason].filter(Boolean).join(' ');
  }, 'the end');

describe('R5.3d: removed at the source', () => {
  test('at the instant of a rejection: rejected and posted nowhere, or released and moved', async () => {
    await each(async () => {
      const one = await openCase();
      const [removed, rejected] = await Promise.all([remove(one), schools.decide(one.holding.headers, one.id, REJECT)]);
      const end = await ended(one.id);
      expect([answer(removed), ['REJECTED', 'COMPLETED'].includes(end)]).toEqual(['200', true]);
      expect(answer(rejected)).toBe(end === 'REJECTED' ? '200' : '409 ALREADY_DECIDED');
      expect(await schools.postedAt(one.staff)).toBe(end === 'REJECTED' ? null : asking.schoolCode);
    });
  });

  test('at the instant of consent: moved, once, whoever comes first', async () => {
    await each(async () => {
      const one = await openCase();
      const replies = await Promise.all([remove(one), schools.decide(one.holding.headers, one.id)]);
      expect(['200', '404 NOT_FOUND']).toContain(answer(replies[0]));
      expect(['200', '409 ALREADY_DECIDED']).toContain(answer(replies[1]));
      expect(await ended(one.id)).toBe('COMPLETED');
      expect(await schools.postedAt(one.staff)).toBe(asking.schoolCode);
    });
  });
});

describe('R5.3d: the person retires or dies', () => {
  test('at the instant of consent: moved before, or cancelled and posted nowhere', async () => {
    await each(async (index) => {
      const one = await openCase();
      const kind = index % 2 ? 'RETIRED' : 'DIED';
      const replies = await Promise.all([remove(one, kind), schools.decide(one.holding.headers, one.id)]);
      const end = await ended(one.id);
      const moved = end === 'COMPLETED';
      expect([moved || end === `CANCELLED ${index % 2 ? 'PERSON_RETIRED' : 'PERSON_DIED'}`, end]).toEqual([true, end]);
      expect(replies.map(answer)).toEqual(moved ? ['404 NOT_FOUND', '200'] : ['200', '409 ALREADY_DECIDED']);
      expect(await schools.postedAt(one.staff)).toBe(moved ? asking.schoolCode : null);
    });
  });
});

describe('R5.3d: an appeal while another school asks', () => {
  test('at one instant: one of both is open, the other is told so', async () => {
    await each(async () => {
      const one = await openCase();
      await schools.decide(one.holding.headers, one.id, REJECT);
      const [appealed, asked] = await Promise.all([schools.appeal(asking.headers, one.id), schools.request(rival, one.staff)]);
      expect([answer(appealed), answer(asked)].sort()).toEqual([appealed.status === 200 ? '200' : '201', '409 TRANSFER_OPEN'].sort());
      const open = await system.prisma.transfer.findMany({ where: { personId: one.staff.personId, status: 'PENDING' } });
      expect(open.map(({ id }) => id)).toEqual([appealed.status === 200 ? one.id : asked.body.id]);
    });
  });
});

describe('R5.3d: the district changes under an open case', () => {
  test('at the instant of the old district’s decision: it decided, or it is not entitled any more', async () => {
    await each(async () => {
      const one = await openCase();
      await schools.endAdministrator(one.holding);
      await schools.tell(one.staff.personId);
      await eventually(async () => (await schools.row(one.id)).decider === 'DISTRICT', 'the district');
      const path = `/api/schools/${one.holding.schoolCode}/district`;
      const [decided, assigned] = await Promise.all([
        schools.decide(approver, one.id),
        call(system.url, 'PUT', path, { districtCode: OTHER_DISTRICT }, central),
      ]);
      expect([answer(assigned), ['200', '403 FORBIDDEN'].includes(answer(decided))]).toEqual(['200', true]);
      expect((await schools.row(one.id)).status).toBe(decided.status === 200 ? 'COMPLETED' : 'PENDING');
    });
  });
});

describe('R5.3d: a school closes or loses its administrator', () => {
  test('the holding one closes at the instant of its consent: it decided, or its district does', async () => {
    await each(async () => {
      const one = await openCase();
      const [decided, closed] = await Promise.all([schools.decide(one.holding.headers, one.id), schools.close(central, one.holding.schoolCode)]);
      expect([answer(closed), ['200', '401 UNAUTHENTICATED', '403 FORBIDDEN'].includes(answer(decided))]).toEqual(['200', true]);
      if (decided.status !== 200) {
        await eventually(async () => (await schools.row(one.id)).decider === 'DISTRICT', 'the district');
        expect(answer(await schools.decide(approver, one.id))).toBe('200');
      }
      expect(await schools.postedAt(one.staff)).toBe(asking.schoolCode);
    });
  });
});

describe('R5.3d: the person is the school’s administrator', () => {
  test('access ends with the move, at the instant of which a colleague’s case is decided by the school or by its district', async () => {
    await each(async () => {
      const one = await openCase({}, true);
      const colleague = await schools.staff(one.holding.schoolCode);
      const { id = '' } = (await schools.request(rival, colleague)).body;
      const [own, other] = await Promise.all([schools.decide(one.holding.headers, one.id), schools.decide(one.holding.headers, id)]);
      expect([answer(own), ['200', '401 UNAUTHENTICATED', '403 FORBIDDEN'].includes(answer(other))]).toEqual(['200', true]);
      expect((await call(system.url, 'GET', '/api/me', undefined, one.holding.headers)).status).toBe(401);
      if (other.status !== 200) {
        await eventually(async () => (await schools.row(id)).decider === 'DISTRICT', 'the district');
        expect(answer(await schools.decide(approver, id))).toBe('200');
      }
      expect(await schools.postedAt(colleague)).toBe(rival.schoolCode);
    });
  });
});
