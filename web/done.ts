// What was just done, told once on the page that comes back.
import { textOf } from './query-text';
import type { Words } from './texts';

/** The words of an address's `?done=`; undefined for what the page has no words for, whatever somebody typed there. */
export function doneWords(words: Record<string, Words>, done: unknown): Words | undefined {
  const name = textOf(done);
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
