// Thai working days (R3.5): Monday to Friday but for the holidays of the central office's table, in Asia/Bangkok, which is
// seven hours ahead of UTC all year (no daylight saving time).
import { DAY_MS } from './days';

const BANGKOK_MS = 7 * 3_600_000;

/** Days since 1970-01-01 of the Bangkok calendar. */
function bangkokDay(instant: Date): number {
  return Math.floor((instant.getTime() + BANGKOK_MS) / DAY_MS);
}

function isoDateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The calendar date in Bangkok, `YYYY-MM-DD` (X6).
 * @throws RangeError for an invalid date
 */
export function bangkokDate(instant: Date): string {
  return isoDateOfDay(bangkokDay(instant));
}

/** The instant at which a date begins in Bangkok (X6). @param isoDate `YYYY-MM-DD` */
export function startOfBangkokDate(isoDate: string): Date {
  return new Date(Date.parse(isoDate) - BANGKOK_MS);
}

/**
 * Whether offices work on the date (R3.5).
 * @param isoDate `YYYY-MM-DD`
 * @param holidays ISO dates
 */
export function isWorkingDay(isoDate: string, holidays: ReadonlySet<string>): boolean {
  const weekday = new Date(`${isoDate}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(isoDate);
}

/**
 * The instant at which the n-th working day after the day of `from` has ended: midnight in Bangkok, 17:00 UTC (R3.5). The
 * day of `from` itself does not count, as in administrative law the period begins the day after. No days is `from` itself.
 * @param days a whole number
 * @param holidays ISO dates
 * @throws RangeError for an invalid date
 */
export function addWorkingDays(from: Date, days: number, holidays: ReadonlySet<string>): Date {
  if (days <= 0) return from;
  let day = bangkokDay(from);
  for (let left = days; left > 0; ) {
    day += 1;
    if (isWorkingDay(isoDateOfDay(day), holidays)) left -= 1;
  }
  return new Date((day + 1) * DAY_MS - BANGKOK_MS);
}

/**
 * The instant before which something must have begun for `days` working days to lie between its day and today, today
 * included (R3.5): what began on Monday has waited three working days on Thursday, from its first hour on.
 * @param days a whole number from 1
 * @param holidays ISO dates
 */
export function startOfWorkingDaysBack(now: Date, days: number, holidays: ReadonlySet<string>): Date {
  let day = bangkokDay(now) + 1;
  for (let left = days; left > 0; ) {
    day -= 1;
    if (isWorkingDay(isoDateOfDay(day), holidays)) left -= 1;
  }
  return new Date(day * DAY_MS - BANGKOK_MS);
}

/**
 * How many working days lie after the day of `from`, up to and with the day of `to`; none when `to` is earlier (R3.5).
 * @param holidays ISO dates
 */
export function workingDaysBetween(from: Date, to: Date, holidays: ReadonlySet<string>): number {
  let count = 0;
  for (let day = bangkokDay(from) + 1; day <= bangkokDay(to); day += 1) {
    if (isWorkingDay(isoDateOfDay(day), holidays)) count += 1;
  }
  return count;
}
