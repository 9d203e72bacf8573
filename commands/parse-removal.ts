// A removal as it arrives: every broken field is named at once and, beside them, that the reason is missing (R5.4).
import { z } from 'zod';
import { brokenReason } from '../domain/reason';
import type { BrokenRule } from '../domain/refusal';
import { parseWithRules } from './broken-fields';
import { removalSchema } from './staff-schema';

/** What can be read of a removal whose other fields are broken. */
const draft = z.object({ reason: removalSchema.shape.reason.catch(undefined) });

/**
 * Parses a removal; its rules alone are the command's to refuse, after the person was looked for.
 * @throws Refused VALIDATION with the broken fields and, beside them, the broken rule
 */
export function parseRemoval(raw: unknown): z.output<typeof removalSchema> {
  return parseWithRules(removalSchema, rulesOf, raw);
}

function rulesOf(given: unknown): BrokenRule[] {
  const readable = draft.safeParse(given);
  return readable.success ? brokenReason(readable.data.reason) : [];
}
