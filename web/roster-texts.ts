// Words of the roster's pages, Thai with English.
import { ACADEMIC_STANDINGS } from '../domain/academic-standing';
import { REMOVAL_KINDS, type RemovalKind } from '../domain/removal';
import { STAFF_POSITIONS, thaiPosition } from '../domain/staff-position';
import type { Words } from '../domain/words';

const STANDINGS_IN_ENGLISH = ['None', 'Professional', 'Senior professional', 'Expert', 'Senior expert'];

export const STANDING_CHOICES = ACADEMIC_STANDINGS.map((standing, index) => ({
  value: standing,
  th: standing,
  en: STANDINGS_IN_ENGLISH[index] ?? '',
}));

export const STAFF_POSITION_CHOICES = STAFF_POSITIONS.map((position) => ({
  value: position,
  th: thaiPosition(position),
  en: position.toLowerCase().replaceAll('_', ' '),
}));

const REMOVAL_KIND_WORDS: Record<RemovalKind, Words> = {
  TRANSFERRED: { th: 'ย้ายไปสถานศึกษาหรือหน่วยงานอื่น', en: 'Moved to another school or office' },
  RETIRED: { th: 'เกษียณอายุราชการ', en: 'Retired' },
  DIED: { th: 'ถึงแก่กรรม', en: 'Died' },
  OTHER: { th: 'อื่น ๆ', en: 'Other' },
};

/** R5.4: how a posting ends; a transfer that waits is ended by RETIRED and DIED, and agreed to by the others (R5.3d). */
export const REMOVAL_KIND_CHOICES = REMOVAL_KINDS.map((value) => ({ value, ...REMOVAL_KIND_WORDS[value] }));

/** What was just done, above the list or the form. */
export const ROSTER_DONE: Record<string, Words> = {
  added: { th: 'เพิ่มบุคลากรแล้ว', en: 'Added.' },
  saved: { th: 'บันทึกและยืนยันข้อมูลเป็นปัจจุบันแล้ว', en: 'Saved, and confirmed as current.' },
  removed: { th: 'จำหน่ายข้อมูลออกจากสถานศึกษาแล้ว ประวัติยังเก็บไว้', en: 'Removed from the school; the history stays.' },
  headcount: { th: 'บันทึกจำนวนบุคลากรแล้ว', en: 'The headcount is saved.' },
  checked: { th: 'รับรองรายชื่อบุคลากรว่าตรวจสอบแล้วและเป็นปัจจุบัน ณ วันนี้', en: 'Attested as checked and current today.' },
};

/** R5.3: of a look-up that found somebody who is here. */
export const FOUND_HERE: Words = {
  th: 'บุคคลนี้อยู่ในรายชื่อของท่านแล้ว โปรดค้นหาจากรายชื่อ',
  en: 'This person is on your roster already: find them in the list.',
};
