// The directory that tests begin with: two districts with a hundred schools each, one school without a district.
import { randomUUID } from 'node:crypto';
import { OFFICIAL_HOLIDAYS } from '../../domain/holidays';
import type { PrismaClient } from '../../prisma/generated/client';
import type { KeyRing } from '../../security/key-ring';
import { hashPassword } from '../../security/passwords';

export const PASSWORD = 'a-password-of-tests';
export const DISTRICT = '7001';
export const OTHER_DISTRICT = '6302';
/** A school that no district has. */
export const HELD_SCHOOL = '99999999';
export const ACCOUNTS = {
  central: 'central@office.test',
  approver: `approver@${DISTRICT}.test`,
  head: `head@${DISTRICT}.test`,
  otherApprover: `approver@${OTHER_DISTRICT}.test`,
} as const;

/** The n-th school of a district, from 0. */
export function schoolOf(district: string, index: number): string {
  return `${district}${String(index).padStart(4, '0')}`;
}

/** How many schools a district has. */
const SCHOOLS = 100;
/** The first school that `freshSchool` gives, by its place; those before it are left to tests that name theirs. */
export const FIRST_FRESH = 10;
let next = FIRST_FRESH;

/** A school that nothing else in this test file has; of the first district unless told. */
export function freshSchool(district: string = DISTRICT): string {
  if (next === SCHOOLS) throw new Error('No school is left: the directory of tests has to have more.');
  return schoolOf(district, next++);
}

/** Writes districts, schools, holidays and the offices' accounts. */
export async function seedDirectory(prisma: PrismaClient, _keyRing: KeyRing): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  const office = (email: string, role: 'CENTRAL' | 'DISTRICT', rest: { districtCode?: string; head?: boolean } = {}) => ({
    id: randomUUID(),
    email,
    emailKey: email,
    role,
    name: `เจ้าหน้าที่ ${email}`,
    passwordHash,
    ...rest,
  });
  const districts = [DISTRICT, OTHER_DISTRICT];
  await prisma.holiday.createMany({ data: OFFICIAL_HOLIDAYS.map(({ date, name }) => ({ date: new Date(date), name })) });
  await prisma.district.createMany({
    data: districts.map((code) => ({ code, name: `สพป. ${code}`, kind: 'ESAO_PRIMARY', email: `contact@${code}.test`, phone: '032 000 000' })),
  });
  await prisma.school.createMany({
    data: [
      ...districts.flatMap((code) =>
        Array.from({ length: SCHOOLS }, (_none, index) => ({ code: schoolOf(code, index), name: `โรงเรียนทดสอบ ${index}`, districtCode: code })),
      ),
      { code: HELD_SCHOOL, name: 'โรงเรียนที่ยังไม่มีเขต' },
    ],
  });
  await prisma.account.createMany({
    data: [
      office(ACCOUNTS.central, 'CENTRAL'),
      office(ACCOUNTS.approver, 'DISTRICT', { districtCode: DISTRICT }),
      office(ACCOUNTS.head, 'DISTRICT', { districtCode: DISTRICT, head: true }),
      office(ACCOUNTS.otherApprover, 'DISTRICT', { districtCode: OTHER_DISTRICT }),
    ],
  });
}
