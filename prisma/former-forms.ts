// Forms that name somebody as registrant of a registration that is another's by a correction since (R3.4): where there is neither a
// record nor a registration of theirs, an erasure finds them by these alone (X7).
import { type SubmissionPayload, submissionPayload } from '../contracts/forms';
import { isUuid } from '../domain/uuid';
import type { Prisma } from './generated/client';

/** Before the ID of a form, since a registration has that of its first form: it names whom the form names, and nobody else. */
const PREFIX = 'form-';

/** `id`: `form-` and the form's UUID; the registration that it was applied to. */
export interface FormerForm {
  id: string;
  registrationId: string;
  reference: string;
}

/** One of them. */
export interface Former {
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

/** What such a form said, and where; null for any other ID, and for one that is emptied. */
export async function formerFormOf(tx: Prisma.TransactionClient, id: string): Promise<Former | null> {
  const formId = id.startsWith(PREFIX) ? id.slice(PREFIX.length) : '';
  if (!isUuid(formId)) return null;
  const form = await tx.form.findUnique({ where: { id: formId }, select: { caseId: true, payload: true } });
  const said = submissionPayload.safeParse(form?.payload);
  if (!form || !said.success) return null;
  const former = await formerForms(tx, said.data.nationalIdHash);
  return former.some((one) => one.id === id) ? { formId, registrationId: form.caseId, data: said.data } : null;
}
