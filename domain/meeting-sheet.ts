// The sheet of schools and registrants that an officer fills at a meeting (R2.4): its columns, and a row as a submission.
import { POSITIONS, type Position, wordsOfPosition } from './position';
import { columnNamed, type Headings, headingsByKey } from './sheet-headings';
import { CAPACITIES, EMAIL_KINDS } from './submission';
import { nameKey } from './thai-text';
import { parseWrittenDate } from './written-date';

export const MEETING_COLUMNS = [
  'schoolCode',
  'schoolName',
  'capacity',
  'nationalId',
  'title',
  'firstName',
  'lastName',
  'position',
  'homeSchoolCode',
  'email',
  'emailKind',
  'phone',
  'orderNumber',
  'orderDate',
  'delegatorTitle',
  'delegatorFirstName',
  'delegatorLastName',
  'delegatorPosition',
  'delegatorHomeSchoolCode',
  'delegatorOrderNumber',
  'delegatorOrderDate',
] as const;
export type MeetingColumn = (typeof MEETING_COLUMNS)[number];
export type MeetingCells = Partial<Record<MeetingColumn, string>>;

const HEADINGS: Headings<MeetingColumn> = {
  schoolCode: ['รหัสสถานศึกษา', 'รหัสโรงเรียน'],
  schoolName: ['ชื่อสถานศึกษา', 'สถานศึกษา', 'โรงเรียน'],
  capacity: ['ลงทะเบียนในฐานะ', 'ฐานะ'],
  nationalId: ['เลขประจำตัวประชาชน', 'เลขบัตรประชาชน'],
  title: ['คำนำหน้าชื่อ', 'คำนำหน้า'],
  firstName: ['ชื่อ'],
  lastName: ['นามสกุล', 'สกุล'],
  position: ['ตำแหน่ง'],
  homeSchoolCode: ['รหัสสถานศึกษาที่ปฏิบัติงาน'],
  email: ['อีเมล', 'อีเมล์'],
  emailKind: ['ชนิดอีเมล'],
  phone: ['โทรศัพท์', 'หมายเลขโทรศัพท์', 'เบอร์โทรศัพท์'],
  orderNumber: ['เลขที่คำสั่งรักษาการ'],
  orderDate: ['วันที่คำสั่งรักษาการ'],
  delegatorTitle: ['คำนำหน้าผู้มอบหมาย'],
  delegatorFirstName: ['ชื่อผู้มอบหมาย'],
  delegatorLastName: ['นามสกุลผู้มอบหมาย'],
  delegatorPosition: ['ตำแหน่งผู้มอบหมาย'],
  delegatorHomeSchoolCode: ['รหัสสถานศึกษาของผู้มอบหมาย'],
  delegatorOrderNumber: ['เลขที่คำสั่งของผู้มอบหมาย'],
  delegatorOrderDate: ['วันที่คำสั่งของผู้มอบหมาย'],
};
const BY_KEY = headingsByKey(MEETING_COLUMNS, HEADINGS);

/** The column that a heading names, in Thai or as the API calls it; null when it is none of ours. */
export function meetingColumn(heading: string): MeetingColumn | null {
  return columnNamed(BY_KEY, heading);
}

/** `รหัสสถานศึกษา`: the heading of a column in a sheet that goes out. */
export function meetingHeading(column: MeetingColumn): string {
  return HEADINGS[column][0];
}

/** A word of a closed list as people write it; what is none of it stays, to be refused as it stands. */
type Words<Code extends string> = Record<Code, readonly string[]>;

const CAPACITY_WORDS: Words<(typeof CAPACITIES)[number]> = {
  DIRECTOR: ['ผู้อำนวยการ', 'ผอ'],
  ACTING_DIRECTOR: ['ผู้รักษาการ', 'รักษาการ', 'ผู้รักษาการในตำแหน่งผู้อำนวยการ'],
  DELEGATE: ['ผู้ได้รับมอบหมาย', 'ได้รับมอบหมาย'],
};
/** An assistant teacher is a civil-servant teacher where it matters who may register (R1.2). */
const positionWords = (position: Position) => [...wordsOfPosition(position), ...(position === 'TEACHER' ? ['ครูผู้ช่วย'] : [])];
const EMAIL_KIND_WORDS: Words<(typeof EMAIL_KINDS)[number]> = {
  SCHOOL: ['อีเมลกลางของสถานศึกษา', 'ของสถานศึกษา', 'สถานศึกษา'],
  DELEGATE: ['ของผู้ได้รับมอบหมาย', 'ผู้ได้รับมอบหมาย'],
  NEW: ['ที่สมัครใหม่', 'สมัครใหม่', 'ใหม่'],
};

