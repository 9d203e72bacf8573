// Words of the pages, Thai with English.
import { POSITION_WORDS, POSITIONS } from '../domain/position';
import type { RegistrationStatus } from '../domain/registration';
import type { Words } from '../domain/words';

/** The office that supervises a school. */
interface Office {
  name: string;
  phone?: string | null;
}

/** What it is to every school, be it a district, a provincial office or an agency: where its name is not known. */
const SUPERVISING: Words = { th: 'สำนักงานต้นสังกัด', en: 'the supervising office' };

/** Words that name the office: `{office}` is its name, `{call}` its name with its telephone, as far as they are known. */
export function withOffice({ th, en }: Words, office?: Office | null): Words {
  const name = office ? { th: office.name, en: office.name } : SUPERVISING;
  const phone = office?.phone ? { th: ` โทร. ${office.phone}`, en: `, tel. ${office.phone}` } : { th: '', en: '' };
  const named = (text: string, language: keyof Words) =>
    text.replace(/\{(office|call)\}/g, (_place, what) => name[language] + (what === 'call' ? phone[language] : ''));
  return { th: named(th, 'th'), en: named(en, 'en') };
}

interface StatusWords extends Words {
  colour: string;
  /** What the reader does, or waits for, now. */
  next: Words;
  /** What the case's next date (`dueAt`) means; the date follows. */
  due?: Words;
}

/** R3.4, R3.5: what a status means for the registrant. */
export const STATUS_WORDS: Record<RegistrationStatus, StatusWords> = {
  PENDING: {
    th: 'รอการพิจารณา',
    en: 'Waiting for the office',
    colour: 'blue',
    next: {
      th: '{office} กำลังตรวจสอบ ท่านไม่ต้องดำเนินการใด ๆ ผลจะแจ้งทางอีเมล',
      en: '{office} checks it. You need to do nothing; the result comes by e-mail.',
    },
    due: { th: 'หากยังไม่มีผล ระบบจะเพิ่มผู้พิจารณาในลำดับถัดไปในวันที่', en: 'Without a result, the next level is brought in on' },
  },
  RETURNED: {
    th: 'ขอให้แก้ไข',
    en: 'Returned for correction',
    colour: 'orange',
    next: { th: 'โปรดแก้ไขข้อมูลตามเหตุผลด้านล่างแล้วส่งอีกครั้ง', en: 'Correct the data as the reason below says, and send it again.' },
    due: { th: 'โปรดแก้ไขและส่งภายในวันที่', en: 'Send it by' },
  },
  APPROVED: {
    th: 'อนุมัติแล้ว รอยืนยัน',
    en: 'Approved, waiting for your confirmation',
    colour: 'turquoise',
    next: {
      th: 'โปรดเปิดลิงก์ในอีเมลแจ้งผลเพื่อกำหนดรหัสผ่าน หากไม่ได้รับ ขอให้ส่งอีกครั้งได้ด้านล่าง',
      en: 'Open the link in the e-mail and set a password. If it did not come, ask for it again below.',
    },
    due: { th: 'ลิงก์ในอีเมลใช้ได้ถึงวันที่', en: 'The link in the e-mail works until' },
  },
  ACTIVE: {
    th: 'ใช้งานได้แล้ว',
    en: 'Active',
    colour: 'green',
    next: { th: 'เข้าสู่ระบบด้วยอีเมลที่ลงทะเบียนไว้ได้', en: 'Sign in with the registered address.' },
  },
  REJECTED: { th: 'ไม่อนุมัติ', en: 'Not approved', colour: 'red', next: { th: 'หากประสงค์ ลงทะเบียนใหม่ได้', en: 'You may register again.' } },
  WITHDRAWN: { th: 'ถอนคำขอแล้ว', en: 'Withdrawn', colour: 'grey', next: { th: 'หากประสงค์ ลงทะเบียนใหม่ได้', en: 'You may register again.' } },
  EXPIRED: { th: 'พ้นกำหนดเวลา', en: 'Expired', colour: 'grey', next: { th: 'หากประสงค์ ลงทะเบียนใหม่ได้', en: 'You may register again.' } },
};

/**
 * What a PENDING case waits for where that is not its district's first look: the registrant (R2.4), a district (R3.2), or whom it
 * escalated to (R3.5).
 */
