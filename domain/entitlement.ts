// Who may read and decide which registration (R3.1, R3.2, R3.5).
import { isNameOf, type NameParts } from './full-name';
import type { Decision, Escalation } from './registration';

/** Somebody who signed in. */
export interface Caller {
  id: string;
  role: 'SCHOOL' | 'DISTRICT' | 'CENTRAL';
  schoolCode: string | null;
  districtCode: string | null;
  head: boolean;
}

/** Whether somebody is the administrator of a school. @param schoolCode null of no school: nobody is */
export function isOfSchool(caller: Pick<Caller, 'role' | 'schoolCode'>, schoolCode: string | null): boolean {
  return caller.role === 'SCHOOL' && schoolCode !== null && caller.schoolCode === schoolCode;
}

/** Whether somebody is an approver of a district. @param districtCode null where there is none: nobody is */
export function isOfDistrict(caller: Pick<Caller, 'role' | 'districtCode'>, districtCode: string | null): boolean {
  return caller.role === 'DISTRICT' && districtCode !== null && caller.districtCode === districtCode;
}

/** The school's own district reads a registration, and the central office all of them (R3.1, R3.2). */
export function mayRead(caller: Pick<Caller, 'role' | 'districtCode'>, row: { districtCode: string | null }): boolean {
  return caller.role === 'CENTRAL' || isOfDistrict(caller, row.districtCode);
}

/**
 * The school's own district decides, its head as its approvers do (R3.1); the central office too after escalation to it
 * (R3.5). While the school has no district nobody decides, the central office assigns one first (R3.2).
 */
export function mayDecide(caller: Pick<Caller, 'role' | 'districtCode'>, row: { districtCode: string | null; escalation: Escalation }): boolean {
  if (row.districtCode === null) return false;
  return isOfDistrict(caller, row.districtCode) || (caller.role === 'CENTRAL' && row.escalation === 'CENTRAL');
}

/** R2.6: only the school's own district types a registration in for it; what the directory does not have is told as such, not refused here. */
export function mayAssist(caller: Pick<Caller, 'role' | 'districtCode'>, school: { districtCode: string | null } | null): boolean {
  if (school === null) return caller.role === 'DISTRICT' && caller.districtCode !== null;
  return isOfDistrict(caller, school.districtCode);
}

/** Whose work somebody else approves: who typed a registration in (R2.6), who mended the address last (R4.1), whatever was corrected since. */
export interface OfficersWork {
  assistedById: string | null;
  mendedById: string | null;
}

/** A registration as whoever would decide it has to look at it: by its registrant's name too. */
interface Decidable extends OfficersWork, NameParts {
  districtCode: string | null;
  escalation: Escalation;
}
/** Somebody who signed in, by name too. */
export interface NamedCaller extends Caller {
  name: string;
}

/** Whether somebody approves a case, or why not. */
export const MAY_APPROVE = ['YES', 'NOT_ENTITLED', 'MENDED_ADDRESS', 'TYPED_IN', 'OWN_NAME'] as const;

/** Of a case that waits: whether somebody approves it, or why not, and whether they return or reject it. */
export interface DecisionRights {
  mayApprove: (typeof MAY_APPROVE)[number];
  mayRefuse: boolean;
}

/** How somebody stands to a case: who did a part of it themselves, or is its registrant by name, may still return or reject it. */
export function decisionRights(caller: NamedCaller, row: Decidable): DecisionRights {
  if (!mayDecide(caller, row)) return { mayApprove: 'NOT_ENTITLED', mayRefuse: false };
  if (row.assistedById === caller.id) return { mayApprove: 'TYPED_IN', mayRefuse: true };
  if (row.mendedById === caller.id) return { mayApprove: 'MENDED_ADDRESS', mayRefuse: true };
  // Signed out, an officer registers a school as anybody does: nobody approves the own registration (R2.5, R2.6).
  return { mayApprove: isNameOf(caller.name, row) ? 'OWN_NAME' : 'YES', mayRefuse: true };
}

/** Why somebody may not decide so; null when they may. */
export function refuseDecider(decision: Decision, caller: NamedCaller, row: Decidable): 'FORBIDDEN' | 'SOMEBODY_ELSE_APPROVES' | null {
  const { mayApprove, mayRefuse } = decisionRights(caller, row);
  if (!mayRefuse) return 'FORBIDDEN';
  return decision === 'APPROVE' && mayApprove !== 'YES' ? 'SOMEBODY_ELSE_APPROVES' : null;
}
