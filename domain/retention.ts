// X7: for how long is kept what is over.
import { DAY_MS } from './days';

/** How long, in milliseconds, counted from the end of a case. */
export interface Retention {
  /** Personal data of cases that ended without an administrator, reasons of transfers, objections, and look-ups that were used. */
  closedMs: number;
  /** Files of evidence (R1.3), whatever the case came to. */
  evidenceMs: number;
}

/** What ended at or before this instant is due for deletion. */
export function keptSince(now: Date, keptMs: number): Date {
  return new Date(now.getTime() - keptMs);
}

/** A time as people are told it: whole days, a part of one counting as one. */
export function keptDays(keptMs: number): number {
  return Math.max(1, Math.ceil(keptMs / DAY_MS));
}
