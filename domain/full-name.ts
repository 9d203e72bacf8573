// A person's whole name as one text. By it an officer who types a registration in, or approves it, is known not to be its registrant
// (R2.6), however the names were typed (X5).
import { nameKey } from './thai-text';

/** A name as forms ask for it. */
export interface NameParts {
  title: string;
  firstName: string;
  lastName: string;
}

/** `นางสาวมาลี ดีงาม`: the title stands before the first name without a space. */
export function fullName({ title, firstName, lastName }: NameParts): string {
  return `${title}${firstName} ${lastName}`;
}

/** What stands before names; longer ones first, since some begin with others. */
const TITLES = ['ว่าที่ร้อยตรี', 'ว่าที่ร.ต.', 'นางสาว', 'น.ส.', 'นาง', 'นาย', 'ดร.', 'ผศ.', 'รศ.', 'mrs.', 'miss', 'mr.', 'ms.', 'dr.'].map((title) =>
  nameKey(title),
);

/** The name as it is, and without each title that stands before it. */
function withoutTitles(key: string): string[] {
  const title = TITLES.find((known) => key.startsWith(known) && key.length > known.length);
  return title === undefined ? [key] : [key, ...withoutTitles(key.slice(title.length))];
}

/**
 * Whether a name with or without a title is a person's: an officer's account holds one text, a registrant three.
 * @param fullName such as `นางสาวมาลี ดีงาม`
 */
export function isNameOf(fullName: string, { title, firstName, lastName }: NameParts): boolean {
  const names = new Set([nameKey(firstName, lastName), nameKey(title, firstName, lastName)].flatMap(withoutTitles));
  return withoutTitles(nameKey(fullName)).some((name) => names.has(name));
}
