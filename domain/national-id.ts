// The 13-digit national ID (เลขประจำตัวประชาชน): however it is typed, checked, and shown masked (X4, R5.3a).
import { arabicDigits, normaliseText } from './thai-text';

/**
 * The 13 digits of an ID that may be typed with Thai digits, dashes, spaces and invisible characters; null when it is none.
 * Any first digit is one: 0 is of people without Thai nationality.
 * The checksum never sees the third digit (its weight is 11), and where the last digit is 1 it takes some other digits for
 * one another (remainders 0 and 10 give the same): a name has to confirm who is meant (R5.3c).
 */
export function parseNationalId(raw: string): string | null {
  const digits = withoutDivisions(raw);
  if (!/^\d{13}$/.test(digits)) return null;
  return nationalIdWithChecksum(digits.slice(0, 12)) === digits ? digits : null;
}

/** Whether a text is 13 digits, however they are typed and whatever their checksum: meant as a national ID, which is personal (X3). */
export function isMeantAsNationalId(raw: string): boolean {
  return /^\d{13}$/.test(withoutDivisions(raw));
}

/** Arabic digits, without dashes and spaces. */
function withoutDivisions(raw: string): string {
  return arabicDigits(normaliseText(raw)).replace(/[ \p{Pd}−]/gu, '');
}

/**
 * Twelve digits with the thirteenth, the checksum: weights 13 down to 2, modulo 11 (R5.3a). Makes synthetic people too.
 * @param first12 Arabic digits
 */
export function nationalIdWithChecksum(first12: string): string {
  const sum = [...first12].reduce((total, digit, index) => total + Number(digit) * (13 - index), 0);
  return `${first12}${(11 - (sum % 11)) % 10}`;
}

/**
 * `x-xxxx-xxxx0-12-1`: the last four digits, in the groups of the card (X4).
 * @param id 13 Arabic digits
 */
export function maskNationalId(id: string): string {
  return `x-xxxx-xxxx${id.slice(9, 10)}-${id.slice(10, 12)}-${id.slice(12)}`;
}

/**
 * The last four digits of a masked ID as people copy it from a list, `x-xxxx-xxxx0-12-1` or without the dashes (X4, X5);
 * null when it is none.
 */
export function shownDigits(masked: string): string | null {
  return /^x{9}(\d{4})$/i.exec(withoutDivisions(masked))?.[1] ?? null;
}
