// What people say about transfers as it arrives, from the API or a page (R5.3c, R5.3d). The same schemas give the OpenAPI document.
import { z } from 'zod';
import { TRANSFER_DECISIONS } from '../domain/transfer';
import { lookupIdField } from './staff-schema';
import { dateField, schoolCodeField, text } from './submission-schema';

const order = z.object({ number: text(100), date: dateField });

/** A request (R5.3c). */
export const transferRequest = z
  .object({
    lookupId: lookupIdField.meta({ type: 'string', format: 'uuid' }),
    toSchoolCode: schoolCodeField,
    firstName: text(100).meta({ description: 'As typed by whoever asks: it confirms who is meant.' }),
    lastName: text(100),
    reason: text(2000).optional(),
    order: order.optional(),
    effectiveOn: dateField
      .optional()
      .meta({ description: 'Today unless told; today or later, within a year. Yesterday counts as today, since a day may end while it is asked.' }),
  })
  .meta({ id: 'TransferRequest' });

/** What has to be read before anything else: whose request it is decides whether the caller may ask at all. */
export const transferDestination = z.object({ toSchoolCode: schoolCodeField });

/** The reason of a rejection is the command's to ask for, after the row was looked at. */
export const transferDecision = z
  .object({ decision: z.enum(TRANSFER_DECISIONS), reason: z.string().max(2000).optional() })
  .meta({ id: 'TransferDecision' });

/** So is the reason of an appeal. */
export const transferAppeal = z.object({ reason: z.string().max(2000).default('') }).meta({ id: 'TransferAppeal' });
