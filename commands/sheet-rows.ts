// The rows of a roster's sheet as far as they can be read by themselves: which column is what, and whom a row is about.

import { brokenRule } from '../domain/broken-rule';
import { parseNationalId, shownDigits } from '../domain/national-id';
import { type BrokenRule, REFUSALS } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { MAX_SHEET_ROWS, type SheetColumn, sheetColumn } from '../domain/staff-sheet';
import { type PlacedRow, readSheet } from '../sheets/sheet';

export type Cells = Partial<Record<SheetColumn, string>>;

/** A row of which something is written; blank cells are absent, and change nothing. */
export interface StaffRow {
  row: number;
  cells: Cells;
}

/** Whom a row is about: by the national ID, by the ID that a sheet from here has beside a masked one, or nobody that can be told. */
export type Subject = { nationalId: string } | { personId: string; digits: string | null } | { errors: BrokenRule[] };

/** @throws Refused SHEET_REJECTED for what is no sheet of a roster */
export async function readStaffSheet(bytes: Uint8Array): Promise<{ rows: StaffRow[]; ignoredColumns: string[] }> {
  const sheet = await readSheet(bytes, MAX_SHEET_ROWS);
  if (!sheet) throw new Refused('SHEET_REJECTED', { errors: [brokenRule('file', 'SHEET_REJECTED')] });
  const columns = sheet.headings.map(sheetColumn);
  refuseColumns(columns);
  return {
    rows: sheet.rows.map((row) => ({ row: row.row, cells: namedCells(columns, row) })),
    ignoredColumns: sheet.headings.filter((heading, index) => columns[index] === null && heading.trim() !== ''),
  };
}

function refuseColumns(columns: readonly (SheetColumn | null)[]): void {
  const known = columns.filter((column) => column !== null);
  const twice = known.find((column, index) => known.indexOf(column) !== index);
  const message = twice
    ? `มีหัวตาราง ${twice} ซ้ำกัน / The heading ${twice} stands twice.`
    : 'ไม่พบหัวตารางเลขประจำตัวประชาชน / There is no heading for the national ID (nationalId).';
  const told = known.includes('nationalId') || known.includes('id');
  if (!told || twice) throw new Refused('SHEET_REJECTED', { errors: [{ path: 'file', code: 'SHEET_REJECTED', message }] });
}

function namedCells(columns: readonly (SheetColumn | null)[], { cells }: PlacedRow): Cells {
  const named: Cells = {};
  columns.forEach((column, index) => {
    const cell = cells[index] ?? '';
    if (column !== null && cell.trim() !== '') named[column] = cell;
  });
  return named;
}

/** Whom the row is about. */
export function subjectOf({ id, nationalId }: Cells): Subject {
  const whole = nationalId === undefined ? null : parseNationalId(nationalId);
  if (whole !== null) return { nationalId: whole };
  const digits = nationalId === undefined ? null : shownDigits(nationalId);
  if (id !== undefined && (nationalId === undefined || digits !== null)) return { personId: id.trim(), digits };
  const { th, en } = REFUSALS.NATIONAL_ID;
  return { errors: [{ path: 'nationalId', code: 'NATIONAL_ID', message: `${th} / ${en}` }] };
}
