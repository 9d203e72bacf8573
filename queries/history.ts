// The history of a case, told from its audit: references are resolved here, when somebody entitled looks.
import type { PrismaClient } from '../prisma/generated/client';
import type { HistoryEntry } from './queries';

/** The actions whose forms hold a reason; other forms are not read. */
const REASONED = ['RETURNED', 'REJECTED', 'APPROVED', 'REQUESTED', 'APPEALED'];

/** An audit entry with the names and words that it refers to. */
interface Entry {
  caseId: string;
  at: Date;
  actorKind: string;
  actorName: string | null;
  onBehalfOf: string | null;
  action: string;
  note: string | null;
  districtCode: string | null;
}

/** Histories by case, oldest entry first; for the registrant without officers' names. */
export async function readHistory(
  prisma: PrismaClient,
  rows: readonly { id: string }[],
  viewer: 'STAFF' | 'REGISTRANT',
): Promise<Map<string, HistoryEntry[]>> {
  const entries = await prisma.$queryRaw<Entry[]>`
    SELECT e.case_id AS "caseId", e.at, e.actor_kind AS "actorKind", actor.name AS "actorName", other.name AS "onBehalfOf", e.action,
      f.payload ->> 'reason' AS note, e.district_code AS "districtCode"
    FROM audit_entry e
    LEFT JOIN account actor ON actor.id = e.actor_id
    LEFT JOIN account other ON other.id = e.on_behalf_of
    LEFT JOIN form f ON f.id = e.form_id AND e.action = ANY(${REASONED})
    WHERE e.case_id = ANY(${rows.map(({ id }) => id)})
    ORDER BY e.case_id, e.seq`;
  const histories = new Map<string, HistoryEntry[]>(rows.map(({ id }) => [id, []]));
  for (const entry of entries) histories.get(entry.caseId)?.push(tell(entry, viewer));
  return histories;
}

function tell(entry: Entry, viewer: 'STAFF' | 'REGISTRANT'): HistoryEntry {
  const { at, action, note, onBehalfOf } = entry;
  return {
    at: at.toISOString(),
    actor: actor(entry, viewer),
    ...(onBehalfOf !== null && viewer === 'STAFF' && { onBehalfOf }),
    action,
    ...(note !== null && { note }),
  };
}

function actor({ actorKind, actorName, districtCode }: Entry, viewer: 'STAFF' | 'REGISTRANT'): string {
  if (actorKind !== 'ACCOUNT') return actorKind.toLowerCase();
  return viewer === 'STAFF' && actorName !== null ? actorName : `office ${districtCode ?? ''}`.trim();
}
