// Who opens and ends the accounts of a district's approvers (R3.6).
import { type Caller, isOfDistrict } from './entitlement';

/** An approver's account. */
export interface ApproverAccount {
  districtCode: string | null;
  head: boolean;
}

/**
 * The central office, and who leads the district. Who stands in for the head makes no second head, whose powers would outlast the
 * days of the substitution, and ends none.
 * @param leads whether the caller leads the own district today
 */
export function mayOpenApprover(caller: Pick<Caller, 'role' | 'districtCode' | 'head'>, leads: boolean, account: ApproverAccount): boolean {
  return caller.role === 'CENTRAL' || (leads && isOfDistrict(caller, account.districtCode) && (caller.head || !account.head));
}

/** Whoever may open it, and nobody the own. */
export function mayEndApprover(caller: Omit<Caller, 'schoolCode'>, leads: boolean, account: ApproverAccount & { id: string }): boolean {
  return account.id !== caller.id && mayOpenApprover(caller, leads, account);
}
