// Which letter each purpose of a mail has.
import { DIGEST_PURPOSES } from '../mail/digest-mails';
import { PASSWORD_PURPOSES } from '../mail/password-mails';
import { REGISTRATION_PURPOSES } from '../mail/registration-mails';
import { TRANSFER_PURPOSES } from '../mail/transfer-mails';
import { digestLetter, passwordLetter, revocationLetter } from './account-letters';
import type { WriteLetter } from './letter';
import { registrationLetter } from './registration-letters';
import { transferLetter } from './transfer-letters';

/** The writers by the purpose that stands in the mail's row and in its header `X-DPA-Purpose`. */
export const LETTERS: ReadonlyMap<string, WriteLetter> = new Map<string, WriteLetter>([
  ...REGISTRATION_PURPOSES.map((purpose) => [purpose, registrationLetter(purpose)] as const),
  ...DIGEST_PURPOSES.map((purpose) => [purpose, digestLetter(purpose)] as const),
  ['administrator-revoked', revocationLetter],
  ...PASSWORD_PURPOSES.map((purpose) => [purpose, passwordLetter(purpose)] as const),
  ...TRANSFER_PURPOSES.map((purpose) => [purpose, transferLetter(purpose)] as const),
]);