export const WAITING_WORDS: Record<'ACKNOWLEDGEMENT' | 'HELD' | 'HEAD' | 'CENTRAL', Words> = {
  ACKNOWLEDGEMENT: {
    th: 'โปรดตรวจข้อมูลและกดยืนยันคำขอด้านล่าง สำนักงานอนุมัติได้หลังจากท่านยืนยันแล้ว',
    en: 'Check the data and acknowledge below: the office can approve only after that.',
  },
  HELD: {
    th: 'สำนักงาน ก.ค.ศ. จะกำหนดสำนักงานต้นสังกัดของสถานศึกษาก่อน แล้วสำนักงานนั้นจะตรวจสอบ ท่านไม่ต้องดำเนินการใด ๆ ผลจะแจ้งทางอีเมล',
    en: 'The central office first names the supervising office of the school, which then checks it. You need to do nothing; the result comes by e-mail.',
  },
  HEAD: {
    th: 'เรื่องถึงผู้อำนวยการ {office} แล้ว ท่านไม่ต้องดำเนินการใด ๆ ผลจะแจ้งทางอีเมล',
    en: 'It was brought before the head of {office} as well. You need to do nothing; the result comes by e-mail.',
  },
  CENTRAL: {
    th: 'เรื่องถึงสำนักงาน ก.ค.ศ. แล้ว ท่านไม่ต้องดำเนินการใด ๆ ผลจะแจ้งทางอีเมล',
    en: 'It was brought before the central office as well. You need to do nothing; the result comes by e-mail.',
  },
};

/** R5.3d: what a registration is told that was ended because its school closed. */
export const ENDED_BY_CLOSING: Words = {
  th: 'คำขอสิ้นสุดเพราะสถานศึกษาปิด หากไม่ถูกต้อง โปรดติดต่อสำนักงาน ก.ค.ศ.',
  en: 'It ended because the school has closed. If that is wrong, contact the central office.',
};

/** R1.1: whether a school can register now, and what to do where it cannot. */
export const SCHOOL_WORDS: Record<'OPEN' | 'PENDING' | 'TAKEN' | 'CLOSED', StatusWords> = {
  OPEN: {
    th: 'ลงทะเบียนได้',
    en: 'Free to register',
    colour: 'green',
    next: {
      th: 'สถานศึกษานี้ยังไม่มีผู้ดูแลระบบ ผู้อำนวยการหรือผู้ที่ได้รับมอบหมายลงทะเบียนได้ ใช้เวลาประมาณ 10 นาที',
      en: 'This school has no administrator yet. The director, or a delegate, can register; it takes about ten minutes.',
    },
  },
  PENDING: {
    th: 'มีคำขออยู่แล้ว',
    en: 'A registration is open',
    colour: 'blue',
    next: {
      th: 'มีคำขอของสถานศึกษานี้ที่ยังไม่สิ้นสุด หากเป็นคำขอของท่าน โปรดเปิดลิงก์ในอีเมลที่ได้รับเพื่อติดตาม แก้ไข หรือยืนยัน หากไม่ใช่ โปรดแจ้งด้านล่าง',
      en: 'A registration of this school is open. If it is yours, open the link of the e-mail to follow, correct or confirm it. If it is not, tell us below.',
    },
  },
  TAKEN: {
    th: 'มีผู้ดูแลระบบแล้ว',
    en: 'Has an administrator',
    colour: 'grey',
    next: {
      th: 'ผู้ดูแลระบบเข้าสู่ระบบได้ และเปลี่ยนให้ผู้อื่นดูแลแทนได้ หากผู้ดูแลระบบพ้นจากหน้าที่แล้ว โปรดติดต่อ {office}',
      en: 'The administrator can sign in, and can hand over to somebody else. If the administrator has left, contact {office}.',
    },
  },
  CLOSED: {
    th: 'ปิดแล้ว',
    en: 'Closed',
    colour: 'grey',
    next: {
      th: 'สถานศึกษานี้ปิดแล้ว จึงลงทะเบียนไม่ได้ หากไม่ถูกต้อง โปรดติดต่อสำนักงาน ก.ค.ศ.',
      en: 'This school has closed and cannot register. If that is wrong, contact the central office.',
    },
  },
};

export const ROLE_WORDS: Record<'SCHOOL' | 'DISTRICT' | 'CENTRAL', Words> = {
  SCHOOL: { th: 'ผู้ดูแลระบบของสถานศึกษา', en: 'Administrator of a school' },
  DISTRICT: { th: 'ผู้พิจารณาของสำนักงาน', en: 'Approver of an office' },
  CENTRAL: { th: 'สำนักงาน ก.ค.ศ.', en: 'Central office' },
};

