// Who owes, decides, asks and reads which transfer (R5.3c, R5.3d, X8).
import { type Caller, isOfDistrict, isOfSchool } from './entitlement';
import type { Appealable, Decider, TransferStatus } from './transfer';

/** The schools and districts of a transfer. */
export interface TransferParties {
  /** Null where the person was posted nowhere (R5.3e); the district is then that of the last school. */
  fromSchoolCode: string | null;
  toSchoolCode: string;
  fromDistrictCode: string | null;
  toDistrictCode: string | null;
}

/** How a school stands: whether it is open and has an administrator, and its district. */
export interface Standing {
  administered: boolean;
  districtCode: string | null;
}

type Who = Pick<Caller, 'role' | 'schoolCode' | 'districtCode'>;

/**
 * Who owes the decision first (R5.3d): the holding school; without an administrator its district at once. The central office
 * stands in for a district that a school does not have.
 */
export function firstDecider({ administered, districtCode }: Standing): Decider {
  return administered ? 'SCHOOL' : nextDecider(districtCode);
}

/** Who is brought in after the school: its district, also on appeal (R5.3d). */
export function nextDecider(districtCode: string | null): Decider {
  return districtCode === null ? 'CENTRAL' : 'DISTRICT';
}

/** Both schools, their districts and the central office read a transfer. */
export function mayReadTransfer(caller: Who, row: TransferParties): boolean {
  const party = isOfSchool(caller, row.fromSchoolCode) || isOfSchool(caller, row.toSchoolCode);
  return party || isOfDistrict(caller, row.fromDistrictCode) || isOfDistrict(caller, row.toDistrictCode) || caller.role === 'CENTRAL';
}

/**
 * R5.3d: the holding school decides; its district and the central office do so too once they were brought in, since escalation
 * adds deciders and removes none. An appeal is decided over the school that rejected, not by it. Nobody decides where no
 * consent is needed.
 */
export function mayDecideTransfer(caller: Who, row: TransferParties & Appealable & { decider: Decider | null }): boolean {
  const { decider } = row;
  if (decider === null) return false;
  if (caller.role === 'CENTRAL') return decider === 'CENTRAL';
  if (caller.role === 'DISTRICT') return decider !== 'SCHOOL' && isOfDistrict(caller, row.fromDistrictCode);
  return row.appealedAt === null && isOfSchool(caller, row.fromSchoolCode);
}

/** Only the school that asked withdraws or appeals. */
export function isRequester(caller: Who, row: Pick<TransferParties, 'toSchoolCode'>): boolean {
  return isOfSchool(caller, row.toSchoolCode);
}

/**
 * R5.3c, X8: until consent the asking side sees the name masked, as its look-up did. The holding school, its district and the
 * central office have the record before them.
 */
export function seesName(caller: Who, row: TransferParties & { status: TransferStatus }): boolean {
  const holds = isOfSchool(caller, row.fromSchoolCode) || isOfDistrict(caller, row.fromDistrictCode) || caller.role === 'CENTRAL';
  return holds || row.status === 'SCHEDULED' || row.status === 'COMPLETED';
}
