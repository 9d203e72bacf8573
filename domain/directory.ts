// The directory: districts and schools as a file from elsewhere lists them, each row checked before it is stored (R3.2).
import { parseEmail, parsePhone } from './contact';
import { arabicDigits, normaliseText } from './thai-text';

export type Listing = 'districts' | 'schools';
export const DISTRICT_KINDS = ['ESAO_PRIMARY', 'ESAO_SECONDARY', 'NFE_PROVINCIAL', 'AGENCY'] as const;

/** The form of a district's code. */
export const DISTRICT_CODE = /^[A-Z0-9-]{2,12}$/;

/** Why a row is refused, in words that say what to mend. */
export const ROW_PROBLEMS = {
  COLUMNS: 'จำนวนช่องไม่ตรงกับหัวตาราง / The row does not have as many cells as the header.',
  UNREADABLE: 'อ่านบรรทัดนี้ไม่ได้ ตรวจเครื่องหมายคำพูด (") / The line cannot be read: check its quotation marks.',
  CODE_MISSING: 'ไม่มีรหัส / The code is missing.',
  CODE_FORM:
    'รหัสไม่ถูกต้อง สถานศึกษาใช้เลข 8 หลัก สำนักงานใช้ A-Z 0-9 - ยาว 2 ถึง 12 ตัว / Not a code: a school has 8 digits, a district 2 to 12 of A-Z 0-9 -.',
  DUPLICATE_CODE: 'รหัสซ้ำกับบรรทัดก่อนหน้าในไฟล์นี้ / An earlier line of this file has the same code.',
  NAME_MISSING: 'ไม่มีชื่อ / The name is missing.',
  KIND: `ประเภทสำนักงานไม่ถูกต้อง / The kind is one of ${DISTRICT_KINDS.join(', ')}.`,
  UNKNOWN_DISTRICT: 'ไม่พบสำนักงานรหัสนี้ นำเข้าสำนักงานก่อน หรือเว้นว่างไว้ / No district has this code: import it first, or leave the cell empty.',
  SHIFTED: 'ข้อมูลเลื่อนช่อง มีตำบลแต่ไม่มีอำเภอ หรือมีระดับชั้นในช่องที่อยู่ / The columns are shifted: a subdistrict without an amphoe, or a level in its place.',
  MARKUP: 'มีเครื่องหมาย { } | < > ตกค้างในข้อความ / Marks { } | < > were left in the text.',
  TOO_LONG: 'ข้อความยาวเกินไป อาจขาดเครื่องหมายคำพูด / The text is too long; a quotation mark may be missing.',
  EMAIL: 'อีเมลไม่ถูกต้อง / The e-mail address is not valid.',
  PHONE: 'หมายเลขโทรศัพท์ไม่ถูกต้อง / The telephone number is not valid.',
  OBEC_CODE: 'รหัส สพฐ. ต้องเป็นเลข 6 หลัก / The OBEC code has 6 digits.',
  MINISTRY_CODE: 'รหัสกระทรวงต้องเป็นเลข 10 หลัก / The ministry code has 10 digits.',
} as const;
export type RowProblem = keyof typeof ROW_PROBLEMS;

/** One line of a file as it was parsed; without cells where it could not be. */
export interface FileRow {
  line: number;
  cells: readonly string[];
  unreadable?: boolean;
}

/** A row that can be stored: the columns that the file has, as they are stored. */
export interface DirectoryRow {
  line: number;
  code: string;
  values: Readonly<Record<string, string | null>>;
}

/** A row that cannot; every problem is named. */
export interface RefusedRow {
  line: number;
  problems: readonly RowProblem[];
}

interface Column {
  /** The cell as it is stored, or what is wrong with it. Never asked about an empty cell. */
  read(cell: string): Read;
  /** What is stored for an empty cell. */
  empty: '' | null;
  /** What is wrong with an empty cell; a column with it has to be in the file. */
  needed?: RowProblem;
}
type Read = { stored: string } | { problem: RowProblem };

const LONGEST_TEXT = 250;
const MARKS = /[{}|<>]/;
const LEVELS = /^(เตรียม)?(ปฐมวัย|อนุบาล|ประถมศึกษา|มัธยมศึกษา)/;

function readText(cell: string): Read {
  const stored = normaliseText(cell);
  if (stored.length > LONGEST_TEXT) return { problem: 'TOO_LONG' };
  return MARKS.test(stored) ? { problem: 'MARKUP' } : { stored };
}

/** A place is no level: where one stands in its column, the row lost a cell. */
function readPlace(cell: string): Read {
  return LEVELS.test(normaliseText(cell)) ? { problem: 'SHIFTED' } : readText(cell);
}

/** A code with Thai or Arabic digits, and nothing around it. */
function codeOf(form: RegExp, problem: RowProblem): Column['read'] {
  return (cell) => {
    const stored = arabicDigits(normaliseText(cell));
    return form.test(stored) ? { stored } : { problem };
  };
}

function parsed(parse: (cell: string) => string | null, problem: RowProblem): Column['read'] {
  return (cell) => {
    const stored = parse(cell);
    return stored === null ? { problem } : { stored };
  };
}

function readKind(cell: string): Read {
  const stored = normaliseText(cell).toUpperCase();
  return DISTRICT_KINDS.some((kind) => kind === stored) ? { stored } : { problem: 'KIND' };
}

