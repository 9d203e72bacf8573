// The evidence of a delegation (R1.3), as forms claim it.
import type { SubmissionPayload } from '../contracts/forms';
import type { RefusalCode } from '../domain/refusal';
import type { Form, Registration } from '../prisma/generated/client';
import type { Transaction } from './dependencies';

/** A file belongs to the one form that claimed it first (R1.3). */
export async function claimEvidence(tx: Transaction, form: Form, payload: SubmissionPayload): Promise<RefusalCode | null> {
  const fileId = payload.delegation?.evidence?.fileId;
  if (fileId === undefined) return null;
  const { count } = await tx.storedFile.updateMany({ where: { id: fileId, claimedBy: null }, data: { claimedBy: form.id } });
  return count === 1 ? null : 'FILE_REJECTED';
}

/** The evidence of the earlier revision stays while the delegation does and nothing new is attached. */
export function keptEvidence(row: Registration, payload: SubmissionPayload): { evidenceFileId?: string | null } {
  const attached = payload.delegation?.evidence?.fileId !== undefined;
  return payload.delegation && !attached ? { evidenceFileId: row.evidenceFileId } : {};
}
