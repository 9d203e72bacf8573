// A form that comes back: as it was typed, with what is to be corrected, or to be sent again after an outage.
import type { Response } from 'express';
import { brokenRule } from '../domain/broken-rule';
import { type RefusalOf, sayWhenAgain } from './failure';
import { type FieldError, fieldErrors } from './field-errors';
import { SEND_AGAIN } from './texts';

export interface FormAgain {
  errors: FieldError[];
  status: number;
  /** After an outage the form keeps its ID: sent again, it is the same request. */
  sameRequest: boolean;
}

/**
 * What a failure means for the form that was sent: broken rules (422), or an outage (503).
 * @throws the failure itself where the form is not to blame
 */
export function formAgain(refusalOf: RefusalOf, response: Response, failure: unknown): FormAgain {
  const refusal = refusalOf(failure);
  if (refusal?.status === 503) {
    sayWhenAgain(response, refusal);
    const again = { path: '', code: refusal.code, message: `${SEND_AGAIN.th} / ${SEND_AGAIN.en}` };
    return { errors: fieldErrors([again]), status: 503, sameRequest: true };
  }
  if (refusal?.status !== 422) throw failure;
  return { errors: fieldErrors(refusal.details.errors ?? [brokenRule('', refusal.code)]), status: 422, sameRequest: false };
}

/** For the templates: all complaints in the summary, the first one of a field at the field. */
export function complaints(errors: readonly FieldError[]): { errors: readonly FieldError[]; byField: Record<string, string> } {
  return { errors, byField: Object.fromEntries([...errors].reverse().map(({ field, message }) => [field, message])) };
}
