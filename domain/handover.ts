// Handing over a school's administration, and taking it away (R4.6).
import { type Caller, isOfDistrict, isOfSchool } from './entitlement';

type Who = Pick<Caller, 'role' | 'schoolCode' | 'districtCode'>;

/** The school that is handed over. */
export interface HandedSchool {
  code: string;
  /** Null where no district supervises it. */
  districtCode: string | null;
}

/** R4.6: the school's own administrator hands over, or its district does so for it; nobody else, the central office included. */
export function mayHandOver(caller: Who, school: HandedSchool): boolean {
  return isOfSchool(caller, school.code) || isOfDistrict(caller, school.districtCode);
}

/** R4.6: the school's district revokes an administrator (left, died), or the central office. */
export function mayRevoke(caller: Who, school: HandedSchool): boolean {
  return caller.role === 'CENTRAL' || isOfDistrict(caller, school.districtCode);
}
