// A decision as it arrives: every broken field and every broken rule is named at once (R3.1, R3.4).
import { z } from 'zod';
import { brokenDecisionRules } from '../domain/decision';
import { Refused } from '../domain/refused';
import { brokenFields, withoutNulls } from './broken-fields';

export const decisionSchema = z
  .object({
    decision: z.enum(['APPROVE', 'RETURN', 'REJECT']),
    revision: z.int().min(1),
    verified: z.boolean().optional(),
    reason: z.string().max(2000).optional(),
  })
  .meta({ id: 'Decision' });

/** What can be read of a decision whose other fields are broken. */
const draft = z.object({
  decision: decisionSchema.shape.decision,
  verified: decisionSchema.shape.verified.catch(undefined),
  reason: decisionSchema.shape.reason.catch(undefined),
});

/**
 * Parses a decision; its rules alone are the command's to refuse, after the row was looked at.
 * @throws Refused VALIDATION with the broken fields and, beside them, the broken rules
 */
export function parseDecision(raw: unknown): z.output<typeof decisionSchema> {
  const given = withoutNulls(raw);
  const parsed = decisionSchema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const readable = draft.safeParse(given);
  const fields = brokenFields(parsed.error);
  const rules = readable.success ? brokenDecisionRules(readable.data) : [];
  const unread = new Set(fields.map(({ path }) => path));
  throw new Refused('VALIDATION', { errors: [...fields, ...rules.filter(({ path }) => !unread.has(path))] });
}
