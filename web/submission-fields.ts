// Between the flat fields of a page and a submission: registering (R1) and correcting (R3.4) have the same ones.
import { CAPACITIES } from '../domain/submission';
import type { RegistrationView } from '../queries/queries';
import { dateFields, readDate } from './thai-date-fields';

/** Sent even when blank: their absence is told at the field, an address's with guidance (R2.2). */
const NEEDED = [
  'registrant.nationalId',
  'registrant.title',
  'registrant.firstName',
  'registrant.lastName',
  'registrant.homeSchoolCode',
  'registrant.email',
  'registrant.phone',
] as const;

/** The same for a delegate: each blank field is told, instead of one complaint about them all (R1.2). */
const NEEDED_OF_DELEGATE = [
  'delegation.delegator.title',
  'delegation.delegator.firstName',
  'delegation.delegator.lastName',
  'delegation.delegator.homeSchoolCode',
] as const;

/** Sent where filled in or chosen; groups of which nothing is filled in are absent. */
const OPTIONAL = [
  'capacity',
  'emailKind',
  'registrant.position',
  'actingOrder.number',
  'delegation.delegator.position',
  'delegation.delegator.actingOrder.number',
  'delegation.evidence.documentNumber',
] as const;

/** Each is three fields on the page. */
export const DATES = ['actingOrder.date', 'delegation.delegator.actingOrder.date', 'delegation.evidence.date'] as const;

/** Parts that belong to one capacity. A page without script shows them always; the others are not sent, as the page says. */
const PART_OF: Record<string, (typeof CAPACITIES)[number]> = { actingOrder: 'ACTING_DIRECTOR', delegation: 'DELEGATE' };

/** The page's fields as the registration has them; the national ID is typed anew, since nobody is shown it (X4). */
export function correctionOf(view: RegistrationView): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name of [...NEEDED, ...NEEDED_OF_DELEGATE, ...OPTIONAL]) fields[name] = textAt(view, name);
  for (const name of DATES) Object.assign(fields, dateFields(name, textAt(view, name)));
  return { ...fields, 'registrant.nationalId': '' };
}

function textAt(view: unknown, name: string): string {
  const found = name.split('.').reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), view);
  return typeof found === 'string' ? found : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Whether the part of this name (`delegation`) applies to the chosen capacity; while none is chosen, every part may. */
export function applies(name: string, { capacity = '' }: Record<string, string>): boolean {
  const needed = PART_OF[name.split('.')[0] ?? ''];
  return needed === undefined || needed === capacity || !CAPACITIES.some((known) => known === capacity);
}

/** The submission that the fields say, to be parsed like any other (R2.5). */
export function submissionOf(schoolCode: string, fields: Record<string, string>, fileId: string | undefined): Record<string, unknown> {
  const submission: Record<string, unknown> = { schoolCode };
  const putGiven = (name: string, value: string) => {
    if (value !== '' && applies(name, fields)) put(submission, name, value);
  };
  const needed = fields['capacity'] === 'DELEGATE' ? [...NEEDED, ...NEEDED_OF_DELEGATE] : NEEDED;
  for (const name of needed) put(submission, name, fields[name] ?? '');
  for (const name of OPTIONAL) putGiven(name, fields[name]?.trim() ?? '');
  for (const name of DATES) putGiven(name, readDate(name, fields));
  putGiven('delegation.evidence.fileId', fileId ?? '');
  return submission;
}

function put(target: Record<string, unknown>, name: string, value: string): void {
  const keys = name.split('.');
  const last = keys.pop() ?? name;
  let part = target;
  for (const key of keys) {
    const next = part[key];
    const inner = isRecord(next) ? next : {};
    part[key] = inner;
    part = inner;
  }
  part[last] = value;
}
