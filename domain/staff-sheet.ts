// The columns of a roster's sheet, in and out (R5.0): Thai headings for people, the API's names for programs.
import { columnNamed, type Headings, headingsByKey } from './sheet-headings';
import { STAFF_FIELDS, type StaffField } from './staff';

/** `id` tells a person of the own roster where the national ID is masked, as in a sheet that came from here. */
export const SHEET_COLUMNS = ['id', 'nationalId', ...STAFF_FIELDS] as const;
export type SheetColumn = 'id' | 'nationalId' | StaffField;

const HEADINGS: Headings<SheetColumn> = {
  id: ['รหัสบุคคลในระบบ', 'รหัสบุคคล'],
  nationalId: ['เลขประจำตัวประชาชน', 'เลขบัตรประชาชน', 'บัตรประชาชน'],
  title: ['คำนำหน้า', 'คำนำหน้าชื่อ'],
  firstName: ['ชื่อ'],
  lastName: ['นามสกุล', 'สกุล'],
  birthDate: ['วันเกิด', 'วันเดือนปีเกิด'],
  position: ['ตำแหน่ง'],
  positionNumber: ['เลขที่ตำแหน่ง', 'ตำแหน่งเลขที่'],
  academicStanding: ['วิทยฐานะ'],
  standingDate: ['วันที่ได้รับวิทยฐานะ', 'วันที่มีวิทยฐานะ'],
  appointedDate: ['วันบรรจุ', 'วันที่บรรจุ', 'วันที่บรรจุแต่งตั้ง'],
  qualification: ['วุฒิการศึกษา', 'วุฒิ'],
  major: ['วิชาเอก', 'สาขา', 'สาขาวิชา'],
  email: ['อีเมล', 'อีเมล์'],
  phone: ['โทรศัพท์', 'เบอร์โทรศัพท์', 'หมายเลขโทรศัพท์'],
};

const COLUMN_BY_KEY = headingsByKey(SHEET_COLUMNS, HEADINGS);

/** The column that a heading names, in Thai or as the API calls it, however it is typed; null when it is none of ours. */
export function sheetColumn(heading: string): SheetColumn | null {
  return columnNamed(COLUMN_BY_KEY, heading);
}

/** `เลขประจำตัวประชาชน`: the heading of a column in a sheet that goes out. */
export function sheetHeading(column: SheetColumn): string {
  return HEADINGS[column][0];
}

/** A sheet goes out as either. */
export const SHEET_FORMATS = ['csv', 'xlsx'] as const;
export type SheetFormat = (typeof SHEET_FORMATS)[number];

/** What became, or would become, of a row. */
export const ROW_OUTCOMES = ['NEW', 'UPDATE', 'UNCHANGED', 'NEEDS_TRANSFER', 'REFUSED'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** A sheet takes no more people than that: a larger school sends several, and each answer comes within ten seconds. */
export const MAX_SHEET_ROWS = 500;
/** Bytes of a sheet as it is sent. */
export const MAX_SHEET_BYTES = 1024 * 1024;
