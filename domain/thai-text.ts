// Thai text: typed in many ways, compared in one (X5); dates in the Buddhist era (X6).

const THAI_ZERO = '๐'.charCodeAt(0);
/** Zero-width spaces and joiners, direction marks, soft hyphen, byte-order mark, variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** JavaScript's white space and the next-line control. */
const SPACES = /[\s\u0085]+/g;
/** Control characters and halves of surrogate pairs: no text for people, and PostgreSQL refuses some of them. */
const CONTROLS = /[\p{Cc}\p{Cs}]/gu;
/** Vowels above and below a consonant, tone marks and other signs above those. */
const MARKS = /(?<=[ก-ฮ])[ัิ-ฺ็่-์]+/g;
/** ำ in two halves, with a tone mark between them; behind foreign characters marks stay as NFC orders them. */
const SPLIT_AM = /(?<![^ก-๛ ])ํ([่-๋]*)า/g;
const AM_AND_TONES = /(?<=[ก-ฮ])[ำ่-๋]+/g;
const VOWELS = /[ัิ-ฺ็]/g;
const SIGNS = /[่-์]/g;

/** Thai digits as Arabic ones; everything else as it is (R5.3a). */
export function arabicDigits(text: string): string {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO));
}

/** A tone typed before its vowel looks the same as one typed after it, and NFC leaves most such pairs alone. */
function orderMarks(marks: string): string {
  return marks.replace(SIGNS, '') + marks.replace(VOWELS, '');
}

/** The tone mark stands on the consonant, ำ follows. */
function tonesFirst(run: string): string {
  return run.replaceAll('ำ', '') + run.replace(/[^ำ]/g, '');
}

/**
 * One spelling for what looks the same (X5): NFC; vowel before tone mark; ํ+า as ำ, which a tone mark precedes wherever it
 * was typed; two เ as แ; no invisible or control characters; one plain space between words, none around. Idempotent.
 */
export function normaliseText(text: string): string {
  let spelled = respell(text);
  // What one pass brought together may be a pair for the next; two passes are the most that was ever needed.
  for (let pass = 1; pass < MOST_PASSES && respell(spelled) !== spelled; pass += 1) spelled = respell(spelled);
  return spelled;
}

const MOST_PASSES = 5;

function respell(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(CONTROLS, '')
    .normalize('NFC')
    .replace(MARKS, orderMarks)
    .replace(SPLIT_AM, '$1ำ')
    .replace(/ํา/g, 'ำ')
    .replace(AM_AND_TONES, tonesFirst)
    .replace(/เเ/g, 'แ')
    .normalize('NFC')
    .replace(/ +/g, ' ')
    .trim();
}

/**
 * By which names compare equal however they were typed (X5): normalised, without case and spaces.
 * @param parts such as first and last name; how they are divided does not count
 */
export function nameKey(...parts: string[]): string {
  const unspaced = normaliseText(parts.join(' ')).replaceAll(' ', '');
  // Once more: letters that a space kept apart, such as the two halves of แ, now meet.
  return normaliseText(unspaced.toLowerCase());
}

/** Something to see: spaces and invisible characters say nothing. */
const VISIBLE = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

/** Whether a text holds anything that people can see: a reason or an explanation has to. */
export function isVisible(text: string | undefined): boolean {
  return text !== undefined && VISIBLE.test(text);
}

const ZONE = 'Asia/Bangkok';
const thaiDates = new Intl.DateTimeFormat('th-TH-u-ca-buddhist-nu-latn', { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' });
const englishDates = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' });
const shortThaiDates = new Intl.DateTimeFormat('th-TH-u-ca-buddhist-nu-latn', { timeZone: ZONE, day: 'numeric', month: 'short', year: '2-digit' });
const times = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/**
 * `24 พฤศจิกายน 2569`: the date in Bangkok, in the Buddhist era (X6).
 * @throws RangeError for an invalid date
 */
export function thaiDate(instant: Date): string {
  return dayMonthYear(thaiDates, instant);
}

/**
 * `24 พ.ย. 69`: the same, for tables (X6).
 * @throws RangeError for an invalid date
 */
export function shortThaiDate(instant: Date): string {
  return dayMonthYear(shortThaiDates, instant);
}

/** Without the name of the era, which everybody knows. */
function dayMonthYear(format: Intl.DateTimeFormat, instant: Date): string {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.get('day')} ${parts.get('month')} ${parts.get('year')}`;
}

/**
 * `24 November 2026`: the date in Bangkok (X6).
 * @throws RangeError for an invalid date
 */
export function englishDate(instant: Date): string {
  return englishDates.format(instant);
}

/**
 * `14:05`: the time in Bangkok, 00:00 to 23:59 (X6).
 * @throws RangeError for an invalid date
 */
export function thaiTime(instant: Date): string {
  return times.format(instant);
}
