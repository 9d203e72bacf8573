// The headings of sheets, in and out: Thai for people, the API's names for programs; read however they are typed.
import { nameKey } from './thai-text';

/** The heading of each column, then other words for it. */
export type Headings<Column extends string> = Record<Column, readonly [string, ...string[]]>;

const headingKey = (text: string) => nameKey(text).replace(/[^a-z0-9ก-๛]/g, '');

/** By which heading each column is found, its own name included. */
export function headingsByKey<Column extends string>(columns: readonly Column[], headings: Headings<Column>): ReadonlyMap<string, Column> {
  return new Map(columns.flatMap((column) => [column, ...headings[column]].map((word) => [headingKey(word), column] as const)));
}

/** The column that a heading names; null when it is none of them. */
export function columnNamed<Column extends string>(byKey: ReadonlyMap<string, Column>, heading: string): Column | null {
  return byKey.get(headingKey(heading)) ?? null;
}
