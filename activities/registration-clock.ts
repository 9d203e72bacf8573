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
  // No office owes a decision for a school that has no district yet (R3.2), nor before the registrant acknowledged it (R2.4): the clock
  // starts then.
  if (row.status === 'PENDING' && (row.districtCode === null || row.awaitsAcknowledgement))
    return { deadlineKind: null, deadlineAt: null, dueAt: null };
  const next = nextDeadline({ ...row, linkExpiresAt }, policies, free);
  const due = row.status === 'PENDING' ? nextDeadline({ ...row, escalation: 'NONE', linkExpiresAt }, policies, free) : next;
  return { deadlineKind: next?.kind ?? null, deadlineAt: next?.at ?? null, dueAt: linkExpiresAt ?? due?.at ?? null };
}
