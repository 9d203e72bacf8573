// What people can see of transfers (R5.3c-R5.3e). Entitlement by row is part of each question (X8).
import type { Caller } from '../domain/entitlement';
import type { Decider, TransferStatus, TransferStep } from '../domain/transfer';
import type { HistoryEntry, Page } from './queries';

/** A transfer as its parties see it (R5.3c, R5.3d). */
export interface TransferView {
  id: string;
  reference: string;
  status: TransferStatus;
  /** The name is masked for the asking side until consent. */
  person: { id: string; maskedId: string; name: string };
  /** Absent where the person was posted nowhere (R5.3e). */
  fromSchoolCode?: string;
  fromSchoolName?: string;
  toSchoolCode: string;
  toSchoolName: string;
  /** Who owes the decision, while one is owed. */
  decider?: { kind: Decider; code: string };
  deciderName?: string;
  /** `YYYY-MM-DD`. */
  effectiveOn: string;
  requestedAt: string;
  dueAt: string | null;
  reason?: string;
  order?: { number: string; date: string };
  decidedBy?: { name: string; schoolCode: string | null; districtCode: string | null };
  decidedAt?: string;
  decisionReason?: string;
  appeal?: { at: string; reason?: string };
  cancelReason?: string;
  /** When the reasons went, after the set time or with the person's data (X7). */
  dataDeletedAt?: string;
  history: HistoryEntry[];
}

export interface TransferFilter {
  /** As seen from the caller's school or district; both directions unless told. */
  direction?: 'in' | 'out' | undefined;
  status?: TransferStatus | undefined;
  /** true: those that have not ended; false: only the others. */
  open?: boolean | undefined;
  /** Those that wait for the caller's own school or office to decide. */
  waiting?: true | undefined;
  /** Latest first; otherwise oldest first, since the oldest waits longest. */
  latest?: true | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** How many open transfers there are; for the central office, which has no side, all of them are in and out. */
export interface TransferCounts {
  /** Waiting for the caller's own school or office to decide. */
  waiting: number;
  in: number;
  out: number;
}

export interface TransferQueries {
  /** Throws NOT_FOUND, FORBIDDEN for who is no party (R5.3d). */
  transfer(id: string, caller: Caller): Promise<TransferView>;
  /** Throws NOT_FOUND or FORBIDDEN where the caller may not decide this transfer, or did not ask for it. */
  transferAccess(id: string, caller: Caller, as: 'DECIDER' | 'REQUESTER'): Promise<void>;
  /** What the caller can do to it now. Throws NOT_FOUND. */
  transferSteps(id: string, caller: Caller): Promise<TransferStep[]>;
  /** Whether the move would end the access of the holding school's administrator; told to who may decide it alone (R5.3d, X8). */
  transferEndsAccess(id: string, caller: Caller): Promise<boolean>;
  /** Transfers of the caller's school or district, all of them for the central office; oldest first unless asked. */
  transfers(filter: TransferFilter, caller: Caller): Promise<Page<TransferView>>;
  transferCounts(caller: Caller): Promise<TransferCounts>;
}
