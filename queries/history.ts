// The history of a case, told from its audit: references are resolved here, when somebody entitled looks.
import { z } from 'zod';
import type { AuditEntry, PrismaClient } from '../prisma/generated/client';
import type { HistoryEntry } from './queries';

/** What a history tells of a form: a reason, the school's request for help, and who is to be its administrator (R2.6). */
const formTold = z.object({
  reason: z.string().optional(),
  requestNote: z.string().optional(),
  registrant: z.object({ title: z.string(), firstName: z.string(), lastName: z.string() }).optional(),
});
/** The actions whose forms hold a reason. */
const REASONED: ReadonlySet<string> = new Set(['RETURNED', 'REJECTED', 'APPROVED', 'REQUESTED', 'APPEALED']);

/** R2.6: an officer typed it in for the registrant of this very case. */
const isAssisted = ({ onBehalfOf, caseId }: AuditEntry) => onBehalfOf === caseId;

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
  // Other forms are not read.
  const reasoned = entries.filter((entry) => REASONED.has(entry.action) || isAssisted(entry));
  const forms = await prisma.form.findMany({
    where: { id: { in: reasoned.map(({ formId }) => formId).filter((id) => id !== null) } },
    select: { id: true, payload: true },
  });
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const told = new Map(forms.map(({ id, payload }) => [id, formTold.safeParse(payload).data]));
  return group(entries, (entry) => tell(entry, viewer, names, told.get(entry.formId ?? '')));
}

function tell(
  entry: AuditEntry,
  viewer: 'STAFF' | 'REGISTRANT',
  names: Map<string, string>,
  form: z.infer<typeof formTold> | undefined,
): HistoryEntry {
  const note = form?.reason ?? form?.requestNote;
  const onBehalfOf = viewer === 'STAFF' ? forWhom(entry, names, form) : undefined;
  return {
    at: entry.at.toISOString(),
    actor: actor(entry, viewer, names),
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    action: entry.action,
    ...(note !== undefined && { note }),
  };
}

/** An officer who is away (R3.6), or the registrant for whom an officer typed it in (R2.6). */
function forWhom(entry: AuditEntry, names: Map<string, string>, form: z.infer<typeof formTold> | undefined): string | undefined {
  if (entry.onBehalfOf === null) return undefined;
  if (!isAssisted(entry)) return names.get(entry.onBehalfOf);
  return form?.registrant && `${form.registrant.title}${form.registrant.firstName} ${form.registrant.lastName}`;
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
