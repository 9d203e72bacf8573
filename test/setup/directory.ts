// The directory that tests begin with: two districts with a hundred schools each, one school without a district.
import type { Client } from 'pg';
import { OFFICIAL_HOLIDAYS } from '../../domain/holidays';
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
export async function seedDirectory(admin: Client): Promise<void> {
  const districts = [DISTRICT, OTHER_DISTRICT];
  await admin.query('INSERT INTO holiday (date, name) SELECT * FROM unnest($1::date[], $2::text[])', [
    OFFICIAL_HOLIDAYS.map(({ date }) => date),
    OFFICIAL_HOLIDAYS.map(({ name }) => name),
  ]);
  await admin.query(
    `INSERT INTO district (code, name, kind, email, phone)
     SELECT code, 'สพป. ' || code, 'ESAO_PRIMARY', 'contact@' || code || '.test', '032 000 000' FROM unnest($1::text[]) code`,
    [districts],
  );
  await admin.query(
    `INSERT INTO school (code, name, district_code)
     SELECT code || lpad(number::text, 4, '0'), 'โรงเรียนทดสอบ ' || number, code FROM unnest($1::text[]) code, generate_series(0, $2::integer - 1) number`,
    [districts, SCHOOLS],
  );
  await admin.query("INSERT INTO school (code, name) VALUES ($1, 'โรงเรียนที่ยังไม่มีเขต')", [HELD_SCHOOL]);
  await seedAccounts(admin);
}

async function seedAccounts(admin: Client): Promise<void> {
  const { central, approver, head, otherApprover } = ACCOUNTS;
  const offices = [
    { email: central, role: 'CENTRAL', districtCode: null, head: false },
    { email: approver, role: 'DISTRICT', districtCode: DISTRICT, head: false },
    { email: head, role: 'DISTRICT', districtCode: DISTRICT, head: true },
    { email: otherApprover, role: 'DISTRICT', districtCode: OTHER_DISTRICT, head: false },
  ];
  await admin.query(
    `INSERT INTO account (id, email, email_key, role, name, password_hash, district_code, head)
     SELECT gen_random_uuid(), email, email, role, 'เจ้าหน้าที่ ' || email, $1, "districtCode", head
     FROM jsonb_to_recordset($2) AS office (email text, role "Role", "districtCode" text, head boolean)`,
    [await hashPassword(PASSWORD), JSON.stringify(offices)],
  );
}
