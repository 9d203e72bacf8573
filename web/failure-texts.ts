// What to do after a failure, where its own words do not say it; by the part of the pages where it happened.
import type { RefusalCode } from '../domain/refusal';
import type { Words } from '../domain/words';

export type Part = 'anywhere' | 'mail' | 'schools' | 'school' | 'office' | 'rosters' | 'central' | 'erasure' | 'transfers';

const CENTRAL_ALONE: Words = { th: 'หน้านี้เป็นของสำนักงาน ก.ค.ศ.', en: 'This page is for the central office.' };
const OTHER_OFFICE: Words = {
  th: 'หน้านี้เป็นของสำนักงานอื่น หรือบัญชีของท่านไม่มีสิทธิ์ทำรายการนี้ หากสถานศึกษานี้อยู่ในสังกัดของท่าน โปรดติดต่อสำนักงาน ก.ค.ศ.',
  en: 'This belongs to another office, or your account may not do this. If the school is under your office, contact the central office.',
};
const LIST_OF_PEOPLE: Words = {
  th: 'โปรดเปิดรายชื่อใหม่จากหน้าแรก และค้นด้วยชื่อหรือเลขที่ปิดบังแล้ว เช่น x-xxxx-xxxx0-12-1 มิใช่เลขประจำตัวประชาชนทั้งเลข',
  en: 'Open the list again from its first page, and find people by name or masked number such as x-xxxx-xxxx0-12-1, not by a whole national ID.',
};

