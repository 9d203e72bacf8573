// `npm run people`: fills the rosters of all schools with made-up people, to see how the service does with a whole country.
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { ConfigError, loadConfig } from '../config';
import { servingConnection } from '../prisma/client';
import { staffColumns } from '../prisma/staff-record';
import { runProcess } from '../process';
import { createKeyRing, type KeyRing } from '../security/key-ring';
import { findServingSystem, keysOfServingSystem } from './serving-database';
import { type SyntheticPerson, schoolSizes, syntheticPerson } from './synthetic-people';

const HELP = `npm run people -- [--count 400000]

Makes so many made-up people over all schools of the system that npm start runs from the same DATA_DIR, or of DATABASE_URL
(with its keys in the environment). The same count again adds nobody. Not for production.
`;

/** Rows in one transaction: what is held in memory at a time, twice. */
const BATCH = 2_000;
/** On a terminal the bar grows in its place; elsewhere each word is a line. */
const TELL_EVERY_MS = process.stdout.isTTY ? 500 : 5_000;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { count: { type: 'string', default: '400000' } } });
  const count = Number(values.count);
  if (!Number.isInteger(count) || count < 1 || count > 10_000_000) throw new ConfigError('--count takes a whole number from 1 to 10000000.');
  const config = loadConfig(process.env);
  if (config.production) throw new ConfigError('Made-up people are not for production.');
  const { databaseUrl } = await findServingSystem(config);
  const keys = keysOfServingSystem(config);
  const client = new Client(servingConnection(databaseUrl, 'dpa-people'));
  await client.connect();
  try {
    await load(client, createKeyRing(keys.nationalId, keys.lookup), count);
  } finally {
    await client.end();
  }
}

interface Placed extends SyntheticPerson {
  schoolCode: string;
}

async function load(client: Client, keyRing: KeyRing, count: number): Promise<void> {
  const { rows: schools } = await client.query<{ code: string }>('SELECT code FROM school ORDER BY code');
  if (schools.length === 0) throw new ConfigError('There are no schools yet: npm run import brings them.');
  const tell = progress(count);
  let added = 0;
  // The next batch is made while the last one is written.
  let writing: Promise<number> = Promise.resolve(0);
  let made = 0;
  for (const batch of batches(
    schools.map(({ code }) => code),
    count,
  )) {
    const columns = columnsOf(batch, keyRing);
    added += await writing;
    writing = write(client, columns);
    // A failure is told when its turn comes.
    writing.catch(() => undefined);
    made += batch.length;
    tell(made);
  }
  added += await writing;
  process.stdout.write(
    `\n${added.toLocaleString('en')} added, ${(count - added).toLocaleString('en')} were there, at ${schools.length.toLocaleString('en')} schools\n`,
  );
}

function* batches(schools: readonly string[], count: number): Generator<Placed[]> {
  let batch: Placed[] = [];
  let serial = 0;
  for (const [index, size] of schoolSizes(schools.length, count).entries()) {
    for (let number = 0; number < size; number += 1) {
      batch.push({ ...syntheticPerson(serial, number === 0), schoolCode: schools[index] ?? '' });
      serial += 1;
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** One array for each column: PostgreSQL takes a batch as one statement. */
function columnsOf(batch: readonly Placed[], keyRing: KeyRing): unknown[][] {
  const people = batch.map(({ record, ...person }) => ({ ...person, ...staffColumns(record) }));
  return [
    people.map(({ id }) => id),
    people.map(({ nationalId }) => keyRing.lookupHash(nationalId)),
    people.map(({ nationalId }) => keyRing.seal(nationalId)),
    people.map(({ title }) => title),
    people.map(({ firstName }) => firstName),
    people.map(({ lastName }) => lastName),
    people.map(({ nameKey }) => nameKey),
    people.map(({ position }) => position),
    people.map(({ birthDate }) => birthDate),
    people.map(({ positionNumber }) => positionNumber),
    people.map(({ academicStanding }) => academicStanding),
    people.map(({ standingDate }) => standingDate),
    people.map(({ appointedDate }) => appointedDate),
    people.map(({ qualification }) => qualification),
    people.map(({ major }) => major),
    people.map(({ from }) => from),
    people.map(({ postingId }) => postingId),
    people.map(({ schoolCode }) => schoolCode),
  ];
}

const INSERT = `
  WITH given AS (
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::date[], $10::text[],
      $11::text[], $12::date[], $13::date[], $14::text[], $15::text[], $16::date[], $17::uuid[], $18::text[])
    AS g(id, hash, cipher, title, first_name, last_name, name_key, position, birth_date, position_number,
      academic_standing, standing_date, appointed_date, qualification, major, since, posting_id, school_code)
  ), added AS (
    INSERT INTO person (id, national_id_hash, national_id_cipher, title, first_name, last_name, name_key, position, birth_date, position_number,
      academic_standing, standing_date, appointed_date, qualification, major, verified_on)
    SELECT id, hash, cipher, title, first_name, last_name, name_key, position, birth_date, position_number,
      academic_standing, standing_date, appointed_date, qualification, major, since FROM given
    ON CONFLICT DO NOTHING RETURNING id
  )
  INSERT INTO posting (id, person_id, school_code, "from") SELECT posting_id, given.id, school_code, since FROM given JOIN added USING (id)`;

async function write(client: Client, columns: unknown[][]): Promise<number> {
  const { rowCount } = await client.query(INSERT, columns);
  return rowCount ?? 0;
}

const WIDTH = 30;

/** A bar that grows: on a terminal in its place, elsewhere a line now and then. */
function progress(count: number): (made: number) => void {
  const began = performance.now();
  let told = began;
  return (made) => {
    const now = performance.now();
    if (made < count && now - told < TELL_EVERY_MS) return;
    told = now;
    const perSecond = (made * 1_000) / (now - began);
    const filled = Math.round((WIDTH * made) / count);
    const bar = `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${Math.floor((100 * made) / count)} %`;
    const left = `${Math.round(perSecond).toLocaleString('en')}/s, ${Math.ceil((count - made) / perSecond)} s left  `;
    process.stdout.write(`${process.stdout.isTTY ? '\r' : '\n'}${bar} ${made.toLocaleString('en')} of ${count.toLocaleString('en')}, ${left}`);
  };
}

runProcess('people', HELP, main);
