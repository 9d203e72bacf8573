// The history of a case, told from its audit: references are resolved here, when somebody entitled looks.
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../prisma/generated/client';
import type { HistoryEntry } from './queries';

export type Viewer = 'STAFF' | 'REGISTRANT';

/** The actions whose forms hold a reason. */
const REASONED = Prisma.sql`('RETURNED', 'REJECTED', 'APPROVED', 'REQUESTED', 'APPEALED')`;

/** An audit entry with the names and words that it refers to. */
export const caseEntry = z.object({
  /** An instant as JSON tells it. */
  at: z.string(),
  actorKind: z.string(),
  actorName: z.string().nullable(),
  /** Whether the actor is of the central office, which acts in the districts' cases (R3.5). */
  byCentral: z.boolean().nullable(),
  /** An officer who is away (R3.6), or the registrant of this very case, for whom an officer typed it in (R2.6). */
  onBehalfOf: z.string().nullable(),
  action: z.string(),
  /** A reason, or the school's request for help (R2.6). */
  note: z.string().nullable(),
  districtCode: z.string().nullable(),
});
export type Entry = z.output<typeof caseEntry>;

/** A value of SQL: the entries of one case as JSON, each a `caseEntry`, oldest first. @param caseId of a row of the statement, as text */
export function entriesOf(caseId: Prisma.Sql): Prisma.Sql {
  // Forms that tell nothing here are not read.
  return Prisma.sql`(
    SELECT coalesce(json_agg(json_build_object('at', e.at, 'actorKind', e.actor_kind, 'actorName', actor.name, 'byCentral', actor.role = 'CENTRAL', 'action', e.action,
      'districtCode', e.district_code,
      'onBehalfOf', coalesce(other.name, (typed.who ->> 'title') || (typed.who ->> 'firstName') || ' ' || (typed.who ->> 'lastName')),
      'note', coalesce(f.payload ->> 'reason', f.payload ->> 'requestNote')) ORDER BY e.seq), '[]')
    FROM audit_entry e
    CROSS JOIN LATERAL (SELECT coalesce(e.on_behalf_of::text = e.case_id, false) AS assisted) how
    LEFT JOIN account actor ON actor.id = e.actor_id
    LEFT JOIN account other ON other.id = e.on_behalf_of
    LEFT JOIN form f ON f.id = e.form_id AND (how.assisted OR e.action IN ${REASONED})
    LEFT JOIN LATERAL (SELECT f.payload -> 'registrant' AS who WHERE how.assisted) typed ON true
    WHERE e.case_id = ${caseId})`;
}

/** The histories of some cases as staff sees them, by case. */
export async function readHistories(prisma: PrismaClient, caseIds: readonly string[]): Promise<Map<string, HistoryEntry[]>> {
  const cases = await prisma.$queryRaw<{ id: string; entries: unknown }[]>`
    SELECT c.id, ${entriesOf(Prisma.sql`c.id`)} AS entries FROM unnest(${caseIds}::text[]) AS c (id)`;
  return new Map(cases.map(({ id, entries }) => [id, tellHistory(caseEntry.array().parse(entries), 'STAFF')]));
}

/** What concerns somebody who was the registrant before a correction (X7): whoever is so now did not bring it (X8). */
const OF_FORMER: readonly string[] = ['FORMER_ERASED', 'FORMER_ERASURE_REFUSED'];

/** A case's entries as people see them; the registrant without officers' names (X8). */
export function tellHistory(entries: readonly Entry[], viewer: Viewer): HistoryEntry[] {
  const told = entries.filter(({ action }) => viewer === 'STAFF' || !OF_FORMER.includes(action));
  return told.map((entry) => {
    const { at, action, note, onBehalfOf } = entry;
    return {
      at: new Date(at).toISOString(),
      actor: actor(entry, viewer),
      ...(onBehalfOf !== null && viewer === 'STAFF' && { onBehalfOf }),
      action,
      ...(note !== null && { note }),
    };
  });
}

function actor({ actorKind, actorName, byCentral, districtCode }: Entry, viewer: Viewer): string {
  if (actorKind !== 'ACCOUNT') return actorKind.toLowerCase();
  if (viewer === 'STAFF' && actorName !== null) return actorName;
  return byCentral ? 'central office' : `office ${districtCode ?? ''}`.trim();
}
