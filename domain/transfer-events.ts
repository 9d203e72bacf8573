// What happens elsewhere while a transfer is open, and what that makes of it (R5.3d). Level-triggered: the present facts
// decide, whichever signal made somebody look, and however many were lost.
import type { RemovalKind } from './removal';
import type { Decider, TransferStatus } from './transfer';
import { nextDecider, type Standing } from './transfer-entitlement';

/** Why a transfer ended without a decision. */
export const CANCEL_REASONS = [
  'PERSON_DIED',
  'PERSON_RETIRED',
  'PERSON_POSTED_ELSEWHERE',
  'REQUESTER_CLOSED',
  'REQUESTER_WITHOUT_ADMINISTRATOR',
] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** An open transfer, as far as events touch it. */
export interface OpenTransfer {
  status: TransferStatus;
  decider: Decider | null;
  fromSchoolCode: string | null;
}

/** What the database says now. */
export interface TransferFacts {
  /** Where the person is posted; null: nowhere. */
  postedAt: string | null;
  /** How the last posting at the holding school ended, where that was said, and on which ISO date; null while it lasts. */
  left: { kind: RemovalKind | null; on: string } | null;
  requester: Standing & { closed: boolean };
  /** The holding school; null where there is none (R5.3e). */
  holder: Standing | null;
}

/** What becomes of the transfer; null: it stays as it is. */
export type TransferEvent =
  | { kind: 'CANCEL'; reason: CancelReason }
  /** Removal by the holding school is its consent, from the day of removal on. */
  | { kind: 'CONSENT'; releasedOn: string }
  /** Nobody is left at the holding school who could decide. */
  | { kind: 'ESCALATE'; to: Decider };

/** The first of the events that the facts tell of an open transfer (R5.3d). */
export function transferEvent(row: OpenTransfer, facts: TransferFacts): TransferEvent | null {
  const reason = requesterGone(facts) ?? personGone(row, facts);
  if (reason) return { kind: 'CANCEL', reason };
  if (row.status !== 'PENDING') return null;
  if (facts.postedAt === null && facts.left) return { kind: 'CONSENT', releasedOn: facts.left.on };
  return leaderless(row, facts);
}

/** Nobody would receive the record: whoever administers the school next asks anew. */
function requesterGone({ requester }: TransferFacts): CancelReason | null {
  if (requester.closed) return 'REQUESTER_CLOSED';
  return requester.administered ? null : 'REQUESTER_WITHOUT_ADMINISTRATOR';
}

const GONE: Partial<Record<RemovalKind, CancelReason>> = { DIED: 'PERSON_DIED', RETIRED: 'PERSON_RETIRED' };

function personGone(row: OpenTransfer, { postedAt, left }: TransferFacts): CancelReason | null {
  if (postedAt !== null) return postedAt === row.fromSchoolCode ? null : 'PERSON_POSTED_ELSEWHERE';
  // Who claims a person that is posted nowhere knows it, whatever ended the last posting (R5.3e).
  return row.fromSchoolCode !== null && left?.kind ? (GONE[left.kind] ?? null) : null;
}

function leaderless({ decider }: OpenTransfer, { holder }: TransferFacts): TransferEvent | null {
  if (!holder || decider === null) return null;
  if (decider === 'SCHOOL' && !holder.administered) return { kind: 'ESCALATE', to: nextDecider(holder.districtCode) };
  return decider === 'DISTRICT' && holder.districtCode === null ? { kind: 'ESCALATE', to: 'CENTRAL' } : null;
}
