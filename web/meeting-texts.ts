// Words of the pages for orientation meetings, Thai with English (R2.4).
import type { MeetingRowOutcome } from '../domain/meeting';
import type { Words } from '../domain/words';

/** What became of a row of the sheet. */
export const MEETING_OUTCOMES: Record<MeetingRowOutcome, Words & { colour: string }> = {
  WAITING: { th: 'กำลังบันทึก', en: 'Being registered', colour: 'blue' },
  REGISTERED: { th: 'ลงทะเบียนแล้ว', en: 'Registered', colour: 'green' },
  UNCHANGED: { th: 'ลงทะเบียนไว้แล้ว', en: 'Registered before', colour: 'grey' },
  REFUSED: { th: 'ไม่ได้ลงทะเบียน', en: 'Refused', colour: 'red' },
};
