// The history of a case, told from its audit: references are resolved here, when somebody entitled looks.
import type { PrismaClient } from '../prisma/generated/client';
import { Prisma } from '../prisma/generated/client';
import type { HistoryEntry } from './queries';

/** The actions whose forms hold a reason. */
const REASONED = Prisma.sql`('RETURNED', 'REJECTED', 'APPROVED', 'REQUESTED', 'APPEALED')`;

/** An audit entry with the names and words that it refers to. */
interface Entry {
  caseId: string;
  at: Date;
  actorKind: string;
  actorName: string | null;
  /** An officer who is away (R3.6), or the registrant of this very case, for whom an officer typed it in (R2.6). */
  onBehalfOf: string | null;
  action: string;
  /** A reason, or the school's request for help (R2.6). */
  note: string | null;
  districtCode: string | null;
}

/** Histories by case, oldest entry first; for the registrant without officers' names. */
export async function readHistory(
  prisma: PrismaClient,
  rows: readonly { id: string }[],
  viewer: 'STAFF' | 'REGISTRANT',
): Promise<Map<string, HistoryEntry[]>> {
  const ids = rows.map(({ id }) => id);
  // One plan serves every single case; of many, PostgreSQL would make it anew each time.
  const asked = ids.length === 1 ? Prisma.sql`= ${ids[0]}` : Prisma.sql`= ANY(${ids})`;
  // Forms that tell nothing here are not read.
  const entries = await prisma.$queryRaw<Entry[]>`
    SELECT e.case_id AS "caseId", e.at, e.actor_kind AS "actorKind", actor.name AS "actorName", e.action, e.district_code AS "districtCode",
      coalesce(other.name, (typed.who ->> 'title') || (typed.who ->> 'firstName') || ' ' || (typed.who ->> 'lastName')) AS "onBehalfOf",
      coalesce(f.payload ->> 'reason', f.payload ->> 'requestNote') AS note
    FROM audit_entry e
    CROSS JOIN LATERAL (SELECT coalesce(e.on_behalf_of::text = e.case_id, false) AS assisted) how
    LEFT JOIN account actor ON actor.id = e.actor_id
    LEFT JOIN account other ON other.id = e.on_behalf_of
    LEFT JOIN form f ON f.id = e.form_id AND (how.assisted OR e.action IN ${REASONED})
    LEFT JOIN LATERAL (SELECT f.payload -> 'registrant' AS who WHERE how.assisted) typed ON true
    WHERE e.case_id ${asked}
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
