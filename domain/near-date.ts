import { daysAfter } from './days';

/** A date that lies further away than this is a slip of the keyboard, such as a year of the Buddhist era [P]. */
const FURTHEST_DAYS = 366;

/** Whether a date lies within a year of today, before or after it; both `YYYY-MM-DD`. */
export function isWithinAYear(date: string, today: string): boolean {
  return Math.abs(daysAfter(date, today)) <= FURTHEST_DAYS;
}
