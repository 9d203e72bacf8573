// Labels and hints of the correction page's fields, `Thai / English`; the names are the paths of a submission (CONTRACT.md).

/** What each field is called, on its label and in the error summary. */
export const LABELS: Record<string, string> = {
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
  'delegation.delegator.title': 'คำนำหน้าชื่อผู้มอบหมาย / Title of who delegates',
  'delegation.delegator.firstName': 'ชื่อผู้มอบหมาย / First name of who delegates',
  'delegation.delegator.lastName': 'นามสกุลผู้มอบหมาย / Last name of who delegates',
  'delegation.delegator.position': 'ตำแหน่งผู้มอบหมาย / Position of who delegates',
  'delegation.delegator.homeSchoolCode': 'รหัสสถานศึกษาที่ผู้มอบหมายดำรงตำแหน่ง 8 หลัก / Code of the school of their own post, 8 digits',
  'delegation.delegator.actingOrder.number': 'เลขที่คำสั่งรักษาการของผู้มอบหมาย (ถ้ามี) / Number of their acting order, if any',
  'delegation.delegator.actingOrder.date': 'วันที่ของคำสั่งรักษาการ (ถ้ามี) / Date of their acting order, if any',
  'delegation.evidence.documentNumber': 'เลขที่หนังสือมอบหมาย (ถ้ามี) / Number of the written delegation, if any',
  'delegation.evidence.date': 'วันที่ของหนังสือมอบหมาย (ถ้ามี) / Date of the written delegation, if any',
  evidence: 'ไฟล์หลักฐานการมอบหมาย (ถ้ามี) / Evidence of the delegation, if any',
};

const DATE_HINT = 'วัน เดือน ปี พ.ศ. เช่น 1 10 2569 / Day, month and year (Buddhist era), such as 1 10 2569';

/** What to know before filling in. */
export const HINTS: Record<string, string> = {
  'registrant.nationalId': 'โปรดพิมพ์ใหม่ ระบบไม่แสดงเลขที่บันทึกไว้ / Type it again; the stored one is not shown',
  'registrant.email': 'ผลการพิจารณาและลิงก์ยืนยันจะส่งไปที่นี่ / The result and the confirmation link go here',
  'actingOrder.date': DATE_HINT,
  'delegation.delegator.actingOrder.date': DATE_HINT,
  'delegation.evidence.date': DATE_HINT,
};

/** The three fields of a date. */
export const DATE_PARTS = [
  { name: 'day', label: 'วัน / Day', width: 2 },
  { name: 'month', label: 'เดือน / Month', width: 2 },
  { name: 'year', label: 'ปี พ.ศ. / Year B.E.', width: 4 },
] as const;
