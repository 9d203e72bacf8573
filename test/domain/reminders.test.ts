// R3.5: when somebody is reminded, by tables and properties.
import fc from 'fast-check';
import { OFFICIAL_HOLIDAYS } from '../../domain/holidays';
import type { Policy } from '../../domain/policy';
import { dueWhenBefore, isDigestTime } from '../../domain/reminders';
import { bangkokDate, isWorkingDay, workingDaysBetween } from '../../domain/working-days';

const OFFICIAL: ReadonlySet<string> = new Set(OFFICIAL_HOLIDAYS.map(({ date }) => date));
const NONE: ReadonlySet<string> = new Set();
const days = (amount: number): Policy => ({ unit: 'workingDays', amount });
const at = (date: string, time = '10:00') => new Date(`${date}T${time}:00+07:00`);
const isDue = (since: Date, now: Date, amount = 3) => since < dueWhenBefore(days(amount), now, OFFICIAL);

describe('R3.5 in a digest from day 3 on and every 3 after that', () => {
  test.each([
    ['Monday, looked at on Wednesday', '2026-11-23', '2026-11-25', false],
    ['Monday, on Thursday', '2026-11-23', '2026-11-26', true],
    ['Friday: the weekend does not count', '2026-11-20', '2026-11-24', false],
    ['Friday, on Wednesday', '2026-11-20', '2026-11-25', true],
    ['before Songkran: three holidays and a weekend', '2026-04-10', '2026-04-17', false],
    ['before Songkran, on the third working day after it', '2026-04-10', '2026-04-20', true],
    ['before a substitution day (7 December)', '2026-12-03', '2026-12-08', false],
    ['before a substitution day, on the third working day', '2026-12-03', '2026-12-09', true],
    ['over New Year', '2026-12-29', '2027-01-05', true],
    ['over New Year, a day earlier', '2026-12-29', '2027-01-04', false],
  ])('submitted %s', (_what, since, now, due) => {
    expect(isDue(at(since), at(now, '08:30'))).toBe(due);
  });

  test('counts as many working days as lie between, whenever', () => {
    const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, instants, fc.integer({ min: 1, max: 15 }), (since, now, amount) => {
        expect(isDue(since, now, amount)).toBe(workingDaysBetween(since, now, OFFICIAL) >= amount);
      }),
    );
  });

  test('a plain duration goes by the clock, on any day', () => {
    const twoSeconds: Policy = { unit: 'milliseconds', amount: 2_000 };
    const since = at('2026-11-21');
    const later = (ms: number) => new Date(since.getTime() + ms);
    expect(since < dueWhenBefore(twoSeconds, later(1_999), NONE)).toBe(false);
    expect(since < dueWhenBefore(twoSeconds, later(2_000), NONE)).toBe(true);
  });
});

describe('R3.5 the digest itself', () => {
  test.each([
    ['the first one, on a working day', null, '2026-11-24', 1, true],
    ['on a Saturday', null, '2026-11-21', 1, false],
    ['on a holiday', null, '2026-12-10', 1, false],
    ['on a day that is no holiday any more', null, '2026-12-11', 1, true],
    ['a second time on the same day, after an outage', '2026-11-24', '2026-11-24', 1, false],
    ['on the next working day', '2026-11-20', '2026-11-23', 1, true],
    ['every third working day: too early', '2026-11-20', '2026-11-24', 3, false],
    ['every third working day', '2026-11-20', '2026-11-25', 3, true],
  ])('%s', (_what, last, now, amount, sent) => {
    expect(isDigestTime(days(amount), last === null ? null : at(last, '08:30'), at(now, '08:31'), OFFICIAL)).toBe(sent);
  });

  test('never on a day on which offices rest', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }), (now) => {
        if (!isWorkingDay(bangkokDate(now), OFFICIAL)) expect(isDigestTime(days(1), null, now, OFFICIAL)).toBe(false);
      }),
    );
  });

  test('a plain duration sends whenever the schedule runs', () => {
    expect(isDigestTime({ unit: 'milliseconds', amount: 2_000 }, at('2026-11-21'), at('2026-11-21'), OFFICIAL)).toBe(true);
  });
});
