// The shipped list of schools and what belongs to it (prisma/data/README.md says where it is from).
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { PROJECT_ROOT } from '../project-root';
import { type CodedSchool, type ListedSchool, listedSchool, type ReferenceData, referenceData } from './country-directory';

/** The folder of shipped data. */
export const DATA = join(PROJECT_ROOT, 'prisma', 'data');

/** The list, row by row as found. */
export async function* listedSchools(): AsyncGenerator<ListedSchool> {
  const rows = createReadStream(join(DATA, 'schools-th.csv.gz'))
    .pipe(createGunzip())
    .pipe(parse({ columns: true }));
  for await (const row of rows) yield listedSchool.parse(row);
}

/** The public codes. */
export function readReference(): ReferenceData {
  return referenceData.parse(JSON.parse(readFileSync(join(DATA, 'reference.json'), 'utf8')));
}

const demoSchools = z.object({
  districts: z.array(
    z.object({
      province: z.string(),
      schools: z.array(z.object({ code: z.string(), name: z.string(), subdistrict: z.string(), amphoe: z.string() })),
    }),
  ),
});

/** The schools of the demo data with their codes, so that the country can be imported on top of it. */
export function readDemoSchools(): CodedSchool[] {
  const { districts } = demoSchools.parse(JSON.parse(readFileSync(join(DATA, 'demo.json'), 'utf8')));
  return districts.flatMap(({ province, schools }) => schools.map((school) => ({ ...school, province })));
}
