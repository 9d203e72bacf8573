// Looking a person up by the national ID before adding or claiming (R5.3a-R5.3c): what the answer shows, and whether what
// follows may cite it.
import { normaliseText } from './thai-text';

export type LookupFound = 'NONE' | 'HERE' | 'ELSEWHERE' | 'UNPOSTED';

/** Three wrong names void a look-up (R5.3c). */
export const MOST_WRONG_NAMES = 3;
/** A look-up is good for a day: what it found gets old. */
export const LOOKUP_VALID_MS = 24 * 3_600_000;

/** A look-up as far as its use depends on it. */
export interface Lookup {
  accountId: string;
  schoolCode: string;
  nationalIdHash: string;
  wrongNames: number;
  usedAt: Date | null;
  createdAt: Date;
}

/** By whom a look-up is cited, and for which national ID. */
export type Cited = Pick<Lookup, 'accountId' | 'schoolCode' | 'nationalIdHash'>;

/** Of another account or school; of another national ID; used already; void after wrong names; a day old. */
export type LookupLack = 'FOREIGN' | 'OTHER_ID' | 'USED' | 'VOID' | 'OLD';

/** What a look-up lacks where it is cited (R5.3a, R5.3c), in the order in which it is told; nothing where it is good for something new. */
export function lookupLacks(lookup: Lookup, cited: Cited, now: Date): LookupLack[] {
  const lacks: [LookupLack, boolean][] = [
    ['FOREIGN', lookup.accountId !== cited.accountId || lookup.schoolCode !== cited.schoolCode],
    ['OTHER_ID', lookup.nationalIdHash !== cited.nationalIdHash],
    ['USED', lookup.usedAt !== null],
    ['VOID', lookup.wrongNames >= MOST_WRONG_NAMES],
    ['OLD', now.getTime() - lookup.createdAt.getTime() >= LOOKUP_VALID_MS],
  ];
  return lacks.flatMap(([lack, isSo]) => (isSo ? [lack] : []));
}

/**
 * Whether somebody may cite a look-up for a person: their own, for their school, of this national ID (R5.3a), neither void nor a day
 * old. One that was used already tells why a repeat is refused, and does no more.
 */
export function mayCite(lookup: Lookup, cited: Cited, now: Date): boolean {
  return lookupLacks(lookup, cited, now).every((lack) => lack === 'USED');
}

/** Whether whose it is may cite a look-up, for the national ID that was looked up. */
export function isCitable(lookup: Lookup, now: Date): boolean {
  return mayCite(lookup, lookup, now);
}

/** Whether a look-up is good for something new: citable, and not used yet. */
export function isFresh(lookup: Lookup, now: Date): boolean {
  return lookupLacks(lookup, lookup, now).length === 0;
}

/**
 * Where a person is, seen from a school (R5.3).
 * @param person null where the database has none
 */
export function whereFound(person: { schoolCode: string | null } | null, schoolCode: string): LookupFound {
  if (person === null) return 'NONE';
  if (person.schoolCode === null) return 'UNPOSTED';
  return person.schoolCode === schoolCode ? 'HERE' : 'ELSEWHERE';
}

/** Why a person who was found cannot be added: on this roster already (R5.2), or to be asked for by a transfer (R5.3c, R5.3e). */
export function refuseAdding(found: LookupFound): 'ALREADY_ON_ROSTER' | 'MUST_TRANSFER' | null {
  if (found === 'NONE') return null;
  return found === 'HERE' ? 'ALREADY_ON_ROSTER' : 'MUST_TRANSFER';
}

const letters = new Intl.Segmenter('th', { granularity: 'grapheme' });
/** Of a shorter name one letter would tell too much. */
const FEWEST_LETTERS = 3;

/** `ก*** ท***`: the first letter of each name with its marks; of a short name, as แม or Jo, none. How much is hidden is not told (R5.3c). */
export function maskName(firstName: string, lastName: string): string {
  return [firstName, lastName].map((name) => `${firstLetter(name)}***`).join(' ');
}

/** A vowel that is written before its consonant (เ แ โ ใ ไ) is a letter of its own. */
function firstLetter(name: string): string {
  const [first = '', ...others] = [...letters.segment(normaliseText(name))].map(({ segment }) => segment);
  return others.length + 1 < FEWEST_LETTERS ? '' : first;
}
