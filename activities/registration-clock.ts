// The clock of a registration (R3.5).
import { nextDeadline, type ReviewPolicies } from '../domain/deadlines';
import type { Registration } from '../prisma/generated/client';
import type { Clock } from './clock';

/** What the clock of a registration is read from. */
export type ClockedCase = Pick<Registration, 'status' | 'escalation' | 'districtCode' | 'awaitsAcknowledgement'> & { since: Date };

/**
 * The clock of a row in the status it is about to have (R3.5).
 * @param free holidays, as ISO dates @param linkExpiresAt of an approved case whose link went out
 */
export function clockOf(row: ClockedCase, policies: ReviewPolicies, free: ReadonlySet<string>, linkExpiresAt: Date | null): Clock {
  // Nobody owes a decision for a school that has no district yet (R3.2): its clock starts when it gets one.
  if (row.status === 'PENDING' && row.districtCode === null) return { deadlineKind: null, deadlineAt: null, dueAt: null };
  const next = nextDeadline({ ...row, linkExpiresAt }, policies, free);
  const due = row.status === 'PENDING' ? nextDeadline({ ...row, escalation: 'NONE', linkExpiresAt }, policies, free) : next;
  const dueAt = linkExpiresAt ?? due?.at ?? null;
  // Before the registrant acknowledged it no office can approve (R2.4), and nobody more is brought in; the office sees it among the
  // overdue, to ask after it.
  if (row.status === 'PENDING' && row.awaitsAcknowledgement) return { deadlineKind: null, deadlineAt: null, dueAt };
  return { deadlineKind: next?.kind ?? null, deadlineAt: next?.at ?? null, dueAt };
}
