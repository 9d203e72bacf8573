// Words of the offices' pages, Thai with English.
import type { DecisionRights } from '../domain/entitlement';
import type { RegistrationStatus } from '../domain/registration';
import type { WarningCode } from '../domain/warnings';
import type { Words } from '../domain/words';
import { STATUS_WORDS } from './texts';

interface WarningWords extends Words {
  /** In the dense table of the inbox. */
  short: string;
  /** What to look at before deciding. */
  check: Words;
}

/** What an approver is warned of, and what to do about it (R1.3, R1.6, R1.7, R2.1). */
export const WARNING_WORDS: Record<WarningCode, WarningWords> = {
  NO_EVIDENCE: {
    th: 'ไม่มีหลักฐานการมอบหมาย',
    short: 'ไม่มีหลักฐาน',
    en: 'No evidence of the delegation',
    check: { th: 'โปรดสอบถามผู้อำนวยการว่ามอบหมายจริง หรือส่งกลับให้แนบ', en: 'Ask the director, or return it for the evidence.' },
  },
  ROSTER_ELSEWHERE: {
    th: 'อยู่ในทะเบียนของสถานศึกษาอื่น',
    short: 'ทะเบียนอยู่ที่อื่น',
    en: 'On another school’s roster',
    check: { th: 'อาจเพิ่งย้าย โปรดตรวจสอบคำสั่งย้ายหรือบรรจุ', en: 'May have moved lately: check the order.' },
  },
  PERSON_HAS_SCHOOL: {
    th: 'ดูแลหรือขอดูแลสถานศึกษาอื่นอยู่',
    short: 'มีสถานศึกษาอื่น',
    en: 'Administers, or applied for, another school',
    check: { th: 'อนุมัติได้เมื่อรายการของสถานศึกษาอื่นสิ้นสุดแล้ว', en: 'Approval waits until the other one ends.' },
  },
  EMAIL_IN_USE: {
    th: 'อีเมลเป็นของบัญชีอื่น',
    short: 'อีเมลซ้ำ',
    en: 'The address is another account’s',
    check: { th: 'อนุมัติได้เมื่อแก้ไขอีเมลแล้ว', en: 'Approval waits until the address is changed.' },
  },
};

/** R2.8. */
export const CONTESTED: WarningWords = {
  th: 'มีผู้คัดค้าน',
  short: 'มีผู้คัดค้าน',
  en: 'Contested',
  check: { th: 'โปรดโทรสอบถามผู้คัดค้านและสถานศึกษาก่อนพิจารณา', en: 'Call who objected, and the school, before deciding.' },
};

/** R4.1: how the latest mail to the registrant stands, for the office. */
export const OFFICE_MAIL_WORDS: Record<string, Words> = {
  QUEUED: { th: 'กำลังส่ง', en: 'Being sent' },
  RETRYING: { th: 'ยังส่งไม่สำเร็จ ระบบกำลังลองส่งใหม่', en: 'Not delivered yet, being tried again' },
  SENT: { th: 'ส่งแล้ว', en: 'Sent' },
  BOUNCED: { th: 'ส่งไม่ถึง อีเมลนี้ถูกปฏิเสธ', en: 'Refused by the address' },
  FAILED: { th: 'ส่งไม่สำเร็จ', en: 'Could not be sent' },
  CANCELLED: { th: 'ยกเลิกการส่ง', en: 'Cancelled' },
};

/** What a status is called for an office, which is not the one that confirms; `short` in the dense table of the inbox. */
export const OFFICE_STATUS_WORDS: Record<RegistrationStatus, Words & { colour: string; short?: string }> = {
  ...STATUS_WORDS,
  APPROVED: {
    th: 'อนุมัติแล้ว รอผู้ลงทะเบียนยืนยัน',
    short: 'อนุมัติแล้ว รอยืนยัน',
    en: 'Approved, to be confirmed by the registrant',
    colour: STATUS_WORDS.APPROVED.colour,
  },
};

/** R3.5. */
export const ESCALATION_WORDS: Record<'HEAD' | 'CENTRAL', Words> = {
  HEAD: { th: 'ถึงผู้อำนวยการเขต', en: 'Escalated to the head' },
  CENTRAL: { th: 'ถึงสำนักงาน ก.ค.ศ.', en: 'Escalated to the central office' },
};

