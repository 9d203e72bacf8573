// Passwords (R4.3): length and not a common one; no composition rules.
import { COMMON_PASSWORDS } from './common-passwords';

export type PasswordProblem = 'TOO_SHORT' | 'TOO_LONG' | 'COMMON';

const SHORTEST = 8;
const LONGEST = 128;
const RUNS = ['0123456789', '1234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'กขฃคฅฆงจฉชซฌญฎฏฐ', 'ๆไำพะัีรนยบล'];

/** What is wrong with a password, or null. Characters count as people see them typed: code points after NFC. */
export function passwordProblem(password: string): PasswordProblem | null {
  const text = password.normalize('NFC');
  const { length } = [...text];
  if (length < SHORTEST) return 'TOO_SHORT';
  if (length > LONGEST) return 'TOO_LONG';
  return isCommon(text.toLowerCase()) ? 'COMMON' : null;
}

/** In the list, one character or a short group over and over, or a run of the alphabet or the keyboard. */
function isCommon(text: string): boolean {
  if (COMMON_PASSWORDS.has(text) || /^(.{1,4})\1+$/u.test(text)) return true;
  const backwards = [...text].reverse().join('');
  return RUNS.some((run) => (run + run).includes(text) || (run + run).includes(backwards));
}
