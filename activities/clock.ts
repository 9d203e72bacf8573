// The clock of a case's row: what it is armed with, and what it counts by.
import { type Deadline, deadlineKind } from '../contracts/case';
import { deadlineAfter, type Policy } from '../domain/policy';
import { isoDate } from '../prisma/iso-date';
import type { Transaction } from './dependencies';

/** The deadline that the row is armed with. */
export function storedDeadline(row: Pick<Clock, 'deadlineKind' | 'deadlineAt'>): Deadline | null {
  const kind = deadlineKind(row.deadlineKind);
  return row.deadlineAt && kind ? { kind, at: row.deadlineAt.toISOString() } : null;
}

/** The holidays of the central office's table, as ISO dates. */
export async function holidays(tx: Transaction): Promise<ReadonlySet<string>> {
  const rows = await tx.holiday.findMany({ select: { date: true } });
  return new Set(rows.map(({ date }) => isoDate(date)));
}

/** For durations by the clock, which go on on any day. */
export const NO_HOLIDAYS: ReadonlySet<string> = new Set();

/** Until when somebody has to act who is told now; holidays are read where the period is one of working days (R3.5). */
export async function deadlineFrom(tx: Transaction, policy: Policy, now: Date): Promise<Date> {
  return deadlineAfter(policy, now, policy.unit === 'workingDays' ? await holidays(tx) : NO_HOLIDAYS);
}

/** The deadline columns of a case's row (R3.5). */
export interface Clock {
  deadlineKind: string | null;
  deadlineAt: Date | null;
  dueAt: Date | null;
}

/** Whether two clocks read the same; a case may be due without being armed, as one that waits for the central office (R3.5, R5.3d). */
export function sameClock(one: Clock, other: Clock): boolean {
  return one.deadlineKind === other.deadlineKind && sameInstant(one.deadlineAt, other.deadlineAt) && sameInstant(one.dueAt, other.dueAt);
}

function sameInstant(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime();
}
