// R3.1, R3.4: what a decision needs, and whether a case can still be decided.
import { brokenRule } from './broken-rule';
import type { BrokenRule } from './refusal';
import type { Decision, RegistrationStatus } from './registration';

/** An approval attests that the data was verified; a return and a rejection give a reason. */
export function brokenDecisionRules(asked: { decision: Decision; verified?: boolean | undefined; reason?: string | undefined }): BrokenRule[] {
  if (asked.decision === 'APPROVE') return asked.verified === true ? [] : [brokenRule('verified', 'NOT_VERIFIED')];
  return asked.reason?.trim() ? [] : [brokenRule('reason', 'REASON_REQUIRED')];
}

/** Why a case cannot be decided as seen: it is not pending any more, or its data changed since (R3.1). */
export function refuseDecision(
  row: { status: RegistrationStatus; revision: number },
  seenRevision: number,
): 'ALREADY_DECIDED' | 'STALE_REVISION' | null {
  if (row.status !== 'PENDING') return 'ALREADY_DECIDED';
  return row.revision === seenRevision ? null : 'STALE_REVISION';
}
