// What the rows of a transfer's forms hold, written by commands and read by the recording activity. Parsed on both ways.
import { z } from 'zod';
import { TRANSFER_DECISIONS } from '../domain/transfer';

/** The order by which somebody was posted to the school that asks, where it is named. */
export const transferOrder = z.object({ number: z.string(), date: z.string() });

/** Of TRANSFER_REQUEST forms. */
export const transferRequestPayload = z.object({
  lookupId: z.string(),
  personId: z.string(),
  reason: z.string().optional(),
  order: transferOrder.optional(),
  /** `YYYY-MM-DD`. */
  effectiveOn: z.string(),
});

/** Of TRANSFER_DECISION forms. */
export const transferDecisionPayload = z.object({ decision: z.enum(TRANSFER_DECISIONS), reason: z.string().optional() });

/** Of TRANSFER_APPEAL forms. */
export const transferAppealPayload = z.object({ reason: z.string() });
