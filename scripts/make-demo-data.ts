// Makes prisma/data/demo.json: a few districts with real schools of their provinces, from the shipped list.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ListedSchool } from './country-directory';
import { DATA, listedSchools } from './listed-schools';

interface DemoSchool {
  code: string;
  name: string;
  subdistrict: string;
  amphoe: string;
  level: string;
  obecCode?: string;
  ministryCode?: string;
}

/** Districts of the demo, with the schools whose real codes are public. Codes of districts are the first four digits of their schools' SMIS codes. */
const DISTRICTS = [
  {
    code: '7001',
    name: 'สำนักงานเขตพื้นที่การศึกษาประถมศึกษาราชบุรี เขต 1',
    kind: 'ESAO_PRIMARY',
    province: 'ราชบุรี',
    provinceCode: '70',
    size: 52,
    level: /ประถม/,
    real: [
      { code: '70010062', name: 'โรงเรียนบ้านพุตะเคียน', obecCode: '480305', ministryCode: '1070480305' },
      { code: '70010184', name: 'โรงเรียนบ้านโป่งกระทิงบน', obecCode: '480339', ministryCode: '1070480339' },
    ],
  },
  {
    code: '6302',
    name: 'สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตาก เขต 2',
    kind: 'ESAO_PRIMARY',
    province: 'ตาก',
    provinceCode: '63',
    size: 1, // the list has no school of this province
    level: /./,
    real: [{ code: '63020130', name: 'โรงเรียนบ้านป่าคาใหม่ สาขาบ้านป่าหวาย', obecCode: '160271', ministryCode: '1063020130' }],
  },
  {
    code: '3202',
    name: 'สำนักงานเขตพื้นที่การศึกษาประถมศึกษาสุรินทร์ เขต 2',
    kind: 'ESAO_PRIMARY',
    province: 'สุรินทร์',
    provinceCode: '32',
    size: 48,
    level: /^อนุบาล/,
    real: [{ code: '32020001', name: 'โรงเรียนบ้านกระเบื้องใหญ่' }],
  },
  {
    code: 'SM50',
    name: 'สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาเชียงใหม่',
    kind: 'ESAO_SECONDARY',
    province: 'เชียงใหม่',
    provinceCode: '50',
    size: 20,
    level: /^มัธยม/,
    real: [],
  },
];

/** Rows that need no explaining: a whole place, no marks in the name. */
async function plainSchools(): Promise<ListedSchool[]> {
  const plain: ListedSchool[] = [];
  for await (const school of listedSchools()) {
    const { name, subdistrict, amphoe } = school;
    if (name.startsWith('โรงเรียน') && subdistrict !== '' && amphoe !== '' && !/[",\n]/.test(Object.values(school).join(''))) plain.push(school);
  }
  return plain;
}

const HELP = 'node dist/scripts/make-demo-data.js   writes prisma/data/demo.json anew from the list of schools that is shipped\n';

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(HELP);
    return;
  }
  const listed = await plainSchools();
  const districts = DISTRICTS.map(({ real, size, level, provinceCode, ...district }) => {
    const names = new Set(real.map(({ name }) => name));
    const others = listed
      .filter((school) => school.province === district.province && level.test(school.level) && !names.has(school.name))
      .slice(0, size - real.length)
      .map(({ province: _same, ...school }, index): DemoSchool => ({ code: `99${provinceCode}${String(index + 1).padStart(4, '0')}`, ...school }));
    const withPlaces = real.map((school): DemoSchool => ({ subdistrict: '', amphoe: '', level: '', ...school }));
    return { ...district, schools: [...withPlaces, ...others] };
  });
  writeFileSync(join(DATA, 'demo.json'), `${JSON.stringify({ districts }, null, 1)}\n`);
  process.stdout.write(`${districts.map(({ code, schools }) => `${code}: ${schools.length} schools`).join('\n')}\n`);
}

void main();
