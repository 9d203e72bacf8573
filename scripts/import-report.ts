// What an import refused: every line into a file, the first ones on the screen.
import { type FileHandle, open, stat } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { ConfigError } from '../config';
import { type FileRow, type RefusedRow, ROW_PROBLEMS } from '../domain/directory';

/** Lines that are told on the screen; more would hide the rest. */
const TOLD = 20;

export interface ImportReport {
  refuse(row: RefusedRow, cells: FileRow['cells']): Promise<void>;
  /** Tells how many were not shown, and closes the file. */
  close(): Promise<void>;
}

/**
 * Begins a report.
 * @param path of the CSV file, or undefined for the screen alone
 * @param imported the file that is being read, which a report must not replace
 * @param columns of the file that is imported; the row stands in them behind line, reason and message
 * @throws ConfigError when the file cannot be written
 */
export async function openReport(
  path: string | undefined,
  imported: string,
  columns: readonly string[],
  say: (line: string) => void,
): Promise<ImportReport> {
  if (path !== undefined && (await isSameFile(path, imported))) {
    throw new ConfigError(`The report ${path} would replace the file that is imported: give it another name.`);
  }
  const file = path === undefined ? undefined : await openFile(path);
  await file?.write(stringify([['line', 'reason', 'message', ...columns]]));
  let refused = 0;
  return {
    async refuse({ line, problems }, cells) {
      refused += 1;
      const message = problems.map((problem) => ROW_PROBLEMS[problem]).join(' ');
      if (refused <= TOLD) say(`line ${line} refused, ${problems.join(' ')}: ${message}`);
      await file?.write(stringify([[String(line), problems.join(' '), message, ...cells]]));
    },
    async close() {
      if (refused > TOLD) say(`and ${refused - TOLD} more refused lines${path === undefined ? '; --report FILE lists them all' : ''}`);
      await file?.close();
      if (path !== undefined) say(`All refused lines are in ${path}`);
    },
  };
}

/** Also by another name: a link, or another way of writing the path. */
async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => stat(path).catch(() => null)));
  return first != null && second != null && first.dev === second.dev && first.ino === second.ino;
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w');
  } catch (failure) {
    throw new ConfigError(`The report ${path} cannot be written: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
}