const name: Column = { read: readText, empty: '', needed: 'NAME_MISSING' };
const text: Column = { read: readText, empty: '' };
const place: Column = { read: readPlace, empty: '' };
const email: Column = { read: parsed(parseEmail, 'EMAIL'), empty: null };

/** The columns of each listing (`npm run import -- --help`); they may stand in any order, and those not needed may be left out. */
const COLUMNS: Record<Listing, ReadonlyMap<string, Column>> = {
  districts: new Map<string, Column>([
    ['code', { read: codeOf(DISTRICT_CODE, 'CODE_FORM'), empty: '', needed: 'CODE_MISSING' }],
    ['name', name],
    ['kind', { read: readKind, empty: '', needed: 'KIND' }],
    ['province', text],
    ['email', email],
    ['phone', { read: parsed(parsePhone, 'PHONE'), empty: null }],
  ]),
  schools: new Map<string, Column>([
    ['code', { read: codeOf(/^\d{8}$/, 'CODE_FORM'), empty: '', needed: 'CODE_MISSING' }],
    ['name', name],
    ['districtCode', { read: codeOf(DISTRICT_CODE, 'UNKNOWN_DISTRICT'), empty: null }],
    ['subdistrict', place],
    ['amphoe', place],
    ['province', text],
    ['level', text],
    ['obecCode', { read: codeOf(/^\d{6}$/, 'OBEC_CODE'), empty: null }],
    ['ministryCode', { read: codeOf(/^\d{10}$/, 'MINISTRY_CODE'), empty: null }],
    ['email', email],
  ]),
};

/** A row of a listing with nothing in it: what columns that a file leaves out hold in a new row. */
export function emptyRow(listing: Listing): Record<string, string | null> {
  return Object.fromEntries([...COLUMNS[listing]].map(([column, { empty }]) => [column, empty]));
}

/**
 * The header of a file: each column once, none that is unknown, and those that are needed.
 * @returns the names of the columns in the order of the file, or one line that says what is wrong
 */
export function readHeader(listing: Listing, cells: readonly string[]): { columns: string[] } | { problem: string } {
  const known = [...COLUMNS[listing]];
  const columns = cells.map((cell) => normaliseText(cell)).map((cell) => known.find(([column]) => same(column, cell))?.[0] ?? cell);
  const unknown = columns.filter((column) => !COLUMNS[listing].has(column));
  const missing = known.filter(([column, { needed }]) => needed && !columns.includes(column)).map(([column]) => column);
  const twice = columns.filter((column, index) => columns.indexOf(column) !== index);
  const problems = [
    ...(unknown.length > 0 ? [`unknown columns ${unknown.map((column) => `"${column.slice(0, 80)}"`).join(', ')}`] : []),
    ...(missing.length > 0 ? [`missing columns ${missing.join(', ')}`] : []),
    ...(twice.length > 0 ? [`repeated columns ${twice.join(', ')}`] : []),
  ];
  if (problems.length === 0) return { columns };
  return {
    problem: `The header does not fit ${listing}: ${problems.join('; ')}. Columns, divided by commas: ${known.map(([column]) => column).join(',')}`,
  };
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * Reads the rows of one file, one after another; a code that an earlier row had is refused.
 * @param columns as `readHeader` gave them
 * @param districts the codes of the districts that schools may name
 */
export function rowReader(listing: Listing, columns: readonly string[], districts: ReadonlySet<string>): (row: FileRow) => DirectoryRow | RefusedRow {
  const seen = new Set<string>();
  return ({ line, cells, unreadable }) => {
    if (unreadable) return { line, problems: ['UNREADABLE'] };
    if (cells.length !== columns.length) return { line, problems: ['COLUMNS'] };
    const { values, problems } = readCells(listing, columns, cells);
    const code = values['code'] ?? '';
    if (isShifted(values)) problems.add('SHIFTED');
    if (values['districtCode'] && !districts.has(values['districtCode'])) problems.add('UNKNOWN_DISTRICT');
    if (seen.has(code)) problems.add('DUPLICATE_CODE');
    if (problems.size > 0) return { line, problems: [...problems] };
    seen.add(code);
    return { line, code, values };
  };
}

function readCells(listing: Listing, columns: readonly string[], cells: readonly string[]) {
  const values: Record<string, string | null> = {};
  const problems = new Set<RowProblem>();
  for (const [index, name] of columns.entries()) {
    const column = COLUMNS[listing].get(name);
    const cell = cells[index] ?? '';
    if (!column) continue;
    if (normaliseText(cell) === '') {
      values[name] = column.empty;
      if (column.needed) problems.add(column.needed);
      continue;
    }
    const read = column.read(cell);
    if ('problem' in read) problems.add(read.problem);
    else values[name] = read.stored;
  }
  return { values, problems };
}

/** A subdistrict lies in an amphoe: without one, a cell was lost before it. */
function isShifted({ subdistrict, amphoe }: Record<string, string | null>): boolean {
  return Boolean(subdistrict) && amphoe === '';
}

/** The columns in which a stored row differs from what a file gives; none when they agree. */
export function changedColumns(stored: Readonly<Record<string, unknown>>, { values }: DirectoryRow): string[] {
  return Object.keys(values).filter((column) => stored[column] !== values[column]);
}
