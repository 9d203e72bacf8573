// Forms that name somebody as registrant of a registration, which may be another's by a correction since (R3.4): where there is neither
// a record nor a registration of theirs, an erasure finds them by these alone (X7).
import { type SubmissionPayload, submissionPayload } from '../contracts/forms';
import { isUuid } from '../domain/uuid';
import type { Prisma } from './generated/client';

/** Before the ID of a form, since a registration has that of its first form: it names whom the form names, and nobody else. */
const PREFIX = 'form-';

/** Of a registration that is another's by now. `id`: `form-` and the form's UUID. */
export interface FormerForm {
  id: string;
  registrationId: string;
  reference: string;
}

/** A form that was applied, and whom it names. */
export interface NamingForm {
  formId: string;
  registrationId: string;
  data: SubmissionPayload;
}

/** All of a person, the newest first. */
export function formerForms(tx: Prisma.TransactionClient, nationalIdHash: string): Promise<FormerForm[]> {
  // In SQL, since no index serves how Prisma asks for a part of the payload.
  return tx.$queryRaw<FormerForm[]>`
    SELECT ${PREFIX} || form.id AS id, registration.id AS "registrationId", registration.reference
    FROM form JOIN registration ON registration.id = form.case_id
    WHERE form.payload ->> 'nationalIdHash' = ${nationalIdHash} AND form.state = 'APPLIED' AND registration.national_id_hash <> ${nationalIdHash}
    ORDER BY form.created_at DESC, form.id`;
}

/**
 * What the form of such an ID said, and where; null for any other ID, and for one that is emptied. Also while the registration is still the
 * same person's, as in a database that was restored from before the correction: the erasure of then is repeated by the same ID.
 */
export async function namingForm(tx: Prisma.TransactionClient, id: string): Promise<NamingForm | null> {
  const formId = id.startsWith(PREFIX) ? id.slice(PREFIX.length) : '';
  if (!isUuid(formId)) return null;
  const form = await tx.form.findUnique({ where: { id: formId, state: 'APPLIED' }, select: { caseId: true, payload: true } });
  const said = submissionPayload.safeParse(form?.payload);
  return form && said.success ? { formId, registrationId: form.caseId, data: said.data } : null;
}

/** The last form that names a person as the registrant of a case; null where none is left. */
export async function lastNamingForm(tx: Prisma.TransactionClient, caseId: string, nationalIdHash: string): Promise<string | null> {
  const [form] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM form WHERE payload ->> 'nationalIdHash' = ${nationalIdHash} AND case_id = ${caseId}::uuid AND state = 'APPLIED'
    ORDER BY created_at DESC LIMIT 1`;
  return form?.id ?? null;
}
