// Passwords (R4.3): length and not a common one; no composition rules.
import { COMMON_PASSWORDS } from './common-passwords';

export type PasswordProblem = 'TOO_SHORT' | 'TOO_LONG' | 'COMMON';

const SHORTEST = 8;
const LONGEST = 128;
/** Nobody guesses how often something longer repeats. */
const LONGEST_PATTERN = 20;
/** Alphabets and the rows of the Latin and Thai (Kedmanee) keyboards, as fingers run along them. */
const RUNS = [
  '0123456789',
  '1234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ',
  'กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศษสหอฮ',
  'ๅ/-ภถุึคตจขช',
  'ๆไำพะัีรนยบล',
  'ฟหกดเ้่าสวง',
  'ผปแอิืทมใฝ',
  '๑๒๓๔๕๖๗๘๙๐',
].map((run) => run.normalize('NFC'));
/** Round and round, in both directions. */
const LAPS = RUNS.flatMap((run) => [run, [...run].reverse().join('')]).map((run) => run.repeat(Math.ceil(LONGEST_PATTERN / run.length) + 1));

/** In the list, or a pattern that fingers find: one character or a short group over and over, a run of the alphabet or the keyboard. */
function isCommon(text: string): boolean {
  return COMMON_PASSWORDS.has(text) || ([...text].length <= LONGEST_PATTERN && isPattern(text));
}

function isPattern(text: string): boolean {
  return /^(.{1,4})\1+$/su.test(text) || LAPS.some((lap) => lap.includes(text));
}

/** Zero-width characters and others that nobody sees (https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point). */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * What is wrong with a password (R4.3), or null. 8 to 128 characters (code points after NFC), of which 8 can be seen, and not a
 * common one in any case of its letters.
 */
export function passwordProblem(password: string): PasswordProblem | null {
  const text = password.normalize('NFC');
  const seen = text.replace(UNSEEN, '');
  if ([...seen].length < SHORTEST) return 'TOO_SHORT';
  if ([...text].length > LONGEST) return 'TOO_LONG';
  return isCommon(seen.toLowerCase()) ? 'COMMON' : null;
}
