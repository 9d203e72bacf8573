// Old and new of staff records (X1). The audit's entry names such a row and holds its digest; what is personal stands here alone, so
// that an erasure (X7) empties it and the entry still verifies. The view `audit_broken` compares the two.
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { FieldChange } from '../domain/staff';
import type { Prisma } from './generated/client';

/** What an entry of the audit says of a change: the row, and what its content has to give. */
export interface ChangeReference {
  changeId: string;
  /** SHA-256 in hex of the salt and the fields, as the database's function `record_change_digest` makes it. */
  digest: string;
}

/** Keeps what changed in a person's record, inside the transaction that changes it. */
export async function keepChange(tx: Prisma.TransactionClient, personId: string, fields: readonly FieldChange[]): Promise<ChangeReference> {
  const changeId = randomUUID();
  const [row] = await tx.$queryRaw<{ digest: string }[]>`
    INSERT INTO record_change (id, person_id, fields, salt)
    VALUES (${changeId}::uuid, ${personId}::uuid, ${JSON.stringify(fields)}::jsonb, ${randomBytes(16).toString('hex')})
    RETURNING record_change_digest(salt, fields) AS digest`;
  if (!row) throw new Error('A change of a record was not kept.');
  return { changeId, digest: row.digest };
}

const reference = z.object({ changeId: z.string() });

/** The ID of the row that an entry's `after` refers to, if it does. */
export function changeIdOf(after: unknown): string | null {
  return reference.safeParse(after).data?.changeId ?? null;
}

const storedFields = z.array(z.object({ field: z.string(), old: z.string().nullable(), new: z.string().nullable() }));

/** What changed, as it was kept; nothing of an erased person, nor of what somebody tampered with (`audit_broken` names the entry). */
export function keptFields(row: { fields: Prisma.JsonValue }): FieldChange[] {
  return storedFields.safeParse(row.fields).data ?? [];
}

/** Empties what was kept of a person who is erased. */
export async function emptyChanges(tx: Prisma.TransactionClient, personId: string): Promise<void> {
  await tx.recordChange.updateMany({ where: { personId }, data: { fields: [], salt: '' } });
}
