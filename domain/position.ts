// ตำแหน่ง as the circular tells them apart (R1.2): codes, names, and what else people write.
import type { Words } from './words';

export const POSITIONS = ['DIRECTOR', 'DEPUTY_DIRECTOR', 'TEACHER', 'EDUCATIONAL_PERSONNEL', 'GOVERNMENT_EMPLOYEE', 'CONTRACT_STAFF'] as const;
export type Position = (typeof POSITIONS)[number];

/** Positions as mails and pages name them; the English within a sentence. */
export const POSITION_WORDS: Record<Position, Words> = {
  DIRECTOR: { th: 'ผู้อำนวยการสถานศึกษา', en: 'director' },
  DEPUTY_DIRECTOR: { th: 'รองผู้อำนวยการสถานศึกษา', en: 'deputy director' },
  TEACHER: { th: 'ข้าราชการครู', en: 'civil-servant teacher' },
  EDUCATIONAL_PERSONNEL: { th: 'บุคลากรทางการศึกษา', en: 'educational personnel' },
  GOVERNMENT_EMPLOYEE: { th: 'พนักงานราชการ', en: 'government employee' },
  CONTRACT_STAFF: { th: 'ลูกจ้าง', en: 'contract staff' },
};

/** Other words for them in sheets. */
const POSITION_SPELLINGS: Record<Position, readonly string[]> = {
  DIRECTOR: ['ผู้อำนวยการ', 'ผู้อำนวยการโรงเรียน', 'ผอ.', 'ผอ'],
  DEPUTY_DIRECTOR: ['รองผู้อำนวยการ', 'รองผู้อำนวยการโรงเรียน', 'รอง ผอ.', 'รองผอ'],
  TEACHER: ['ครู'],
  EDUCATIONAL_PERSONNEL: ['บุคลากรทางการศึกษาอื่น', 'บุคลากรทางการศึกษาอื่นตามมาตรา 38 ค.(2)'],
  GOVERNMENT_EMPLOYEE: [],
  CONTRACT_STAFF: ['ครูอัตราจ้าง', 'อัตราจ้าง', 'ลูกจ้างชั่วคราว'],
};

/** Every word that names a position in a sheet. */
export function wordsOfPosition(position: Position): readonly string[] {
  return [POSITION_WORDS[position].th, ...POSITION_SPELLINGS[position]];
}
