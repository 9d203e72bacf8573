// R3.1, R3.4: what a decision needs, and whether a case can still be decided.
import { brokenRule } from './broken-rule';
import type { BrokenRule, RefusalCode } from './refusal';
import type { Decision, RegistrationStatus } from './registration';
import { isVisible } from './thai-text';

interface AskedDecision {
  decision: Decision;
  verified?: boolean | undefined;
  reason?: string | undefined;
}

interface Need {
  path: string;
  code: RefusalCode;
  met(asked: AskedDecision): boolean;
}

const ATTESTED: Need = { path: 'verified', code: 'NOT_VERIFIED', met: ({ verified }) => verified === true };
const REASONED: Need = { path: 'reason', code: 'REASON_REQUIRED', met: ({ reason }) => isVisible(reason) };

const NEEDS: Record<Decision, Need> = { APPROVE: ATTESTED, RETURN: REASONED, REJECT: REASONED };

/** An approval attests that the data was verified (R3.1); a return and a rejection give a reason (R3.4). */
export function brokenDecisionRules(asked: AskedDecision): BrokenRule[] {
  const { path, code, met } = NEEDS[asked.decision];
  return met(asked) ? [] : [brokenRule(path, code)];
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
