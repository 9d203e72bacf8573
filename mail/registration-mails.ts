// The mails of a registration (R4.1, R3.5): what each tells, and under which subject.
import { POSITION_WORDS, type Position } from '../domain/position';
import type { Words } from '../domain/words';
import { type ComposedMail, dateWords, type MailFrame, untilWords, writeMail } from './write-mail';

export const REGISTRATION_PURPOSES = [
  'received',
  'delegation-notice',
  'approved',
  'returned',
  'rejected',
  'withdrawn',
  'expired',
  'address-changed',
  'objection',
  'school-closed',
  'handover-asked',
  'handed-over',
] as const;
export type RegistrationPurpose = (typeof REGISTRATION_PURPOSES)[number];

/** R3.5: why a registration expired. */
const ENDINGS = {
  NOT_CORRECTED: { th: 'มิได้แก้ไขและส่งคำขออีกครั้งภายในกำหนด', en: 'it was not corrected and sent again in time' },
  NOT_CONFIRMED: { th: 'มิได้ยืนยันการลงทะเบียนและกำหนดรหัสผ่านภายในกำหนด', en: 'it was approved but not confirmed in time' },
};

/** What the mails of a case tell; parts that a purpose does not use are left alone by its template. */
export interface MailData extends MailFrame {
  reference: string;
  /** The school's name. */
  school: string;
  position: Position;
  /** When the registration was submitted, or recorded from the sheet of a meeting. */
  date: Date;
  /** Until when the reader has to act. */
  until: Date | null;
  reason: string | null;
  trackLink: string;
  confirmLink: string | null;
  registerLink: string;
  /** `received`: registered by a sheet of the office, the reader has yet to acknowledge it (R2.4). */
  awaitsAcknowledgement?: boolean;
  /** R2.6: an officer typed it in for the school. */
  assisted?: boolean;
  /** What `expired` waited for in vain. */
  ending?: keyof typeof ENDINGS;
  /** `approved`: when it ends without having been confirmed (R3.5). */
  ends?: Words;
  /** `received`: the school has no district, and the central office assigns one before anybody decides (R3.2). */
  held?: boolean;
}

const SUBJECTS: Record<RegistrationPurpose, (data: MailData) => string> = {
  received: ({ reference, awaitsAcknowledgement }) =>
    awaitsAcknowledgement ? `โปรดยืนยันคำขอลงทะเบียนผู้ดูแลระบบของสถานศึกษา เลขที่ ${reference}` : `ได้รับคำขอลงทะเบียนผู้ดูแลระบบของสถานศึกษา เลขที่ ${reference}`,
  'delegation-notice': ({ school }) => `แจ้งการมอบหมายผู้ลงทะเบียน ${school}`,
  approved: ({ reference }) => `แจ้งผลการอนุมัติ โปรดยืนยันการลงทะเบียน เลขที่ ${reference}`,
  returned: ({ reference }) => `ขอให้แก้ไขข้อมูลการลงทะเบียน เลขที่ ${reference}`,
  rejected: ({ reference }) => `แจ้งผลการพิจารณาคำขอลงทะเบียน เลขที่ ${reference}`,
  withdrawn: ({ reference }) => `ถอนคำขอลงทะเบียนแล้ว เลขที่ ${reference}`,
  expired: ({ reference }) => `คำขอลงทะเบียนสิ้นสุดแล้ว เลขที่ ${reference}`,
  'address-changed': ({ reference }) => `เปลี่ยนอีเมลของคำขอลงทะเบียน เลขที่ ${reference}`,
  'school-closed': ({ reference }) => `คำขอลงทะเบียนสิ้นสุดแล้ว เพราะสถานศึกษาปิด เลขที่ ${reference}`,
  'handover-asked': ({ school }) => `มีคำขอเปลี่ยนผู้ดูแลระบบของ ${school}`,
  'handed-over': ({ school }) => `เปลี่ยนผู้ดูแลระบบของ ${school} แล้ว`,
  objection: ({ reference }) => `มีผู้คัดค้านคำขอลงทะเบียน เลขที่ ${reference}`,
};

/**
 * Writes a mail of a registration (R4.1).
 * @throws Error when a part that the purpose tells is missing, such as the link of `approved`: no mail with a hole goes out
 */
export function composeMail(purpose: RegistrationPurpose, data: MailData): ComposedMail {
  const words = {
    ...data,
    position: POSITION_WORDS[data.position],
    date: dateWords(data.date),
    until: data.until && untilWords(data.until),
    because: data.ending && ENDINGS[data.ending],
  };
  return writeMail(purpose, SUBJECTS[purpose](data), words);
}
