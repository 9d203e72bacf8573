import { brokenRule } from './broken-rule';
import type { BrokenRule } from './refusal';
import { isVisible } from './thai-text';

/** What has to be given a reason lacks it: of a decision, a removal, a revocation, a closing, an erasure (R3.4, R4.6, R5.3d, R5.4, X7). */
export function brokenReason(reason: string | undefined): BrokenRule[] {
  return isVisible(reason) ? [] : [brokenRule('reason', 'REASON_REQUIRED')];
}