const wordKey = (text: string) => nameKey(text).replaceAll('.', '').replaceAll(' ', '');

function codeOf<Code extends string>(codes: readonly Code[], wordsOf: (code: Code) => readonly string[], cell: string): string {
  const typed = wordKey(cell);
  return codes.find((code) => wordKey(code) === typed || wordsOf(code).some((word) => wordKey(word) === typed)) ?? cell;
}

const firstWords = <Code>(codes: readonly Code[], wordsOf: (code: Code) => readonly string[]) => codes.flatMap((code) => wordsOf(code).slice(0, 1));
const CHOICES_AT: Record<string, readonly string[]> = {
  capacity: firstWords(CAPACITIES, (code) => CAPACITY_WORDS[code]),
  emailKind: firstWords(EMAIL_KINDS, (code) => EMAIL_KIND_WORDS[code]),
  'registrant.position': firstWords(POSITIONS, positionWords),
  'delegation.delegator.position': firstWords(POSITIONS, positionWords),
};

/** The words to choose from at a place of the submission (`registrant.position`) as a sheet takes them; none where it is no closed list. */
export function meetingChoices(path: string): readonly string[] {
  return CHOICES_AT[path] ?? [];
}

/** Columns that are filled in before the sheet goes out: a row with nothing else is no registration. */
const PREFILLED: readonly MeetingColumn[] = ['schoolCode', 'schoolName'];

/** Whether somebody filled the row in. */
export function isFilled(cells: MeetingCells): boolean {
  return MEETING_COLUMNS.some((column) => !PREFILLED.includes(column) && cells[column] !== undefined);
}

/**
 * The submission that a row says, to be parsed like any other (R2.5). What nearly every row says may be left out: a director, at
 * the school that is registered, with the school's central address.
 */
export function submissionOfRow(cells: MeetingCells): Record<string, unknown> {
  const { schoolCode } = cells;
  const capacity = codeOf(CAPACITIES, (code) => CAPACITY_WORDS[code], cells.capacity ?? 'DIRECTOR');
  const position = cells.position ?? (capacity === 'DIRECTOR' ? 'DIRECTOR' : undefined);
  return {
    schoolCode,
    capacity,
    registrant: {
      nationalId: cells.nationalId,
      title: cells.title,
      firstName: cells.firstName,
      lastName: cells.lastName,
      position: position && codeOf(POSITIONS, positionWords, position),
      homeSchoolCode: cells.homeSchoolCode ?? schoolCode,
      email: cells.email,
      phone: cells.phone,
    },
    actingOrder: orderOf(cells.orderNumber, cells.orderDate),
    emailKind: codeOf(EMAIL_KINDS, (code) => EMAIL_KIND_WORDS[code], cells.emailKind ?? 'SCHOOL'),
    delegation: delegationOf(cells),
  };
}

function orderOf(number: string | undefined, date: string | undefined): object | undefined {
  return number === undefined && date === undefined ? undefined : { number, date: date && (parseWrittenDate(date) ?? date) };
}

const OF_DELEGATOR = MEETING_COLUMNS.filter((column) => column.startsWith('delegator'));

function delegationOf(cells: MeetingCells): object | undefined {
  if (OF_DELEGATOR.every((column) => cells[column] === undefined)) return undefined;
  return {
    delegator: {
      title: cells.delegatorTitle,
      firstName: cells.delegatorFirstName,
      lastName: cells.delegatorLastName,
      position: codeOf(POSITIONS, positionWords, cells.delegatorPosition ?? 'DIRECTOR'),
      homeSchoolCode: cells.delegatorHomeSchoolCode ?? cells.schoolCode,
      actingOrder: orderOf(cells.delegatorOrderNumber, cells.delegatorOrderDate),
    },
  };
}
