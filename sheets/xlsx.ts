// XLSX (ISO/IEC 29500): the first sheet of a workbook, in and out.
import { unpackedSize } from './archive-size';

/** A sheet of five hundred people has a fiftieth of that. */
const MOST_UNPACKED_BYTES = 10 * 1024 * 1024;

/**
 * The rows of the first sheet, cells as text: dates as `YYYY-MM-DD`, the last result of a formula in its place.
 * @param most rows that are read at most
 * @throws Error where it is no workbook, or unpacks to far more than it should
 */
export async function readXlsx(bytes: Uint8Array, most: number): Promise<string[][]> {
  const size = unpackedSize(bytes);
  if (size === null || size > MOST_UNPACKED_BYTES) throw new Error('The archive is none, or too large unpacked.');
  const hucre = await import('hucre/xlsx');
  const { sheets } = await hucre.readXlsx(bytes, { sheets: [0], maxRows: most });
  const rows = sheets[0]?.rows ?? [];
  return rows.map((row) => row.map(cellText));
}

function cellText(value: string | number | boolean | Date | null): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  return value === null ? '' : String(value);
}

/** A workbook with one sheet, every cell as text. */
export async function writeXlsx(name: string, cells: readonly (readonly string[])[]): Promise<Uint8Array> {
  const hucre = await import('hucre/xlsx');
  return hucre.writeXlsx({ sheets: [{ name, rows: cells.map((row) => [...row]) }] });
}
