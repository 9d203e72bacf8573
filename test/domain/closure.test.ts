import fc from 'fast-check';
import { brokenClosingRules, CLOSED_REASON, isClosed, isEndedByClosing } from '../../domain/closure';

const today = '2026-11-24';
const broken = (asked: { reason?: string; on: string }) => brokenClosingRules(asked, today).map(({ path, code }) => `${path} ${code}`);

describe('R5.3d closing a school', () => {
  test.each(['2026-11-24', '2025-11-24', '2027-11-24'])('with a reason, on %s', (on) => {
    expect(broken({ reason: 'ยุบรวม', on })).toEqual([]);
  });

  test.each(['2025-11-22', '2027-11-26', '2569-11-24', '1900-01-01'])('refuses the day %s', (on) => {
    expect(broken({ reason: 'ยุบรวม', on })).toEqual(['on IMPLAUSIBLE_DATE']);
  });

  test.each([undefined, '', ' ', '\u200B'])('refuses the reason %j', (reason) => {
    expect(broken({ ...(reason !== undefined && { reason }), on: today })).toEqual(['reason REASON_REQUIRED']);
  });

  test('only a rejection with the closing for a reason was ended by it', () => {
    expect(isEndedByClosing({ status: 'REJECTED', reason: CLOSED_REASON })).toBe(true);
    for (const other of [{ status: 'REJECTED', reason: 'ไม่มีคำสั่ง' }, { status: 'REJECTED' }, { status: 'RETURNED', reason: CLOSED_REASON }] as const)
      expect(isEndedByClosing(other)).toBe(false);
  });

  test('it is closed from its day on, and then for good', () => {
    expect([isClosed(null, today), isClosed('2026-11-25', today), isClosed(today, today)]).toEqual([false, false, true]);
    const day = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(fc.property(day, day, day, (closedOn, one, other) => !isClosed(closedOn, one) || other < one || isClosed(closedOn, other)));
  });
});
