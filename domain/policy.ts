// Policy values: working days (`3wd`) or plain durations by the clock (`2s`, `72h`), so that tests shorten them and
// nothing else changes (DESIGN.md, decision 7).
import { addWorkingDays } from './working-days';

export type Policy = { unit: 'workingDays'; amount: number } | { unit: 'milliseconds'; amount: number };

const MILLISECONDS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `3wd`, `2s`, `15m`, `72h`, `7d`, `500ms`; null for anything else. */
export function parsePolicy(text: string): Policy | null {
  const match = /^(\d{1,9})(wd|ms|s|m|h|d)$/.exec(text.trim());
  if (!match) return null;
  const amount = Number(match[1]);
  const factor = MILLISECONDS[match[2] ?? ''];
  return factor === undefined ? { unit: 'workingDays', amount } : { unit: 'milliseconds', amount: amount * factor };
}

/** The instant at which the policy's time after `from` is over (R3.5). @param holidays ISO dates */
export function deadlineAfter(policy: Policy, from: Date, holidays: ReadonlySet<string>): Date {
  if (policy.unit === 'workingDays') return addWorkingDays(from, policy.amount, holidays);
  return new Date(from.getTime() + policy.amount);
}
