// A form that comes back: as it was typed, with what is to be corrected, or to be sent again after an outage.
import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import type { RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { type RefusalOf, sayWhenAgain } from './failure';
import { type FieldError, fieldErrors } from './field-errors';
import { renderedFormId } from './form-id';
import { SEND_AGAIN } from './texts';

export interface FormAgain {
  errors: FieldError[];
  code: RefusalCode;
  status: number;
  /** After an outage the form keeps its ID: sent again, it is the same request. */
  sameRequest: boolean;
}

/**
 * What a failure means for the form that was sent: broken rules (422), or an outage (503).
 * @param also codes of other refusals that this form tells
 * @throws the failure itself where it is not the form's to tell
 */
export function formAgain(refusalOf: RefusalOf, response: Response, failure: unknown, also: readonly RefusalCode[] = []): FormAgain {
  const refusal = refusalOf(failure);
  const outage = refusal?.status === 503;
  if (!refusal || !(outage || refusal.status === 422 || also.includes(refusal.code))) throw failure;
  sayWhenAgain(response, refusal);
  const { th, en } = outage ? SEND_AGAIN : refusal.words;
  const whole = { path: '', code: refusal.code, message: `${th} / ${en}` };
  return { errors: fieldErrors(refusal.details.errors ?? [whole]), code: refusal.code, status: refusal.status, sameRequest: outage };
}

/** A failure whose broken rules are told at the page's own fields. @param fields where a page calls a field otherwise than the rule does */
export function toldAt(fields: Record<string, string>, failure: unknown): unknown {
  if (!(failure instanceof Refused) || !failure.details.errors) return failure;
  const errors = failure.details.errors.map((error) => ({ ...error, path: fields[error.path] ?? error.path }));
  return new Refused(failure.code, { ...failure.details, errors });
}

/** The ID of a form as it is shown: the one it was sent with where it is to be the same request, a new one otherwise. */
export function formIdAgain(values: Record<string, string>, again: FormAgain | undefined): string {
  return again?.sameRequest ? renderedFormId(values) : randomUUID();
}

/** For the templates: all complaints in the summary, the first one of a field at the field. */
export function complaints(errors: readonly FieldError[]): { errors: readonly FieldError[]; byField: Record<string, string> } {
  return { errors, byField: Object.fromEntries([...errors].reverse().map(({ field, message }) => [field, message])) };
}
