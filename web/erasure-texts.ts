// Words of the pages of erasure, Thai with English (X7).
import type { Words } from '../domain/words';

/** What was just done. */
export const ERASURE_DONE: Record<string, Words> = {
  erased: { th: 'ลบข้อมูลส่วนบุคคลแล้ว การลบและเหตุผลบันทึกไว้แล้ว', en: 'The personal data is erased; the erasure and its reason are recorded.' },
  refused: { th: 'บันทึกการปฏิเสธและเหตุผลแล้ว ข้อมูลไม่เปลี่ยนแปลง', en: 'The refusal and its reason are recorded; nothing has changed.' },
};

/** What stands in the way of an erasure, and who ends it. */
export const ERASURE_BLOCKS: Record<string, Words> = {
  ADMINISTRATOR: {
    th: 'ยังเป็นผู้ดูแลระบบของสถานศึกษา โปรดให้สำนักงานยกเลิกสิทธิ์หรือส่งมอบหน้าที่ก่อน',
    en: 'Administers a school: revoke the access, or have it handed over, first.',
  },
  REGISTRATION: {
    th: 'มีคำขอลงทะเบียนที่ยังไม่สิ้นสุด โปรดให้สำนักงานพิจารณาหรือให้ผู้ยื่นถอนก่อน',
    en: 'A registration is open: have it decided or withdrawn first.',
  },
  TRANSFER: { th: 'มีคำขอย้ายข้อมูลที่ยังไม่สิ้นสุด โปรดให้มีผลหรือถอนก่อน', en: 'A transfer is open: have it decided or withdrawn first.' },
};
