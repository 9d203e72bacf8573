// Registrations with all that their views tell, by one statement: relations that Prisma reads come as trees of objects, which for a
// list takes the API three times as long, and histories would be a statement more (docs/decisions.md 54).
import type { WarningFacts } from '../domain/warnings';
import { selected } from '../prisma/fragments';
import { Prisma, type PrismaClient, type Registration } from '../prisma/generated/client';
import { WARNING_FACTS } from '../prisma/warning-facts';
import { type Entry, entriesOf } from './history';

const TOLD = [
  'id',
  'reference',
  'status',
  'revision',
  'channel',
  'capacity',
  'schoolCode',
  'districtCode',
  'nationalIdCipher',
  'title',
  'firstName',
  'lastName',
  'position',
  'homeSchoolCode',
  'email',
  'phone',
  'emailKind',
  'actingOrder',
  'delegation',
  'evidenceFileId',
  'evidenceDeletedAt',
  'contested',
  'replaces',
  'awaitsAcknowledgement',
  'submittedAt',
  'dueAt',
  'escalation',
  'decidedAt',
  'reason',
  'erasedAt',
] as const satisfies readonly (keyof Registration)[];

/** What everybody's view is made of, the registrant's too. */
export interface OwnRow extends Pick<Registration, (typeof TOLD)[number]> {
  schoolName: string;
  /** Of the office that the case reached; a closed case keeps the one that had it. */
  districtName: string | null;
  decidedBy: { name: string; districtCode: string | null } | null;
  /** The latest mail to the registrant. */
  mail: { status: string; lastError: string | null } | null;
  entries: Entry[];
}

/** What the office's view is made of. */
export interface OfficeRow extends OwnRow {
  warnings: WarningFacts;
}

/** What a list tells beside the view. */
export interface ListedRow extends OfficeRow {
  /** Whether the caller has opened it at its present revision (R3.7). */
  opened: boolean;
}

const OWN = Prisma.sql`
  ${selected('r', TOLD)}, s.name AS "schoolName", d.name AS "districtName",
  (SELECT json_build_object('name', a.name, 'districtCode', a.district_code) FROM account a WHERE a.id = r.decided_by_id) AS "decidedBy",
  -- An address that is mended is told to the old one and the new one at the same instant.
  (SELECT json_build_object('status', m.status, 'lastError', m.last_error) FROM mail m WHERE m.registration_id = r.id AND m.audience = 'REGISTRANT'
    ORDER BY m.created_at DESC, m.revision DESC, m.sequence DESC LIMIT 1) AS mail,
  ${entriesOf(Prisma.sql`r.id::text`)} AS entries`;
const FROM = Prisma.sql`FROM registration r JOIN school s ON s.code = r.school_code LEFT JOIN district d ON d.code = r.district_code`;

const FOR_OFFICE = Prisma.sql`${OWN}, ${WARNING_FACTS} AS warnings`;

/** One for its registrant, null where there is none. */
export async function readOwnRow(prisma: PrismaClient, id: string): Promise<OwnRow | null> {
  const [row] = await prisma.$queryRaw<OwnRow[]>`SELECT ${OWN} ${FROM} WHERE r.id = ${id}::uuid`;
  return row ?? null;
}

/** One for an office, null where there is none. */
export async function readOfficeRow(prisma: PrismaClient, id: string): Promise<OfficeRow | null> {
  const [row] = await prisma.$queryRaw<OfficeRow[]>`SELECT ${FOR_OFFICE} ${FROM} WHERE r.id = ${id}::uuid`;
  return row ?? null;
}

/** Some for a list of an office, in the order of their IDs as given. @param accountId of whoever asks */
export async function readListedRows(prisma: PrismaClient, ids: readonly string[], accountId: string): Promise<ListedRow[]> {
  const rows = await prisma.$queryRaw<ListedRow[]>`
    SELECT ${FOR_OFFICE},
      EXISTS (SELECT FROM opening o WHERE o.registration_id = r.id AND o.account_id = ${accountId}::uuid AND o.revision = r.revision) AS opened
    ${FROM} WHERE r.id = ANY (${ids}::uuid[])`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
