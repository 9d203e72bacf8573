// What an approver says of a time of leave as it arrives, from the API or a page (R3.6). The same schema gives the OpenAPI document.
import { z } from 'zod';
import { dateField } from './submission-schema';

/** Who stands in, from the first to the last day. */
export const newSubstitution = z.object({ substituteId: z.string().max(100), from: dateField, to: dateField });
