// E-mail addresses and telephone numbers as schools write them (R2.1).
import { arabicDigits, normaliseText } from './thai-text';

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/;
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
/** No address literal and no bare number: `10.0.0.1` is not where a school gets mail. */
const TOP_LABEL = /^([A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59})$/i;

function isDomain(text: string): boolean {
  const labels = text.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && TOP_LABEL.test(labels.at(-1) ?? '');
}

/**
 * An address in the form mail servers take everywhere (the dot-atom form of RFC 5321, at most 254 characters), or null
 * (R2.1). Spaces around it and invisible characters that come with copying are dropped; line breaks and other control
 * characters inside it never are: they would write mail headers. Keeps the case.
 */
export function parseEmail(raw: string): string | null {
  if (/\p{Cc}/u.test(raw.trim())) return null;
  const text = normaliseText(raw);
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const plausible = at > 0 && text.length <= 254 && LOCAL.test(local) && !/^\.|\.\.|\.$/.test(local);
  return plausible && isDomain(text.slice(at + 1)) ? text : null;
}

/** By which addresses compare: without case. */
export function emailKey(email: string): string {
  return normaliseText(email).toLowerCase();
}

/** Whether an address is the one that is on file. */
export function isSameAddress(email: string, onFile: { emailKey: string }): boolean {
  return emailKey(email) === onFile.emailKey;
}

const PHONE = /^(\+?[\d\s().-]{6,30}?)(\s*(ต่อ|ext\.?|x|#|,|-)\s*[\d\s,-]{1,12})?$/i;

/**
 * A telephone number with spaces, dashes, brackets, an extension (`ต่อ 12`) or Thai digits, 6 to 40 characters and at least
 * six digits before the extension; null when it is none (R2.1).
 * @returns as written, with Arabic digits, plain spaces and plain dashes
 */
export function parsePhone(raw: string): string | null {
  const text = arabicDigits(normaliseText(raw)).replace(/\p{Pd}/gu, '-');
  if (text.length > 40 || !PHONE.test(text)) return null;
  const [number = ''] = text.split(/ต่อ|ext|x|#|,/i);
  return number.replace(/\D/g, '').length >= 6 ? text : null;
}
