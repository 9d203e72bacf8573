// Who may read and decide which registration (R3.1, R3.2, R3.5).
import type { Escalation } from './registration';

/** Somebody who signed in. */
export interface Caller {
  id: string;
  role: 'SCHOOL' | 'DISTRICT' | 'CENTRAL';
  schoolCode: string | null;
  districtCode: string | null;
  head: boolean;
}

const ofDistrict = (caller: Pick<Caller, 'role' | 'districtCode'>, districtCode: string | null) =>
  caller.role === 'DISTRICT' && districtCode !== null && caller.districtCode === districtCode;

/** The school's own district reads, and the central office. */
export function mayRead(caller: Pick<Caller, 'role' | 'districtCode'>, row: { districtCode: string | null }): boolean {
  return caller.role === 'CENTRAL' || ofDistrict(caller, row.districtCode);
}

/** The school's own district decides; the central office too after escalation to it. Without a district nobody does (R3.2). */
export function mayDecide(
  caller: Pick<Caller, 'role' | 'districtCode'>,
  row: { districtCode: string | null; escalation: Escalation },
): boolean {
  return ofDistrict(caller, row.districtCode) || (caller.role === 'CENTRAL' && row.escalation === 'CENTRAL');
}
