// An official holiday, as the central office enters it (R3.5).
import { commonYear } from './buddhist-era';
import type { BrokenRule } from './refusal';

/**
 * The rules that a holiday breaks: one of the year 2569 would be none that anybody knows of.
 * @param date a real date, `YYYY-MM-DD`
 */
export function brokenHolidayRules(date: string): BrokenRule[] {
  const year = Number(date.slice(0, 4));
  return commonYear(year) === year ? [] : [OTHER_ERA];
}

const OTHER_ERA: BrokenRule = {
  path: 'date',
  code: 'IMPLAUSIBLE_DATE',
  message: 'ระบุปี ค.ศ. เช่น 2026-12-31 / The year is of the common era, as in 2026-12-31.',
};
