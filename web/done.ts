// What was just done, told once on the page that comes back; a second tap did it before.
import type { RefusalCode } from '../domain/refusal';
import type { Words } from '../domain/words';
import type { RefusalOf } from './failure';
import { textOf } from './query-text';

/** The words of an address's `?done=`; undefined for what the page has no words for, whatever somebody typed there. */
export function doneWords(words: Record<string, Words>, done: unknown): Words | undefined {
  const name = textOf(done);
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

/**
 * Does what a form asks for, where a second tap may find it done.
 * @param code the refusal that says so
 * @throws every other failure
 */
export async function doneBefore(refusalOf: RefusalOf, code: RefusalCode, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (failure) {
    if (refusalOf(failure)?.code !== code) throw failure;
  }
}
