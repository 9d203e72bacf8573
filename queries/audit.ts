// Reading the audit (X1): the central office everything, a district what was its own at the time; reading is audited too.
import { Refused } from '../domain/refused';
import type { FieldChange } from '../domain/staff';
import { isUuid } from '../domain/uuid';
import { appendAudit, byAccount, SUBJECT } from '../prisma/audit';
import type { AuditEntry, Prisma, PrismaClient } from '../prisma/generated/client';
import { changeIdOf, keptFields } from '../prisma/record-change';
import { chainsOf } from './audit-subjects';
import { instant, ordinal, page, readCursor, writeCursor } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { Queries } from './queries';

/** Entries of a subject (`registration/…`, `school/…`, `settings`) or an actor, oldest first. */
export function audit({ prisma }: QueryDependencies): Queries['audit'] {
  return async ({ subject, actor, from, cursor, limit }, caller) => {
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    const where: Prisma.AuditEntryWhereInput[] = [];
    if (caller.role === 'DISTRICT') where.push(ofDistrict(caller.districtCode ?? ''));
    if (subject !== undefined) where.push({ caseId: { in: await chainsOf(prisma, subject) } });
    if (actor !== undefined) where.push({ actorId: actor });
    if (from) where.push({ at: { gte: from } });
    if (cursor) where.push(after(cursor));
    const rows = await prisma.auditEntry.findMany({
      where: { AND: where },
      orderBy: [{ at: 'asc' }, { caseId: 'asc' }, { seq: 'asc' }],
      take: limit + 1,
    });
    await appendAudit(prisma, {
      subject: SUBJECT.reader(caller.id),
      actor: byAccount(caller),
      action: 'AUDIT_READ',
      after: { subject: subject ?? null, actor: actor ?? null, from: from?.toISOString() ?? null },
    });
    const { items, nextCursor } = page(rows, limit, ({ at, caseId, seq }) => writeCursor(at.toISOString(), caseId, String(seq)));
    const subjects = await subjectsOf(prisma, items);
    const values = await valuesOf(prisma, items);
    return {
      items: items.map((entry) => ({
        subject: subjects(entry.caseId),
        caseId: entry.caseId,
        seq: entry.seq,
        at: entry.at.toISOString(),
        actorKind: entry.actorKind,
        actorId: entry.actorId,
        onBehalfOf: entry.onBehalfOf,
        action: entry.action,
        schoolCode: entry.schoolCode,
        districtCode: entry.districtCode,
        otherDistrictCode: entry.otherDistrictCode,
        ...values(entry),
        hash: entry.hash,
      })),
      nextCursor,
    };
  };
}

/** Both districts of a transfer are parties. */
function ofDistrict(code: string): Prisma.AuditEntryWhereInput {
  return { OR: [{ districtCode: code }, { otherDistrictCode: code }] };
}

/** Tells the subject of each chain: of bare IDs it is asked whose they are. */
async function subjectsOf(prisma: PrismaClient, entries: readonly AuditEntry[]): Promise<(caseId: string) => string> {
  const bare = entries.map(({ caseId }) => caseId).filter(isUuid);
  const registrations = await prisma.registration.findMany({ where: { id: { in: bare } }, select: { id: true } });
  const ofRegistrations = new Set(registrations.map(({ id }) => id));
  return (caseId) => {
    if (!isUuid(caseId)) return caseId;
    return `${ofRegistrations.has(caseId) ? 'registration' : 'transfer'}/${caseId}`;
  };
}

/** Old and new of each entry; of a staff record they are kept beside the audit, and are gone when the person was erased (X7). */
async function valuesOf(prisma: PrismaClient, entries: readonly AuditEntry[]): Promise<(entry: AuditEntry) => { before: unknown; after: unknown }> {
  const ids = entries.flatMap(({ after }) => changeIdOf(after) ?? []);
  const rows = await prisma.recordChange.findMany({ where: { id: { in: ids } } });
  const kept = new Map(rows.map((row) => [row.id, keptFields(row)]));
  return ({ before, after }) => {
    const changes = kept.get(changeIdOf(after) ?? '');
    if (!changes?.length) return { before, after };
    return { before: told(before, changes, 'old'), after: told(after, changes, 'new') };
  };
}

/** What an entry holds itself, and the values of the fields that changed. */
function told(facts: unknown, changes: readonly FieldChange[], which: 'old' | 'new'): object {
  return { ...(typeof facts === 'object' && facts), ...Object.fromEntries(changes.map((change) => [change.field, change[which]])) };
}

function after(cursor: string): Prisma.AuditEntryWhereInput {
  const [when = '', caseId = '', number = ''] = readCursor(cursor, 3);
  const [at, seq] = [instant(when), ordinal(number)];
  return { OR: [{ at: { gt: at } }, { at, caseId: { gt: caseId } }, { at, caseId, seq: { gt: seq } }] };
}
