// Between the flat fields of a page and staff data (R5.1, R5.2).
import { STAFF_FIELDS, type StaffField } from '../domain/staff';
import type { StaffView } from '../queries/roster-queries';
import { dateFields, readDate } from './thai-date-fields';

const STAFF_DATES = ['birthDate', 'standingDate', 'appointedDate'] as const satisfies readonly StaffField[];
/** Each is three fields on the page. */
export const ROSTER_DATES = [...STAFF_DATES, 'on', 'order.date', 'effectiveOn'] as const;

const isDate = (field: StaffField) => STAFF_DATES.some((name) => name === field);

/** The fields of a page that show a person's data. */
export function fieldsOf(person: StaffView): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const field of STAFF_FIELDS) Object.assign(fields, isDate(field) ? dateFields(field, person[field] ?? '') : { [field]: person[field] ?? '' });
  return fields;
}

/** The data that a page's fields say, to be parsed like any other; a blank is nothing. */
export function staffDataOf(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(STAFF_FIELDS.map((field) => [field, isDate(field) ? readDate(field, fields) : (fields[field] ?? '')]));
}
