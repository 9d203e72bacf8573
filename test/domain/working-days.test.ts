import fc from 'fast-check';
import { OFFICIAL_HOLIDAYS } from '../../domain/holidays';
import { isIsoDate } from '../../domain/iso-date';
import { addWorkingDays, bangkokDate, isWorkingDay, workingDaysBetween } from '../../domain/working-days';

const NONE: ReadonlySet<string> = new Set();
const OFFICIAL: ReadonlySet<string> = new Set(OFFICIAL_HOLIDAYS.map(({ date }) => date));
const HOUR = 3_600_000;

/** Office hours of a date in Bangkok. */
const tenOClock = (date: string) => new Date(`${date}T10:00:00+07:00`);
/** The instant at which a date has ended in Bangkok. */
const endOf = (date: string) => new Date(Date.parse(`${date}T00:00:00+07:00`) + 24 * HOUR);

const instants = fc.date({ min: new Date('2025-12-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true });
const someDays = fc.nat({ max: 40 });
const dates = instants.map(bangkokDate);
const holidaySets = fc.uniqueArray(dates, { maxLength: 60 }).map((list): ReadonlySet<string> => new Set(list));

describe('X6 dates are those of Bangkok', () => {
  test.each([
    ['2026-11-24T16:59:59.999Z', '2026-11-24'],
    ['2026-11-24T17:00:00.000Z', '2026-11-25'],
    ['2025-12-31T17:00:00.000Z', '2026-01-01'],
  ])('%s is %s', (instant, date) => {
    expect(bangkokDate(new Date(instant))).toBe(date);
  });

  test('an invalid instant is refused', () => {
    expect(() => bangkokDate(new Date('never'))).toThrow(RangeError);
  });
});

describe('X6 ISO dates', () => {
  test.each(['2026-10-01', '2028-02-29'])('%s is one', (text) => {
    expect(isIsoDate(text)).toBe(true);
  });

  test.each([
    '',
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    '2026-1-1',
    '01/10/2026',
    '2026-10-01T00:00:00Z',
    ' 2026-10-01',
    '๒๐๒๖-๑๐-๐๑',
    '0000-01-01',
  ])('%p is none', (text) => {
    expect(isIsoDate(text)).toBe(false);
  });
});

describe('R3.5 working days', () => {
  test('Monday to Friday without holidays', () => {
    expect(isWorkingDay('2026-11-24', OFFICIAL)).toBe(true);
    expect(isWorkingDay('2026-11-21', OFFICIAL)).toBe(false);
    expect(isWorkingDay('2026-11-22', OFFICIAL)).toBe(false);
    expect(isWorkingDay('2026-12-10', OFFICIAL)).toBe(false);
    expect(isWorkingDay('2026-12-10', NONE)).toBe(true);
  });

  test.each([
    ['an ordinary week', '2026-11-24', 3, '2026-11-27'],
    ['over a weekend', '2026-11-26', 2, '2026-11-30'],
    ['from a Saturday', '2026-11-21', 1, '2026-11-23'],
    ['around New Year: 31 December, 1 January, a weekend', '2026-12-30', 1, '2027-01-04'],
    ['around Songkran: 13 to 15 April', '2026-04-10', 1, '2026-04-16'],
    ['from within Songkran', '2027-04-14', 2, '2027-04-19'],
    ['past a substitution day: Monday 7 December for the Saturday', '2026-12-04', 1, '2026-12-08'],
    ['past a substitution that moved on to a Tuesday', '2027-07-16', 1, '2027-07-21'],
    ['escalation to the head over December holidays', '2026-11-30', 7, '2026-12-11'],
  ])('%s: %s and %i end with %s', (_case, from, days, last) => {
    expect(addWorkingDays(tenOClock(from), days, OFFICIAL)).toEqual(endOf(last));
  });

  test('the hour of the day does not count, the date in Bangkok does', () => {
    expect(addWorkingDays(new Date('2026-11-23T17:00:00Z'), 1, NONE)).toEqual(endOf('2026-11-25'));
    expect(addWorkingDays(new Date('2026-11-23T16:59:59Z'), 1, NONE)).toEqual(endOf('2026-11-24'));
  });

  test('no days is now', () => {
    const now = tenOClock('2026-11-21');
    expect(addWorkingDays(now, 0, OFFICIAL)).toEqual(now);
  });

  test('counting between: the first day does not count, the last does', () => {
    expect(workingDaysBetween(tenOClock('2026-11-24'), tenOClock('2026-11-24'), NONE)).toBe(0);
    expect(workingDaysBetween(tenOClock('2026-11-24'), tenOClock('2026-11-27'), NONE)).toBe(3);
    expect(workingDaysBetween(tenOClock('2026-12-04'), tenOClock('2026-12-11'), OFFICIAL)).toBe(3);
    expect(workingDaysBetween(tenOClock('2026-11-27'), tenOClock('2026-11-24'), NONE)).toBe(0);
  });
});

describe('R3.5 working days, whatever the dates', () => {
  test('a deadline never comes before its start, and ends a working day', () => {
    fc.assert(
      fc.property(instants, someDays, holidaySets, (from, days, holidays) => {
        const end = addWorkingDays(from, days, holidays);
        if (days === 0) return end.getTime() === from.getTime();
        return end > from && isWorkingDay(bangkokDate(new Date(end.getTime() - 1)), holidays);
      }),
    );
  });

  test('more days and a later start never end earlier', () => {
    fc.assert(
      fc.property(instants, instants, fc.integer({ min: 1, max: 40 }), someDays, holidaySets, (one, other, days, more, holidays) => {
        const [from, later] = one < other ? [one, other] : [other, one];
        const end = addWorkingDays(from, days, holidays);
        return addWorkingDays(from, days + more, holidays) >= end && addWorkingDays(later, days, holidays) >= end;
      }),
    );
  });

  test('a holiday added never makes a deadline earlier', () => {
    fc.assert(
      fc.property(instants, someDays, holidaySets, dates, (from, days, holidays, added) => {
        return addWorkingDays(from, days, new Set([...holidays, added])) >= addWorkingDays(from, days, holidays);
      }),
    );
  });

  test('counting agrees with adding', () => {
    fc.assert(
      fc.property(instants, someDays, holidaySets, (from, days, holidays) => {
        const lastInstant = new Date(addWorkingDays(from, days, holidays).getTime() - (days === 0 ? 0 : 1));
        return workingDaysBetween(from, lastInstant, holidays) === days;
      }),
    );
  });
});

describe('R3.5 the holidays that a new database begins with', () => {
  const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();
  const onWeekend = (date: string) => [0, 6].includes(weekday(date));

  test('are real dates of 2026 and 2027 in order, each once', () => {
    const all = OFFICIAL_HOLIDAYS.map(({ date }) => date);
    expect(all.every(isIsoDate)).toBe(true);
    expect(all).toEqual([...new Set(all)].sort());
    expect(new Set(all.map((date) => date.slice(0, 4)))).toEqual(new Set(['2026', '2027']));
  });

  test('substitution days are no weekend days, and each stands for a day on a weekend shortly before', () => {
    const substitutes = OFFICIAL_HOLIDAYS.filter(({ name }) => name.startsWith('ชดเชย'));
    expect(substitutes).not.toHaveLength(0);
    for (const { date, name } of substitutes) {
      expect(onWeekend(date)).toBe(false);
      const original = OFFICIAL_HOLIDAYS.find((day) => day.name === name.slice('ชดเชย'.length) && day.date.slice(0, 4) === date.slice(0, 4));
      expect(original && onWeekend(original.date) && original.date < date).toBe(true);
    }
  });

  test('every day on a weekend has its substitution', () => {
    const missing = OFFICIAL_HOLIDAYS.filter(({ date }) => onWeekend(date)).filter(
      ({ date, name }) => !OFFICIAL_HOLIDAYS.some((day) => day.name === `ชดเชย${name}` && day.date.slice(0, 4) === date.slice(0, 4)),
    );
    expect(missing).toEqual([]);
  });

  test('Labour Day is no holiday of offices', () => {
    expect(OFFICIAL.has('2026-05-01')).toBe(false);
  });
});
