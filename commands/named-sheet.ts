// A sheet whose headings name the columns, whatever their order: of rosters (R5.0) and of meetings (R2.4).
import { brokenRule } from '../domain/broken-rule';
import { Refused } from '../domain/refused';
import { MAX_SHEET_ROWS } from '../domain/staff-sheet';
import { type PlacedRow, readSheet } from '../sheets/sheet';

/** A row of which something is written; blank cells are absent. */
export interface NamedRow<Column extends string> {
  row: number;
  cells: Partial<Record<Column, string>>;
}

/**
 * Reads CSV or XLSX.
 * @param columnOf the column that a heading names, or null
 * @param needed columns of which one must be there, and what is told otherwise
 * @param isFilled whether somebody filled the row in; others are left out, and do not count
 * @throws Refused SHEET_REJECTED, also for more than `MAX_SHEET_ROWS` rows that are filled in
 */
export async function readNamedSheet<Column extends string>(
  bytes: Uint8Array,
  columnOf: (heading: string) => Column | null,
  [needed, missing]: readonly [readonly Column[], string],
  isFilled: (cells: NamedRow<Column>['cells']) => boolean = () => true,
): Promise<{ rows: NamedRow<Column>[]; ignoredColumns: string[] }> {
  const sheet = await readSheet(bytes);
  if ('brokenLine' in sheet) throw sheet.brokenLine === null ? noSheet() : unreadableLine(sheet.brokenLine);
  const columns = sheet.headings.map(columnOf);
  const known = columns.filter((column) => column !== null);
  const twice = known.find((column, index) => known.indexOf(column) !== index);
  if (twice !== undefined) throw rejected(`มีหัวตาราง ${twice} ซ้ำกัน / The heading ${twice} stands twice.`);
  if (!needed.some((column) => known.includes(column))) throw rejected(missing);
  const rows = sheet.rows.map((row) => ({ row: row.row, cells: namedCells(columns, row) })).filter(({ cells }) => isFilled(cells));
  if (rows.length > MAX_SHEET_ROWS) throw noSheet();
  return {
    rows,
    ignoredColumns: sheet.headings.filter((heading, index) => columns[index] === null && heading.trim() !== ''),
  };
}

/** Its words tell what a sheet is, and how long it may be. */
function noSheet(): Refused {
  return new Refused('SHEET_REJECTED', { errors: [brokenRule('file', 'SHEET_REJECTED')] });
}

function unreadableLine(line: number): Refused {
  return rejected(
    `อ่านบรรทัดที่ ${line} ของไฟล์ CSV ไม่ได้ โปรดดูเครื่องหมาย " ที่บรรทัดนั้น หรือส่งเป็น XLSX / Line ${line} of the CSV cannot be read: look for a stray " in it, or send XLSX.`,
  );
}

function rejected(message: string): Refused {
  return new Refused('SHEET_REJECTED', { errors: [{ path: 'file', code: 'SHEET_REJECTED', message }] });
}

function namedCells<Column extends string>(columns: readonly (Column | null)[], { cells }: PlacedRow): Partial<Record<Column, string>> {
  const named: Partial<Record<Column, string>> = {};
  columns.forEach((column, index) => {
    const cell = cells[index] ?? '';
    if (column !== null && cell.trim() !== '') named[column] = cell;
  });
  return named;
}
