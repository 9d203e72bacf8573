// What is personal in cases goes, and the rows stay for counts and history (X7): on a lawful request, or when the set time is over.
import { Prisma } from './generated/client';
import { UNSENT } from './unsent';

/** What stands where the hash of a national ID stood, with the ID of the row behind it. */
export const ERASED = 'erased:';

/** Cases, and the forms that were written for them. */
export interface EmptiedCases {
  registrationIds: readonly string[];
  transferIds: readonly string[];
  formIds: readonly string[];
}

/**
 * Empties cases that have ended, with their forms, files and mails. Whoever has the tracking link may still see how a case ended.
 * @param written `cipher`: what a sealed national ID becomes; `at`: when it happened
 */
export async function emptyCases(
  tx: Prisma.TransactionClient,
  { registrationIds, transferIds, formIds }: EmptiedCases,
  { cipher, at }: { cipher: string; at: Date },
): Promise<void> {
  await deleteEvidence(tx, registrationIds);
  await tx.storedFile.deleteMany({ where: { claimedBy: { in: [...formIds] } } });
  // One that is on its way is refused first: recording it finds it closed, and does not look for what it said.
  const refused = { state: 'REFUSED', refusal: 'NOT_POSSIBLE_NOW', closedAt: at } as const;
  await tx.form.updateMany({ where: { id: { in: [...formIds] }, state: 'OPEN' }, data: refused });
  await tx.form.updateMany({ where: { id: { in: [...formIds] } }, data: { payload: {} } });
  await tx.$executeRaw`
    UPDATE registration SET national_id_hash = ${ERASED} || id, national_id_cipher = ${cipher}, title = '', first_name = '', last_name = '',
      name_key = '', position = '', email = '', email_key = '', phone = '', acting_order = NULL, delegation = NULL, reason = NULL,
      erased_at = ${at}
    WHERE id = ANY(${registrationIds}::uuid[])`;
  await tx.transfer.updateMany({
    where: { id: { in: [...transferIds] } },
    data: { reason: null, order: Prisma.DbNull, decisionReason: null, appealReason: null, erasedAt: at },
  });
  await emptyMails(tx, { OR: [{ registrationId: { in: [...registrationIds] } }, { transferId: { in: [...transferIds] } }] });
}

/** Deletes the files of evidence, those of earlier revisions too; the ID of the last stays, so that one had been given is still known. */
export async function deleteEvidence(tx: Prisma.TransactionClient, registrationIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM stored_file f USING registration r WHERE f.id = r.evidence_file_id AND r.id = ANY(${registrationIds}::uuid[])`;
  await tx.$executeRaw`DELETE FROM stored_file f USING form o WHERE f.claimed_by = o.id AND o.case_id = ANY(${registrationIds}::uuid[])`;
}

/** Takes the addresses out of mails; what is still on its way stays at home. */
export async function emptyMails(tx: Prisma.TransactionClient, where: Prisma.MailWhereInput): Promise<void> {
  await tx.mail.updateMany({ where: { AND: [where, { status: UNSENT }] }, data: { status: 'CANCELLED' } });
  await tx.mail.updateMany({ where, data: { recipient: null, lastError: null } });
}
