// การขอย้ายข้อมูล: the life of a transfer (R5.3c-R5.3e). It moves a person's record to the school that asks; it posts nobody.
import { dayBefore } from './days';
import { isWithinAYear } from './near-date';
import { deadlineAfter, type Policy } from './policy';
import { brokenReason } from './reason';
import type { BrokenRule } from './refusal';
import { startOfBangkokDate } from './working-days';

export const TRANSFER_STATUSES = ['PENDING', 'SCHEDULED', 'COMPLETED', 'REJECTED', 'WITHDRAWN', 'CANCELLED'] as const;
export type TransferStatus = (typeof TRANSFER_STATUSES)[number];

/** While one of these lasts, nobody else can ask for the person (R5.3c). */
export const OPEN_TRANSFER_STATUSES = ['PENDING', 'SCHEDULED'] as const satisfies readonly TransferStatus[];

/** Whether a transfer of this status still occupies its person. */
export function isOpenTransfer(status: TransferStatus): boolean {
  return OPEN_TRANSFER_STATUSES.some((open) => open === status);
}

export const TRANSFER_DECISIONS = ['APPROVE', 'REJECT'] as const;
export type TransferDecision = (typeof TRANSFER_DECISIONS)[number];

/** Who owes the decision: the last who was brought in. Those before may still decide (domain/transfer-entitlement.ts). */
export type Decider = 'SCHOOL' | 'DISTRICT' | 'CENTRAL';

/** What people can do to a transfer. */
export type TransferStep = 'decide' | 'withdraw' | 'appeal';

const POSSIBLE_IN: Record<TransferStep, readonly TransferStatus[]> = {
  decide: ['PENDING'],
  withdraw: ['PENDING', 'SCHEDULED'],
  appeal: ['REJECTED'],
};

/** Whether and when the school that asked appealed, as rows and states of cases tell it. */
export interface Appealable {
  appealedAt: Date | string | null;
}

/** Why a step is not possible; one appeal and no more (R5.3d). Null when it is. */
export function refuseTransferStep(
  step: TransferStep,
  { status, appealedAt }: Appealable & { status: TransferStatus },
): 'ALREADY_DECIDED' | 'NOT_POSSIBLE_NOW' | null {
  const possible = POSSIBLE_IN[step].includes(status) && !(step === 'appeal' && appealedAt !== null);
  if (possible) return null;
  return step === 'decide' ? 'ALREADY_DECIDED' : 'NOT_POSSIBLE_NOW';
}

/** A rejection gives a reason (R5.3d). */
export function brokenTransferDecisionRules(asked: { decision: TransferDecision; reason?: string | undefined }): BrokenRule[] {
  return asked.decision === 'APPROVE' ? [] : brokenReason(asked.reason);
}

/** The policies that arm a transfer's clock (R5.3d). */
export interface TransferPolicies {
  transferDistrictAfter: Policy;
  transferCentralAfter: Policy;
}

/** What a transfer's clock depends on; `since` is when it began to wait for a decision. */
export interface ClockedTransfer {
  status: TransferStatus;
  /** Null where nobody's consent is needed (R5.3e). */
  decider: Decider | null;
  since: Date;
  /** `YYYY-MM-DD`. */
  effectiveOn: string;
}

type Next = { kind: 'ESCALATE_DISTRICT' | 'ESCALATE_CENTRAL' | 'MOVE'; at: Date } | null;

/**
 * The next instant that changes a transfer by itself (R5.3d): a silent school's district is brought in, then the central
 * office, both counted from the same start, and it never ends undecided; a scheduled one moves when its day begins.
 * @param holidays ISO dates
 */
export function nextTransferDeadline(row: ClockedTransfer, policies: TransferPolicies, holidays: ReadonlySet<string>): Next {
  if (row.status === 'SCHEDULED') return { kind: 'MOVE', at: startOfBangkokDate(row.effectiveOn) };
  if (row.status !== 'PENDING' || row.decider === 'CENTRAL') return null;
  const district = deadlineAfter(policies.transferDistrictAfter, row.since, holidays);
  const central = deadlineAfter(policies.transferCentralAfter, row.since, holidays);
  // To the central office at once where its time is set to come first.
  if (row.decider === 'SCHOOL' && district <= central) return { kind: 'ESCALATE_DISTRICT', at: district };
  return { kind: 'ESCALATE_CENTRAL', at: central };
}

/** By when whoever owes the decision is to have decided, or the record is to move; null for a transfer that has ended (R5.3d). */
export function transferDueAt(row: ClockedTransfer, policies: TransferPolicies, holidays: ReadonlySet<string>): Date | null {
  if (row.status === 'PENDING' && row.decider === 'CENTRAL') return deadlineAfter(policies.transferCentralAfter, row.since, holidays);
  return nextTransferDeadline(row, policies, holidays)?.at ?? null;
}

/**
 * The effective date is today or later (R5.3d), yesterday counting as today (`dayBefore`), and not more than a year ahead [P].
 * @param asked and `today` in Bangkok: ISO dates
 */
export function brokenEffectiveDate(asked: string, today: string): BrokenRule[] {
  if (asked >= dayBefore(today) && isWithinAYear(asked, today)) return [];
  const message = 'วันที่มีผลเป็นวันนี้หรือวันหลังจากนี้ ไม่เกินหนึ่งปี (ปี ค.ศ.) / The effective date is today or later, within a year.';
  return [{ path: 'effectiveOn', code: 'DATE', message }];
}

/**
 * Who is posted nowhere is claimed at once (R5.3e): nobody's consent is waited for, and no date. Yesterday counts as today (`dayBefore`).
 * @param asked and `today` in Bangkok: ISO dates
 */
export function brokenClaimDate(asked: string, today: string): BrokenRule[] {
  if (asked === today || asked === dayBefore(today)) return [];
  const message = 'บุคคลนี้ไม่ได้อยู่ในสถานศึกษาใด จึงรับเข้าได้ทันที วันที่มีผลเป็นวันนี้ / Posted nowhere, so claimed at once: the effective date is today.';
  return [{ path: 'effectiveOn', code: 'DATE', message }];
}
