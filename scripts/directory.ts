// `npm run directory`: makes import files of the whole country from the shipped list of schools.
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify';
import { ConfigError } from '../config';
import { runProcess } from '../process';
import { countryDistricts, type SchoolLine, schoolCompleter } from './country-directory';
import { listedSchools, readDemoSchools, readReference } from './listed-schools';

const HELP = `npm run directory -- FOLDER   writes districts.csv and schools.csv of the whole country there, for npm run import

33,975 schools as public lists have them, each a line, some of them broken: npm run import refuses those and says why.
Codes that begin with 99 (schools), SP and SM (districts) are made up; prisma/data/README.md says more.
`;

const DISTRICT_COLUMNS = ['code', 'name', 'kind', 'province'];
const SCHOOL_COLUMNS = ['code', 'name', 'districtCode', 'subdistrict', 'amphoe', 'province', 'level', 'obecCode', 'ministryCode'];

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new ConfigError('Say where to: npm run directory -- FOLDER');
  mkdirSync(folder, { recursive: true });
  const reference = readReference();
  const districts = countryDistricts(reference);
  await writeCsv(join(folder, 'districts.csv'), DISTRICT_COLUMNS, districts);
  const counted = { schools: 0 };
  const complete = schoolCompleter(reference, readDemoSchools());
  await writeCsv(join(folder, 'schools.csv'), SCHOOL_COLUMNS, schoolLines(complete, counted));
  process.stdout.write(
    `${districts.length} districts and ${counted.schools.toLocaleString('en')} schools. Next:\n` +
      `  npm run import -- districts ${join(folder, 'districts.csv')}\n` +
      `  npm run import -- schools ${join(folder, 'schools.csv')} --report ${join(folder, 'refused.csv')}\n`,
  );
}

async function* schoolLines(complete: ReturnType<typeof schoolCompleter>, counted: { schools: number }): AsyncGenerator<SchoolLine> {
  for await (const school of listedSchools()) {
    counted.schools += 1;
    yield complete(school);
  }
}

function writeCsv(path: string, columns: string[], rows: Iterable<object> | AsyncIterable<object>): Promise<void> {
  return pipeline(rows, stringify({ header: true, columns }), createWriteStream(path));
}

runProcess('directory', HELP, main);
