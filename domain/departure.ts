// How a posting ended, as far as an open transfer depends on it (R5.3d, R5.4).
import { normaliseText } from './thai-text';

/** MOVED_ON: released for whatever comes next; the others need no place at another school any more. */
export type Departure = 'MOVED_ON' | 'RETIRED' | 'DIED';

/** The words with which such a reason begins; reasons are free text (R5.4), and one that only mentions a death is none. */
const BEGINS: readonly (readonly [Exclude<Departure, 'MOVED_ON'>, RegExp])[] = [
  ['DIED', /^(ถึงแก่กรรม|ถึงแก่อนิจกรรม|เสียชีวิต|ตาย(?!ตัว)|died\b|dead\b|deceased\b|death\b)/i],
  ['RETIRED', /^(เกษียณ|retired\b|retirement\b)/i],
];

/**
 * What a reason for removal says of the person: that they died or retired where it begins with such a word, otherwise that
 * they moved on, which is the holding school's consent (R5.3d).
 */
export function departureOf(reason: string): Departure {
  const text = normaliseText(reason);
  return BEGINS.find(([, words]) => words.test(text))?.[0] ?? 'MOVED_ON';
}
