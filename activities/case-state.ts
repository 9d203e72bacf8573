// The deadline and the clock of a case's row.
import { type Deadline, deadlineKind } from '../contracts/case';
import { nextDeadline, type ReviewPolicies } from '../domain/deadlines';
import type { Registration } from '../prisma/generated/client';
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

/** What a row's clock reads from its status: columns to write (R3.5). */
export interface Clock {
  deadlineKind: string | null;
  deadlineAt: Date | null;
  dueAt: Date | null;
}

/** What the clock of a registration is read from. */
export type ClockedCase = Pick<Registration, 'status' | 'escalation' | 'districtCode'> & { since: Date };

/**
 * The clock of a row in the status it is about to have (R3.5).
 * @param free holidays, as ISO dates @param linkExpiresAt of an approved case whose link went out
 */
export function clockOf(row: ClockedCase, policies: ReviewPolicies, free: ReadonlySet<string>, linkExpiresAt: Date | null): Clock {
  // Nobody owes a decision for a school that has no district yet (R3.2): its clock starts when it gets one.
  if (row.status === 'PENDING' && row.districtCode === null) return { deadlineKind: null, deadlineAt: null, dueAt: null };
  const next = nextDeadline({ ...row, linkExpiresAt }, policies, free);
  const due = row.status === 'PENDING' ? nextDeadline({ ...row, escalation: 'NONE', linkExpiresAt }, policies, free) : next;
  return { deadlineKind: next?.kind ?? null, deadlineAt: next?.at ?? null, dueAt: linkExpiresAt ?? due?.at ?? null };
}
