// What changed between two revisions of a registration (R3.1), or of a person's data, in the words of the pages (STALE_REVISION).
import { isIsoDate } from '../domain/iso-date';
import { thaiDate } from '../domain/thai-text';
import type { Change } from '../queries/queries';
import { LABELS } from './form-texts';
import { STAFF_POSITION_CHOICES } from './roster-texts';
import { CAPACITY_CHOICES, EMAIL_KIND_CHOICES, POSITION_CHOICES } from './texts';

export interface ToldChange {
  /** `Thai / English`. */
  label: string;
  before: string;
  after: string;
}

/** What one chooses among, by the field's path. */
const CHOICES: Record<string, readonly { value: string; th: string }[]> = {
  capacity: CAPACITY_CHOICES,
  emailKind: EMAIL_KIND_CHOICES,
  'registrant.position': POSITION_CHOICES,
  'delegation.delegator.position': POSITION_CHOICES,
  // Of a person on a roster.
  position: STAFF_POSITION_CHOICES,
};
const NOTHING = '–';

/** Each with the label of its field. */
export function toldChanges(changes: readonly Change[]): ToldChange[] {
  return changes.map(({ path, before, after }) => {
    const field = path === 'delegation.evidence.fileId' ? 'evidence' : path;
    return { label: LABELS[field] ?? path, before: told(field, before), after: told(field, after) };
  });
}

function told(field: string, value: string | null): string {
  if (value === null) return NOTHING;
  if (field === 'evidence') return 'แนบไฟล์แล้ว';
  if (isIsoDate(value)) return thaiDate(new Date(value));
  return CHOICES[field]?.find((choice) => choice.value === value)?.th ?? value;
}
