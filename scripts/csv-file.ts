// Reading a CSV file row by row, whatever is wrong with some of its lines: memory stays bounded, no line is lost silently.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse';
import { ConfigError } from '../config';
import type { FileRow } from '../domain/directory';

/** A file that was looked through once and can be read as text. */
export interface CheckedFile {
  path: string;
  bytes: number;
  /** SHA-256 of its content, as hexadecimal digits. */
  digest: string;
}

/** A row, and where in the file it ends. */
export interface PlacedRow extends FileRow {
  /** Bytes from the beginning of the file. */
  end: number;
}

/** A record that is longer is none: a quotation mark was not closed. */
const LONGEST_RECORD = 64 * 1024;

/**
 * Looks through a whole file before anything of it is used.
 * @throws ConfigError when it is not there or is not UTF-8, with what to do
 */
export async function checkFile(path: string): Promise<CheckedFile> {
  const bytes = await sizeOf(path);
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let read = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    if (!decodes(() => decoder.decode(chunk, { stream: true }))) throw notUtf8(path, read);
    read += chunk.length;
  }
  if (!decodes(() => decoder.decode())) throw notUtf8(path, read);
  return { path, bytes, digest: hash.digest('hex') };
}

function decodes(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}

function notUtf8(path: string, read: number): ConfigError {
  return new ConfigError(
    `${path} is not UTF-8 (behind byte ${read}). Save it as "CSV UTF-8", or convert it: iconv -f WINDOWS-874 -t UTF-8 OLD.csv > NEW.csv (from UTF-16: -f UTF-16).`,
  );
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new ConfigError(`There is no file ${path}: check its name.`);
  return found.size;
}

/** Where reading goes on: the number of the next line, and the byte at which it begins. */
interface Place {
  line: number;
  end: number;
}

/** The rows of a file, the header first. A line that cannot be parsed comes as it stands, and reading goes on behind it. */
export async function* csvRows({ path }: CheckedFile): AsyncGenerator<PlacedRow> {
  let place: Place = { line: 1, end: 0 };
  let columns: number | undefined;
  let spoilt: boolean;
  do {
    spoilt = false;
    try {
      for await (const row of parseFrom(path, place)) {
        columns ??= row.cells.length;
        spoilt = breaksIn(row.cells) > 0 && row.cells.length !== columns;
        // An open quotation mark took lines together that are none.
        if (spoilt) break;
        place = { line: row.line + 1 + breaksIn(row.cells), end: row.end };
        yield row;
      }
    } catch (failure) {
      if (!(failure instanceof CsvError)) throw failure;
      spoilt = true;
    }
    if (spoilt) {
      const { line, end, text } = await lineAt(path, place);
      place = { line: line + 1, end };
      yield { line, cells: [text], unreadable: true, end };
    }
  } while (spoilt);
}

/**
 * Parses from a place to the end of the file.
 * @throws CsvError behind the last row before a record that cannot be parsed
 */
async function* parseFrom(path: string, from: Place): AsyncGenerator<PlacedRow> {
  const rows: PlacedRow[] = [];
  let next = from.line;
  let blank = 0;
  const parser = parse({
    bom: from.end === 0,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    // Rows are taken here, not from the stream: it drops what it holds when a later record fails.
    on_record(cells: string[], { bytes, empty_lines }) {
      const line = next + empty_lines - blank;
      blank = empty_lines;
      next = line + 1 + breaksIn(cells);
      rows.push({ line, cells, end: from.end + bytes });
      return null;
    },
  });
  parser.on('error', () => undefined);
  for await (const chunk of createReadStream(path, { start: from.end })) {
    const failure = await ended((done) => parser.write(chunk, done));
    yield* rows.splice(0);
    if (failure) throw failure;
  }
  const failure = await ended((done) => parser.end(done));
  yield* rows.splice(0);
  if (failure) throw failure;
}

/** How a step of the parser ended. */
function ended(step: (done: (failure?: Error | null) => void) => void): Promise<Error | null> {
  return new Promise((resolve) => step((failure) => resolve(failure ?? null)));
}

const BREAK = /\r\n|\n|\r/g;

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(BREAK)?.length ?? 0), 0);
}

/** Blank lines, a line, and its end; a carriage return alone is one where it is seen that no line feed follows. */
const WHOLE_LINE = /^([\r\n]*)([^\r\n]+)(\r\n|\n|\r(?=[^\n]))/;
const LAST_LINE = /^([\r\n]*)([^\r\n]*)(\r?)$/;

/** The first line from a place on that is not blank: its number, its text (at most a record's length) and where it ends. */
async function lineAt(path: string, from: Place): Promise<Place & { text: string }> {
  let bytes = '';
  let dropped = 0;
  const told = (match: RegExpExecArray | null) => {
    const [whole = '', blank = '', text = ''] = match ?? [];
    const line = from.line + breaksIn([blank]);
    return { line, end: from.end + whole.length + dropped, text: Buffer.from(text, 'latin1').toString('utf8') };
  };
  // One character for each byte, so that positions are the file's.
  for await (const chunk of createReadStream(path, { start: from.end, encoding: 'latin1' })) {
    bytes += chunk;
    const match = WHOLE_LINE.exec(bytes);
    if (match) return told(match);
    dropped += Math.max(0, bytes.length - LONGEST_RECORD);
    bytes = bytes.slice(0, LONGEST_RECORD);
  }
  return told(LAST_LINE.exec(bytes));
}
