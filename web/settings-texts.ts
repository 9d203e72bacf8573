// Words of what the central office sets, Thai with English (R1.3, R3.5, R5.3d).
import type { Words } from '../domain/words';

/** R1.3: the two answers to whether a delegation needs written evidence. */
export const EVIDENCE_CHOICES = [
  {
    value: 'no',
    th: 'แนบหรือไม่ก็ได้ หากไม่แนบ ผู้พิจารณาจะเห็นข้อสังเกต',
    en: 'May be left out; the approver is then warned',
  },
  { value: 'yes', th: 'ต้องแนบไฟล์หลักฐานทุกครั้ง', en: 'Has to be attached every time' },
];

/** What was just done. */
export const SETTINGS_DONE: Record<string, Words> = {
  evidence: { th: 'บันทึกแล้ว มีผลกับคำขอที่ยื่นหรือแก้ไขจากนี้ไป', en: 'Saved, for what is submitted or corrected from now on.' },
  holiday: { th: 'บันทึกวันหยุดแล้ว กำหนดเวลาของคำขอที่ค้างอยู่กำลังปรับตาม', en: 'The holiday is saved; the clocks of open cases follow.' },
  removed: { th: 'ลบวันหยุดแล้ว กำหนดเวลาของคำขอที่ค้างอยู่กำลังปรับตาม', en: 'It is no holiday any more; the clocks of open cases follow.' },
};

/** What became of a school. */
export const CLOSING_DONE: Record<string, Words> = {
  closed: { th: 'บันทึกการปิดสถานศึกษาแล้ว', en: 'The closing is recorded.' },
  reopened: { th: 'ยกเลิกการปิดแล้ว สถานศึกษาลงทะเบียนได้', en: 'The closing is taken back: the school can register.' },
};
