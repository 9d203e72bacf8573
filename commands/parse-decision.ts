// A decision as it arrives: every broken field and every broken rule is named at once (R3.1, R3.4).
import { z } from 'zod';
import { brokenDecisionRules } from '../domain/decision';
import type { BrokenRule } from '../domain/refusal';
import { DECISIONS } from '../domain/registration';
import { brokenFields, parseWithRules } from './broken-fields';
import type { DecisionOfMany } from './commands';

const asked = {
  decision: z.enum(DECISIONS),
  verified: z.boolean().optional(),
  reason: z.string().max(2000).optional(),
};
const revision = z.int().min(1);

/** One decision. */
export const decisionSchema = z.object({ ...asked, revision }).meta({ id: 'Decision' });

/** R3.7: more at once would not be through in ten seconds on a small machine. */
const AT_ONCE = 200;

const registrationId = z.string().max(100);

/** One decision on a list (R3.7). */
export const decisionsSchema = z
  .object({
    ...asked,
    items: z.array(z.object({ registrationId, revision })).min(1).max(AT_ONCE),
  })
  .meta({ id: 'Decisions' });

/** As it is read: what is wrong with one case stops the others not (R3.7). */
const readableDecisions = z.object({ ...asked, items: z.array(z.unknown().transform(readItem)).min(1).max(AT_ONCE) });

const named = z.object({ registrationId });

/** One that names no case has its place in the list alone. */
function readItem(raw: unknown): DecisionOfMany['items'][number] {
  const item = z.object({ registrationId, revision }).safeParse(raw, { reportInput: true });
  if (item.success) return item.data;
  return { registrationId: named.safeParse(raw).data?.registrationId ?? '', broken: brokenFields(item.error) };
}

/** What can be read of a decision whose other fields are broken. */
const draft = z.object({
  decision: asked.decision,
  verified: asked.verified.catch(undefined),
  reason: asked.reason.catch(undefined),
});

/**
 * Parses a decision; its rules alone are the command's to refuse, after the row was looked at.
 * @throws Refused VALIDATION with the broken fields and, beside them, the broken rules
 */
export function parseDecision(raw: unknown): z.output<typeof decisionSchema> {
  return parseWithRules(decisionSchema, rulesOf, raw);
}

/**
 * The same for a decision on a list (R3.7), of which a broken item is told in its place alone.
 * @throws Refused VALIDATION as well where none of the list can be read
 */
export function parseDecisions(raw: unknown): z.output<typeof readableDecisions> {
  const read = parseWithRules(readableDecisions, rulesOf, raw);
  return read.items.every((item) => 'broken' in item) ? parseWithRules(decisionsSchema, rulesOf, raw) : read;
}

function rulesOf(given: unknown): BrokenRule[] {
  const readable = draft.safeParse(given);
  return readable.success ? brokenDecisionRules(readable.data) : [];
}
