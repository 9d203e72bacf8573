// Labels and hints of fields, `Thai / English`. The names are the paths of a submission, or those of the API's other bodies
// (the OpenAPI document).
import { STAFF_FIELD_WORDS } from '../domain/staff-words';

/** What each field is called, on its label and in the error summary. */
export const LABELS: Record<string, string> = {
  ...Object.fromEntries(Object.entries(STAFF_FIELD_WORDS).map(([field, { th, en }]) => [field, `${th} / ${en}`])),
  capacity: 'ท่านลงทะเบียนในฐานะ / You register as',
  'registrant.nationalId': 'เลขประจำตัวประชาชน 13 หลัก / National ID, 13 digits',
  'registrant.title': 'คำนำหน้าชื่อ / Title',
  'registrant.firstName': 'ชื่อ / First name',
  'registrant.lastName': 'นามสกุล / Last name',
  'registrant.position': 'ตำแหน่ง / Position',
  'registrant.homeSchoolCode': 'รหัสสถานศึกษาที่ท่านปฏิบัติงาน 8 หลัก / Code of the school of your own post, 8 digits',
  'registrant.email': 'อีเมล / E-mail',
  emailKind: 'อีเมลนี้เป็น / This address is',
  'registrant.phone': 'โทรศัพท์ / Telephone',
  'actingOrder.number': 'เลขที่คำสั่งรักษาการ / Number of the acting order',
  'actingOrder.date': 'วันที่ของคำสั่งรักษาการ / Date of the acting order',
  'delegation.delegator.title': 'คำนำหน้าชื่อผู้มอบหมาย / Delegator’s title',
  'delegation.delegator.firstName': 'ชื่อผู้มอบหมาย / Delegator’s first name',
  'delegation.delegator.lastName': 'นามสกุลผู้มอบหมาย / Delegator’s last name',
  'delegation.delegator.position': 'ตำแหน่งผู้มอบหมาย / Delegator’s position',
  'delegation.delegator.homeSchoolCode': 'รหัสสถานศึกษาที่ผู้มอบหมายดำรงตำแหน่ง 8 หลัก / Code of the school of their own post, 8 digits',
  'delegation.delegator.actingOrder.number': 'เลขที่คำสั่งรักษาการของผู้มอบหมาย (ถ้ามี) / Number of their acting order, if any',
  'delegation.delegator.actingOrder.date': 'วันที่ของคำสั่งรักษาการ (ถ้ามี) / Date of their acting order, if any',
  'delegation.evidence.documentNumber': 'เลขที่หนังสือมอบหมาย (ถ้ามี) / Number of the written delegation, if any',
  'delegation.evidence.date': 'วันที่ของหนังสือมอบหมาย (ถ้ามี) / Date of the written delegation, if any',
  evidence: 'ไฟล์หลักฐานการมอบหมาย (ถ้ามี) / Evidence of the delegation, if any',
  name: 'ชื่อและนามสกุลของท่าน / Your name',
  phone: 'โทรศัพท์ที่ติดต่อได้ / Telephone',
  note: 'โปรดเล่าว่าเกิดอะไรขึ้น / What happened',
  verified: 'การตรวจสอบ / Verification',
  reason: 'เหตุผล / Reason',
  districtCode: 'รหัสสำนักงาน / Code of the office',
  schoolCode: 'รหัสสถานศึกษา 8 หลัก / Code of the school, 8 digits',
  requestNote: 'สถานศึกษาขอความช่วยเหลืออย่างไร / How the school asked for help',
  officerName: 'ชื่อและนามสกุลของผู้พิจารณา / Name of the approver',
  substituteId: 'ผู้ปฏิบัติหน้าที่แทน / Substitute',
  from: 'วันแรก / First day',
  to: 'วันสุดท้าย / Last day',
  nationalId: 'เลขประจำตัวประชาชน 13 หลัก / National ID, 13 digits',
  kind: 'พ้นจากสถานศึกษาเพราะ / Leaves because',
  on: 'วันที่จำหน่าย / Date of removal',
  evidenceRequired: 'หลักฐานเป็นหนังสือเมื่อมีการมอบหมาย / Written evidence of a delegation',
  holiday: 'วันหยุดที่ลบ / Holiday to remove',
  holidayOn: 'วันที่หยุด / Day',
  holidayName: 'ชื่อวันหยุด / Name of the holiday',
  closedOn: 'ปิดตั้งแต่วันที่ / Closed from',
  meetingTitle: 'ชื่อการประชุม / Title of the meeting',
  meetingOn: 'วันที่ประชุม / Day of the meeting',
  meetingSheet: 'ตารางที่กรอกแล้ว / The sheet, filled in',
  'order.number': 'เลขที่คำสั่งย้าย (ถ้ามี) / Number of the posting order, if any',
  'order.date': 'วันที่ของคำสั่งย้าย (ถ้ามี) / Date of the posting order, if any',
  effectiveOn: 'วันที่มีผล / Effective date',
  sheet: 'ไฟล์รายชื่อบุคลากร / Sheet of the roster',
  headcount: 'จำนวนบุคลากรทั้งหมดของสถานศึกษา / How many people the school has',
  currentPassword: 'รหัสผ่าน / Password',
  password: 'รหัสผ่านใหม่ / New password',
  repeat: 'พิมพ์รหัสผ่านอีกครั้ง / Type it again',
};

