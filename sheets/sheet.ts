// Sheets as people exchange them: CSV or XLSX, told apart by content, the first row with the headings.
import type { SheetFormat } from '../domain/staff-sheet';
import { readCsv, UnreadableCsv, writeCsv } from './csv';
import { neutralCell, plainCell } from './neutral-cell';
import { readXlsx, writeXlsx } from './xlsx';

/** What a browser is told that it gets. */
const TYPES: Record<SheetFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A row and its place, as the spreadsheet counts: the headings are row 1. */
export interface PlacedRow {
  row: number;
  cells: string[];
}

export interface ReadSheet {
  headings: string[];
  /** Without empty ones. */
  rows: PlacedRow[];
}

const ZIP_SIGNATURE = [0x50, 0x4b, 0x03, 0x04];

/** Spreadsheets like to keep empty rows behind the filled ones, and a meeting's sheet has a row for every school: so many are looked through. */
const MOST_ROWS_READ = 5_000;

/** What is neither CSV nor XLSX, has no headings, or more rows than are looked through: a longer sheet is refused, not cut. */
export interface Unreadable {
  /** Where the record of a CSV begins that cannot be read, as a text editor counts. */
  brokenLine: number | null;
}

/** Reads a sheet. */
export async function readSheet(bytes: Uint8Array): Promise<ReadSheet | Unreadable> {
  const read = await readRows(bytes).catch(
    (failure: unknown): Unreadable => ({ brokenLine: failure instanceof UnreadableCsv ? failure.line : null }),
  );
  if ('brokenLine' in read) return read;
  const [headings, ...rows] = read;
  if (!headings?.some((heading) => heading.trim() !== '') || rows.length >= MOST_ROWS_READ) return { brokenLine: null };
  const placed = rows.map((cells, index) => ({ row: index + 2, cells: cells.map(plainCell) }));
  return { headings, rows: placed.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')) };
}

async function readRows(bytes: Uint8Array): Promise<string[][]> {
  const archive = ZIP_SIGNATURE.every((byte, index) => bytes[index] === byte);
  return archive ? readXlsx(bytes, MOST_ROWS_READ + 1) : readCsv(bytes, MOST_ROWS_READ + 1);
}

/** A sheet that goes out, and its media type. */
export interface WrittenSheet {
  type: string;
  bytes: Uint8Array;
}

/**
 * Writes a sheet; cells that a spreadsheet would run are neutralised.
 * @param name of the sheet inside a workbook, at most 31 characters
 */
export async function writeSheet(format: SheetFormat, name: string, rows: readonly (readonly string[])[]): Promise<WrittenSheet> {
  const cells = rows.map((row) => row.map(neutralCell));
  return { type: TYPES[format], bytes: format === 'csv' ? writeCsv(cells) : await writeXlsx(name, cells) };
}
