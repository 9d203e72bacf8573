// Writing rows of the directory, a batch at a time: new ones, those that changed, and in the same transaction what the
// audit tells of them. The same rows again change nothing.
import { changedColumns, type DirectoryRow, emptyRow, type Listing } from '../domain/directory';
import { type Actor, auditEntry, SUBJECT } from '../prisma/audit';
import { proposed, rowsOf, selected } from '../prisma/fragments';
import { Prisma, type PrismaClient } from '../prisma/generated/client';
import { districtAssigned } from './school-district';

/** What became of the rows of a batch. */
export interface ImportedRows {
  new: number;
  changed: number;
  unchanged: number;
}

/** A row as the database has it, or is to have it: a text or nothing in each column. */
type StoredRow = Record<string, string | null>;
type Transaction = Prisma.TransactionClient;

const TABLES: Record<Listing, string> = { districts: 'district', schools: 'school' };

/** The columns of an import file; others of the table are no business of it. */
const columnsOf = (listing: Listing) => Object.keys(emptyRow(listing));

/**
 * The rows with these codes as they stand, locked until the transaction ends; their keys are not, which a transfer that is asked for
 * meanwhile refers to while it holds another school of the batch.
 */
async function lock(tx: Transaction, listing: Listing, codes: string[]): Promise<StoredRow[]> {
  // While a table is filled for the first time PostgreSQL believes it to be small, and compares each code with every row.
  await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
  const table = Prisma.raw(TABLES[listing]);
  return tx.$queryRaw<StoredRow[]>`
    SELECT ${selected(TABLES[listing], columnsOf(listing))} FROM unnest(${codes}::text[]) asked (code) JOIN ${table} ON ${table}.code = asked.code
    ORDER BY asked.code FOR NO KEY UPDATE OF ${table}`;
}

/** Inserts or updates whole rows. */
async function write(tx: Transaction, listing: Listing, rows: readonly StoredRow[]): Promise<void> {
  const table = TABLES[listing];
  await tx.$executeRaw`
    INSERT INTO ${Prisma.raw(table)} ${rowsOf(table, rows, Prisma.sql`true`)} ON CONFLICT (code) DO UPDATE SET ${proposed(columnsOf(listing))}`;
}

const OPERATOR: Actor = { kind: 'OPERATOR' };

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
      const found = await lock(tx, listing, codes);
      const stored = new Map(found.map((row) => [row['code'], row]));
      const changes = rows.flatMap((row) => changeOf(listing, row, stored.get(row.code)));
      const added = changes.filter(({ before }) => !before).length;
      if (changes.length > 0) {
        const written = changes.map(({ after }) => after);
        await write(tx, listing, written);
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

function batchEntry(listing: Listing, rows: readonly DirectoryRow[], added: number, changed: number, file: string) {
  const lines = { from: rows[0]?.line ?? 0, to: rows.at(-1)?.line ?? 0 };
  return auditEntry({ subject: SUBJECT.import(listing), actor: OPERATOR, action: 'IMPORTED', after: { file, lines, new: added, changed } });
}

const CONTACTS = ['email', 'phone'];

/** The entries of a row that was there before: one for another district of a school, one for everything else. */
function entriesOf({ listing, code, before, after, columns }: Change) {
  if (!before) return [];
  const others = columns.filter((column) => column !== 'districtCode');
  const told = others.filter((column) => !CONTACTS.includes(column));
  const pick = (row: StoredRow) => Object.fromEntries(told.map((column) => [column, row[column] ?? null]));
  const entry = auditEntry({
    ...(listing === 'schools'
      ? { subject: SUBJECT.school(code), schoolCode: code, districtCode: after['districtCode'] ?? null }
      : { subject: SUBJECT.district(code), districtCode: code }),
    actor: OPERATOR,
    action: 'DIRECTORY_CHANGED',
    before: pick(before),
    after: { ...pick(after), columns: others },
  });
  const moved = columns.includes('districtCode')
    ? [districtAssigned(OPERATOR, { schoolCode: code, from: before['districtCode'] ?? null, to: after['districtCode'] ?? null })]
    : [];
  return [...moved, ...(others.length > 0 ? [entry] : [])];
}
