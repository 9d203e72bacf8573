// What stands in the way of a school's registration.
import type { SubmissionPayload } from '../contracts/forms';
import { isClosed } from '../domain/closure';
import { mayAssist } from '../domain/entitlement';
import type { RefusalCode } from '../domain/refusal';
import { bangkokDate } from '../domain/working-days';
import { refuseHandover } from './handover';
import type { Asked } from './registration-change';

/** R1.1, R2.6, R4.6, R5.3d: what stands in the way of another registration of the school. */
export function refuseSchool(asked: Asked, submission: SubmissionPayload): RefusalCode | null {
  const { replaces = false } = submission;
  const { school } = asked.facts;
  if (isClosed(school.closedOn, bangkokDate(asked.since))) return 'SCHOOL_CLOSED';
  if (isByOfficer(submission) && !mayStillAssist(asked)) return 'FORBIDDEN';
  if (school.administrator && !replaces) return 'SCHOOL_HAS_ADMINISTRATOR';
  return (replaces ? refuseHandover(asked) : null) ?? (school.registering ? 'REGISTRATION_OPEN' : null);
}

/** Whether an officer registers the school: types it in (R2.6), or sent it with a meeting's sheet (R2.4). */
function isByOfficer({ channel, awaitsAcknowledgement = false }: SubmissionPayload): boolean {
  return channel === 'ASSISTED' || awaitsAcknowledgement;
}

/** R2.4, R2.6: the account of who registers it may have ended, or the school have changed district, since the form was written. */
function mayStillAssist({ facts: { asker, school } }: Asked): boolean {
  return asker !== null && mayAssist(asker, school);
}
