import { isPossible } from '../domain/registration';
import { auditOfForm, type CaseStep, clockAsOf } from './registration-change';

/**
 * R2.4: who was registered by a sheet acknowledges it, by the mailed link; so does correcting it. The office owes its decision from
 * now on, unless others were brought in before.
 */
export const recordAcknowledgement: CaseStep = (asked) => {
  const { form, row } = asked;
  if (!isPossible('acknowledge', row.status)) return 'NOT_POSSIBLE_NOW';
  if (!row.awaitsAcknowledgement) return {};
  const since = row.status === 'PENDING' && row.escalation === 'NONE' ? asked.since : row.waitingSince;
  return {
    row: { awaitsAcknowledgement: false, waitingSince: since, ...clockAsOf(asked, { ...row, since }) },
    audit: auditOfForm(form, row, { action: 'ACKNOWLEDGED', after: { status: row.status } }),
  };
};
