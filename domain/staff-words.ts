// What the fields of a staff record are called, on pages and in messages.
import type { StaffField } from './staff';
import type { Words } from './words';

export const STAFF_FIELD_WORDS: Record<StaffField, Words> = {
  title: { th: 'คำนำหน้าชื่อ', en: 'Title' },
  firstName: { th: 'ชื่อ', en: 'First name' },
  lastName: { th: 'นามสกุล', en: 'Last name' },
  birthDate: { th: 'วันเกิด', en: 'Birth date' },
  position: { th: 'ตำแหน่ง', en: 'Position' },
  positionNumber: { th: 'เลขที่ตำแหน่ง', en: 'Position number' },
  academicStanding: { th: 'วิทยฐานะ', en: 'Academic standing' },
  standingDate: { th: 'วันที่ได้รับวิทยฐานะ', en: 'Date of the academic standing' },
  appointedDate: { th: 'วันบรรจุ', en: 'Date of appointment' },
  qualification: { th: 'วุฒิการศึกษา', en: 'Qualification' },
  major: { th: 'วิชาเอก', en: 'Major' },
  email: { th: 'อีเมล', en: 'E-mail' },
  phone: { th: 'โทรศัพท์', en: 'Telephone' },
};
