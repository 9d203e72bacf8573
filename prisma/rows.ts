// Rows as fragments of SQL statements: given as objects in Prisma's spelling, told to PostgreSQL as one JSON value, which gives each
// column its own type.
import { Prisma } from './generated/client';

/**
 * What stands behind `INSERT INTO ‹table›`: the columns of the first row, which all of them have, and their values.
 * @param where a condition that all of them depend on
 */
export function rowsOf(table: string, rows: readonly object[], where: Prisma.Sql): Prisma.Sql {
  const columns = columnsOf(rows[0] ?? {});
  return Prisma.sql`(${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${quoted(table)}, ${json(rows)}::jsonb) WHERE ${where}`;
}

/** What stands behind `UPDATE ‹table› SET`. */
export function setTo(table: string, row: object): Prisma.Sql {
  const columns = columnsOf(row);
  return Prisma.sql`(${columns}) = (SELECT ${columns} FROM jsonb_populate_recordset(NULL::${quoted(table)}, ${json([row])}::jsonb))`;
}

/** `schoolCode` is the column `school_code`. */
function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function columnsOf(row: object): Prisma.Sql {
  return Prisma.join(Object.keys(row).map((name) => quoted(columnOf(name))));
}

/** For names of the program alone: never for what people give. */
function quoted(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`);
}

function json(rows: readonly object[]): string {
  return JSON.stringify(rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [columnOf(name), value]))));
}
