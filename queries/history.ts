// The history of a case, told from its audit: references are resolved here, when somebody entitled looks.
import { z } from 'zod';
import type { AuditEntry, PrismaClient } from '../prisma/generated/client';
import type { HistoryEntry } from './queries';

const withReason = z.object({ reason: z.string().optional() });
/** The actions whose forms hold a reason; other forms are not read. */
const REASONED: ReadonlySet<string> = new Set(['RETURNED', 'REJECTED', 'APPROVED', 'REQUESTED', 'APPEALED']);

/** Histories by case, oldest entry first; for the registrant without officers' names. */
export async function readHistory(
  prisma: PrismaClient,
  rows: readonly { id: string }[],
  viewer: 'STAFF' | 'REGISTRANT',
): Promise<Map<string, HistoryEntry[]>> {
  const entries = await prisma.auditEntry.findMany({
    where: { caseId: { in: rows.map(({ id }) => id) } },
    orderBy: [{ caseId: 'asc' }, { seq: 'asc' }],
  });
  const accounts = await prisma.account.findMany({
    where: { id: { in: entries.flatMap(({ actorId, onBehalfOf }) => [actorId, onBehalfOf]).filter((id) => id !== null) } },
    select: { id: true, name: true },
  });
  const reasoned = entries.filter(({ action }) => REASONED.has(action));
  const forms = await prisma.form.findMany({
    where: { id: { in: reasoned.map(({ formId }) => formId).filter((id) => id !== null) } },
    select: { id: true, payload: true },
  });
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const reasons = new Map(forms.map(({ id, payload }) => [id, withReason.safeParse(payload).data?.reason]));
  const told = (entry: AuditEntry) => tell(entry, viewer, names, reasons);
  return group(entries, told);
}

function tell(entry: AuditEntry, viewer: 'STAFF' | 'REGISTRANT', names: Map<string, string>, reasons: Map<string, string | undefined>): HistoryEntry {
  const note = entry.formId === null ? undefined : reasons.get(entry.formId);
  const onBehalfOf = entry.onBehalfOf !== null && viewer === 'STAFF' ? names.get(entry.onBehalfOf) : undefined;
  return {
    at: entry.at.toISOString(),
    actor: actor(entry, viewer, names),
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    action: entry.action,
    ...(note !== undefined && { note }),
  };
}

function actor({ actorKind, actorId, districtCode }: AuditEntry, viewer: 'STAFF' | 'REGISTRANT', names: Map<string, string>): string {
  if (actorKind !== 'ACCOUNT') return actorKind.toLowerCase();
  const name = actorId === null ? undefined : names.get(actorId);
  return viewer === 'STAFF' && name !== undefined ? name : `office ${districtCode ?? ''}`.trim();
}

function group(entries: AuditEntry[], told: (entry: AuditEntry) => HistoryEntry): Map<string, HistoryEntry[]> {
  const histories = new Map<string, HistoryEntry[]>();
  for (const entry of entries) histories.set(entry.caseId, [...(histories.get(entry.caseId) ?? []), told(entry)]);
  return histories;
}
