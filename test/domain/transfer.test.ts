import fc from 'fast-check';
import { OFFICIAL_HOLIDAYS } from '../../domain/holidays';
import {
  brokenClaimDate,
  brokenEffectiveDate,
  brokenTransferDecisionRules,
  type ClockedTransfer,
  type Decider,
  isOpenTransfer,
  nextTransferDeadline,
  refuseTransferStep,
  TRANSFER_STATUSES,
  type TransferPolicies,
  transferDueAt,
} from '../../domain/transfer';

const HOLIDAYS: ReadonlySet<string> = new Set(OFFICIAL_HOLIDAYS.map(({ date }) => date));
const POLICIES: TransferPolicies = {
  transferDistrictAfter: { unit: 'workingDays', amount: 7 },
  transferCentralAfter: { unit: 'workingDays', amount: 14 },
};
const since = new Date('2026-11-24T03:00:00Z');
const row = (some: Partial<ClockedTransfer> = {}): ClockedTransfer => ({
  status: 'PENDING',
  decider: 'SCHOOL',
  since,
  effectiveOn: '2026-11-24',
  ...some,
});
const next = (some: Partial<ClockedTransfer>, holidays = HOLIDAYS) => {
  const deadline = nextTransferDeadline(row(some), POLICIES, holidays);
  return deadline && `${deadline.kind} ${deadline.at.toISOString()}`;
};

describe('R5.3d a pending transfer goes on to the next decider', () => {
  test('from the silent school to its district after 7 working days', () => {
    expect(next({})).toBe('ESCALATE_DISTRICT 2026-12-03T17:00:00.000Z');
  });

  test('to the central office after 14, counted from the same start', () => {
    expect(next({ decider: 'DISTRICT' })).toBe('ESCALATE_CENTRAL 2026-12-16T17:00:00.000Z');
  });

  test('to the central office at once where its time is set to come first', () => {
    const policies = { ...POLICIES, transferCentralAfter: { unit: 'milliseconds', amount: 2_000 } } as const;
    expect(nextTransferDeadline(row(), policies, HOLIDAYS)).toEqual({ kind: 'ESCALATE_CENTRAL', at: new Date(since.getTime() + 2_000) });
  });

  test('then it waits, without end', () => {
    expect(next({ decider: 'CENTRAL' })).toBeNull();
  });

  test('a holiday announced in mid-case moves the deadline', () => {
    expect(next({}, new Set([...HOLIDAYS, '2026-11-30']))).toBe('ESCALATE_DISTRICT 2026-12-04T17:00:00.000Z');
  });

  test('whoever owes the decision has a due date, the last one too', () => {
    const due = (decider: Decider) => transferDueAt(row({ decider }), POLICIES, HOLIDAYS)?.toISOString();
    expect(due('SCHOOL')).toBe('2026-12-03T17:00:00.000Z');
    expect(due('DISTRICT')).toBe('2026-12-16T17:00:00.000Z');
    expect(due('CENTRAL')).toBe(due('DISTRICT'));
  });
});

describe('R5.3d a scheduled transfer moves', () => {
  test('when its day begins in Bangkok', () => {
    expect(next({ status: 'SCHEDULED', effectiveOn: '2026-12-01' })).toBe('MOVE 2026-11-30T17:00:00.000Z');
    expect(transferDueAt(row({ status: 'SCHEDULED', effectiveOn: '2026-12-01' }), POLICIES, HOLIDAYS)?.toISOString()).toBe(
      '2026-11-30T17:00:00.000Z',
    );
  });

  test.each(TRANSFER_STATUSES.filter((status) => !isOpenTransfer(status)))('%s: nothing happens by itself any more', (status) => {
    expect(next({ status })).toBeNull();
    expect(transferDueAt(row({ status }), POLICIES, HOLIDAYS)).toBeNull();
  });
});

describe('R5.3d what is possible in which status', () => {
  test.each(TRANSFER_STATUSES)('%s', (status) => {
    const refused = (step: 'decide' | 'withdraw' | 'appeal', appealedAt: Date | null = null) => refuseTransferStep(step, { status, appealedAt });
    expect(refused('decide')).toBe(status === 'PENDING' ? null : 'ALREADY_DECIDED');
    expect(refused('withdraw')).toBe(isOpenTransfer(status) ? null : 'NOT_POSSIBLE_NOW');
    expect(refused('appeal')).toBe(status === 'REJECTED' ? null : 'NOT_POSSIBLE_NOW');
    expect(refused('appeal', since)).toBe('NOT_POSSIBLE_NOW');
  });

  test('a rejection gives a reason, consent needs none', () => {
    expect(brokenTransferDecisionRules({ decision: 'APPROVE' })).toEqual([]);
    expect(brokenTransferDecisionRules({ decision: 'REJECT', reason: 'ยังไม่มีคำสั่ง' })).toEqual([]);
    for (const reason of [undefined, '', ' \u200b']) {
      expect(brokenTransferDecisionRules({ decision: 'REJECT', reason })).toMatchObject([{ path: 'reason', code: 'REASON_REQUIRED' }]);
    }
  });
});

describe('R5.3e the day of a claim', () => {
  test('is today, which is yesterday by other clocks, and no other', () => {
    for (const asked of ['2026-11-24', '2026-11-23']) expect(brokenClaimDate(asked, '2026-11-24')).toEqual([]);
    for (const asked of ['2026-11-22', '2026-11-25', '2027-11-24']) {
      expect(brokenClaimDate(asked, '2026-11-24')).toMatchObject([{ path: 'effectiveOn', code: 'DATE' }]);
    }
  });
});

describe('R5.3d the effective date', () => {
  test.each(['2026-11-23', '2026-11-24', '2026-11-25', '2027-11-24'])('%s is today or later, by some clock', (asked) => {
    expect(brokenEffectiveDate(asked, '2026-11-24')).toEqual([]);
  });

  test.each(['2026-11-22', '2027-12-01', '2569-11-24'])('refuses %s', (asked) => {
    expect(brokenEffectiveDate(asked, '2026-11-24')).toMatchObject([{ path: 'effectiveOn', code: 'DATE' }]);
  });

  const date = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));

  test('accepts exactly the days from the one before today to a year ahead', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -500, max: 800 }), (today, days) => {
        const asked = new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
        expect(brokenEffectiveDate(asked, today).length === 0).toBe(days >= -1 && days <= 366);
      }),
    );
  });
});
