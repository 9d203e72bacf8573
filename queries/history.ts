// The history of a case, told from its audit: references are resolved here, when somebody entitled looks.
import { z } from 'zod';
import type { Prisma, PrismaClient } from '../prisma/generated/client';
import type { HistoryEntry } from './queries';

const withReason = z.object({ reason: z.string().optional() });
/** The actions whose forms hold a reason; other forms are not read. */
const REASONED: ReadonlySet<string> = new Set(['RETURNED', 'REJECTED', 'APPROVED', 'REQUESTED', 'APPEALED']);

const told = { caseId: true, at: true, actorKind: true, actorId: true, onBehalfOf: true, action: true, formId: true, districtCode: true } as const;
type ToldEntry = Prisma.AuditEntryGetPayload<{ select: typeof told }>;

/** What entries refer to, by its ID. */
interface Referred {
  names: ReadonlyMap<string, string>;
  reasons: ReadonlyMap<string, string | undefined>;
}

/** Histories by case, oldest entry first; for the registrant without officers' names. */
export async function readHistory(
  prisma: PrismaClient,
  rows: readonly { id: string }[],
  viewer: 'STAFF' | 'REGISTRANT',
): Promise<Map<string, HistoryEntry[]>> {
  const entries = await prisma.auditEntry.findMany({
    where: { caseId: { in: rows.map(({ id }) => id) } },
    orderBy: [{ caseId: 'asc' }, { seq: 'asc' }],
    select: told,
  });
  const [names, reasons] = await Promise.all([readNames(prisma, entries), readReasons(prisma, entries)]);
  const histories = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    histories.set(entry.caseId, [...(histories.get(entry.caseId) ?? []), tell(entry, viewer, { names, reasons })]);
  }
  return histories;
}

/** Of a list of cases that nobody has decided nothing is referred to, and nothing is asked. */
async function readNames(prisma: PrismaClient, entries: readonly ToldEntry[]): Promise<Referred['names']> {
  const ids = entries.flatMap(({ actorId, onBehalfOf }) => [actorId, onBehalfOf]).filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const accounts = await prisma.account.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(accounts.map(({ id, name }) => [id, name]));
}

async function readReasons(prisma: PrismaClient, entries: readonly ToldEntry[]): Promise<Referred['reasons']> {
  const ids = entries.filter(({ action }) => REASONED.has(action)).map(({ formId }) => formId);
  const known = ids.filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const forms = await prisma.form.findMany({ where: { id: { in: known } }, select: { id: true, payload: true } });
  return new Map(forms.map(({ id, payload }) => [id, withReason.safeParse(payload).data?.reason]));
}

function tell(entry: ToldEntry, viewer: 'STAFF' | 'REGISTRANT', { names, reasons }: Referred): HistoryEntry {
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

function actor({ actorKind, actorId, districtCode }: ToldEntry, viewer: 'STAFF' | 'REGISTRANT', names: Referred['names']): string {
  if (actorKind !== 'ACCOUNT') return actorKind.toLowerCase();
  const name = actorId === null ? undefined : names.get(actorId);
  return viewer === 'STAFF' && name !== undefined ? name : `office ${districtCode ?? ''}`.trim();
}
