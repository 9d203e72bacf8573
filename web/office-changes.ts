// What changed between two revisions, in the words of the pages (R3.1, STALE_REVISION).
import { isIsoDate } from '../domain/iso-date';
import { thaiDate } from '../domain/thai-text';
import type { Change } from '../queries/queries';
import { LABELS } from './form-texts';
import { CAPACITY_CHOICES, EMAIL_KIND_CHOICES, POSITION_CHOICES } from './texts';

export interface ToldChange {
  /** `Thai / English`. */
  label: string;
  before: string;
  after: string;
}

const CHOICES = new Map([...CAPACITY_CHOICES, ...POSITION_CHOICES].map(({ value, th }) => [value, th]));
const EMAIL_KINDS = new Map(EMAIL_KIND_CHOICES.map(({ value, th }) => [value, th]));
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
  // DELEGATE is a capacity, and a kind of address too.
  const choices = field === 'emailKind' ? EMAIL_KINDS : CHOICES;
  return choices.get(value) ?? value;
}
