// Between the flat fields of the correction page and a submission.
import type { RegistrationView } from '../queries/queries';

/** Sent even when blank: the submission cannot be without them, and their absence is told at the field. */
const NEEDED = [
  'capacity',
  'emailKind',
  'registrant.nationalId',
  'registrant.title',
  'registrant.firstName',
  'registrant.lastName',
  'registrant.position',
  'registrant.homeSchoolCode',
  'registrant.email',
  'registrant.phone',
] as const;

/** Sent where filled in; groups of which nothing is filled in are absent. */
const OPTIONAL = [
  'actingOrder.number',
  'actingOrder.date',
  'delegation.delegator.title',
  'delegation.delegator.firstName',
  'delegation.delegator.lastName',
  'delegation.delegator.position',
  'delegation.delegator.homeSchoolCode',
  'delegation.delegator.actingOrder.number',
  'delegation.delegator.actingOrder.date',
  'delegation.evidence.documentNumber',
  'delegation.evidence.date',
] as const;

/** The fields as the registration has them; the national ID is typed anew, since nobody is shown it. */
export function correctionOf(view: RegistrationView): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name of [...NEEDED, ...OPTIONAL]) fields[name] = textAt(view, name);
  return { ...fields, 'registrant.nationalId': '' };
}

function textAt(view: unknown, name: string): string {
  const found = name.split('.').reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), view);
  return typeof found === 'string' ? found : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The submission that the fields say, to be parsed like any other. */
export function submissionOf(schoolCode: string, fields: Record<string, string>, fileId: string | undefined): Record<string, unknown> {
  const submission: Record<string, unknown> = { schoolCode };
  for (const name of NEEDED) put(submission, name, fields[name] ?? '');
  for (const name of OPTIONAL) {
    const value = fields[name]?.trim();
    if (value) put(submission, name, value);
  }
  if (fileId !== undefined) put(submission, 'delegation.evidence.fileId', fileId);
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
