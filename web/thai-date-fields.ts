// A date as people type it, day, month and year of the Buddhist era, and as it is stored (X6).
import { BUDDHIST_ERA, commonYear } from '../domain/buddhist-era';
import { arabicDigits } from '../domain/thai-text';
import { DATE_PARTS } from './form-texts';

/** The three fields that stand for a stored date; blank ones for none. */
export function dateFields(name: string, iso: string): Record<string, string> {
  const [year, month, day] = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? iso.split('-').map(Number) : [];
  const values = { day, month, year: year === undefined ? undefined : year + BUDDHIST_ERA };
  return Object.fromEntries(DATE_PARTS.map((part) => [`${name}-${part.name}`, String(values[part.name] ?? '')]));
}

/**
 * The date that three fields say, as `YYYY-MM-DD` (X6); Thai digits and a year of the common era are understood too.
 * @returns blank when all three are; as typed, which is no date, when they cannot be read
 */
export function readDate(name: string, fields: Record<string, string>): string {
  const [day = '', month = '', year = ''] = DATE_PARTS.map((part) => arabicDigits(fields[`${name}-${part.name}`] ?? '').trim());
  if (day + month + year === '') return '';
  if (![day, month, year].every((part) => /^\d+$/.test(part)) || year.length !== 4) return `${day}/${month}/${year}`;
  return `${commonYear(Number(year))}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
