/** What somebody types to find something is no longer. */
export const LONGEST_QUERY = 200;

/** A single text of an address's query; blank where there is none, or more than one. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
