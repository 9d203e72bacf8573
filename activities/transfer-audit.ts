import type { Form, Prisma, Transfer } from '../prisma/generated/client';
import { type Actor, appendAudit } from './audit';
import type { Transaction } from './dependencies';

/** What happened to a transfer: asked by a form, or by the facts and the clock. */
export interface TransferFact {
  action: string;
  form: Form | null;
  before?: Prisma.InputJsonObject;
  after: Prisma.InputJsonObject;
}

const actorOf = (form: Form | null): Actor => (form?.actorId ? { kind: 'ACCOUNT', id: form.actorId } : { kind: 'SYSTEM' });

/** Appends to the audit of a transfer: it is the receiving school's case, before the holding school's district. */
export function auditTransfer(tx: Transaction, row: Transfer, { form, ...fact }: TransferFact): Promise<void> {
  return appendAudit(tx, row.id, {
    ...fact,
    actor: actorOf(form),
    onBehalfOf: form?.onBehalfOf,
    formId: form?.id ?? null,
    schoolCode: row.toSchoolCode,
    districtCode: row.fromDistrictCode,
  });
}

/** Appends to the audit of the person whose record moved: whoever it belongs to from then on. */
export function auditPerson(tx: Transaction, row: Transfer, { form, ...fact }: TransferFact): Promise<void> {
  return appendAudit(tx, `person/${row.personId}`, {
    ...fact,
    actor: actorOf(form),
    onBehalfOf: form?.onBehalfOf,
    formId: form?.id ?? null,
    schoolCode: row.toSchoolCode,
    districtCode: row.toDistrictCode,
  });
}
