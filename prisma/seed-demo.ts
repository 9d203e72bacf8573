// Demo data: real districts and schools, made-up people and accounts. Only for a database that `npm start`
// itself started and found empty; nothing of it exists in production.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DISTRICT_KINDS } from '../domain/directory';
import { nationalIdWithChecksum } from '../domain/national-id';
import { nameKey } from '../domain/thai-text';
import { PROJECT_ROOT } from '../project-root';
import { derivedId } from '../security/derived-id';
import type { Prisma, PrismaClient } from './generated/client';

const demoData = z.object({
  districts: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      kind: z.enum(DISTRICT_KINDS),
      province: z.string(),
      schools: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          subdistrict: z.string(),
          amphoe: z.string(),
          level: z.string(),
          obecCode: z.string().optional(),
          ministryCode: z.string().optional(),
        }),
      ),
    }),
  ),
});
type DemoDistrict = z.infer<typeof demoData>['districts'][number];

export interface SeedOptions {
  /** Of the one demo password, for every account. */
  passwordHash: string;
  lookupHash(nationalId: string): string;
  seal(nationalId: string): string;
}

/** What `npm start` prints. */
export interface DemoAccounts {
  central: string;
  districts: { code: string; name: string; approver: string; head: string }[];
  administrators: { email: string; schoolCode: string }[];
}

/** Two schools each of these two districts have an administrator. */
const WITH_ADMINISTRATORS = ['7001', '3202'];

/** Whether a database has neither districts nor accounts. */
export async function isEmpty(prisma: PrismaClient): Promise<boolean> {
  return (await prisma.district.count()) === 0 && (await prisma.account.count()) === 0;
}

/** The accounts of the demo data, whether they were seeded now or before. */
export function demoAccounts(): DemoAccounts {
  const { districts } = readDemoData();
  return {
    central: 'central@demo.test',
    districts: districts.map(({ code, name }) => ({ code, name, approver: `approver@${code}.demo.test`, head: `head@${code}.demo.test` })),
    administrators: districts.flatMap(administrated).map(({ code }) => ({ email: `admin@${code}.demo.test`, schoolCode: code })),
  };
}

function readDemoData() {
  return demoData.parse(JSON.parse(readFileSync(join(PROJECT_ROOT, 'prisma', 'data', 'demo.json'), 'utf8')));
}

/** The last two schools of a district that has administrators: the first ones, with real codes, stay free to register. */
function administrated({ code, schools }: DemoDistrict) {
  return WITH_ADMINISTRATORS.includes(code) ? schools.slice(-2) : [];
}

/** Writes the demo data, all or nothing. */
export async function seedDemo(prisma: PrismaClient, options: SeedOptions): Promise<void> {
  const { districts } = readDemoData();
  const people = districts.flatMap(({ schools }) => schools).flatMap((school, index) => staff(school.code, index, options));
  await prisma.$transaction([
    prisma.district.createMany({ data: districts.map(district) }),
    prisma.school.createMany({ data: districts.flatMap(schools) }),
    prisma.account.createMany({ data: accounts(districts, options) }),
    prisma.person.createMany({ data: people.map(({ person }) => person) }),
    prisma.posting.createMany({ data: people.map(({ posting }) => posting) }),
  ]);
}

function district({ schools: _own, ...row }: DemoDistrict): Prisma.DistrictCreateManyInput {
  return { ...row, email: `approver@${row.code}.demo.test`, phone: '0 2000 0000' };
}

function schools({ code, province, schools: own }: DemoDistrict): Prisma.SchoolCreateManyInput[] {
  return own.map(({ obecCode = null, ministryCode = null, ...school }) => ({ ...school, obecCode, ministryCode, districtCode: code, province }));
}

function accounts(districts: DemoDistrict[], { passwordHash, lookupHash }: SeedOptions): Prisma.AccountCreateManyInput[] {
  const account = (email: string, rest: Omit<Prisma.AccountCreateManyInput, 'id' | 'email' | 'emailKey' | 'passwordHash'>) => ({
    id: uuid(email),
    email,
    emailKey: email.toLowerCase(),
    passwordHash,
    ...rest,
  });
  return [
    account('central@demo.test', { role: 'CENTRAL', name: 'เจ้าหน้าที่สำนักงาน ก.ค.ศ. (สาธิต)' }),
    ...districts.flatMap(({ code, name }) => [
      account(`approver@${code}.demo.test`, { role: 'DISTRICT', name: `ผู้อนุมัติ ${name} (สาธิต)`, districtCode: code }),
      account(`head@${code}.demo.test`, { role: 'DISTRICT', name: `ผู้อำนวยการ ${name} (สาธิต)`, districtCode: code, head: true }),
    ]),
    ...districts.flatMap(administrated).map(({ code }, index) =>
      account(`admin@${code}.demo.test`, {
        role: 'SCHOOL',
        name: 'ผู้ดูแลระบบของสถานศึกษา (สาธิต)',
        schoolCode: code,
        nationalIdHash: lookupHash(syntheticId(90_000 + index)),
      }),
    ),
  ];
}

const FIRST_NAMES = [
  ['นาย', 'กมล'],
  ['นาง', 'จันทร์เพ็ญ'],
  ['นาย', 'ชูชาติ'],
  ['นางสาว', 'ดวงใจ'],
  ['นาย', 'ธงชัย'],
  ['นางสาว', 'นภา'],
  ['นาย', 'ประเสริฐ'],
  ['นาง', 'พิมพ์ใจ'],
  ['นาย', 'มานะ'],
  ['นาง', 'รัตนา'],
  ['นาย', 'วิชัย'],
  ['นางสาว', 'สายฝน'],
  ['นาย', 'อำนาจ'],
] as const;
const LAST_NAMES = ['ใจดี', 'ทองคำ', 'บุญมา', 'พรหมดี', 'ศรีสุข', 'แสงทอง', 'สุขสวัสดิ์', 'เรืองศรี', 'คำแก้ว', 'วงศ์ไทย', 'มั่นคง'];
const POSITIONS = ['DIRECTOR', 'TEACHER', 'TEACHER', 'EDUCATIONAL_PERSONNEL'];

/** Four made-up people of a school. */
function staff(schoolCode: string, schoolIndex: number, { lookupHash, seal }: SeedOptions) {
  return POSITIONS.map((position, index) => {
    const serial = schoolIndex * POSITIONS.length + index;
    const nationalId = syntheticId(serial);
    const [title, firstName] = FIRST_NAMES[serial % FIRST_NAMES.length] ?? FIRST_NAMES[0];
    const lastName = LAST_NAMES[serial % LAST_NAMES.length] ?? '';
    const id = uuid(`person ${serial}`);
    const person = {
      id,
      nationalIdHash: lookupHash(nationalId),
      nationalIdCipher: seal(nationalId),
      title,
      firstName,
      lastName,
      nameKey: nameKey(firstName, lastName),
      position,
    };
    return { person, posting: { id: uuid(`posting ${serial}`), personId: id, schoolCode, from: new Date('2024-05-16') } };
  });
}

/** National IDs of made-up people begin with 8 and eleven digits that count. */
function syntheticId(serial: number): string {
  return nationalIdWithChecksum(`8${String(serial).padStart(11, '0')}`);
}

/** The same ID for the same thing, so that demo data is alike everywhere. */
function uuid(name: string): string {
  return derivedId(`demo ${name}`);
}
