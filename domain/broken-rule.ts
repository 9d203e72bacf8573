import { type BrokenRule, REFUSALS, type RefusalCode } from './refusal';

/**
 * A broken rule at one place of the request, with the refusal's own words in Thai and English (`errors` of the OpenAPI document).
 * @param path like `registrant.email`, empty for the whole
 */
export function brokenRule(path: string, code: RefusalCode): BrokenRule {
  return { path, code, message: `${REFUSALS[code].th} / ${REFUSALS[code].en}` };
}
