// Files out of the pages, behind the pages' session: whose is over is asked to sign in, and not shown an answer for programs.
import type { Response } from 'express';
import { Refused } from '../domain/refused';
import { SHEET_FORMATS, type SheetFormat } from '../domain/staff-sheet';

/** The format of a sheet that an address ends with. @throws Refused NOT_FOUND for another */
export function formatOf(ending: unknown): SheetFormat {
  const format = SHEET_FORMATS.find((known) => known === ending);
  if (!format) throw new Refused('NOT_FOUND');
  return format;
}

/** Something to keep as a file, a sheet or evidence; caches keep nothing of it. */
export function sendFile(response: Response, fileName: string, { type, bytes }: { type: string; bytes: Uint8Array }): void {
  response.attachment(fileName).type(type).set('Cache-Control', 'no-store').send(Buffer.from(bytes));
}
