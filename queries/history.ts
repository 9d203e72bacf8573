// The history of a case, told from its audit: references are resolved here, when somebody entitled looks.
import { z } from 'zod';
import type { Prisma, PrismaClient } from '../prisma/generated/client';
import type { HistoryEntry } from './queries';

/** What a history tells of a form: a reason, the school's request for help, and who is to be its administrator (R2.6). */
const formTold = z.object({
  reason: z.string().optional(),
  requestNote: z.string().optional(),
  registrant: z.object({ title: z.string(), firstName: z.string(), lastName: z.string() }).optional(),
});
/** The actions whose forms hold a reason. */
const REASONED: ReadonlySet<string> = new Set(['RETURNED', 'REJECTED', 'APPROVED', 'REQUESTED', 'APPEALED']);

const told = { caseId: true, at: true, actorKind: true, actorId: true, onBehalfOf: true, action: true, formId: true, districtCode: true } as const;
type ToldEntry = Prisma.AuditEntryGetPayload<{ select: typeof told }>;

type ToldForm = z.infer<typeof formTold>;

/** What entries refer to, by its ID. */
interface Referred {
  names: ReadonlyMap<string, string>;
  forms: ReadonlyMap<string, ToldForm | undefined>;
}

/** R2.6: an officer typed it in for the registrant of this very case. */
const isAssisted = ({ onBehalfOf, caseId }: ToldEntry) => onBehalfOf === caseId;

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
  const [names, forms] = await Promise.all([readNames(prisma, entries), readForms(prisma, entries)]);
  const histories = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    histories.set(entry.caseId, [...(histories.get(entry.caseId) ?? []), tell(entry, viewer, { names, forms })]);
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

/** Forms without a reason are not read. */
async function readForms(prisma: PrismaClient, entries: readonly ToldEntry[]): Promise<Referred['forms']> {
  const ids = entries.filter((entry) => REASONED.has(entry.action) || isAssisted(entry)).map(({ formId }) => formId);
  const known = ids.filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const forms = await prisma.form.findMany({ where: { id: { in: known } }, select: { id: true, payload: true } });
  return new Map(forms.map(({ id, payload }) => [id, formTold.safeParse(payload).data]));
}

function tell(entry: ToldEntry, viewer: 'STAFF' | 'REGISTRANT', { names, forms }: Referred): HistoryEntry {
  const form = entry.formId === null ? undefined : forms.get(entry.formId);
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
function forWhom(entry: ToldEntry, names: Referred['names'], form: ToldForm | undefined): string | undefined {
  if (entry.onBehalfOf === null) return undefined;
  if (!isAssisted(entry)) return names.get(entry.onBehalfOf);
  return form?.registrant && `${form.registrant.title}${form.registrant.firstName} ${form.registrant.lastName}`;
}

function actor({ actorKind, actorId, districtCode }: ToldEntry, viewer: 'STAFF' | 'REGISTRANT', names: Referred['names']): string {
  if (actorKind !== 'ACCOUNT') return actorKind.toLowerCase();
  const name = actorId === null ? undefined : names.get(actorId);
  return viewer === 'STAFF' && name !== undefined ? name : `office ${districtCode ?? ''}`.trim();
}
