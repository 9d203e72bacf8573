// CSV (RFC 4180) as spreadsheets write it in Thailand: UTF-8 or Windows-874, commas, semicolons or tabs.
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';

const DELIMITERS = [',', ';', '\t'];
const rows = z.array(z.array(z.string()));
/** An error of the parser: how many bytes lie before the record that it could not read. */
const placed = z.object({ bytes: z.number() });

/** CSV of which a record cannot be read. */
export class UnreadableCsv extends Error {
  /** @param line where the record begins, from 1 */
  constructor(readonly line: number) {
    super(`The record at line ${line} cannot be read`);
  }
}

/**
 * The rows of a CSV file, cells as text.
 * @param most rows that are read at most
 * @throws UnreadableCsv where a stray quote, as it mostly is, may join lines: none of them is guessed at; Error where it is no CSV
 */
export function readCsv(bytes: Uint8Array, most: number): string[][] {
  const text = decode(bytes);
  const options = { delimiter: delimiterOf(text), relax_column_count: true, to: most, max_record_size: 100_000 };
  try {
    return rows.parse(parse(text, options));
  } catch (failure) {
    const { data } = placed.safeParse(failure);
    throw data ? new UnreadableCsv(lineAt(text, data.bytes)) : failure;
  }
}

function lineAt(text: string, bytes: number): number {
  return Buffer.from(text).subarray(0, bytes).toString().split('\n').length;
}

/** UTF-8, with a byte-order mark or without; what is none is the code page of Thai Windows. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-874').decode(bytes);
  }
}

/** The one that stands most often in the row of headings. */
function delimiterOf(text: string): string {
  const [headings = ''] = text.split(/\r?\n/, 1);
  const count = (delimiter: string) => headings.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** A lone carriage return ends a line for some programs. */
const OUT = { bom: true, record_delimiter: 'windows', quoted_match: '\r' };

/** A CSV file with a byte-order mark, without which Excel takes Thai for something else. */
export function writeCsv(cells: readonly (readonly string[])[]): Uint8Array {
  const rows = cells.map((row) => [...row]);
  return Buffer.from(stringify(rows, OUT), 'utf8');
}
