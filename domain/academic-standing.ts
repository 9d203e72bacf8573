// วิทยฐานะ: the academic standing of a teacher or educational personnel, as the commission grants it (R5.1).
import { nameKey, normaliseText } from './thai-text';

/** "Without" is a standing too, and the only one without a date. */
export const NO_STANDING = 'ไม่มีวิทยฐานะ';
export const ACADEMIC_STANDINGS = [NO_STANDING, 'ชำนาญการ', 'ชำนาญการพิเศษ', 'เชี่ยวชาญ', 'เชี่ยวชาญพิเศษ'] as const;
export type AcademicStanding = (typeof ACADEMIC_STANDINGS)[number];

/** What stands before a standing where position and standing are written as one word: ครูชำนาญการ. */
const POSITION_BEFORE = /^(รองผู้อำนวยการ|ผู้อำนวยการ|ศึกษานิเทศก์|ครู)(สถานศึกษา|โรงเรียน)?/;

/** Other ways to say it, by the key of a name (X5). */
const OTHER_WORDS: Record<string, AcademicStanding> = {
  none: NO_STANDING,
  ไม่มี: NO_STANDING,
  [nameKey('ยังไม่มีวิทยฐานะ')]: NO_STANDING,
  '-': NO_STANDING,
  professional: 'ชำนาญการ',
  seniorprofessional: 'ชำนาญการพิเศษ',
  expert: 'เชี่ยวชาญ',
  seniorexpert: 'เชี่ยวชาญพิเศษ',
};

/** The same in English, in their order, as the sheet and the API read them too. */
export const ENGLISH_STANDINGS = ['none', 'professional', 'senior professional', 'expert', 'senior expert'] as const;

/** The standing that a text names, however it is typed and with the position in front of it or without; null when it is none (R5.1, X5). */
export function parseAcademicStanding(raw: string): AcademicStanding | null {
  const key = nameKey(normaliseText(raw).replaceAll('_', '').replace(POSITION_BEFORE, ''));
  return ACADEMIC_STANDINGS.find((standing) => nameKey(standing) === key) ?? OTHER_WORDS[key] ?? null;
}
