import { isGrpcServiceError, ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import type { CommandDependencies } from './dependencies';

/** Whether a call to Temporal ended without telling what became of it: the row tells, now or at the next attempt. */
export function isUnanswered(failure: unknown): boolean {
  return failure instanceof WorkflowUpdateRPCTimeoutOrCancelledError || failure instanceof ServiceError || isGrpcServiceError(failure);
}

/** A part of the ten seconds for which somebody waits at most (commands/patience.ts). */
const ANSWERED_WITHIN_MS = 3_000;

/**
 * Tells Temporal of what is committed already, which therefore stands whether Temporal answers or not. Where it does not, the
 * next sweep finds that rows and workflows disagree, and tells them (activities/reconcile.ts). Of several calls the first that is
 * not answered is the last, so that the caller waits once.
 * @param left milliseconds, where less is left of the caller's patience
 */
export async function tellIfAnswered(
  { temporal, unanswered }: CommandDependencies,
  tell: () => Promise<unknown>,
  left: number = ANSWERED_WITHIN_MS,
): Promise<void> {
  try {
    await temporal.withDeadline(Date.now() + Math.min(left, ANSWERED_WITHIN_MS), tell);
  } catch (failure) {
    if (!isUnanswered(failure)) throw failure;
    unanswered(failure);
  }
}
