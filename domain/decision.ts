// R3.1, R3.4: what a decision needs, and whether a case can still be decided.
import { brokenRule } from './broken-rule';
import { brokenReason } from './reason';
import type { BrokenRule } from './refusal';
import type { Decision, RegistrationStatus } from './registration';

interface AskedDecision {
  decision: Decision;
  verified?: boolean | undefined;
  reason?: string | undefined;
}

/** An approval attests that the data was verified (R3.1); a return and a rejection give a reason (R3.4). */
export function brokenDecisionRules({ decision, verified, reason }: AskedDecision): BrokenRule[] {
  if (decision !== 'APPROVE') return brokenReason(reason);
  return verified === true ? [] : [brokenRule('verified', 'NOT_VERIFIED')];
}

/** R2.4: who was registered by a sheet acknowledges by the mailed link before approval. */
export function refuseUnacknowledged({ awaitsAcknowledgement }: { awaitsAcknowledgement: boolean }): 'NOT_ACKNOWLEDGED' | null {
  return awaitsAcknowledgement ? 'NOT_ACKNOWLEDGED' : null;
}

/**
 * Why a case cannot be decided as seen (R3.1): it is not pending any more, or its data changed since; null when it can.
 * @param seenRevision the revision that the approver had before them, from 1
 */
export function refuseDecision(
  row: { status: RegistrationStatus; revision: number },
  seenRevision: number,
): 'ALREADY_DECIDED' | 'STALE_REVISION' | null {
  if (row.status !== 'PENDING') return 'ALREADY_DECIDED';
  return row.revision === seenRevision ? null : 'STALE_REVISION';
}
