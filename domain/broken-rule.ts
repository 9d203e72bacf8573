import { type BrokenRule, REFUSALS, type RefusalCode } from './refusal';
import type { Words } from './words';

/**
 * A broken rule at one place of the request, in Thai and English (`errors` of the OpenAPI document).
 * @param path like `registrant.email`, empty for the whole
 * @param words that say more of this case than the refusal's own
 */
export function brokenRule(path: string, code: RefusalCode, { th, en }: Words = REFUSALS[code]): BrokenRule {
  return { path, code, message: `${th} / ${en}` };
}
