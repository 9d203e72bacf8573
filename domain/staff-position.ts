// ตำแหน่ง of the people on a school's roster: those that the circular tells apart (R1.2), and the assistant teacher, whom
// personnel records keep apart from teachers.
import { POSITION_WORDS, POSITIONS, wordsOfPosition } from './position';
import { nameKey } from './thai-text';

export const STAFF_POSITIONS = [...POSITIONS, 'ASSISTANT_TEACHER'] as const;
export type StaffPosition = (typeof STAFF_POSITIONS)[number];

/** As personnel records name them: a teacher's position is ครู, and of contract staff a school has teachers. */
const THAI: Record<StaffPosition, string> = {
  DIRECTOR: POSITION_WORDS.DIRECTOR.th,
  DEPUTY_DIRECTOR: POSITION_WORDS.DEPUTY_DIRECTOR.th,
  TEACHER: 'ครู',
  EDUCATIONAL_PERSONNEL: POSITION_WORDS.EDUCATIONAL_PERSONNEL.th,
  GOVERNMENT_EMPLOYEE: POSITION_WORDS.GOVERNMENT_EMPLOYEE.th,
  CONTRACT_STAFF: 'ครูอัตราจ้าง',
  ASSISTANT_TEACHER: 'ครูผู้ช่วย',
};

const wordsOf = (position: StaffPosition) => [position, THAI[position], ...(position === 'ASSISTANT_TEACHER' ? [] : wordsOfPosition(position))];
const BY_KEY = new Map(STAFF_POSITIONS.flatMap((position) => wordsOf(position).map((word) => [nameKey(word), position] as const)));

/** The position that a code or a Thai word names, however it is typed; null when it is none (R5.2, X5). */
export function parseStaffPosition(raw: string): StaffPosition | null {
  return BY_KEY.get(nameKey(raw)) ?? null;
}

/** `ครู`: the Thai name of a position. */
export function thaiPosition(position: StaffPosition): string {
  return THAI[position];
}
