// The rows of a roster's sheet as far as they can be read by themselves: which column is what, and whom a row is about.
import { brokenRule } from '../domain/broken-rule';
import { parseNationalId, shownDigits } from '../domain/national-id';
import type { BrokenRule } from '../domain/refusal';
import { type SheetColumn, sheetColumn } from '../domain/staff-sheet';
import { readNamedSheet } from './named-sheet';

export type Cells = Partial<Record<SheetColumn, string>>;

/** A row of which something is written; blank cells are absent, and change nothing. */
export interface StaffRow {
  row: number;
  cells: Cells;
}

/** Whom a row is about: by the national ID, by the ID that a sheet from here has beside a masked one, or nobody that can be told. */
export type Identified = { nationalId: string } | { personId: string; digits: string | null };
export type Subject = Identified | { errors: BrokenRule[] };

/** @throws Refused SHEET_REJECTED for what is no sheet of a roster */
export function readStaffSheet(bytes: Uint8Array): Promise<{ rows: StaffRow[]; ignoredColumns: string[] }> {
  return readNamedSheet(bytes, sheetColumn, [
    ['nationalId', 'id'],
    'ไม่พบหัวตารางเลขประจำตัวประชาชน / There is no heading for the national ID (nationalId).',
  ]);
}

/** Whom the row is about. */
export function subjectOf({ id, nationalId }: Cells): Subject {
  const whole = nationalId === undefined ? null : parseNationalId(nationalId);
  if (whole !== null) return { nationalId: whole };
  const digits = nationalId === undefined ? null : shownDigits(nationalId);
  if (id !== undefined && (nationalId === undefined || digits !== null)) return { personId: id.trim(), digits };
  return { errors: [brokenRule('nationalId', 'NATIONAL_ID')] };
}
