// Which code an answer with several broken rules has at its top (`code` of the OpenAPI document).
import { type BrokenRule, isRefusalCode, REFUSALS, type RefusalCode } from './refusal';

/** The first one's own code, or the plain one for the shape of a field and for what a field names and nobody finds. At least one is broken. */
export function firstCode([first]: readonly BrokenRule[]): RefusalCode {
  return first && isRefusalCode(first.code) && REFUSALS[first.code].status === REFUSALS.VALIDATION.status ? first.code : 'VALIDATION';
}

/**
 * The first broken rule's code where rules tell everything, for shapes and rules that are looked at together: a broken field under the
 * place of a rule is told by the rule.
 */
export function topCode(errors: readonly BrokenRule[]): RefusalCode {
  const rules = errors.filter(({ code }) => isRefusalCode(code) && code !== 'VALIDATION' && REFUSALS[code].status === REFUSALS.VALIDATION.status);
  const [first] = rules;
  const told = (error: BrokenRule) => rules.some((rule) => rule === error || error.path.startsWith(`${rule.path}.`));
  return first && isRefusalCode(first.code) && errors.every(told) ? first.code : 'VALIDATION';
}
