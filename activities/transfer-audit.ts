import { type Actor, appendAudit, SUBJECT } from '../prisma/audit';
import type { Form, Prisma, Transfer } from '../prisma/generated/client';
import type { Transaction } from './dependencies';

/** What happened to a transfer: asked by a form, or by the facts and the clock. */
export interface TransferFact {
  action: string;
  form: Form | null;
  before?: Prisma.InputJsonObject;
  after: Prisma.InputJsonObject;
}

const actorOf = (form: Form | null): Actor => (form?.actorId ? { kind: 'ACCOUNT', id: form.actorId } : { kind: 'SYSTEM' });

/** Whose case a transfer is: the receiving school's, before the holding school's district; both districts are parties (X1). */
function partiesOf({ toSchoolCode, fromDistrictCode, toDistrictCode }: Transfer) {
  return { schoolCode: toSchoolCode, districtCode: fromDistrictCode, otherDistrictCode: toDistrictCode };
}

/** Appends to the audit of a transfer. */
export function auditTransfer(tx: Transaction, row: Transfer, { form, ...fact }: TransferFact): Promise<void> {
  return appendAudit(tx, {
    ...fact,
    subject: row.id,
    actor: actorOf(form),
    onBehalfOf: form?.onBehalfOf,
    formId: form?.id ?? null,
    ...partiesOf(row),
  });
}

/** Appends to the audit of the person whose record moved: to whoever it belongs from then on, and did until then. */
export function auditPerson(tx: Transaction, row: Transfer, { form, ...fact }: TransferFact): Promise<void> {
  return appendAudit(tx, {
    ...fact,
    subject: SUBJECT.person(row.personId),
    actor: actorOf(form),
    onBehalfOf: form?.onBehalfOf,
    formId: form?.id ?? null,
    schoolCode: row.toSchoolCode,
    districtCode: row.toDistrictCode,
    otherDistrictCode: row.fromDistrictCode,
  });
}
