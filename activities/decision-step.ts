// The office's decision (R3.1, R3.4).
import { decisionPayload } from '../contracts/forms';
import { refuseApproval, refuseDecision } from '../domain/decision';
import { refuseDecider } from '../domain/entitlement';
import type { RefusalCode } from '../domain/refusal';
import { STATUS_AFTER } from '../domain/registration';
import { mailOf } from './mail-orders';
import { type AskedByForm, auditOfForm, type CaseStep, clockAsOf, mailedLink, withOwnDistrict } from './registration-change';

/** R3.1, R3.4: the office approves, returns or rejects the revision it saw. */
export const recordDecision: CaseStep = (asked) => {
  const { form, row, facts, since } = asked;
  const { decision, revision, reason = null, amongMany = false } = decisionPayload.parse(form.payload);
  // The account may have ended, or the school changed district, since the form was written.
  const officer = facts.asker ? refuseDecider(decision, facts.asker, withOwnDistrict(asked)) : 'FORBIDDEN';
  const refusal = refuseDecision(row, revision) ?? officer ?? (decision === 'APPROVE' ? refuseByFacts(asked, amongMany) : null);
  if (refusal) return refusal;
  const status = STATUS_AFTER[decision];
  const clock = clockAsOf(asked, { ...row, status, since });
  const closedAt = status === 'REJECTED' ? since : null;
  return {
    row: { status, waitingSince: since, decidedById: form.actorId, decidedAt: since, reason, closedAt, ...clock },
    ...(status === 'APPROVED' && mailedLink(asked, row)),
    ...(status === 'RETURNED' && { mails: [mailOf(asked, row, { purpose: 'returned', formId: form.id, dueAt: clock.deadlineAt })] }),
    ...(status === 'REJECTED' && { mails: [mailOf(asked, row, { purpose: 'rejected', formId: form.id })] }),
    audit: auditOfForm(form, row, { action: status, before: { status: row.status }, after: { status, revision } }),
  };
};

function refuseByFacts({ row, facts: { warnings } }: AskedByForm, amongMany: boolean): RefusalCode | null {
  if (!warnings) throw new Error(`The view registration_facts lacks ${row.id}`);
  // Opened it was before the form was written, and stays so.
  return refuseApproval(row, warnings, amongMany ? { opened: true } : null);
}
