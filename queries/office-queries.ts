// What an office sees of its own people (R3.6).
import type { Caller } from '../domain/entitlement';
import type { Page } from './queries';

export interface ApproverView {
  id: string;
  name: string;
  email: string;
  districtCode: string;
  head: boolean;
  /** When the account ended, of one that has: lists have none. */
  endedAt?: string;
}

/** A substitution; dates `YYYY-MM-DD`, both included. */
export interface SubstitutionView {
  id: string;
  absent: { id: string; name: string };
  substitute: { id: string; name: string };
  districtCode: string;
  from: string;
  to: string;
  /** Today: it has begun, is not over and was not ended. */
  inForce: boolean;
}

interface Filter {
  cursor?: string | undefined;
  limit: number;
}

export interface OfficeQueries {
  /** Whether the caller leads the own district today: its head, or who stands in for the head. */
  leadsDistrict(caller: Caller): Promise<boolean>;
  /** Active approvers of the own district; for the central office of all districts, or of one. Throws FORBIDDEN for schools. */
  approvers(filter: Filter & { district?: string | undefined }, caller: Caller): Promise<Page<ApproverView>>;
  /** One approver, for whoever may list them. Throws NOT_FOUND, FORBIDDEN. */
  approver(id: string, caller: Caller): Promise<ApproverView>;
  /** Substitutions of the own district that are in force or to come, by their first day; of all districts for the central office. */
  substitutions(filter: Filter, caller: Caller): Promise<Page<SubstitutionView>>;
  /** One of them, also when it is over. Throws NOT_FOUND, FORBIDDEN. */
  substitution(id: string, caller: Caller): Promise<SubstitutionView>;
}
