// Policy values: working days (`3wd`) or plain durations by the clock (`2s`, `72h`), so that tests shorten them and
// nothing else changes (docs/decisions.md 8).
import { DAY_MS } from './days';
import type { Words } from './words';
import { addWorkingDays } from './working-days';

export type Policy = { unit: 'workingDays'; amount: number } | { unit: 'milliseconds'; amount: number };

const MILLISECONDS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: DAY_MS };
/** Ten years: a longer period is a slip of the keyboard, and far longer ones leave the range of dates. */
const LONGEST = { workingDays: 2_500, milliseconds: 3_653 * DAY_MS };

/**
 * Reads a policy of the environment (R3.5).
 * @param text a whole number and its unit: `3wd`, `2s`, `15m`, `72h`, `7d`, `500ms`
 * @returns null for anything else, and for more than ten years
 */
export function parsePolicy(text: string): Policy | null {
  const match = /^(\d{1,12})(wd|ms|s|m|h|d)$/.exec(text.trim());
  if (!match) return null;
  const factor = MILLISECONDS[match[2] ?? ''];
  const unit = factor === undefined ? 'workingDays' : 'milliseconds';
  const amount = Number(match[1]) * (factor ?? 1);
  return amount <= LONGEST[unit] ? { unit, amount } : null;
}

/**
 * The instant at which the policy's time after `from` is over (R3.5): working days end with their day, durations go by the
 * clock on any day.
 * @param holidays ISO dates
 */
export function deadlineAfter(policy: Policy, from: Date, holidays: ReadonlySet<string>): Date {
  if (policy.unit === 'workingDays') return addWorkingDays(from, policy.amount, holidays);
  return new Date(from.getTime() + policy.amount);
}

/** A policy in words, `30 วัน` and `30 days`; null where it is no whole number of days. */
export function daysOf({ unit, amount }: Policy): Words | null {
  const days = unit === 'workingDays' ? amount : amount / DAY_MS;
  if (!Number.isInteger(days)) return null;
  const working = unit === 'workingDays' ? { th: 'ทำการ', en: 'working ' } : { th: '', en: '' };
  return { th: `${days} วัน${working.th}`, en: `${days} ${working.en}${days === 1 ? 'day' : 'days'}` };
}