/** Why somebody who may read a case may not approve it, and what they may. */
export const NO_APPROVAL_WORDS: Record<Exclude<DecisionRights['mayApprove'], 'YES'>, Words> = {
  NOT_ENTITLED: {
    th: 'สำนักงานเขตพื้นที่การศึกษาเป็นผู้พิจารณา สำนักงาน ก.ค.ศ. พิจารณาได้เมื่อพ้นกำหนดของเขตแล้ว',
    en: 'The district decides. The central office may, once the district’s time is over.',
  },
  MENDED_ADDRESS: {
    th: 'ท่านเป็นผู้แก้ไขอีเมลของคำขอนี้ จึงอนุมัติเองไม่ได้ แต่ส่งกลับหรือไม่อนุมัติได้ ผู้อนุมัติต้องเป็นผู้อื่นในสำนักงาน',
    en: 'You changed the e-mail address of this registration: you cannot approve it yourself, but may return or reject it. Somebody else in your office approves it.',
  },
  TYPED_IN: {
    th: 'ท่านเป็นผู้กรอกคำขอนี้แทนสถานศึกษา จึงอนุมัติเองไม่ได้ แต่ส่งกลับหรือไม่อนุมัติได้ ผู้อนุมัติต้องเป็นผู้อื่นในสำนักงาน',
    en: 'You entered this registration for the school: you cannot approve it yourself, but may return or reject it. Somebody else in your office approves it.',
  },
  OWN_NAME: {
    th: 'ผู้ลงทะเบียนมีชื่อเดียวกับท่าน ท่านจึงอนุมัติเองไม่ได้ แต่ส่งกลับหรือไม่อนุมัติได้ ผู้อนุมัติต้องเป็นผู้อื่นในสำนักงาน',
    en: 'The registrant bears your name: you cannot approve it yourself, but may return or reject it. Somebody else in your office approves it.',
  },
};

/** R3.4: what tells a return from a rejection, beside their buttons. */
export const REFUSING_HINT: Words = {
  th: 'ส่งกลับ: ผู้ลงทะเบียนแก้ไขและส่งใหม่ได้ · ไม่อนุมัติ: คำขอสิ้นสุดทันที ย้อนกลับไม่ได้ ต้องยื่นใหม่',
  en: 'Return: it can be corrected and sent again. Reject: it ends at once, for good.',
};

/** What a decision did, on the page after it. */
export const DECIDED_WORDS: Partial<Record<RegistrationStatus, Words>> = {
  APPROVED: { th: 'อนุมัติแล้ว', en: 'Approved' },
  RETURNED: { th: 'ส่งกลับให้แก้ไขแล้ว', en: 'Returned for correction' },
  REJECTED: { th: 'บันทึกว่าไม่อนุมัติแล้ว', en: 'Rejected' },
};

/** What somebody did on the page of a case, when it comes back. */
export const DONE_WORDS: Record<string, Words> = {
  address: {
    th: 'เปลี่ยนอีเมลแล้ว คำขอเป็นฉบับใหม่ ซึ่งผู้อนุมัติต้องเป็นผู้อื่นในสำนักงาน',
    en: 'The address is changed. It is a new revision, which somebody else in your office approves.',
  },
  mail: { th: 'กำลังส่งอีเมลยืนยันฉบับใหม่ ลิงก์เก่าใช้ไม่ได้อีก', en: 'A new confirmation mail is on its way. The older link has ended.' },
  district: { th: 'มอบให้สำนักงานแล้ว', en: 'Given to the office.' },
};

/** What somebody did on the page of an office's people, when it comes back (R3.6). */
export const PEOPLE_DONE: Record<string, Words> = {
  substitution: { th: 'บันทึกผู้ปฏิบัติหน้าที่แทนแล้ว', en: 'Your substitute is recorded.' },
  ended: { th: 'ยุติการปฏิบัติหน้าที่แทนแล้ว', en: 'The substitution has ended.' },
  closed: { th: 'ปิดบัญชีแล้ว', en: 'The account has ended.' },
  approver: { th: 'เปิดบัญชีแล้ว ระบบกำลังส่งลิงก์กำหนดรหัสผ่านทางอีเมล', en: 'The account is open. A link to set the password is on its way.' },
};
