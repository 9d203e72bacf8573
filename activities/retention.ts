// X7: what is over is kept for a set time, then its personal data goes; rows, counts and the audit stay. Every part may run at
// any time, at several workers at once, and twice.
import { keptSince, type Retention } from '../domain/retention';
import { auditEntry } from '../prisma/audit';
import { deleteEvidence, emptyCases } from '../prisma/empty-cases';
import type { KeyRing } from '../security/key-ring';
import type { RecordingDependencies, Transaction } from './dependencies';

export interface RetentionDependencies extends RecordingDependencies {
  /** Seals what stands where a national ID stood. */
  keyRing: KeyRing;
  retention: Retention;
}

/** So many cases are emptied in one transaction: a first run after a long pause holds nobody up. */
const PART = 100;

/** A case as its audit is told. */
interface Ended {
  id: string;
  status: string;
  schoolCode: string;
  districtCode: string | null;
  otherDistrictCode: string | null;
}

type Part = (dependencies: RetentionDependencies) => Promise<number>;

/** What each part empties or deletes; the names stand in /metrics. */
export const RETENTION_SWEEPS: Record<string, Part> = {
  /** Cases that made nobody administrator. */
  'closed-registrations': inParts(emptyRegistrations),
  /** Written evidence proves who delegated as long as an approval can be questioned; the data of an administrator stays. */
  evidence: inParts(deleteOldEvidence),
  'closed-transfers': inParts(emptyTransfers),
  objections: emptyObjections,
  /** They hold national IDs; what they led to stands in the audit. */
  'used-lookups': deleteUsedLookups,
  revocations: emptyRevocations,
};

function inParts(part: (tx: Transaction, dependencies: RetentionDependencies) => Promise<number>): Part {
  return async (dependencies) => {
    for (let total = 0; ; ) {
      const count = await dependencies.prisma.$transaction((tx) => part(tx, dependencies), { timeout: 60_000 });
      total += count;
      if (count < PART) return total;
    }
  };
}

const limitOf = ({ now, retention }: RetentionDependencies) => keptSince(now(), retention.closedMs);
const idsOf = (cases: readonly Ended[]) => cases.map(({ id }) => id);

async function formsOf(tx: Transaction, cases: readonly Ended[]): Promise<string[]> {
  const forms = await tx.form.findMany({ where: { caseId: { in: idsOf(cases) } }, select: { id: true } });
  return forms.map(({ id }) => id);
}

async function emptyRegistrations(tx: Transaction, dependencies: RetentionDependencies): Promise<number> {
  const cases = await tx.$queryRaw<Ended[]>`
    SELECT id, status::text, school_code AS "schoolCode", district_code AS "districtCode", NULL AS "otherDistrictCode" FROM registration
    WHERE status IN ('REJECTED', 'WITHDRAWN', 'EXPIRED') AND erased_at IS NULL AND closed_at <= ${limitOf(dependencies)}
    ORDER BY closed_at LIMIT ${PART} FOR UPDATE SKIP LOCKED`;
  await empty(tx, dependencies, cases, { registrationIds: idsOf(cases), transferIds: [] });
  return cases.length;
}

async function emptyTransfers(tx: Transaction, dependencies: RetentionDependencies): Promise<number> {
  const cases = await tx.$queryRaw<Ended[]>`
    SELECT id, status::text, to_school_code AS "schoolCode", from_district_code AS "districtCode", to_district_code AS "otherDistrictCode"
    FROM transfer
    WHERE status NOT IN ('PENDING', 'SCHEDULED') AND erased_at IS NULL AND closed_at <= ${limitOf(dependencies)}
    ORDER BY closed_at LIMIT ${PART} FOR UPDATE SKIP LOCKED`;
  await empty(tx, dependencies, cases, { registrationIds: [], transferIds: idsOf(cases) });
  return cases.length;
}

async function empty(
  tx: Transaction,
  { keyRing, now }: RetentionDependencies,
  cases: readonly Ended[],
  ids: { registrationIds: string[]; transferIds: string[] },
): Promise<void> {
  await emptyCases(tx, { ...ids, formIds: await formsOf(tx, cases) }, { cipher: keyRing.seal(''), at: now() });
  await note(tx, cases, 'DATA_DELETED');
}

/** Why an administrator's access was ended (R4.6); that it was stands in the audit. */
async function emptyRevocations(dependencies: RetentionDependencies): Promise<number> {
  const where = { reason: { not: '' }, createdAt: { lte: limitOf(dependencies) } };
  return (await dependencies.prisma.revocation.updateMany({ where, data: { reason: '' } })).count;
}

async function deleteOldEvidence(tx: Transaction, { now, retention }: RetentionDependencies): Promise<number> {
  // By the files, which are few: each was claimed by the form that attached it, also where a later revision left it out.
  const cases = await tx.$queryRaw<Ended[]>`
    SELECT id, status::text, school_code AS "schoolCode", district_code AS "districtCode", NULL AS "otherDistrictCode" FROM registration
    WHERE id IN (SELECT o.case_id FROM stored_file f JOIN form o ON o.id = f.claimed_by) AND evidence_deleted_at IS NULL AND erased_at IS NULL
      AND closed_at <= ${keptSince(now(), retention.evidenceMs)}
    ORDER BY closed_at LIMIT ${PART} FOR UPDATE SKIP LOCKED`;
  await deleteEvidence(tx, idsOf(cases));
  await tx.registration.updateMany({ where: { id: { in: idsOf(cases) } }, data: { evidenceDeletedAt: now() } });
  await note(tx, cases, 'EVIDENCE_DELETED');
  return cases.length;
}

/** Appends to the audit of each case (X1), which never held what went. */
async function note(tx: Transaction, cases: readonly Ended[], action: 'DATA_DELETED' | 'EVIDENCE_DELETED'): Promise<void> {
  const entries = cases.map(({ id, status, ...place }) => {
    return auditEntry({ subject: id, actor: { kind: 'SYSTEM' }, action, ...place, before: { status }, after: { status, because: 'TIME_OVER' } });
  });
  await tx.auditEntry.createMany({ data: entries });
}

/** R2.8: who objected, and what they said, goes with the case, or after the same time where no case was open. */
async function emptyObjections(dependencies: RetentionDependencies): Promise<number> {
  const limit = limitOf(dependencies);
  const over = [{ registrationId: null }, { registration: { closedAt: { lte: limit } } }];
  const where = { createdAt: { lte: limit }, name: { not: '' }, OR: over };
  return (await dependencies.prisma.objection.updateMany({ where, data: { name: '', phone: '', note: '' } })).count;
}

async function deleteUsedLookups(dependencies: RetentionDependencies): Promise<number> {
  // Made before it was used, which is what an index knows.
  const over = { lte: limitOf(dependencies) };
  return (await dependencies.prisma.staffLookup.deleteMany({ where: { createdAt: over, usedAt: over } })).count;
}