const DATE_HINT = 'วัน เดือน ปี พ.ศ. เช่น 1 10 2569 / Day, month and year (Buddhist era), such as 1 10 2569';

/** What to know before filling in. */
export const HINTS: Record<string, string> = {
  'registrant.nationalId': 'จะเว้นวรรคหรือใส่ขีดคั่นก็ได้ / With or without spaces and dashes',
  'registrant.email': 'ผลการพิจารณาและลิงก์ยืนยันจะส่งไปที่นี่ / The result and the confirmation link go here',
  'actingOrder.date': DATE_HINT,
  'delegation.delegator.actingOrder.date': DATE_HINT,
  'delegation.evidence.date': DATE_HINT,
  'delegation.delegator.homeSchoolCode':
    'หากผู้มอบหมายรักษาการในสถานศึกษานี้ ให้กรอกรหัสสถานศึกษาที่ดำรงตำแหน่งจริง / Who acts as director here gives the school of the own post',
  kind: 'หากมีคำขอย้ายข้อมูลของบุคคลนี้ค้างอยู่ การจำหน่ายถือเป็นความยินยอม เว้นแต่เกษียณหรือถึงแก่กรรม / To a transfer that waits, a removal is consent, unless the person retired or died',
  nationalId: 'จะเว้นวรรคหรือใส่ขีดคั่นก็ได้ / With or without spaces and dashes',
  birthDate: DATE_HINT,
  standingDate: 'ผู้ไม่มีวิทยฐานะเว้นว่างไว้ / Leave blank where there is no academic standing',
  appointedDate: DATE_HINT,
  on: DATE_HINT,
  holidayOn: DATE_HINT,
  closedOn: DATE_HINT,
  meetingOn: DATE_HINT,
  meetingSheet: 'CSV หรือ XLSX ไม่เกิน 1 MB และ 500 แถว / CSV or XLSX of at most 1 MB and 500 rows',
  'order.date': DATE_HINT,
  effectiveOn:
    'เว้นว่างไว้ ย้ายทันทีที่ได้รับความยินยอม หรือกรอกวัน เดือน ปี พ.ศ. เช่น 1 10 2569 / Leave blank to move on the day of consent, or give day, month and year (Buddhist era), such as 1 10 2569',
  sheet:
    'CSV หรือ Excel (XLSX) ไม่เกิน 1 MB และ 500 คน แถวแรกเป็นหัวตาราง / CSV or Excel (XLSX), at most 1 MB and 500 people, the headings in the first row',
  from: DATE_HINT,
  to: DATE_HINT,
  requestNote: 'เช่น ผู้อำนวยการโทรศัพท์มา หรือหนังสือที่ ศธ 123 / Such as: the director called, or a letter and its number',
  note: 'เช่น ท่านเป็นผู้อำนวยการ แต่ไม่ได้ยื่นคำขอ / Such as: you are the director, and did not apply',
  password: '8 ถึง 128 ตัวอักษร ใช้ตัวอักษรใดก็ได้ แต่ไม่ใช้รหัสที่คนใช้กันทั่วไป เช่น 12345678 / 8 to 128 characters of any kind, not a common one such as 12345678',
};

/** The same while registering: what was typed is kept, and shown masked (X4). */
export function keptNationalId(masked: string): string {
  return `เก็บเลข ${masked} ไว้แล้ว หากเลขและชื่อไม่เปลี่ยน เว้นว่างไว้ / ${masked} is kept. Leave blank unless it or the name changes`;
}

/** X4: a stored national ID is shown to nobody in full. */
export const RETYPE_NATIONAL_ID = 'โปรดพิมพ์ใหม่ ระบบไม่แสดงเลขที่บันทึกไว้ / Type it again; the stored one is not shown';

const FILE_HINT = { th: 'PDF, JPEG หรือ PNG ไม่เกิน 5 MB', en: 'PDF, JPEG or PNG of at most 5 MB' };

/** What stands at the file of a form: a file cannot be shown in its field again (R1.3). */
export function fileNote({ received, sentBefore }: { received: boolean; sentBefore: boolean }): string {
  if (received) return 'ได้รับไฟล์แล้ว ไม่ต้องแนบอีก หากแนบใหม่ ไฟล์ใหม่จะแทนไฟล์เดิม / The file has arrived. Attach another one only to replace it';
  if (sentBefore)
    return `${FILE_HINT.th} ไฟล์ที่ส่งไว้ยังใช้ได้หากผู้รับมอบหมายเป็นคนเดิม เว้นว่างไว้ได้ / ${FILE_HINT.en}. The file sent before stays for the same delegate: leave blank to keep it`;
  return `${FILE_HINT.th} / ${FILE_HINT.en}`;
}

/** The three fields of a date. */
export const DATE_PARTS = [
  { name: 'day', label: 'วัน / Day', width: 2 },
  { name: 'month', label: 'เดือน / Month', width: 2 },
  { name: 'year', label: 'ปี พ.ศ. / Year B.E.', width: 4 },
] as const;
