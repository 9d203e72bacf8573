// Rows are written by local activities: short, idempotent, one transaction each (docs/decisions.md 11).
import { proxyLocalActivities } from '@temporalio/workflow';
import type { RegistrationActivities } from '../activities/registration';
import type { TransferActivities } from '../activities/transfer';

/** How they are run. */
export const SHORT_WRITES = {
  // One transaction on one case; ten seconds is what callers wait at most (commands/patience.ts).
  startToCloseTimeout: '10s',
  // Unlimited attempts: a database that is down delays a case and never loses it. Pauses longer than two seconds become
  // timers, so that a long outage does not keep the workflow task alive.
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '30s' },
  localRetryThreshold: '2s',
} as const;

export const { recordForm, passDeadline, refreshCase, recordObjection, recordUndelivered } =
  proxyLocalActivities<RegistrationActivities>(SHORT_WRITES);
export const { recordTransferForm, passTransferDeadline, refreshTransfer } = proxyLocalActivities<TransferActivities>(SHORT_WRITES);
