import { isGrpcServiceError, ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';

/** Whether a call to Temporal ended without telling what became of it: the row tells, now or at the next attempt. */
export function isUnanswered(failure: unknown): boolean {
  return failure instanceof WorkflowUpdateRPCTimeoutOrCancelledError || failure instanceof ServiceError || isGrpcServiceError(failure);
}
