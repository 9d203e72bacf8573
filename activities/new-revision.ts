import { type AskedByForm, auditOfForm, clockAsOf } from './registration-change';
import type { CaseRow } from './registration-facts';

/**
 * A new revision waits for the office from now on, with its clock anew; what was decided of an earlier one is told by the history.
 * @param row whether it awaits the registrant's acknowledgement (R2.4): as before, where not told
 */
export function newRevision({ row, ...asked }: AskedByForm, { awaitsAcknowledgement }: Pick<CaseRow, 'awaitsAcknowledgement'> = row) {
  const { since } = asked;
  const waiting = { status: 'PENDING', escalation: 'NONE', awaitsAcknowledgement } as const;
  const clock = clockAsOf(asked, { ...waiting, districtCode: row.districtCode, since });
  const undecided = { decidedById: null, decidedAt: null, reason: null };
  return { ...waiting, revision: row.revision + 1, waitingSince: since, ...undecided, ...clock };
}

/** What the audit says of a new revision. */
export function auditOfRevision({ form, row }: AskedByForm, action: string, { status, revision }: { status: string; revision: number }) {
  const before = { status: row.status, revision: row.revision };
  return auditOfForm(form, row, { action, before, after: { status, revision } });
}
