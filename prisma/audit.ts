// The audit (X1): who, for whom, what, when, old and new. The database numbers and chains the entries. Codes, IDs and names of fields
// only, never personal data: old and new of a staff record stand in `record_change`.
import type { Prisma } from './generated/client';

/** Who did it: an account, the registrant with the tracking token or link, the clock, or who runs the programs of the service. */
export type Actor = { kind: 'ACCOUNT'; id: string } | { kind: 'REGISTRANT' | 'SYSTEM' | 'OPERATOR' };

/** Somebody with an account, as an actor. */
export function byAccount({ id }: { id: string }): Actor {
  return { kind: 'ACCOUNT', id };
}

/** The chains of entries (`subject` of the API) but for those of cases, which have the bare ID of their row. */
export const SUBJECT = {
  account: (id: string) => `account/${id}`,
  district: (code: string) => `district/${code}`,
  holidays: 'holidays',
  import: (listing: string) => `import/${listing}`,
  meeting: (id: string) => `meeting/${id}`,
  person: (id: string) => `person/${id}`,
  /** What an account read of others. */
  reader: (accountId: string) => `reader/${accountId}`,
  school: (code: string) => `school/${code}`,
  settings: 'settings',
  substitution: (id: string) => `substitution/${id}`,
} as const;

export interface AuditFact {
  /** A chain of `SUBJECT`, or the ID of a case. */
  subject: string;
  actor: Actor;
  /** For whom, where not for themselves (R3.6). */
  onBehalfOf?: string | null | undefined;
  action: string;
  schoolCode?: string | null;
  /** The district whose case it was at the time: it may read the entry later too. */
  districtCode?: string | null;
  /** The second district that was a party: of a transfer the receiving school's. */
  otherDistrictCode?: string | null;
  formId?: string | null;
  before?: Prisma.InputJsonObject | null;
  after?: Prisma.InputJsonObject | null;
}

/** Whose it was at the time, by a school and its district. @param school null for what is about none */
export function ofSchool(school: { code: string; districtCode: string | null; otherDistrictCode?: string | null } | null) {
  const { code = null, districtCode = null, otherDistrictCode = null } = school ?? {};
  return { schoolCode: code, districtCode, otherDistrictCode };
}

/** The entry of a fact, to be created in the transaction that makes it true. */
export function auditEntry({ subject, actor, action, before, after, ...fact }: AuditFact) {
  const { onBehalfOf = null, formId = null, schoolCode = null, districtCode = null, otherDistrictCode = null } = fact;
  return {
    caseId: subject,
    actorKind: actor.kind,
    actorId: actor.kind === 'ACCOUNT' ? actor.id : null,
    onBehalfOf,
    action,
    formId,
    schoolCode,
    districtCode,
    otherDistrictCode,
    ...(before && { before }),
    ...(after && { after }),
  };
}

/** Of an officer, on the chain of the account. */
export const ACCOUNT_ENDED = 'ACCOUNT_ENDED';
/** From a roster, on the chain of the person (R5.4). */
export const REMOVED = 'REMOVED';

/** Appends to the audit, inside the transaction that makes it true. */
export async function appendAudit(tx: Prisma.TransactionClient, fact: AuditFact): Promise<void> {
  await tx.auditEntry.create({ data: auditEntry(fact), select: { caseId: true } });
}

/** Whether the request of this form was done before: a repeat after a lost answer changes nothing. */
export async function isDone(tx: Prisma.TransactionClient, subject: string, action: string, formId: string): Promise<boolean> {
  return (await tx.auditEntry.findFirst({ where: { caseId: subject, action, formId }, select: { seq: true } })) !== null;
}
