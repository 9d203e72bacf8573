// No personal data in Temporal (X3): what an activity throws is told to the server, so that only codes of it are passed on.
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { MailDeliveryError } from '../mail/transport';
import type { Made } from './make-repairs';

/** A form that a workflow names and the database does not hold: no retry finds it. */
export function formMissing(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('The form is not in the database: see docs/operations.md, What the Temporal UI shows.', 'FORM_MISSING');
}

/** Repairs that could not be made, with the first one's workflow and kind of failure; not at once again: each was tried several times. */
export function notMended(failed: readonly Made[], all: number): ApplicationFailure {
  const [first] = failed;
  const words = `${failed.length} of ${all} repairs could not be made, the first at ${first?.repair.workflowId}: ${kindOf(first?.failure)}`;
  return ApplicationFailure.nonRetryable(words, 'NOT_MENDED');
}

/** A failure that operators may read: retried as the original would be, with its kind and code but not its words. */
export function safeFailure(failure: unknown): TemporalFailure {
  if (failure instanceof TemporalFailure) return failure;
  const message = failure instanceof MailDeliveryError ? failure.message : `${kindOf(failure)}; it is tried again by itself.`;
  const safe = ApplicationFailure.create({ message, type: kindOf(failure), nonRetryable: false });
  // The stack begins with the original's words; where the error was made can be found in the log.
  safe.stack = '';
  return safe;
}

/** Parts of a sweep that failed, each by its name and kind; all parts may run again at once. */
export function partsFailed(failures: Readonly<Record<string, unknown>>): ApplicationFailure {
  const words = Object.entries(failures).map(([name, failure]) => `${name}: ${kindOf(failure)}`);
  return ApplicationFailure.retryable(words.join('; '), 'PARTS_FAILED');
}

/** A failure by its kind and code, without words that may be personal (X3). */
export function kindOf(failure: unknown): string {
  if (!(failure instanceof Error)) return 'Unknown failure';
  return 'code' in failure && typeof failure.code === 'string' ? `${failure.name} ${failure.code}` : failure.name;
}
