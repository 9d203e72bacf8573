// The next instant that changes a registration by itself (R3.5).
import { deadlineAfter, type Policy } from './policy';
import type { Escalation, RegistrationStatus } from './registration';

/** The policies that arm a registration's clock (R3.5, R4.2). */
export interface ReviewPolicies {
  escalateAfter: Policy;
  centralAfter: Policy;
  correctionWithin: Policy;
  confirmWithin: Policy;
  unconfirmedExpireAfter: Policy;
}

/** What a registration's clock depends on; `since` is when the present status began. */
export interface ClockedRow {
  status: RegistrationStatus;
  escalation: Escalation;
  since: Date;
  /** When the confirmation link dies; null while it has not gone out. */
  linkExpiresAt: Date | null;
}

type Next = { kind: 'ESCALATE_HEAD' | 'ESCALATE_CENTRAL' | 'EXPIRE'; at: Date } | null;

/**
 * R3.5: a pending case escalates to the head and then to the central office and never expires; a returned one expires when
 * its time for correction is over, an approved one when its last link has been dead for long enough. Both steps of the
 * escalation count from the same start.
 * @param holidays ISO dates
 * @returns null when nothing changes by itself
 */
export function nextDeadline(row: ClockedRow, policies: ReviewPolicies, holidays: ReadonlySet<string>): Next {
  const after = (policy: Policy, from = row.since) => deadlineAfter(policy, from, holidays);
  switch (row.status) {
    case 'PENDING':
      return nextEscalation(row.escalation, after(policies.escalateAfter), after(policies.centralAfter));
    case 'RETURNED':
      return { kind: 'EXPIRE', at: after(policies.correctionWithin) };
    case 'APPROVED':
      return row.linkExpiresAt && { kind: 'EXPIRE', at: after(policies.unconfirmedExpireAfter, row.linkExpiresAt) };
    default:
      return null;
  }
}

/** To the head, then to the central office; to the central office at once where its time is set to come first. */
function nextEscalation(escalation: Escalation, head: Date, central: Date): Next {
  if (escalation === 'CENTRAL') return null;
  return escalation === 'NONE' && head <= central ? { kind: 'ESCALATE_HEAD', at: head } : { kind: 'ESCALATE_CENTRAL', at: central };
}

/** The policies from which the clock of a status is read; none where nothing changes by itself. */
const ARMED_BY: Record<RegistrationStatus, readonly (keyof ReviewPolicies)[]> = {
  PENDING: ['escalateAfter', 'centralAfter'],
  RETURNED: ['correctionWithin'],
  APPROVED: ['unconfirmedExpireAfter'],
  ACTIVE: [],
  REJECTED: [],
  WITHDRAWN: [],
  EXPIRED: [],
};

/** Whether the clock of a status follows the holidays (R3.5). */
export function followsHolidays(status: RegistrationStatus, policies: ReviewPolicies): boolean {
  return ARMED_BY[status].some((name) => policies[name].unit === 'workingDays');
}

/** R3.5: it waits for an office, and the time that the office had is over. */
export function isOverdue({ status, dueAt }: { status: RegistrationStatus; dueAt: Date | null }, now: Date): boolean {
  return status === 'PENDING' && dueAt !== null && dueAt < now;
}
