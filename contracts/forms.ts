// What a form's row holds: written by commands before the workflow is called, read by the recording activity. This is
// where personal data waits (docs/decisions.md 57), so that only the form's ID enters Temporal. Parsed on both ways.
import { z } from 'zod';
import { POSITIONS } from '../domain/position';
import { DECISIONS } from '../domain/registration';
import { CAPACITIES, EMAIL_KINDS } from '../domain/submission';

const actingOrder = z.object({ number: z.string(), date: z.string() });
const person = z.object({
  title: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  position: z.enum(POSITIONS),
  homeSchoolCode: z.string(),
});

const delegation = z.object({
  delegator: person.extend({ actingOrder: actingOrder.optional() }),
  evidence: z.object({ documentNumber: z.string().optional(), date: z.string().optional(), fileId: z.string().optional() }).optional(),
});

/** Of SUBMISSION and RESUBMISSION forms. The national ID is encrypted and hashed already (X4). */
export const submissionPayload = z.object({
  channel: z.enum(['SELF', 'ASSISTED', 'MEETING']),
  /** How the school asked its district to type it in (R2.6). */
  requestNote: z.string().optional(),
  capacity: z.enum(CAPACITIES),
  nationalIdHash: z.string(),
  nationalIdCipher: z.string(),
  registrant: person.extend({ email: z.string(), phone: z.string() }),
  emailKind: z.enum(EMAIL_KINDS),
  actingOrder: actingOrder.optional(),
  delegation: delegation.optional(),
  /** Takes the place of the school's present administrator (R4.6). */
  replaces: z.boolean().optional(),
  /** Of the orientation meeting by which it came (R2.4). */
  meetingId: z.string().optional(),
  /** Registered by a sheet: the registrant has yet to acknowledge it (R2.4). */
  awaitsAcknowledgement: z.boolean().optional(),
  trackingHash: z.string(),
});
export type SubmissionPayload = z.infer<typeof submissionPayload>;

/** Of the delegation, as the registration's row keeps it. */
export const storedDelegation = delegation;
export const storedOrder = actingOrder;

/** Of DECISION forms. */
export const decisionPayload = z.object({
  decision: z.enum(DECISIONS),
  revision: z.number().int(),
  reason: z.string().optional(),
  /** R3.7: not approved where it has warnings. */
  amongMany: z.literal(true).optional(),
});

/** Of CONFIRMATION forms: the link that was used, by its mail, and the hash of the password. */
export const confirmationPayload = z.object({ mailId: z.string(), passwordHash: z.string() });

/** Of ADDRESS forms: the address that the approver gives instead. */
export const addressPayload = z.object({ email: z.string() });
