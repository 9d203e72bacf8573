// ตำแหน่ง of the people on a school's roster: those that the circular tells apart (R1.2), and the assistant teacher, whom
// personnel records keep apart from teachers.
import { POSITIONS } from './submission';
import { nameKey } from './thai-text';

export const STAFF_POSITIONS = [...POSITIONS, 'ASSISTANT_TEACHER'] as const;
export type StaffPosition = (typeof STAFF_POSITIONS)[number];

/** The Thai name of each position, then other words for it. */
const THAI: Record<StaffPosition, readonly [string, ...string[]]> = {
  DIRECTOR: ['ผู้อำนวยการสถานศึกษา', 'ผู้อำนวยการ', 'ผู้อำนวยการโรงเรียน', 'ผอ.'],
  DEPUTY_DIRECTOR: ['รองผู้อำนวยการสถานศึกษา', 'รองผู้อำนวยการ', 'รองผู้อำนวยการโรงเรียน', 'รอง ผอ.'],
  TEACHER: ['ครู', 'ข้าราชการครู'],
  EDUCATIONAL_PERSONNEL: ['บุคลากรทางการศึกษา', 'บุคลากรทางการศึกษาอื่น', 'บุคลากรทางการศึกษาอื่นตามมาตรา 38 ค.(2)'],
  GOVERNMENT_EMPLOYEE: ['พนักงานราชการ'],
  CONTRACT_STAFF: ['ครูอัตราจ้าง', 'อัตราจ้าง', 'ลูกจ้างชั่วคราว'],
  ASSISTANT_TEACHER: ['ครูผู้ช่วย'],
};

const BY_KEY = new Map(STAFF_POSITIONS.flatMap((position) => [position, ...THAI[position]].map((word) => [nameKey(word), position] as const)));

/** The position that a code or a Thai word names, however it is typed; null when it is none (R5.2, X5). */
export function parseStaffPosition(raw: string): StaffPosition | null {
  return BY_KEY.get(nameKey(raw)) ?? null;
}

/** `ครู`: the Thai name of a position. */
export function thaiPosition(position: StaffPosition): string {
  return THAI[position][0];
}
