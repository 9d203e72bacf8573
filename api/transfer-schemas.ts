// The shapes of transfers: they parse, and they make the OpenAPI document.
import { z } from 'zod';
import { TRANSFER_STATUSES } from '../domain/transfer';
import { historyEntry, instant } from './schemas';

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
    fromSchoolName: z.string().optional(),
    toSchoolCode: z.string(),
    toSchoolName: z.string(),
    decider: z.object({ kind: z.enum(['SCHOOL', 'DISTRICT', 'CENTRAL']), code: z.string() }).optional(),
    deciderName: z.string().optional(),
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
