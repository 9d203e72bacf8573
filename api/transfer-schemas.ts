// The shapes of transfers (CONTRACT.md): they parse, and they make the OpenAPI document.
import { z } from 'zod';
import { dateField, schoolCodeField, text } from '../commands/submission-schema';
import { TRANSFER_STATUSES } from '../domain/transfer';
import { historyEntry, instant } from './schemas';

const order = z.object({ number: text(100), date: dateField });

export const transferRequest = z
  .object({
    lookupId: z.string().max(100),
    toSchoolCode: schoolCodeField,
    firstName: text(100).meta({ description: 'As typed by whoever asks: it confirms who is meant.' }),
    lastName: text(100),
    reason: text(2000).optional(),
    order: order.optional(),
    effectiveOn: dateField.optional().meta({ description: 'Today unless told; today or later, within a year.' }),
  })
  .meta({ id: 'TransferRequest' });

/** What has to be read before anything else: whose request it is decides whether the caller may ask at all. */
export const transferDestination = z.object({ toSchoolCode: schoolCodeField });

/** The reason of a rejection is the command's to ask for, after the row was looked at. */
export const transferDecision = z
  .object({ decision: z.enum(['APPROVE', 'REJECT']), reason: z.string().max(2000).optional() })
  .meta({ id: 'TransferDecision' });

export const transferAppeal = z.object({ reason: z.string().max(2000).default('') }).meta({ id: 'TransferAppeal' });

export const transfer = z
  .object({
    id: z.string(),
    reference: z.string(),
    status: z.enum(TRANSFER_STATUSES),
    person: z.object({
      id: z.string(),
      maskedId: z.string().meta({ description: 'x-xxxx-xxxx0-12-1' }),
      name: z.string().meta({ description: 'Masked for the asking side until consent.' }),
    }),
    fromSchoolCode: z.string().optional(),
    toSchoolCode: z.string(),
    decider: z.object({ kind: z.enum(['SCHOOL', 'DISTRICT', 'CENTRAL']), code: z.string() }).optional(),
    effectiveOn: z.string().meta({ format: 'date' }),
    requestedAt: instant,
    dueAt: instant.nullable(),
    reason: z.string().optional(),
    order: z.object({ number: z.string(), date: z.string() }).optional(),
    decidedBy: z.object({ name: z.string(), schoolCode: z.string().nullable(), districtCode: z.string().nullable() }).optional(),
    decidedAt: instant.optional(),
    decisionReason: z.string().optional(),
    appeal: z.object({ at: instant, reason: z.string().optional() }).optional(),
    cancelReason: z.string().optional(),
    dataDeletedAt: instant.optional().meta({ description: 'The reasons were deleted, after the set time or with the person’s data' }),
    history: z.array(historyEntry),
  })
  .meta({ id: 'Transfer' });
