import { isPossible } from '../domain/registration';
import { auditOfForm, type CaseStep, clockAsOf } from './registration-change';

/**
 * R2.4: who was registered by a sheet acknowledges it, by the mailed link; so does correcting it. The office owes its decision from
 * now on; others whom a release before 1 December 2026 had brought in meanwhile stay (R3.5).
 */
export const recordAcknowledgement: CaseStep = (asked) => {
  const { form, row } = asked;
  if (!isPossible('acknowledge', row.status)) return 'NOT_POSSIBLE_NOW';
  if (!row.awaitsAcknowledgement) return {};
  const since = row.status === 'PENDING' ? asked.since : row.waitingSince;
  const acknowledged = { awaitsAcknowledgement: false };
  return {
    row: { ...acknowledged, waitingSince: since, ...clockAsOf(asked, { ...row, ...acknowledged, since }) },
    audit: auditOfForm(form, row, { action: 'ACKNOWLEDGED', after: { status: row.status } }),
  };
};