export const FAILURE_HELP: Record<Part, Partial<Record<RefusalCode, Words>>> = {
  anywhere: {
    UNAVAILABLE: {
      th: 'ข้อมูลที่บันทึกไว้แล้วไม่สูญหาย โปรดรอสักครู่แล้วเปิดหน้านี้หรือส่งอีกครั้ง',
      en: 'Nothing is lost. Wait a little, then open this page or send again.',
    },
    RATE_LIMITED: { th: 'โปรดรอแล้วส่งอีกครั้ง', en: 'Wait, then send again.' },
  },
  mail: {
    NOT_FOUND: {
      th: 'โปรดเปิดลิงก์จากอีเมลฉบับล่าสุดอีกครั้ง หากคัดลอก โปรดคัดลอกลิงก์ให้ครบทั้งบรรทัด',
      en: 'Open the link of the latest e-mail again; when you copy it, copy its whole line.',
    },
    CROSS_SITE: {
      th: 'โปรดเปิดลิงก์จากอีเมลอีกครั้ง แล้วส่งจากหน้านั้น',
      en: 'Open the link of the e-mail again and send from that page.',
    },
    NOT_POSSIBLE_NOW: {
      th: 'โปรดเปิดลิงก์ติดตามคำขอในอีเมลเพื่อดูสถานะล่าสุด',
      en: 'Open the link in the e-mail that follows the registration to see how it stands.',
    },
  },
  schools: {
    NOT_FOUND: { th: 'โปรดค้นหาสถานศึกษาจากรายชื่อ', en: 'Look the school up in the list.' },
    FORBIDDEN: {
      th: 'สถานศึกษานี้ไม่ใช่ของท่านหรือของสำนักงานของท่าน หรือไม่อยู่ในสังกัดของสำนักงานที่จัดประชุม โปรดเลือกสถานศึกษาอีกครั้ง',
      en: 'This school is not yours or your office’s, or not one of the office that holds the meeting. Choose the school again.',
    },
    CROSS_SITE: { th: 'โปรดเริ่มจากหน้าของสถานศึกษาอีกครั้ง', en: 'Begin again at the page of the school.' },
    VALIDATION: {
      th: 'โปรดค้นหาใหม่ด้วยชื่อหรือรหัสสถานศึกษา (SMIS) 8 หลัก มิใช่เลขประจำตัวประชาชน',
      en: 'Search again by the name or the 8-digit code of the school, not by a national ID.',
    },
  },
  school: {
    NOT_FOUND: { th: 'โปรดเปิดจากรายชื่อบุคลากร', en: 'Open it from the list of people.' },
    FORBIDDEN: { th: 'หน้านี้เป็นของผู้ดูแลระบบของสถานศึกษา', en: 'This page is for a school’s administrator.' },
    CROSS_SITE: { th: 'โปรดเปิดจากรายชื่อบุคลากร แล้วส่งจากหน้านั้น', en: 'Open it from the list and send from that page.' },
    VALIDATION: LIST_OF_PEOPLE,
  },
  office: {
    NOT_FOUND: { th: 'โปรดเปิดจากรายการคำขอ', en: 'Open it from the list of registrations.' },
    FORBIDDEN: OTHER_OFFICE,
    NOT_ACKNOWLEDGED: {
      th: 'ส่งอีเมลถึงผู้ลงทะเบียนแล้ว หากไม่ได้รับ โปรดแก้ไขอีเมล หรือส่งกลับ',
      en: 'The mail has gone to the registrant. If it did not arrive, change the e-mail address, or return the registration.',
    },
    NOT_POSSIBLE_NOW: { th: 'คำขอเปลี่ยนสถานะไปแล้ว โปรดเปิดดูอีกครั้ง', en: 'It has moved on since. Open it again.' },
    CROSS_SITE: { th: 'โปรดเปิดจากรายการคำขอ แล้วส่งจากหน้านั้น', en: 'Open it from the list and send from that page.' },
    VALIDATION: {
      th: 'โปรดเปิดรายการใหม่จากหน้าแรก และค้นด้วยเลขที่คำขอ สถานศึกษา หรือชื่อ มิใช่เลขประจำตัวประชาชนทั้งเลข',
      en: 'Open the list again from its first page, and find cases by reference, school or name, not by a whole national ID.',
    },
  },
  rosters: {
    NOT_FOUND: { th: 'โปรดเปิดจากรายชื่อสถานศึกษาของสำนักงาน', en: 'Open it from the list of your office’s schools.' },
    FORBIDDEN: OTHER_OFFICE,
    VALIDATION: LIST_OF_PEOPLE,
  },
  central: {
    NOT_FOUND: {
      th: 'โปรดตรวจสอบรหัสสถานศึกษา 8 หลัก แล้วเริ่มจากหน้าการตั้งค่าอีกครั้ง',
      en: 'Check the eight digits of the school’s code, and begin again at Settings.',
    },
    FORBIDDEN: CENTRAL_ALONE,
    CROSS_SITE: { th: 'โปรดเปิดหน้าการตั้งค่าอีกครั้ง แล้วส่งจากหน้านั้น', en: 'Open Settings again and send from there.' },
  },
  erasure: {
    NOT_FOUND: {
      th: 'ไม่มีข้อมูลของบุคคลนี้ หรือลบไปแล้ว โปรดค้นหาด้วยเลขประจำตัวประชาชนอีกครั้ง',
      en: 'There is nothing of this person, or it is erased already. Look the national ID up again.',
    },
    FORBIDDEN: CENTRAL_ALONE,
    CROSS_SITE: { th: 'โปรดค้นหาใหม่ แล้วส่งจากหน้านั้น', en: 'Look the person up again and send from that page.' },
  },
  transfers: {
    NOT_FOUND: { th: 'โปรดเปิดจากรายการขอย้ายข้อมูล', en: 'Open it from the list of transfers.' },
    FORBIDDEN: {
      th: 'คำขอย้ายข้อมูลนี้เป็นของสถานศึกษาหรือสำนักงานอื่น หรือยังไม่ถึงลำดับที่ท่านพิจารณา',
      en: 'It belongs to another school or office, or is not yours to decide yet.',
    },
    CROSS_SITE: { th: 'โปรดเปิดจากรายการขอย้ายข้อมูล แล้วส่งจากหน้านั้น', en: 'Open it from the list and send from that page.' },
    VALIDATION: { th: 'โปรดเปิดรายการใหม่จากหน้าแรก', en: 'Open the list again from its first page.' },
  },
};
