// From a submission as people give it to the form that the database keeps.
import type { SubmissionPayload } from '../contracts/forms';
import type { Submission } from '../domain/submission';
import { hashToken, trackingToken } from '../security/tokens';
import type { CommandDependencies } from './dependencies';

/** How it came, where not by the school alone. */
type Origin = Partial<Pick<SubmissionPayload, 'meetingId' | 'awaitsAcknowledgement'>>;

/** The payload of a SUBMISSION or RESUBMISSION form; the national ID only encrypted and hashed (X4). */
export function submissionForm(
  { keyRing, tokenKey }: CommandDependencies,
  submission: Submission,
  registrationId: string,
  meeting: Origin = {},
): SubmissionPayload {
  const { nationalId, ...registrant } = submission.registrant;
  return {
    channel: channelOf(submission, meeting),
    ...meeting,
    ...(submission.assisted?.requestNote !== undefined && { requestNote: submission.assisted.requestNote }),
    capacity: submission.capacity,
    nationalIdHash: keyRing.lookupHash(nationalId),
    nationalIdCipher: keyRing.seal(nationalId),
    registrant,
    emailKind: submission.emailKind,
    ...(submission.actingOrder && { actingOrder: submission.actingOrder }),
    ...(submission.delegation && { delegation: submission.delegation }),
    ...(submission.replaces && { replaces: true }),
    // Of a new case; a correction keeps the case's own.
    trackingHash: hashToken(trackingToken(tokenKey, registrationId, 0)),
  };
}

/** R2.6: what an officer types in is ASSISTED, wherever that is done. */
function channelOf({ assisted }: Submission, { meetingId }: Origin): SubmissionPayload['channel'] {
  if (assisted) return 'ASSISTED';
  return meetingId === undefined ? 'SELF' : 'MEETING';
}
