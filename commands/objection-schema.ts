import { z } from 'zod';
import { phoneField, text } from './submission-schema';

/** R2.8: who objects to a registration, where to reach them, and why; from the API or a page. */
export const objectionSchema = z.object({ name: text(200), phone: phoneField, note: text(2000) });
