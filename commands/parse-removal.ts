// A removal as it arrives: every broken field is named at once and, beside them, that the reason is missing (R5.4).
import { z } from 'zod';
import { brokenReason } from '../domain/reason';
import { Refused } from '../domain/refused';
import { topCode } from '../domain/top-code';
import { brokenFields, withoutNulls } from './broken-fields';
import { removalSchema } from './staff-schema';

/** What can be read of a removal whose other fields are broken. */
const draft = z.object({ reason: removalSchema.shape.reason.catch(undefined) });

/**
 * Parses a removal; its rules alone are the command's to refuse, after the person was looked for.
 * @throws Refused VALIDATION with the broken fields and, beside them, the broken rule
 */
export function parseRemoval(raw: unknown): z.output<typeof removalSchema> {
  const given = withoutNulls(raw);
  const parsed = removalSchema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const fields = brokenFields(parsed.error);
  const readable = draft.safeParse(given);
  const rules = readable.success && fields.every(({ path }) => path !== 'reason') ? brokenReason(readable.data.reason) : [];
  const errors = [...fields, ...rules];
  throw new Refused(topCode(errors), { errors });
}
