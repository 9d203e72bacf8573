// A date as people write it in a sheet, and as a sheet shows it to them (X6).
import { BUDDHIST_ERA, commonYear } from './buddhist-era';
import { DAY_MS } from './days';
import { isIsoDate } from './iso-date';
import { arabicDigits, nameKey, normaliseText } from './thai-text';

const MONTHS: readonly (readonly [string, string])[] = [
  ['มกราคม', 'ม.ค.'],
  ['กุมภาพันธ์', 'ก.พ.'],
  ['มีนาคม', 'มี.ค.'],
  ['เมษายน', 'เม.ย.'],
  ['พฤษภาคม', 'พ.ค.'],
  ['มิถุนายน', 'มิ.ย.'],
  ['กรกฎาคม', 'ก.ค.'],
  ['สิงหาคม', 'ส.ค.'],
  ['กันยายน', 'ก.ย.'],
  ['ตุลาคม', 'ต.ค.'],
  ['พฤศจิกายน', 'พ.ย.'],
  ['ธันวาคม', 'ธ.ค.'],
];
const MONTH_BY_KEY = new Map(MONTHS.flatMap((names, index) => names.map((name) => [monthKey(name), index + 1] as const)));

function monthKey(word: string): string {
  return nameKey(word).replaceAll('.', '');
}

/** The day number of Excel counts from here: 1 is 1900-01-01, and it holds 1900 for a leap year. */
const SERIAL_ZERO_MS = Date.UTC(1899, 11, 30);

/**
 * `YYYY-MM-DD` of the common era from a date as it may stand in a sheet: ISO, day-month-year with slashes, dashes or dots,
 * with the name of the month, or as the bare day number of a spreadsheet; years of the Buddhist era and Thai digits are understood (X6).
 * @returns null when it is no date; a year of two digits is none
 */
export function parseWrittenDate(raw: string): string | null {
  const text = arabicDigits(normaliseText(raw));
  const parts = isoParts(text) ?? dayFirstParts(text) ?? namedParts(text) ?? serialParts(text);
  if (!parts) return null;
  const [year, month, day] = parts;
  const iso = `${String(commonYear(year)).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isIsoDate(iso) ? iso : null;
}

/** Year, month, day. */
type Parts = readonly [number, number, number];

function isoParts(text: string): Parts | null {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  return day === undefined ? null : [Number(year), Number(month), Number(day)];
}

function dayFirstParts(text: string): Parts | null {
  const [, day, month, year] = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})$/.exec(text) ?? [];
  return year === undefined ? null : [Number(year), Number(month), Number(day)];
}

function namedParts(text: string): Parts | null {
  const [, day, word = '', year] = /^(\d{1,2})\s*([ก-๛.]+)\s*(?:พ\.?ศ\.?\s*)?(\d{4})$/.exec(text) ?? [];
  const month = MONTH_BY_KEY.get(monthKey(word));
  return year === undefined || month === undefined ? null : [Number(year), month, Number(day)];
}

function serialParts(text: string): Parts | null {
  if (!/^\d{5,6}$/.test(text)) return null;
  const date = new Date(SERIAL_ZERO_MS + Number(text) * DAY_MS);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

/**
 * `16/05/2567`: a date for a sheet, in the Buddhist era (X6). Read back it is the same date, whatever a spreadsheet took it for.
 * @param iso `YYYY-MM-DD`
 */
export function sheetDate(iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  return `${day}/${month}/${Number(year) + BUDDHIST_ERA}`;
}
