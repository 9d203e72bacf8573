// The audit (X1): who, for whom, what, when, old and new. The database numbers and chains the entries.
import type { Prisma } from '../prisma/generated/client';
import type { Transaction } from './dependencies';

/** Who did it: an account, the registrant with the tracking token or link, or the clock. */
export type Actor = { kind: 'ACCOUNT'; id: string } | { kind: 'REGISTRANT' } | { kind: 'SYSTEM' };

export interface AuditFact {
  actor: Actor;
  /** For whom, where not for themselves (R3.6). */
  onBehalfOf?: string | null | undefined;
  action: string;
  schoolCode: string | null;
  /** The district whose case it was at the time: it may read the entry later too. */
  districtCode: string | null;
  /** The second district that was a party: of a transfer the receiving school's. */
  otherDistrictCode?: string | null;
  formId?: string | null;
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
}

/** The entry of a fact. Codes and IDs only, never personal data. */
export function auditRow(caseId: string, { actor, onBehalfOf = null, formId = null, otherDistrictCode = null, before, after, ...fact }: AuditFact) {
  const actorId = actor.kind === 'ACCOUNT' ? actor.id : null;
  return {
    ...fact,
    caseId,
    actorKind: actor.kind,
    actorId,
    onBehalfOf,
    formId,
    otherDistrictCode,
    ...(before && { before }),
    ...(after && { after }),
  };
}

/** Appends to the audit of a case, inside the transaction that makes it true. */
export async function appendAudit(tx: Transaction, caseId: string, fact: AuditFact): Promise<void> {
  await tx.auditEntry.create({ data: auditRow(caseId, fact), select: { caseId: true } });
}
