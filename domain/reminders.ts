// When somebody who owes a decision is reminded of it (R3.5).
import type { Policy } from './policy';
import { bangkokDate, isWorkingDay, startOfWorkingDaysBack, workingDaysBetween } from './working-days';

/**
 * R3.5: a case is due for a reminder when it has waited, or when its last reminder lies back, for the policy's time.
 * @param holidays ISO dates
 * @returns what began before this instant is due
 */
export function dueWhenBefore(policy: Policy, now: Date, holidays: ReadonlySet<string>): Date {
  if (policy.unit === 'workingDays') return startOfWorkingDaysBack(now, Math.max(1, policy.amount), holidays);
  return new Date(now.getTime() - policy.amount + 1);
}

/**
 * Whether a digest goes out now (R3.5): where its window is in working days, on working days alone and that many after the
 * last one; where it is a plain duration, whenever the schedule runs, on any day.
 * @param last when the last digest was prepared, or null
 */
export function isDigestTime(window: Policy, last: Date | null, now: Date, holidays: ReadonlySet<string>): boolean {
  if (window.unit === 'milliseconds') return true;
  return isWorkingDay(bangkokDate(now), holidays) && (last === null || workingDaysBetween(last, now, holidays) >= window.amount);
}
