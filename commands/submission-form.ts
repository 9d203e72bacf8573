// From a submission as people give it to the form that the database keeps.
import type { SubmissionPayload } from '../contracts/forms';
import type { Submission } from '../domain/submission';
import { hashToken, trackingToken } from '../security/tokens';
import type { CommandDependencies } from './dependencies';

/** The payload of a SUBMISSION or RESUBMISSION form; the national ID only encrypted and hashed (X4). */
export function submissionForm(
  { keyRing, tokenKey }: CommandDependencies,
  submission: Submission,
  registrationId: string,
  trackingVersion = 0,
): SubmissionPayload {
  const { nationalId, ...registrant } = submission.registrant;
  return {
    channel: submission.assisted ? 'ASSISTED' : 'SELF',
    ...(submission.assisted?.requestNote !== undefined && { requestNote: submission.assisted.requestNote }),
    capacity: submission.capacity,
    nationalIdHash: keyRing.lookupHash(nationalId),
    nationalIdCipher: keyRing.seal(nationalId),
    registrant,
    emailKind: submission.emailKind,
    ...(submission.actingOrder && { actingOrder: submission.actingOrder }),
    ...(submission.delegation && { delegation: submission.delegation }),
    ...(submission.replaces && { replaces: true }),
    trackingHash: hashToken(trackingToken(tokenKey, registrationId, trackingVersion)),
  };
}
