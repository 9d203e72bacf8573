import fc from 'fast-check';
import { type ClockedRow, followsHolidays, isOverdue, nextDeadline, type ReviewPolicies } from '../../domain/deadlines';
import { OFFICIAL_HOLIDAYS } from '../../domain/holidays';
import { REGISTRATION_STATUSES } from '../../domain/registration';

const DAY = 86_400_000;
const OFFICIAL: ReadonlySet<string> = new Set(OFFICIAL_HOLIDAYS.map(({ date }) => date));
const POLICIES: ReviewPolicies = {
  escalateAfter: { unit: 'workingDays', amount: 7 },
  centralAfter: { unit: 'workingDays', amount: 15 },
  correctionWithin: { unit: 'workingDays', amount: 10 },
  confirmWithin: { unit: 'milliseconds', amount: 7 * DAY },
  unconfirmedExpireAfter: { unit: 'milliseconds', amount: 30 * DAY },
};
const since = new Date('2026-11-24T03:00:00Z');
const row = (some: Partial<ClockedRow>): ClockedRow => ({ status: 'PENDING', escalation: 'NONE', since, linkExpiresAt: null, ...some });
const next = (some: Partial<ClockedRow>, holidays = OFFICIAL) => {
  const deadline = nextDeadline(row(some), POLICIES, holidays);
  return deadline && `${deadline.kind} ${deadline.at.toISOString()}`;
};

describe('R3.5 a pending registration escalates and never expires', () => {
  test('to the district’s head after 7 working days', () => {
    expect(next({})).toBe('ESCALATE_HEAD 2026-12-03T17:00:00.000Z');
  });

  test('to the central office after 15, counted from the same start', () => {
    expect(next({ escalation: 'HEAD' })).toBe('ESCALATE_CENTRAL 2026-12-17T17:00:00.000Z');
  });

  test('to the central office at once where its time is set to come first', () => {
    const policies = { ...POLICIES, centralAfter: { unit: 'milliseconds', amount: 2_000 } } as const;
    expect(nextDeadline(row({}), policies, OFFICIAL)).toEqual({ kind: 'ESCALATE_CENTRAL', at: new Date(since.getTime() + 2_000) });
    expect(nextDeadline(row({}), { ...policies, escalateAfter: policies.centralAfter }, OFFICIAL)?.kind).toBe('ESCALATE_HEAD');
  });

  test('then it waits, without end', () => {
    expect(next({ escalation: 'CENTRAL' })).toBeNull();
  });

  test('whatever the escalation, nothing ends it', () => {
    fc.assert(
      fc.property(fc.constantFrom('NONE', 'HEAD', 'CENTRAL'), fc.option(fc.constant(since)), (escalation, linkExpiresAt) => {
        expect(nextDeadline(row({ escalation, linkExpiresAt }), POLICIES, OFFICIAL)?.kind).not.toBe('EXPIRE');
      }),
    );
  });

  test('a holiday announced in mid-case moves the deadline', () => {
    expect(next({}, new Set([...OFFICIAL, '2026-11-30']))).toBe('ESCALATE_HEAD 2026-12-04T17:00:00.000Z');
  });
});

describe('R3.5 a returned registration expires', () => {
  test('10 working days after its return, escalated before or not', () => {
    expect(next({ status: 'RETURNED' })).toBe('EXPIRE 2026-12-09T17:00:00.000Z');
    expect(next({ status: 'RETURNED', escalation: 'CENTRAL' })).toBe('EXPIRE 2026-12-09T17:00:00.000Z');
  });
});

describe('R3.5 an approved registration expires', () => {
  test('when its last link has been dead for 30 days', () => {
    expect(next({ status: 'APPROVED', linkExpiresAt: new Date('2026-12-01T03:00:00Z') })).toBe('EXPIRE 2026-12-31T03:00:00.000Z');
  });

  test('not while its link has not gone out', () => {
    expect(next({ status: 'APPROVED' })).toBeNull();
  });
});

describe('R3.5 a registration that has ended', () => {
  const ended = REGISTRATION_STATUSES.filter((status) => !['PENDING', 'RETURNED', 'APPROVED'].includes(status));

  test.each(ended)('%s has no clock', (status) => {
    expect(next({ status, linkExpiresAt: since })).toBeNull();
  });
});

describe('R3.5 overdue', () => {
  const now = new Date('2026-12-03T17:00:00Z');
  test.each([
    ['PENDING', '2026-12-03T16:59:59Z', true],
    ['PENDING', '2026-12-03T17:00:00Z', false],
    ['PENDING', null, false],
    ['RETURNED', '2026-01-01T00:00:00Z', false],
    ['APPROVED', '2026-01-01T00:00:00Z', false],
  ] as const)('%s due %s: %s', (status, due, overdue) => {
    expect(isOverdue({ status, dueAt: due === null ? null : new Date(due) }, now)).toBe(overdue);
  });
});

describe('R3.5 R4.2 a clock follows the holidays where it counts working days', () => {
  test('as the policies of its status do', () => {
    const following = REGISTRATION_STATUSES.filter((status) => followsHolidays(status, POLICIES));
    expect(following).toEqual(['PENDING', 'RETURNED']);
    expect(followsHolidays('APPROVED', { ...POLICIES, unconfirmedExpireAfter: { unit: 'workingDays', amount: 20 } })).toBe(true);
    expect(followsHolidays('RETURNED', { ...POLICIES, correctionWithin: { unit: 'milliseconds', amount: DAY } })).toBe(false);
  });

  test('otherwise no holiday changes it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REGISTRATION_STATUSES),
        fc.constantFrom('NONE', 'HEAD', 'CENTRAL'),
        fc.option(fc.constant(since)),
        (status, escalation, linkExpiresAt) => {
          fc.pre(!followsHolidays(status, POLICIES));
          expect(next({ status, escalation, linkExpiresAt })).toBe(next({ status, escalation, linkExpiresAt }, new Set()));
        },
      ),
    );
  });
});
