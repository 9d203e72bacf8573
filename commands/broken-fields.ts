// From zod's complaints to the field errors of a problem (`errors` of the OpenAPI document).
import type { z } from 'zod';
import { type BrokenRule, brokenCode } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { topCode } from '../domain/top-code';
import { FILL_IN, fieldWords } from './field-words';

/**
 * The broken fields that a schema found, each with its place (`registrant.email`), a code and what to do.
 * @param error of a parse with `reportInput`, which tells a missing part from a wrong one
 */
export function brokenFields(error: z.ZodError): BrokenRule[] {
  return error.issues.map((issue) => {
    const path = issue.path.join('.');
    if (issue.code === 'custom') return { path, code: brokenCode(issue.params?.['code']), message: issue.message };
    const missing = (issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined;
    return missing ? { path, code: 'REQUIRED', message: FILL_IN } : { path, code: 'INVALID', message: fieldWords(issue) };
  });
}

/**
 * Parses with a schema.
 * @param nulls whether a part that is null counts as absent, or says something of its own
 * @throws Refused with every broken field: VALIDATION, or the code of the rule that tells them all
 */
export function parseOrRefuse<Schema extends z.ZodType>(schema: Schema, raw: unknown, nulls: 'ABSENT' | 'TOLD' = 'ABSENT'): z.output<Schema> {
  const parsed = schema.safeParse(nulls === 'ABSENT' ? withoutNulls(raw) : raw, { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors = brokenFields(parsed.error);
  throw new Refused(topCode(errors), { errors });
}

/**
 * The same, with the broken rules beside the broken fields; rules alone are the command's to refuse, after the row was looked at.
 * @param brokenRulesOf what of a form with broken fields can still be read, and the rules it breaks; none at a field that is broken itself
 * @throws Refused with every broken field and rule
 */
export function parseWithRules<Schema extends z.ZodType>(
  schema: Schema,
  brokenRulesOf: (given: unknown) => BrokenRule[],
  raw: unknown,
): z.output<Schema> {
  const given = withoutNulls(raw);
  const parsed = schema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const fields = brokenFields(parsed.error);
  const broken = new Set(fields.map(({ path }) => path));
  const errors = [...fields, ...brokenRulesOf(given).filter(({ path }) => !broken.has(path))];
  throw new Refused(topCode(errors), { errors });
}

/** A part that is null counts as absent. */
export function withoutNulls(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(withoutNulls);
  if (typeof raw !== 'object' || raw === null || raw instanceof Uint8Array) return raw;
  return Object.fromEntries(Object.entries(raw).flatMap(([key, value]) => (value === null ? [] : [[key, withoutNulls(value)]])));
}
