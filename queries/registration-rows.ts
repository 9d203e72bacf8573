// Registrations with all that their views tell, by one statement: relations that Prisma reads come as trees of objects, which for a
// list takes the API three times as long, and histories would be a statement more (docs/decisions.md 54).
import { z } from 'zod';
import { selected } from '../prisma/fragments';
import { Prisma, type PrismaClient, type Registration } from '../prisma/generated/client';
import { WARNING_FACTS, warningFacts } from '../prisma/warning-facts';
import { caseEntry, entriesOf } from './history';

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

interface Columns extends Pick<Registration, (typeof TOLD)[number]> {
  schoolName: string;
  /** Of the office that the case reached; a closed case keeps the one that had it. */
  districtName: string | null;
}

/** What comes as JSON. */
const ownParts = z.object({
  decidedBy: z.object({ name: z.string(), districtCode: z.string().nullable() }).nullable(),
  /** The latest mail to the registrant. */
  mail: z.object({ status: z.string(), lastError: z.string().nullable() }).nullable(),
  entries: z.array(caseEntry),
});
const officeParts = ownParts.extend({ warnings: warningFacts });

/** What everybody's view is made of, the registrant's too. */
export type OwnRow = Columns & z.output<typeof ownParts>;

/** What the office's view is made of. */
export type OfficeRow = Columns & z.output<typeof officeParts>;

/** What a list tells beside the view follows from these. */
const OF_CALLER = ['assistedById', 'mendedById'] as const satisfies readonly (keyof Registration)[];
interface OfCaller extends Pick<Registration, (typeof OF_CALLER)[number]> {
  /** Whether the caller has opened it at its present revision (R3.7). */
  opened: boolean;
}

/** A row of a list. */
export type ListedRow = OfficeRow & OfCaller;

/** The row with its parts parsed, the very object: to copy its forty columns would take a list ten times as long as to parse it. */
function withParts<Row extends object, Parts extends object>(row: Row, parts: z.ZodType<Parts>): Row & Parts {
  return Object.assign(row, parts.parse(row));
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
  const [row] = await prisma.$queryRaw<Columns[]>`SELECT ${OWN} ${FROM} WHERE r.id = ${id}::uuid`;
  return row ? withParts(row, ownParts) : null;
}

/** One for an office, null where there is none. */
export async function readOfficeRow(prisma: PrismaClient, id: string): Promise<OfficeRow | null> {
  const [row] = await prisma.$queryRaw<Columns[]>`SELECT ${FOR_OFFICE} ${FROM} WHERE r.id = ${id}::uuid`;
  return row ? withParts(row, officeParts) : null;
}

/** Some for a list of an office, in the order of their IDs as given. @param accountId of whoever asks */
export async function readListedRows(prisma: PrismaClient, ids: readonly string[], accountId: string): Promise<ListedRow[]> {
  const rows = await prisma.$queryRaw<(Columns & OfCaller)[]>`
    SELECT ${FOR_OFFICE}, ${selected('r', OF_CALLER)},
      EXISTS (SELECT FROM opening o WHERE o.registration_id = r.id AND o.account_id = ${accountId}::uuid AND o.revision = r.revision) AS opened
    ${FROM} WHERE r.id = ANY (${ids}::uuid[])`;
  const byId = new Map(rows.map((row) => [row.id, withParts(row, officeParts)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
