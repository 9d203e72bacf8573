import { z } from 'zod';
import { brokenCode } from '../domain/refusal';

/** Broken rules as they are kept in the database: of an answer for its repeat, of a row of a meeting's sheet. Codes that are no more are INVALID. */
export const storedErrors = z.array(z.object({ path: z.string(), code: z.string().transform(brokenCode), message: z.string() }));
