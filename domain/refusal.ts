// Every reason for which the registrar says no: one list, with its HTTP status and what it says to people
// in Thai and English (docs/requirements.md). Messages say what to do next.
import type { Words } from './words';

interface RefusalKind extends Words {
  status: number;
}

export const REFUSALS = {
  VALIDATION: {
    status: 422,
    th: 'ข้อมูลบางช่องยังไม่ถูกต้อง โปรดแก้ไขตามรายการแล้วส่งอีกครั้ง',
    en: 'Some fields are not valid. Correct those listed and send again.',
  },
  UNAUTHENTICATED: { status: 401, th: 'โปรดเข้าสู่ระบบก่อน', en: 'Sign in first.' },
  SIGN_IN_FAILED: {
    status: 401,
    th: 'อีเมลหรือรหัสผ่านไม่ถูกต้อง หรือบัญชียังใช้งานไม่ได้',
    en: 'The e-mail address or password is wrong, or the account is not active.',
  },
  FORBIDDEN: {
    status: 403,
    th: 'ท่านไม่มีสิทธิ์ดำเนินการนี้ โปรดเข้าสู่ระบบด้วยบัญชีที่มีสิทธิ์ หรือสอบถามสำนักงานต้นสังกัด',
    en: 'You are not entitled to do this. Sign in with an account that is, or ask the supervising office.',
  },
  SOMEBODY_ELSE_APPROVES: {
    status: 403,
    th: 'ผู้ที่กรอกคำขอนี้ แก้ไขอีเมลของคำขอ หรือมีชื่อเดียวกับผู้ลงทะเบียน อนุมัติเองไม่ได้ โปรดให้ผู้อื่นในสำนักงานพิจารณา',
    en: 'You entered this registration, changed its address, or bear its registrant’s name, so somebody else in your office must approve it.',
  },
  NOT_FOUND: {
    status: 404,
    th: 'ไม่พบรายการที่ขอ โปรดตรวจสอบที่อยู่ หรือเริ่มจากหน้าแรก',
    en: 'Page or record not found. Check the address, or begin at the start page.',
  },
  METHOD_NOT_ALLOWED: { status: 405, th: 'ที่อยู่นี้ไม่รองรับวิธีเรียกดังกล่าว', en: 'This address does not answer that method.' },
  MALFORMED: { status: 400, th: 'อ่านข้อมูลที่ส่งมาไม่ได้ โปรดตรวจสอบรูปแบบ', en: 'The request cannot be read. Check its format.' },
  TOO_LARGE: { status: 413, th: 'ข้อมูลที่ส่งมามีขนาดใหญ่เกินไป', en: 'The request is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, th: 'โปรดส่งข้อมูลเป็น JSON', en: 'Send JSON (application/json).' },
  CROSS_SITE: {
    status: 403,
    th: 'คำขอนี้ไม่ได้มาจากหน้าเว็บของระบบ โปรดเปิดหน้าของระบบอีกครั้งแล้วส่งจากหน้านั้น',
    en: 'This request did not come from the pages of this service. Open its page again and send from there.',
  },
  RATE_LIMITED: { status: 429, th: 'มีคำขอมากเกินไป โปรดรอสักครู่แล้วลองใหม่', en: 'Too many requests. Wait and try again.' },
  UNAVAILABLE: {
    status: 503,
    th: 'ระบบยังตอบไม่ได้ในขณะนี้ โปรดลองใหม่ คำขอเดิมส่งซ้ำได้อย่างปลอดภัย',
    en: 'The service cannot answer now. Try again; repeating the same request is safe.',
  },
  INTERNAL: { status: 500, th: 'ระบบขัดข้อง โปรดลองใหม่ภายหลัง', en: 'Something failed on our side. Try again later.' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, th: 'Idempotency-Key นี้ใช้กับข้อมูลอื่นไปแล้ว', en: 'This Idempotency-Key was used with another body.' },

  REGISTRATION_OPEN: {
    status: 409,
    th: 'สถานศึกษานี้มีคำขอลงทะเบียนที่อยู่ระหว่างดำเนินการแล้ว หากไม่ใช่ของท่าน โปรดติดต่อสำนักงานต้นสังกัด',
    en: 'A registration of this school is open already. If it is not yours, contact the supervising office.',
  },
  SCHOOL_HAS_ADMINISTRATOR: {
    status: 409,
    th: 'สถานศึกษานี้มีผู้ดูแลระบบแล้ว หากต้องการเปลี่ยน โปรดติดต่อสำนักงานต้นสังกัด',
    en: 'This school has an administrator. To change, contact the supervising office.',
  },
  NOT_ACKNOWLEDGED: {
    status: 409,
    th: 'ผู้ลงทะเบียนยังไม่ยืนยันคำขอนี้ทางลิงก์ในอีเมล อนุมัติได้เมื่อยืนยันแล้ว',
    en: 'The registrant has not acknowledged this registration by the link in the mail yet. It can be approved after that.',
  },
  NO_ADMINISTRATOR: {
    status: 409,
    th: 'สถานศึกษานี้ไม่มีผู้ดูแลระบบอยู่แล้ว ลงทะเบียนใหม่ได้',
    en: 'This school has no administrator. Anybody entitled can register.',
  },
  PERSON_HAS_SCHOOL: {
    status: 409,
    th: 'ผู้ลงทะเบียนเป็นผู้ดูแลระบบหรือมีคำขอของสถานศึกษาอื่นอยู่ ต้องรอให้รายการนั้นสิ้นสุดก่อน',
    en: 'The registrant administers, or has applied for, another school. That must end first.',
  },
  EMAIL_IN_USE: {
    status: 409,
    th: 'อีเมลนี้เป็นของบัญชีอื่นที่ใช้งานอยู่ ต้องเปลี่ยนเป็นอีเมลอื่นก่อน',
    en: 'This e-mail address belongs to another active account. Another address has to take its place first.',
  },
  ALREADY_DECIDED: { status: 409, th: 'คำขอนี้มีผลการพิจารณาแล้ว', en: 'This request is decided already.' },
  HAS_WARNINGS: {
    status: 409,
    th: 'คำขอนี้มีข้อสังเกตหรือมีผู้คัดค้าน อนุมัติพร้อมรายการอื่นไม่ได้ โปรดเปิดดูแล้วพิจารณาทีละรายการ',
    en: 'It has warnings or is contested, and is not approved together with others. Open it and decide it by itself.',
  },
  NOT_OPENED: {
    status: 409,
    th: 'ท่านยังไม่ได้เปิดดูคำขอฉบับนี้ โปรดเปิดดูก่อนแล้วจึงอนุมัติ',
    en: 'You have not opened this revision yet. Open it first, then approve it.',
  },
  STALE_REVISION: {
    status: 409,
    th: 'ข้อมูลเปลี่ยนไปจากที่ท่านเห็น โปรดดูข้อมูลล่าสุดแล้วดำเนินการอีกครั้ง',
    en: 'The data changed since you saw it. Look at the latest and try again.',
  },
  NOT_POSSIBLE_NOW: {
    status: 409,
    th: 'ขณะนี้ทำรายการนี้ไม่ได้ โปรดดูสถานะของคำขอ',
    en: 'Not possible in the present state. See how the request stands.',
  },
  SCHOOL_CLOSED: {
    status: 409,
    th: 'สถานศึกษานี้ปิดแล้วหรือมีกำหนดปิด หากไม่ถูกต้อง โปรดติดต่อสำนักงาน ก.ค.ศ.',
    en: 'This school has closed, or is about to. If that is wrong, contact the central office.',
  },

  TRANSFER_OPEN: {
    status: 409,
    th: 'มีคำขอย้ายข้อมูลของบุคคลนี้ที่ยังไม่สิ้นสุด โปรดรอผลของคำขอนั้นแล้วจึงยื่นใหม่',
    en: 'A transfer of this person is open already. Wait for its outcome, then ask again.',
  },
  ALREADY_ON_ROSTER: {
    status: 409,
    th: 'บุคคลนี้อยู่ในรายชื่อบุคลากรของสถานศึกษาท่านแล้ว โปรดค้นหาจากรายชื่อแล้วแก้ไขที่นั่น',
    en: 'This person is on your roster already. Find them in the list and change the data there.',
  },
  MUST_TRANSFER: {
    status: 409,
    th: 'บุคคลนี้มีข้อมูลในระบบแล้ว โปรดขอย้ายข้อมูลมายังสถานศึกษาของท่านแทนการเพิ่มใหม่',
    en: 'This person is in the database already. Request a transfer of the record to your school instead of adding it.',
  },
  OWN_RECORD: {
    status: 409,
    th: 'ท่านจำหน่ายข้อมูลของตนเองไม่ได้ หากท่านย้ายหรือพ้นจากหน้าที่ โปรดติดต่อสำนักงานต้นสังกัด',
    en: 'You cannot remove yourself. If you move or leave, contact the supervising office.',
  },
  ERASURE_BLOCKED: {
    status: 409,
    th: 'ยังลบข้อมูลไม่ได้ บุคคลนี้ยังเป็นผู้ดูแลระบบหรือมีคำขอที่ยังไม่สิ้นสุด โปรดให้รายการเหล่านั้นสิ้นสุดก่อน',
    en: 'The data cannot be erased yet: this person administers a school or has an open case. End those first.',
  },

  LOOKUP_REQUIRED: {
    status: 422,
    th: 'โปรดค้นหาเลขประจำตัวประชาชนของบุคคลนี้ก่อน แล้วอ้างผลการค้นหานั้น (ใช้ได้ครั้งเดียวภายใน 1 วัน)',
    en: 'Look the national ID up first and cite that look-up: it is good once, for a day.',
  },
  NAME_MISMATCH: {
    status: 422,
    th: 'ชื่อและนามสกุลไม่ตรงกับเลขประจำตัวประชาชนที่ค้นหา โปรดตรวจสอบทั้งสองอย่าง ผิดครบ 3 ครั้งต้องค้นหาใหม่',
    en: 'The name does not belong to the national ID that was looked up. Check both; after three wrong names look it up again.',
  },
  ROSTER_OPEN_ITEMS: {
    status: 422,
    th: 'ยังมีรายการที่ไม่ครบ โปรดแก้ไขหรืออธิบายทุกรายการ แล้วรับรองอีกครั้ง',
    en: 'Some items are open. Put each right or explain it, then attest again.',
  },
  SHEET_REJECTED: {
    status: 422,
    th: 'อ่านไฟล์นี้ไม่ได้ ใช้ CSV หรือ XLSX ไม่เกิน 1 MB และไม่เกิน 500 แถว โดยแถวแรกเป็นหัวตาราง',
    en: 'This sheet cannot be read. Send a CSV or XLSX of at most 1 MB and 500 rows whose first row has the headings.',
  },
  ORDER_REQUIRED: {
    status: 422,
    th: 'ผู้รักษาการในตำแหน่งผู้อำนวยการต้องระบุเลขที่และวันที่ของคำสั่ง',
    en: 'An acting director gives the number and date of the order.',
  },
  NOT_ELIGIBLE: {
    status: 422,
    th: 'ตำแหน่งนี้ลงทะเบียนไม่ได้ ผู้อำนวยการมอบหมายรองผู้อำนวยการหรือข้าราชการครูของสถานศึกษาเดียวกันได้',
    en: 'This position cannot register. A director may delegate a deputy director or a civil-servant teacher of the same school.',
  },
  DELEGATE_NOT_OF_SCHOOL: {
    status: 422,
    th: 'ผู้ได้รับมอบหมายต้องปฏิบัติงานในสถานศึกษาที่ลงทะเบียน',
    en: 'The delegate must belong to the school that is registered.',
  },
  EVIDENCE_REQUIRED: { status: 422, th: 'โปรดแนบหลักฐานการมอบหมาย', en: 'Attach the written evidence of the delegation.' },
  FILE_REJECTED: {
    status: 422,
    th: 'รับไฟล์นี้ไม่ได้ ใช้ PDF, JPEG หรือ PNG ไม่เกิน 5 MB และแนบใหม่',
    en: 'This file is not accepted. Attach a PDF, JPEG or PNG of at most 5 MB.',
  },
  ACTING_MUST_DELEGATE: {
    status: 422,
    th: 'ผู้บริหารที่รักษาการในสถานศึกษาอื่นต้องมอบหมายข้าราชการครูหรือบุคลากรของสถานศึกษานั้นลงทะเบียนแทน',
    en: 'Who acts as director of another school delegates a member of that school to register.',
  },
  EMAIL_KIND: { status: 422, th: 'ใช้อีเมลของผู้ได้รับมอบหมายได้เมื่อมีการมอบหมายเท่านั้น', en: "A delegate's address needs a delegation." },
  NATIONAL_ID: { status: 422, th: 'เลขประจำตัวประชาชนไม่ถูกต้อง โปรดตรวจสอบทั้ง 13 หลัก', en: 'The national ID is not valid. Check all 13 digits.' },
  MEETING_CODE: {
    status: 422,
    th: 'รหัสการประชุมนี้ไม่ถูกต้องหรือหมดอายุแล้ว โปรดดูรหัสในห้องประชุม หรือลงทะเบียนโดยไม่ใช้รหัส',
    en: 'This meeting code is unknown or has expired. Look it up in the room, or register without one.',
  },
  NOTHING_TO_REPLACE: {
    status: 422,
    th: 'สถานศึกษานี้ยังไม่มีผู้ดูแลระบบให้เปลี่ยน โปรดลงทะเบียนตามปกติ',
    en: 'This school has no administrator to hand over from. Register in the ordinary way.',
  },
  OFFICER_AS_REGISTRANT: {
    status: 422,
    th: 'เจ้าหน้าที่ของสำนักงานเป็นผู้ลงทะเบียนเองไม่ได้ โปรดกรอกชื่อและอีเมลของผู้ที่จะเป็นผู้ดูแลระบบของสถานศึกษา',
    en: 'An officer who acts in a registration cannot be its registrant. Give the name and the address of the school’s administrator to be.',
  },
  NOT_VERIFIED: { status: 422, th: 'โปรดยืนยันว่าได้ตรวจสอบข้อมูลของผู้ลงทะเบียนแล้ว', en: "Attest that the registrant's data was verified." },
  SAME_ADDRESS: {
    status: 422,
    th: 'อีเมลนี้เป็นอีเมลเดิมของคำขออยู่แล้ว หากอนุมัติแล้ว ให้ใช้ปุ่มส่งอีเมลยืนยันอีกครั้ง',
    en: 'This is the address that the registration has already. Once it is approved its confirmation mail can be sent again.',
  },
  REASON_REQUIRED: { status: 422, th: 'โปรดระบุเหตุผล', en: 'Give a reason.' },
  SUBSTITUTE_NOT_OF_DISTRICT: {
    status: 422,
    th: 'ผู้ปฏิบัติหน้าที่แทนต้องเป็นผู้พิจารณาของสำนักงานเดียวกันซึ่งยังมีบัญชีใช้งานอยู่ โปรดเลือกจากรายชื่อ',
    en: 'The substitute is an approver of the same office whose account is active. Choose one from the list.',
  },
  OWN_SUBSTITUTE: { status: 422, th: 'โปรดเลือกผู้อื่นปฏิบัติหน้าที่แทนท่าน', en: 'Choose somebody else to stand in for you.' },
  SUBSTITUTION_PERIOD: {
    status: 422,
    th: 'ช่วงเวลาเริ่มได้ตั้งแต่วันนี้ สิ้นสุดไม่ก่อนวันที่เริ่ม และยาวได้ไม่เกินหนึ่งปีนับจากวันนี้',
    en: 'The period begins today or later, ends no earlier than it begins, and within a year from today.',
  },
  SUBSTITUTION_OVERLAPS: {
    status: 422,
    th: 'ท่านมีผู้ปฏิบัติหน้าที่แทนในช่วงเวลานี้อยู่แล้ว โปรดยุติรายการเดิมก่อนหรือเลือกวันอื่น',
    en: 'You have a substitute within this period already. End that one first, or choose other days.',
  },
  WEAK_PASSWORD: {
    status: 422,
    th: 'รหัสผ่านต้องยาว 8 ถึง 128 ตัวอักษร และไม่เป็นรหัสที่คนใช้กันทั่วไป',
    en: 'A password has 8 to 128 characters and is not a common one.',
  },
  DATA_DELETED: {
    status: 410,
    th: 'ข้อมูลนี้ถูกลบแล้วเมื่อครบกำหนดเวลาเก็บ หากจำเป็น โปรดขอเอกสารจากสถานศึกษาโดยตรง',
    en: 'This was deleted after its set time. Where it is needed, ask the school for the document.',
  },
  LINK_EXPIRED: { status: 410, th: 'ลิงก์หมดอายุแล้ว ขอลิงก์ใหม่ได้', en: 'This link has expired. Ask for a new one.' },
  LINK_STILL_GOOD: {
    status: 409,
    th: 'ลิงก์นี้ยังใช้ได้ เปิดลิงก์เดิมเพื่อกำหนดรหัสผ่าน ไม่ต้องขอใหม่',
    en: 'This link is still good. Open it and set the password; no new one is needed.',
  },
  LINK_USED: { status: 410, th: 'ลิงก์นี้ใช้ไปแล้ว เข้าสู่ระบบด้วยรหัสผ่านที่กำหนดไว้ได้', en: 'This link has been used. Sign in with the password that was set.' },
} as const satisfies Record<string, RefusalKind>;

export type RefusalCode = keyof typeof REFUSALS;

/** Whether a text is one of our refusal codes. */
export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(REFUSALS, text);
}

