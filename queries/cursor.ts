// Lists go on where the page before ended: a cursor is the sort key of its last row (keyset paging).
import { isStorableInstant } from '../domain/instant';
import { Refused } from '../domain/refused';
import { isStorable } from '../domain/storable-text';
import { isUuid } from '../domain/uuid';
import type { KeyRing } from '../security/key-ring';

/** A cursor that tells the values to go on after. */
export function writeCursor(...values: string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * The values of a cursor.
 * @throws Refused VALIDATION for a text that is no cursor of ours
 */
export function readCursor(cursor: string, length: number): string[] {
  return valuesOf(Buffer.from(cursor, 'base64url').toString('utf8'), length);
}

function valuesOf(text: string, length: number): string[] {
  try {
    const values: unknown = JSON.parse(text);
    if (Array.isArray(values) && values.length === length && values.every((value) => typeof value === 'string' && isStorable(value))) return values;
  } catch {
    // told below
  }
  throw noCursor();
}

/** A cursor that nobody but the service reads: where the sort key is personal, no address holds it (X3). */
export function sealCursor(keyRing: KeyRing, ...values: string[]): string {
  return keyRing.seal(JSON.stringify(values));
}

/** The values of a sealed cursor. @throws Refused VALIDATION, also when the key that sealed it is gone */
export function readSealedCursor(keyRing: KeyRing, sealed: string, length: number): string[] {
  return valuesOf(opened(keyRing, sealed), length);
}

function opened(keyRing: KeyRing, sealed: string): string {
  try {
    return keyRing.open(sealed);
  } catch {
    throw noCursor();
  }
}

function noCursor(): Refused {
  return new Refused('VALIDATION', {
    errors: [{ path: 'cursor', code: 'INVALID', message: 'เริ่มรายการใหม่จากหน้าแรก / Start the list again from its first page.' }],
  });
}

/**
 * A cursor of an instant and the ID of a row.
 * @throws Refused VALIDATION for a text that is no such cursor
 */
export function readInstantCursor(cursor: string): { at: Date; id: string } {
  return instantAndId(readCursor(cursor, 2));
}

/** The same, of a cursor's values. @throws Refused VALIDATION */
export function instantAndId([at = '', id = '']: string[]): { at: Date; id: string } {
  if (!isUuid(id)) throw noCursor();
  return { at: instant(at), id };
}

/** An instant of a cursor. @throws Refused VALIDATION */
export function instant(text: string): Date {
  const date = new Date(text);
  if (!isStorableInstant(date)) throw noCursor();
  return date;
}

/** A number that counts, of a cursor; the database's go to 2^31. @throws Refused VALIDATION */
export function ordinal(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw noCursor();
  return Number(text);
}

/** The first `limit` of one row more than asked, and the cursor after them where there is more. */
export function page<Row>(rows: Row[], limit: number, cursorOf: (row: Row) => string): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
