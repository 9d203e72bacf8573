// Recurring housekeeping: each part is idempotent, tells how much it found, and may be started by hand at any time.
import { ApplicationFailure, isCancellation, patched, proxyActivities, rootCause } from '@temporalio/workflow';
import type { NudgeActivities } from '../activities/nudges';
import type { SweepActivities } from '../activities/sweeps';

const { sweepRows, sealAudit } = proxyActivities<SweepActivities>({
  // Deletes by index; a first run after a long pause may have much to delete.
  startToCloseTimeout: '5m',
  // The next run of the schedule does what this one could not; the other parts of this one wait meanwhile.
  scheduleToCloseTimeout: '15m',
  retry: { initialInterval: '5s', maximumInterval: '1m' },
});
const activities = proxyActivities<NudgeActivities>({
  // All open cases of the country are compared with what Temporal runs: some seconds, and signals for those that disagree.
  startToCloseTimeout: '15m',
  heartbeatTimeout: '1m',
  scheduleToCloseTimeout: '30m',
  retry: { initialInterval: '5s', maximumInterval: '1m' },
});

/** Workflow of the schedule `sweeps`. @returns how much each part found */
export async function sweeps(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const failures: unknown[] = [];
  // One part that fails keeps no other from running: the repair of cases that stand still least of all.
  for (const part of [sweepRows, activities.nudge, sealed]) {
    try {
      Object.assign(found, await part());
    } catch (failure) {
      // Who ends a run means all of it; and runs from before this was so ended here.
      if (isCancellation(failure) || !patched('parts-apart')) throw failure;
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw ApplicationFailure.nonRetryable(failures.map(rootCause).join('; '), 'PARTS_FAILED');
  return found;
}

/** Runs from before 30 November 2026 sealed nothing. */
async function sealed(): Promise<Record<string, number>> {
  return patched('audit-seals') ? { 'audit-seals': await sealAudit() } : {};
}

/** Workflow `nudge/‹id›`: the cases and mails alone, at once, after the holidays changed (R3.5). */
export async function nudge(): Promise<Record<string, number>> {
  return activities.nudge();
}
