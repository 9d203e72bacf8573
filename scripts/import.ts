// `npm run import`: districts or schools from a CSV file into the running system, or the one of DATABASE_URL.
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { type ImportedRows, importRows } from '../commands/import-directory';
import { casesOfMovedSchools } from '../commands/school-district';
import { type Config, ConfigError, loadConfig } from '../config';
import { type DirectoryRow, type Listing, readHeader, rowReader } from '../domain/directory';
import { createPrisma } from '../prisma/client';
import type { PrismaClient } from '../prisma/generated/client';
import { runProcess } from '../process';
import { tellCase } from '../temporal/case-workflows';
import { reachTemporal } from '../temporal/connection';
import { type CheckedFile, checkFile, csvRows } from './csv-file';
import { openReport } from './import-report';
import { findServingSystem } from './serving-database';

const HELP = `npm run import -- districts FILE [--report FILE]
npm run import -- schools FILE [--report FILE]

Reads a CSV file (UTF-8, with a header) into the system that npm start runs from the same DATA_DIR, or of DATABASE_URL.
  districts   code,name,kind,province,email,phone
  schools     code,name,districtCode,subdistrict,amphoe,province,level,obecCode,ministryCode,email
Columns may stand in any order; all but code, name and kind may be left out, and keep then what is stored. An empty cell
empties what is stored. Lines that cannot be used are told, and written to the report with what is wrong with them; the
others are imported. The same file again changes nothing. npm run directory makes such files of the whole country.
`;

/** Rows in one transaction: large enough to be quick, small enough that nobody waits for its locks. */
const BATCH = 500;
/** Milliseconds between two words about how far it is. */
const TELL_EVERY = 1_000;

const began = performance.now();
function say(line: string): void {
  process.stdout.write(`[${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s] ${line}\n`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { report: { type: 'string' } } });
  const [listing, path, ...more] = positionals;
  if ((listing !== 'districts' && listing !== 'schools') || path === undefined || more.length > 0)
    throw new ConfigError(
      'Say what to import: npm run import -- districts FILE, or schools FILE, with --report FILE for refused lines (--help tells more).',
    );
  const file = await checkFile(path);
  const { config, databaseUrl } = await findServingSystem(loadConfig(process.env));
  const prisma = createPrisma(databaseUrl, { poolSize: 2, applicationName: 'dpa-import' });
  try {
    // Also of what an import that fails has stored so far.
    const counts = await importFile(prisma, listing, file, values.report).finally(() => tellMovedCases(prisma, config));
    process.stdout.write(`${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.refused} refused\n`);
  } finally {
    await prisma.$disconnect();
  }
}

type Counts = ImportedRows & { refused: number };

async function importFile(prisma: PrismaClient, listing: Listing, file: CheckedFile, reportPath: string | undefined): Promise<Counts> {
  const rows = csvRows(file);
  const header = readHeader(listing, await headerOf(rows));
  if ('problem' in header) throw new ConfigError(`${file.path}: ${header.problem}`);
  const report = await openReport(reportPath, file.path, header.columns, say);
  const read = rowReader(listing, header.columns, await districtCodes(prisma));
  const counts: Counts = { new: 0, changed: 0, unchanged: 0, refused: 0 };
  const batch: DirectoryRow[] = [];
  const store = async () => {
    const { length } = batch;
    if (length > 0) add(counts, await importRows(prisma, listing, batch.splice(0), file.digest));
  };
  const tell = progress(file);
  for await (const row of rows) {
    const result = read(row);
    if ('problems' in result) {
      counts.refused += 1;
      await report.refuse(result, row.cells);
    } else batch.push(result);
    if (batch.length === BATCH) await store();
    tell(row.line, row.end);
  }
  await store();
  await report.close();
  return counts;
}

async function headerOf(rows: AsyncGenerator<{ cells: readonly string[] }>): Promise<readonly string[]> {
  const first = await rows.next();
  return first.done ? [] : first.value.cells;
}

async function districtCodes(prisma: PrismaClient): Promise<Set<string>> {
  const districts = await prisma.district.findMany({ select: { code: true } });
  return new Set(districts.map(({ code }) => code));
}

function add(counts: Counts, more: ImportedRows): void {
  counts.new += more.new;
  counts.changed += more.changed;
  counts.unchanged += more.unchanged;
}

/** Tells from time to time how far the file is read. */
function progress({ bytes }: CheckedFile): (line: number, end: number) => void {
  let told = performance.now();
  return (line, end) => {
    if (performance.now() - told < TELL_EVERY) return;
    told = performance.now();
    say(`line ${line.toLocaleString('en')}, ${Math.floor((100 * end) / bytes)} % of the file`);
  };
}

/** Signals that are under way at once. */
const SIGNALS_AT_ONCE = 20;

/**
 * Open cases follow their schools to other districts (R3.2, R5.3d). Where Temporal is not to be reached from here, they follow with
 * the next sweep, which compares every open case with its school.
 */
async function tellMovedCases(prisma: PrismaClient, config: Config): Promise<void> {
  const workflowIds = await casesOfMovedSchools(prisma);
  if (workflowIds.length === 0) return;
  try {
    await tellCases(config, workflowIds);
    say(`${workflowIds.length} open cases go to the new district of their school`);
  } catch (failure) {
    say(`${workflowIds.length} open cases go to the new district of their school with the next sweep (SWEEP_EVERY). ${messageOf(failure)}`);
  }
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

async function tellCases(config: Config, workflowIds: readonly string[]): Promise<void> {
  const { client, close } = await reachTemporal(config);
  try {
    for (let first = 0; first < workflowIds.length; first += SIGNALS_AT_ONCE) {
      await Promise.all(workflowIds.slice(first, first + SIGNALS_AT_ONCE).map((workflowId) => tellCase(client, workflowId)));
    }
  } finally {
    await close();
  }
}

runProcess('import', HELP, main);