/** What the history of a case tells; the actions of its audit. */
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
  ADDRESS_MENDED: { th: 'เปลี่ยนอีเมล', en: 'E-mail address changed' },
  ACKNOWLEDGED: { th: 'ผู้ลงทะเบียนยืนยันคำขอ', en: 'Acknowledged by the registrant' },
  OBJECTED: { th: 'มีผู้คัดค้าน', en: 'Somebody objected' },
  LINK_RENEWED: { th: 'ขอลิงก์ใหม่', en: 'New link asked for' },
  MAIL_SENT: { th: 'ส่งอีเมลแล้ว', en: 'E-mail sent' },
  MAIL_FAILED: { th: 'ส่งอีเมลไม่สำเร็จ', en: 'E-mail could not be sent' },
  MAIL_BOUNCED: { th: 'อีเมลถูกปฏิเสธ', en: 'E-mail was refused' },
  SCHOOL_CLOSED: { th: 'สิ้นสุดเพราะสถานศึกษาปิด', en: 'Ended: the school has closed' },
  DISTRICT_CHANGED: { th: 'เปลี่ยนสำนักงานที่รับผิดชอบ', en: 'Given to another office' },
  DATA_DELETED: { th: 'ลบข้อมูลส่วนบุคคลเมื่อครบกำหนดเวลาเก็บ', en: 'Personal data deleted after the set time' },
  EVIDENCE_DELETED: { th: 'ลบไฟล์หลักฐานเมื่อครบกำหนดเวลาเก็บ', en: 'Evidence deleted after the set time' },
  ERASED: { th: 'ลบข้อมูลส่วนบุคคลตามคำขอ', en: 'Personal data erased on request' },
  ERASURE_REFUSED: { th: 'ไม่ลบข้อมูลตามคำขอ', en: 'Erasure refused' },
  FORMER_ERASED: { th: 'ลบข้อมูลของผู้ลงทะเบียนคนก่อนตามคำขอ', en: 'Data of an earlier registrant erased on request' },
  FORMER_ERASURE_REFUSED: { th: 'ไม่ลบข้อมูลของผู้ลงทะเบียนคนก่อน', en: 'Erasure of an earlier registrant’s data refused' },
};

/** Who did it, as far as the registrant is told (X8): offices, not officers. */
export const ACTOR_WORDS: Record<string, Words> = {
  registrant: { th: 'ผู้ลงทะเบียน', en: 'registrant' },
  system: { th: 'ระบบ', en: 'system' },
  'central office': { th: 'สำนักงาน ก.ค.ศ.', en: 'the central office' },
};

/** How the latest mail to the registrant stands (R4.1). */
export const MAIL_WORDS: Record<string, Words> = {
  QUEUED: { th: 'กำลังส่ง', en: 'being sent' },
  RETRYING: { th: 'ยังส่งไม่สำเร็จ ระบบกำลังลองส่งใหม่', en: 'not delivered yet, being tried again' },
  SENT: { th: 'ส่งแล้ว หากไม่พบ โปรดดูในกล่องจดหมายขยะ', en: 'sent; look among the junk too' },
  BOUNCED: { th: 'ส่งไม่ถึง โปรดติดต่อ {call} เพื่อแก้ไขอีเมล', en: 'refused by the address; ask {call} to correct it' },
  FAILED: { th: 'ส่งไม่สำเร็จ โปรดติดต่อ {call}', en: 'could not be sent; contact {call}' },
  CANCELLED: { th: 'ยกเลิกการส่ง', en: 'cancelled' },
};

export interface Choice extends Words {
  value: string;
}

/** R1.2: positions as the circular tells them apart. */
export const POSITION_CHOICES: readonly Choice[] = POSITIONS.map((value) => {
  const { th, en } = POSITION_WORDS[value];
  return { value, th, en: `${en.charAt(0).toUpperCase()}${en.slice(1)}` };
});

/** R1.1, R1.2: in which capacity somebody registers. */
export const CAPACITY_CHOICES: readonly Choice[] = [
  { value: 'DIRECTOR', th: 'ผู้อำนวยการสถานศึกษาแห่งนี้', en: 'Director of this school' },
  { value: 'ACTING_DIRECTOR', th: 'ผู้รักษาการในตำแหน่งผู้อำนวยการของสถานศึกษาแห่งนี้', en: 'Acting director in the own school' },
  { value: 'DELEGATE', th: 'ผู้ได้รับมอบหมายจากผู้อำนวยการ', en: 'Delegate of the director' },
];

/** R2.1, R2.2: whose address it is. */
export const EMAIL_KIND_CHOICES: readonly Choice[] = [
  { value: 'SCHOOL', th: 'อีเมลกลางของสถานศึกษา', en: "The school's central address" },
  { value: 'DELEGATE', th: 'อีเมลของผู้ได้รับมอบหมาย', en: "The delegate's address" },
  { value: 'NEW', th: 'อีเมลที่สมัครใหม่', en: 'A newly opened address' },
];

/** A dependency is down, or no outcome came in time: the same form, sent again, is the same request. */
export const SEND_AGAIN: Words = {
  th: 'ระบบยังตอบไม่ได้ในขณะนี้ โปรดรอสักครู่แล้วส่งอีกครั้ง ข้อมูลไม่สูญหายและไม่ถูกบันทึกซ้ำ',
  en: 'The service cannot answer now. Wait a little and send again; nothing is lost or stored twice.',
};
