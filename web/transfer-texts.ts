// Words of the pages of transfers, Thai with English (R5.3c-R5.3e).
import type { TransferStatus } from '../domain/transfer';
import type { Words } from '../domain/words';

interface StatusWords extends Words {
  colour: string;
}

export const TRANSFER_STATUS_WORDS: Record<TransferStatus, StatusWords> = {
  PENDING: { th: 'รอพิจารณา', en: 'Waiting for a decision', colour: 'blue' },
  SCHEDULED: { th: 'ยินยอมแล้ว รอวันที่มีผล', en: 'Consented, waiting for its day', colour: 'turquoise' },
  COMPLETED: { th: 'ย้ายข้อมูลแล้ว', en: 'Moved', colour: 'green' },
  REJECTED: { th: 'ไม่ยินยอม', en: 'Rejected', colour: 'red' },
  WITHDRAWN: { th: 'ถอนคำขอแล้ว', en: 'Withdrawn', colour: 'grey' },
  CANCELLED: { th: 'สิ้นสุดโดยไม่มีผล', en: 'Ended without a move', colour: 'grey' },
};

/** R5.3d: what happens when whoever owes the decision stays silent. */
export const SILENCE_WORDS: Record<'SCHOOL' | 'DISTRICT' | 'CENTRAL', Words> = {
  SCHOOL: { th: 'หลังจากนั้นสำนักงานต้นสังกัดของสถานศึกษานั้นพิจารณาได้ด้วย', en: 'After that its district may decide too.' },
  DISTRICT: { th: 'หลังจากนั้นสำนักงาน ก.ค.ศ. พิจารณาได้ด้วย', en: 'After that the central office may decide too.' },
  CENTRAL: { th: 'คำขอไม่หมดอายุ', en: 'It does not expire.' },
};

/** What the history of a transfer tells; the actions of its audit that registrations do not have, or mean otherwise. */
export const TRANSFER_ACTION_WORDS: Record<string, Words> = {
  REQUESTED: { th: 'ยื่นคำขอ', en: 'Requested' },
  APPROVED: { th: 'ยินยอม', en: 'Consented' },
  RELEASED: { th: 'สถานศึกษาเจ้าของข้อมูลจำหน่ายออก นับเป็นความยินยอม', en: 'Removed by the holding school, which is its consent' },
  CLAIMED: { th: 'รับข้อมูลที่ไม่ได้อยู่ในสถานศึกษาใด', en: 'Claimed a record that was at no school' },
  MOVED: { th: 'ย้ายข้อมูลแล้ว', en: 'Record moved' },
  REJECTED: { th: 'ไม่ยินยอม', en: 'Rejected' },
  APPEALED: { th: 'อุทธรณ์', en: 'Appealed' },
  CANCELLED: { th: 'สิ้นสุดโดยไม่มีผล', en: 'Ended without a move' },
};

/** What was just done, above the page of the transfer. */
export const TRANSFER_DONE: Record<string, Words> = {
  requested: { th: 'ส่งคำขอแล้ว ผลจะแจ้งทางอีเมลและแสดงในหน้านี้', en: 'Sent. The outcome comes by e-mail and stands on this page.' },
  claimed: { th: 'รับข้อมูลแล้ว ข้อมูลย้ายมายังสถานศึกษาของท่านแล้ว', en: 'Claimed: the record is at your school.' },
  approved: { th: 'บันทึกความยินยอมแล้ว ระบบแจ้งสถานศึกษาและสำนักงานทั้งสองฝ่าย', en: 'Your consent is recorded; both schools and districts are told.' },
  rejected: { th: 'บันทึกว่าไม่ยินยอมแล้ว ระบบแจ้งเหตุผลไปยังผู้ขอ', en: 'Your rejection is recorded; its reason goes to the school that asked.' },
  withdrawn: { th: 'ถอนคำขอแล้ว', en: 'Withdrawn.' },
  appealed: { th: 'ส่งคำอุทธรณ์แล้ว', en: 'The appeal is sent.' },
};

/** R5.3c, R5.3e: what a look-up found, and what to do now. */
export const LOOKED_UP_WORDS: Record<'ELSEWHERE' | 'UNPOSTED', { found: Words; ask: Words }> = {
  ELSEWHERE: {
    found: {
      th: 'บุคคลนี้มีข้อมูลอยู่ที่สถานศึกษาอื่น ต้องขอย้ายข้อมูลมายังสถานศึกษาของท่าน สถานศึกษานั้นเป็นผู้ให้ความยินยอม',
      en: 'This person’s record is at another school: ask for a transfer, to which that school consents.',
    },
    ask: { th: 'ขอย้ายข้อมูล', en: 'Ask for the transfer' },
  },
  UNPOSTED: {
    found: {
      th: 'บุคคลนี้มีข้อมูลในระบบแต่ไม่ได้อยู่ในสถานศึกษาใด ขอรับข้อมูลได้โดยไม่ต้องมีผู้ยินยอม',
      en: 'This person’s record is at no school: claim it; nobody’s consent is needed.',
    },
    ask: { th: 'ขอรับข้อมูล', en: 'Claim the record' },
  },
};
