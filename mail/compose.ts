// The mails of a registration (R4.1, R3.5): Thai with English below, text and HTML from templates that stand beside each other.
import { join } from 'node:path';
import { Environment, FileSystemLoader } from 'nunjucks';
import type { Position } from '../domain/submission';
import { englishDate, normaliseText, thaiDate, thaiTime } from '../domain/thai-text';
import { PROJECT_ROOT } from '../project-root';

export const MAIL_PURPOSES = [
  'received',
  'delegation-notice',
  'approved',
  'returned',
  'rejected',
  'withdrawn',
  'expired',
  'address-changed',
  'objection',
] as const;
export type MailPurpose = (typeof MAIL_PURPOSES)[number];

/** What the mails of a case tell; parts that a purpose does not use are left alone by its template. */
export interface MailData {
  reference: string;
  /** The school's name. */
  school: string;
  /** The district office that answers for the case. */
  office: { name: string; phone: string | null };
  /** Whom the mail addresses. */
  salutation: string;
  position: Position;
  date: Date;
  /** Until when the reader has to act. */
  until: Date | null;
  reason: string | null;
  trackLink: string;
  confirmLink: string | null;
  registerLink: string;
  /** What `expired` waited for in vain; without it the mail says that the case was not continued. */
  ending?: 'NOT_CORRECTED' | 'NOT_CONFIRMED';
}

export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

const SUBJECTS: Record<MailPurpose, (data: MailData) => string> = {
  received: ({ reference }) => `ได้รับคำขอลงทะเบียนผู้ดูแลระบบของสถานศึกษา เลขที่ ${reference}`,
  'delegation-notice': ({ school }) => `แจ้งการมอบหมายผู้ลงทะเบียน ${school}`,
  approved: ({ reference }) => `แจ้งผลการอนุมัติ โปรดยืนยันการลงทะเบียน เลขที่ ${reference}`,
  returned: ({ reference }) => `ขอให้แก้ไขข้อมูลการลงทะเบียน เลขที่ ${reference}`,
  rejected: ({ reference }) => `แจ้งผลการพิจารณาคำขอลงทะเบียน เลขที่ ${reference}`,
  withdrawn: ({ reference }) => `ถอนคำขอลงทะเบียนแล้ว เลขที่ ${reference}`,
  expired: ({ reference }) => `คำขอลงทะเบียนสิ้นสุดแล้ว เลขที่ ${reference}`,
  'address-changed': ({ reference }) => `เปลี่ยนอีเมลของคำขอลงทะเบียน เลขที่ ${reference}`,
  objection: ({ reference }) => `มีผู้คัดค้านคำขอลงทะเบียน เลขที่ ${reference}`,
};

/** Positions as mails and pages name them. */
export const POSITION_WORDS: Record<Position, { th: string; en: string }> = {
  DIRECTOR: { th: 'ผู้อำนวยการสถานศึกษา', en: 'director' },
  DEPUTY_DIRECTOR: { th: 'รองผู้อำนวยการสถานศึกษา', en: 'deputy director' },
  TEACHER: { th: 'ข้าราชการครู', en: 'civil-servant teacher' },
  EDUCATIONAL_PERSONNEL: { th: 'บุคลากรทางการศึกษา', en: 'educational personnel' },
  GOVERNMENT_EMPLOYEE: { th: 'พนักงานราชการ', en: 'government employee' },
  CONTRACT_STAFF: { th: 'ลูกจ้าง', en: 'contract staff' },
};

const loader = () => new FileSystemLoader(join(PROJECT_ROOT, 'mail', 'templates'));
const plain = new Environment(loader(), { autoescape: false, throwOnUndefined: true });
const marked = new Environment(loader(), { autoescape: true, throwOnUndefined: true });

/**
 * Writes a mail of a case (R4.1). Subjects are one line whatever the data holds (RFC 5322, header injection).
 * @throws Error when a part that the purpose tells is missing, such as the link of `approved`: no mail with a hole goes out
 */
export function composeMail(purpose: MailPurpose, data: MailData): ComposedMail {
  const subject = `[DPA] ${normaliseText(SUBJECTS[purpose](data))}`;
  const words = {
    ...data,
    subject,
    position: POSITION_WORDS[data.position],
    date: dateWords(data.date),
    until: data.until && dateWords(data.until),
  };
  return { subject, text: plain.render(`${purpose}.txt.njk`, words), html: marked.render(`${purpose}.html.njk`, words) };
}

/** A date in the Buddhist era in Thai, in the common one in English, and the time in Bangkok (X6). */
function dateWords(instant: Date): { th: string; en: string; time: string } {
  return { th: thaiDate(instant), en: englishDate(instant), time: thaiTime(instant) };
}
