// Fragments of SQL statements. Rows are given as objects in Prisma's spelling and told to PostgreSQL as one JSON value, which gives
// each column its own type. Names and listed values are the program's own, never what people give.
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

/** Columns of a table as a SELECT lists them, in Prisma's spelling. @param alias of the table */
export function selected(alias: string, columns: readonly string[]): Prisma.Sql {
  return Prisma.join(columns.map((name) => Prisma.raw(`${alias}."${columnOf(name)}" AS "${name}"`)));
}

/** What stands behind `DO UPDATE SET`, where the row that was proposed is to be the stored one. */
export function proposed(columns: readonly string[]): Prisma.Sql {
  return Prisma.join(columns.map(columnOf).map((name) => Prisma.raw(`"${name}" = excluded."${name}"`)));
}

/** Values for `IN`, as they stand: an index of such rows alone is found by them. */
export function listed(values: readonly string[]): Prisma.Sql {
  return Prisma.raw(`(${values.map((value) => `'${value}'`).join(', ')})`);
}

/** Parts of a statement by their names, as `WITH` lists them. */
export function named(parts: Record<string, Prisma.Sql>): Prisma.Sql[] {
  return Object.entries(parts).map(([name, sql]) => Prisma.sql`${Prisma.raw(name)} AS (${sql})`);
}

/** `schoolCode` is the column `school_code`. */
function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function columnsOf(row: object): Prisma.Sql {
  return Prisma.join(Object.keys(row).map((name) => quoted(columnOf(name))));
}

function quoted(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`);
}

function json(rows: readonly object[]): string {
  return JSON.stringify(rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [columnOf(name), value]))));
}