/** What a field of a request is told, beside the refusal codes that name a rule. */
export const FIELD_CODES = [
  'ACADEMIC_STANDING',
  'DATE',
  'DIFFERENT',
  'EMAIL',
  'IMPLAUSIBLE_DATE',
  'INCOMPLETE',
  'INVALID',
  'MISSING',
  'NATIONAL_ID_IN_ADDRESS',
  'NOT_CHANGEABLE',
  'OTHER_SCHOOL',
  'PHONE',
  'POSITION',
  'POSITION_NUMBER',
  'REQUIRED',
  'ROW_REPEATED',
  'SCHOOL_CODE',
  'SURPLUS',
  'TOO_LONG',
  'UNKNOWN_FIELD',
] as const;

/** What one place of a request is told. */
export type BrokenCode = (typeof FIELD_CODES)[number] | RefusalCode;

/** The code that a text is, of what was stored or given to a library; the plain one for what is none of ours (any more). */
export function brokenCode(text: unknown): BrokenCode {
  if (typeof text !== 'string') return 'INVALID';
  return isRefusalCode(text) ? text : (FIELD_CODES.find((code) => code === text) ?? 'INVALID');
}

/** One broken rule at one place of the request; `path` like `registrant.email`, empty for the whole. */
export interface BrokenRule {
  path: string;
  code: BrokenCode;
  message: string;
}
