// R3.1, R3.4: what a decision needs, and whether a case can still be decided.
import { brokenRule } from './broken-rule';
import { brokenReason } from './reason';
import type { BrokenRule, RefusalCode } from './refusal';
import type { Decision, RegistrationStatus } from './registration';
import { approvalWaits, refuseAmongMany, type WarningFacts, warningsOf } from './warnings';

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

/**
 * What keeps an office from approving a case that it may decide; null when nothing does. Who was registered by a sheet acknowledges by
 * the mailed link first (R2.4); then comes what is asked of a case among many (R3.7), then what is known of the person and the address
 * (R1.7, R2.1).
 * @param among many: whether this approver has opened it at the revision that is to be approved; null for a case by itself
 */
export function refuseApproval(
  { awaitsAcknowledgement, contested }: { awaitsAcknowledgement: boolean; contested: boolean },
  facts: WarningFacts,
  among: { opened: boolean } | null,
): RefusalCode | null {
  if (awaitsAcknowledgement) return 'NOT_ACKNOWLEDGED';
  return (among && refuseAmongMany(warningsOf(facts), { contested, ...among })) ?? approvalWaits(facts);
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
