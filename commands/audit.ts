// The audit (X1) of what commands do themselves, without a workflow. The database numbers and chains the entries.
import type { Caller } from '../domain/entitlement';
import type { Prisma } from '../prisma/generated/client';

/** What is told of a fact. */
export interface Audited {
  /** `person/…` or `school/…`. */
  caseId: string;
  caller: Pick<Caller, 'id'>;
  action: string;
  /** `otherDistrictCode`: of a transfer the second district that is a party. */
  school: { code: string; districtCode: string | null; otherDistrictCode?: string | null } | null;
  formId?: string;
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
}

/**
 * The entry of a fact, to be created in the transaction that makes it true. Codes, IDs and names of fields only: what is
 * personal stands in `record_change`.
 */
export function auditEntry({ caller, school, ...fact }: Audited): Prisma.AuditEntryCreateInput {
  const { code = null, districtCode = null, otherDistrictCode = null } = school ?? {};
  return { ...fact, actorKind: 'ACCOUNT', actorId: caller.id, schoolCode: code, districtCode, otherDistrictCode };
}

/** Appends to the audit inside a transaction. */
export async function appendAudit(tx: Prisma.TransactionClient, fact: Audited): Promise<void> {
  await tx.auditEntry.create({ data: auditEntry(fact), select: { caseId: true } });
}

/** Whether the request of this form was done before: a repeat after a lost answer changes nothing. */
export async function isDone(tx: Prisma.TransactionClient, caseId: string, action: string, formId: string): Promise<boolean> {
  return (await tx.auditEntry.findFirst({ where: { caseId, action, formId }, select: { seq: true } })) !== null;
}

/** The audit of a person's record. */
export function personCase(personId: string): string {
  return `person/${personId}`;
}

/** The audit of what concerns a school as a whole. */
export function schoolCase(schoolCode: string): string {
  return `school/${schoolCode}`;
}
