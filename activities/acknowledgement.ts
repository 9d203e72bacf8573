import { isPossible } from '../domain/registration';
import { appendAudit } from './audit';
import { clockOf } from './case-state';
import type { CaseStep } from './registration-steps';

/**
 * R2.4: who was registered by a sheet acknowledges it, by the mailed link; so does correcting it. The office owes its decision from
 * now on, unless others were brought in before.
 */
export const recordAcknowledgement: CaseStep = async (tx, dependencies, form, row) => {
  if (!isPossible('acknowledge', row.status)) return 'NOT_POSSIBLE_NOW';
  if (!row.awaitsAcknowledgement) return null;
  const { id, status, schoolCode, districtCode } = row;
  const since = status === 'PENDING' && row.escalation === 'NONE' ? dependencies.now() : row.waitingSince;
  const clock = await clockOf(tx, dependencies, { ...row, since });
  await tx.registration.update({ where: { id }, data: { awaitsAcknowledgement: false, waitingSince: since, ...clock }, select: { id: true } });
  const actor = { kind: 'REGISTRANT' as const };
  await appendAudit(tx, id, { actor, action: 'ACKNOWLEDGED', schoolCode, districtCode, formId: form.id, after: { status } });
  return null;
};
