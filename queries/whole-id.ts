import { isMeantAsNationalId } from '../domain/national-id';
import { Refused } from '../domain/refused';
import type { Words } from '../domain/words';

/**
 * A whole national ID belongs in no address, where histories and logs keep it (X3).
 * @param instead what to look for here instead, in Thai and English
 * @throws Refused VALIDATION for a `q` that is meant as one
 */
export function refuseWholeId(q: string, instead: Words): void {
  if (!isMeantAsNationalId(q)) return;
  const message = `อย่าใส่เลขประจำตัวประชาชนทั้งเลขที่นี่ ${instead.th} / Not a whole national ID: ${instead.en}`;
  throw new Refused('VALIDATION', { errors: [{ path: 'q', code: 'NATIONAL_ID_IN_ADDRESS', message }] });
}
