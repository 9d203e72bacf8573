// Thai text: typed in many ways, compared in one (X5); dates in the Buddhist era (X6).

const THAI_ZERO = '๐'.charCodeAt(0);
/** Zero-width spaces and joiners, direction marks, word joiner, soft hyphen, byte-order mark. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g;

/** Thai digits as Arabic ones; everything else as it is. */
export function arabicDigits(text: string): string {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO));
}

/**
 * One spelling for what looks the same (X5): NFC; ํ+า as ำ, also with a tone mark between, which then precedes it;
 * two เ as แ; no invisible characters; one plain space between words, none around.
 */
export function normaliseText(text: string): string {
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/ํ([่-๋]?)า/g, '$1ำ')
    .replace(/([่-๋])ํา/g, '$1ำ')
    .replace(/เเ/g, 'แ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** By which names compare equal however they were typed (X5): normalised, without case and spaces. */
export function nameKey(...parts: string[]): string {
  return normaliseText(parts.map(normaliseText).join('')).replace(/ /g, '').toLowerCase();
}

const collator = new Intl.Collator('th');

/** Order of a Thai dictionary (X6). */
export function compareThai(one: string, other: string): number {
  return collator.compare(one, other);
}

const ZONE = 'Asia/Bangkok';
const thaiDates = new Intl.DateTimeFormat('th-TH-u-ca-buddhist-nu-latn', { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' });
const englishDates = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' });
const times = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** `24 พฤศจิกายน 2569`: the date in Bangkok, in the Buddhist era (X6). */
export function thaiDate(instant: Date): string {
  const parts = new Map(thaiDates.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.get('day')} ${parts.get('month')} ${parts.get('year')}`;
}

/** `24 November 2026`: the date in Bangkok. */
export function englishDate(instant: Date): string {
  return englishDates.format(instant);
}

/** `14:05`: the time in Bangkok. */
export function thaiTime(instant: Date): string {
  return times.format(instant);
}
