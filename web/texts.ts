// Words of the pages, Thai with English.
import type { RegistrationStatus } from '../domain/registration';

export interface Words {
  th: string;
  en: string;
}

export const STATUS_WORDS: Record<RegistrationStatus, Words & { colour: string; next: Words }> = {
  PENDING: {
    th: 'รอการพิจารณา',
    en: 'Waiting for the office',
    colour: 'blue',
    next: {
      th: 'สำนักงานเขตพื้นที่การศึกษากำลังตรวจสอบ ท่านไม่ต้องดำเนินการใด ๆ ผลจะแจ้งทางอีเมล',
      en: 'The district office checks it. You need to do nothing; the result comes by e-mail.',
    },
  },
  RETURNED: {
    th: 'ขอให้แก้ไข',
    en: 'Returned for correction',
    colour: 'orange',
    next: { th: 'โปรดแก้ไขข้อมูลตามเหตุผลด้านล่างแล้วส่งอีกครั้ง', en: 'Correct the data as the reason below says, and send it again.' },
  },
  APPROVED: {
    th: 'อนุมัติแล้ว รอยืนยัน',
    en: 'Approved, waiting for your confirmation',
    colour: 'turquoise',
    next: {
      th: 'โปรดเปิดลิงก์ในอีเมลแจ้งผลเพื่อกำหนดรหัสผ่าน หากไม่ได้รับ ขอให้ส่งอีกครั้งได้ด้านล่าง',
      en: 'Open the link in the e-mail and set a password. If it did not come, ask for it again below.',
    },
  },
  ACTIVE: {
    th: 'ใช้งานได้แล้ว',
    en: 'Active',
    colour: 'green',
    next: { th: 'เข้าสู่ระบบด้วยอีเมลที่ลงทะเบียนไว้ได้', en: 'Sign in with the registered address.' },
  },
  REJECTED: { th: 'ไม่อนุมัติ', en: 'Not approved', colour: 'red', next: { th: 'หากประสงค์ ลงทะเบียนใหม่ได้', en: 'You may register again.' } },
  WITHDRAWN: { th: 'ถอนคำขอแล้ว', en: 'Withdrawn', colour: 'grey', next: { th: 'หากประสงค์ ลงทะเบียนใหม่ได้', en: 'You may register again.' } },
  EXPIRED: { th: 'สิ้นสุดแล้ว', en: 'Expired', colour: 'grey', next: { th: 'หากประสงค์ ลงทะเบียนใหม่ได้', en: 'You may register again.' } },
};

export const ACTION_WORDS: Record<string, Words> = {
  SUBMITTED: { th: 'ยื่นคำขอ', en: 'Submitted' },
  RESUBMITTED: { th: 'แก้ไขและส่งอีกครั้ง', en: 'Corrected and sent again' },
  APPROVED: { th: 'อนุมัติ', en: 'Approved' },
  RETURNED: { th: 'ส่งกลับให้แก้ไข', en: 'Returned for correction' },
  REJECTED: { th: 'ไม่อนุมัติ', en: 'Not approved' },
  WITHDRAWN: { th: 'ถอนคำขอ', en: 'Withdrawn' },
  EXPIRED: { th: 'สิ้นสุดตามกำหนดเวลา', en: 'Expired' },
  CONFIRMED: { th: 'ยืนยันและกำหนดรหัสผ่าน', en: 'Confirmed, password set' },
  ESCALATED: { th: 'เพิ่มผู้พิจารณาเพราะเกินกำหนด', en: 'Escalated' },
  LINK_RENEWED: { th: 'ขอลิงก์ใหม่', en: 'New link asked for' },
  MAIL_SENT: { th: 'ส่งอีเมลแล้ว', en: 'E-mail sent' },
  MAIL_BOUNCED: { th: 'อีเมลถูกปฏิเสธ', en: 'E-mail was refused' },
  DISTRICT_CHANGED: { th: 'เปลี่ยนสำนักงานที่รับผิดชอบ', en: 'Given to another office' },
};

export const POSITION_CHOICES: readonly ({ value: string } & Words)[] = [
  { value: 'DIRECTOR', th: 'ผู้อำนวยการสถานศึกษา', en: 'Director' },
  { value: 'DEPUTY_DIRECTOR', th: 'รองผู้อำนวยการสถานศึกษา', en: 'Deputy director' },
  { value: 'TEACHER', th: 'ข้าราชการครู', en: 'Civil-servant teacher' },
  { value: 'EDUCATIONAL_PERSONNEL', th: 'บุคลากรทางการศึกษา', en: 'Educational personnel' },
  { value: 'GOVERNMENT_EMPLOYEE', th: 'พนักงานราชการ', en: 'Government employee' },
  { value: 'CONTRACT_STAFF', th: 'ลูกจ้าง', en: 'Contract staff' },
];

export const CAPACITY_CHOICES: readonly ({ value: string } & Words)[] = [
  { value: 'DIRECTOR', th: 'ผู้อำนวยการสถานศึกษาแห่งนี้', en: 'Director of this school' },
  { value: 'ACTING_DIRECTOR', th: 'ผู้รักษาการในตำแหน่งผู้อำนวยการของสถานศึกษาแห่งนี้', en: 'Acting director in the own school' },
  { value: 'DELEGATE', th: 'ผู้ได้รับมอบหมายจากผู้อำนวยการ', en: 'Delegate of the director' },
];

export const EMAIL_KIND_CHOICES: readonly ({ value: string } & Words)[] = [
  { value: 'SCHOOL', th: 'อีเมลกลางของสถานศึกษา', en: "The school's central address" },
  { value: 'DELEGATE', th: 'อีเมลของผู้ได้รับมอบหมาย', en: "The delegate's address" },
  { value: 'NEW', th: 'อีเมลที่สมัครใหม่', en: 'A newly opened address' },
];
