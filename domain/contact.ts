// E-mail addresses and telephone numbers as schools write them.
import { arabicDigits, normaliseText } from './thai-text';

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/;
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/**
 * An address in the form mail servers take everywhere (the dot-atom form of RFC 5321, at most 254 characters), or null.
 * Invisible characters that come with copying are dropped.
 */
export function parseEmail(raw: string): string | null {
  const text = normaliseText(raw);
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const labels = text.slice(at + 1).split('.');
  const plausible = at > 0 && text.length <= 254 && LOCAL.test(local) && !/^\.|\.\.|\.$/.test(local);
  return plausible && labels.length > 1 && labels.every((label) => LABEL.test(label)) ? text : null;
}

/** By which addresses compare: without case (CONTRACT.md). */
export function emailKey(email: string): string {
  return normaliseText(email).toLowerCase();
}

/** A telephone number with spaces, dashes, brackets, an extension (`ต่อ 12`) or Thai digits; null when it is none. */
export function parsePhone(raw: string): string | null {
  const text = arabicDigits(normaliseText(raw));
  if (!/^\+?[\d\s().-]{6,30}(\s*(ต่อ|ext\.?|x|#|,|-)\s*[\d\s,-]{1,12})?$/i.test(text)) return null;
  return text.replace(/\D/g, '').length >= 6 ? text : null;
}
