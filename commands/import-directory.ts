// Writing rows of the directory, a batch at a time: new ones, those that changed, and in the same transaction what the
// audit tells of them. The same rows again change nothing.
import { changedColumns, type DirectoryRow, emptyRow, type Listing } from '../domain/directory';
import { selected } from '../prisma/fragments';
import { Prisma, type PrismaClient } from '../prisma/generated/client';
import { type DistrictActor, districtAssigned } from './school-district';

/** What became of the rows of a batch. */
export interface ImportedRows {
  new: number;
  changed: number;
  unchanged: number;
}

/** A row as the database has it, or is to have it: a text or nothing in each column. */
type StoredRow = Record<string, string | null>;
type Transaction = Prisma.TransactionClient;

interface Table {
  name: string;
  /** The columns of an import file; others of the table are no business of it. */
  columns: readonly string[];
  /** Inserts or updates whole rows. */
  write(tx: Transaction, rows: StoredRow[]): Promise<unknown>;
}

const TABLES: Record<Listing, Table> = {
  districts: {
    name: 'district',
    columns: ['code', 'name', 'kind', 'province', 'email', 'phone'],
    write: (tx, rows) => tx.$executeRaw`
      INSERT INTO district (code, name, kind, province, email, phone)
      SELECT code, name, kind::"DistrictKind", province, email, phone
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS given(code text, name text, kind text, province text, email text, phone text)
      ON CONFLICT (code) DO UPDATE SET
        name = excluded.name, kind = excluded.kind, province = excluded.province, email = excluded.email, phone = excluded.phone`,
  },
  schools: {
    name: 'school',
    columns: ['code', 'name', 'districtCode', 'subdistrict', 'amphoe', 'province', 'level', 'obecCode', 'ministryCode', 'email'],
    write: (tx, rows) => tx.$executeRaw`
      INSERT INTO school (code, name, district_code, subdistrict, amphoe, province, level, obec_code, ministry_code, email)
      SELECT code, name, "districtCode", subdistrict, amphoe, province, level, "obecCode", "ministryCode", email
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS given(
        code text, name text, "districtCode" text, subdistrict text, amphoe text, province text, level text,
        "obecCode" text, "ministryCode" text, email text)
      ON CONFLICT (code) DO UPDATE SET
        name = excluded.name, district_code = excluded.district_code, subdistrict = excluded.subdistrict, amphoe = excluded.amphoe,
        province = excluded.province, level = excluded.level, obec_code = excluded.obec_code,
        ministry_code = excluded.ministry_code, email = excluded.email`,
  },
};

/** The rows with these codes as they stand, locked until the transaction ends. */
async function lock(tx: Transaction, { name, columns }: Table, codes: string[]): Promise<StoredRow[]> {
  // While a table is filled for the first time PostgreSQL believes it to be small, and compares each code with every row.
  await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
  const table = Prisma.raw(name);
  return tx.$queryRaw<StoredRow[]>`
    SELECT ${selected(name, columns)} FROM unnest(${codes}::text[]) asked (code) JOIN ${table} ON ${table}.code = asked.code
    ORDER BY asked.code FOR UPDATE OF ${table}`;
}

const OPERATOR: DistrictActor = { actorKind: 'OPERATOR' };

/**
 * Stores a batch of rows, all or nothing. New rows are audited as one entry, changed ones each (X1); contacts are personal
 * data, so that the audit names their columns alone.
 * @param rows at most some hundreds, with different codes
 * @param file SHA-256 of the file that they come from, as hexadecimal digits
 */
export function importRows(prisma: PrismaClient, listing: Listing, rows: readonly DirectoryRow[], file: string): Promise<ImportedRows> {
  return prisma.$transaction(
    async (tx) => {
      const codes = rows.map(({ code }) => code);
      const found = await lock(tx, TABLES[listing], codes);
      const stored = new Map(found.map((row) => [row['code'], row]));
      const changes = rows.flatMap((row) => changeOf(listing, row, stored.get(row.code)));
      const added = changes.filter(({ before }) => !before).length;
      if (changes.length > 0) {
        await TABLES[listing].write(
          tx,
          changes.map(({ after }) => after),
        );
        await tx.auditEntry.createMany({ data: [batchEntry(listing, rows, added, changes.length - added, file), ...changes.flatMap(entriesOf)] });
      }
      return { new: added, changed: changes.length - added, unchanged: rows.length - changes.length };
    },
    // A batch takes some tens of milliseconds; a database that is busy may take longer.
    { maxWait: 10_000, timeout: 60_000 },
  );
}

interface Change {
  listing: Listing;
  code: string;
  before: StoredRow | undefined;
  after: StoredRow;
  columns: string[];
}

/** What a row of the file changes; nothing where it says what is stored. */
function changeOf(listing: Listing, row: DirectoryRow, before: StoredRow | undefined): Change[] {
  const columns = before ? changedColumns(before, row) : [];
  if (before && columns.length === 0) return [];
  return [{ listing, code: row.code, before, after: { ...(before ?? emptyRow(listing)), ...row.values }, columns }];
}

function batchEntry(listing: Listing, rows: readonly DirectoryRow[], added: number, changed: number, file: string): Prisma.AuditEntryCreateManyInput {
  const lines = { from: rows[0]?.line ?? 0, to: rows.at(-1)?.line ?? 0 };
  return { ...OPERATOR, caseId: `import/${listing}`, action: 'IMPORTED', after: { file, lines, new: added, changed } };
}

const CONTACTS = ['email', 'phone'];

/** The entries of a row that was there before: one for another district of a school, one for everything else. */
function entriesOf({ listing, code, before, after, columns }: Change): Prisma.AuditEntryCreateManyInput[] {
  if (!before) return [];
  const others = columns.filter((column) => column !== 'districtCode');
  const told = others.filter((column) => !CONTACTS.includes(column));
  const pick = (row: StoredRow) => Object.fromEntries(told.map((column) => [column, row[column] ?? null]));
  const entry = {
    ...OPERATOR,
    ...(listing === 'schools'
      ? { caseId: `school/${code}`, schoolCode: code, districtCode: after['districtCode'] ?? null }
      : { caseId: `district/${code}`, districtCode: code }),
    action: 'DIRECTORY_CHANGED',
    before: pick(before),
    after: { ...pick(after), columns: others },
  };
  const moved = columns.includes('districtCode')
    ? [districtAssigned(OPERATOR, { schoolCode: code, from: before['districtCode'] ?? null, to: after['districtCode'] ?? null })]
    : [];
  return [...moved, ...(others.length > 0 ? [entry] : [])];
}
