// The refusal that the recording of a form found.
import { brokenRule } from '../domain/broken-rule';
import type { RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';

/** Where a broken rule (422) stands in the request: the same place as where a command finds it before anything is recorded. */
const PLACES: Partial<Record<RefusalCode, string>> = {
  FILE_REJECTED: 'delegation.evidence.fileId',
  LOOKUP_REQUIRED: 'lookupId',
  NOTHING_TO_REPLACE: 'replaces',
  SAME_ADDRESS: 'email',
};

/** A form's refusal as people are told it: a broken rule with its place. */
export function formRefused(code: RefusalCode): Refused {
  const place = PLACES[code];
  return new Refused(code, place === undefined ? {} : { errors: [brokenRule(place, code)] });
}
