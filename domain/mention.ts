// Whether a free text speaks of somebody (X7), compared as names are (X5).
import { arabicDigits, nameKey, normaliseText } from './thai-text';

/** Who may be spoken of. */
export interface Named {
  firstName: string;
  lastName: string;
  /** 13 Arabic digits. */
  nationalId: string;
}

/** Shorter names are found within other words: alone they say nothing. */
const LEAST_LETTERS = 4;

/**
 * Whether a text holds the national ID, in Thai or Arabic digits with dashes or spaces; first and last name side by side; or
 * one of them alone that is long enough not to be a part of other words. An erasure takes a text too many rather than one too few.
 */
export function speaksOf(text: string, people: readonly Named[]): boolean {
  const words = nameKey(text);
  const digits = arabicDigits(normaliseText(text)).replace(/[ \p{Pd}−]/gu, '');
  return people.some(({ firstName, lastName, nationalId }) => {
    const alone = [nameKey(firstName), nameKey(lastName)].filter((name) => name.length >= LEAST_LETTERS);
    const names = [nameKey(firstName, lastName), ...alone].filter((name) => name !== '');
    return names.some((name) => words.includes(name)) || (nationalId !== '' && digits.includes(nationalId));
  });
}
