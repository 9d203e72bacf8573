// The country as a benchmark sees it: districts with an approver and a head each, and the real schools of the shipped list
// under made-up codes.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Client } from 'pg';
import { OFFICIAL_HOLIDAYS } from '../domain/holidays';
import { PROJECT_ROOT } from '../project-root';
import { hashToken, randomToken } from '../security/tokens';

/** About as many as there are district offices of basic education. */
export const DISTRICTS = 250;
/** As many schools as the shipped list has. */
export const SCHOOLS = 33_975;
/** Schools behind those, so that others can register while every school of the list waits. */
export const SPARE_SCHOOLS = 1_000;

export interface Directory {
  /** The school's code by its number, from 0. */
  school(number: number): string;
  districtOf(number: number): string;
  /** The session cookie and account of the approver of a school's district. */
  approverOf(number: number): Approver;
  /** The session cookie of the central office. */
  central: string;
}

export interface Approver {
  cookie: string;
  accountId: string;
}

const school = (number: number) => `99${String(number).padStart(6, '0')}`;
const district = (number: number) => `B${String(number).padStart(3, '0')}`;
/** Neighbours in the list, which goes by provinces, share a district. */
const districtNumber = (schoolNumber: number) => Math.floor(((schoolNumber % SCHOOLS) * DISTRICTS) / SCHOOLS);

/** Writes it, with a session for every approver and for the central office: signing in is not what is measured. */
export async function seedDirectory(admin: Client): Promise<Directory> {
  const approvers = Array.from({ length: DISTRICTS }, () => ({ id: randomUUID(), token: randomToken() }));
  const central = { id: randomUUID(), token: randomToken() };
  await admin.query('INSERT INTO holiday (date, name) SELECT * FROM unnest($1::date[], $2::text[])', [
    OFFICIAL_HOLIDAYS.map(({ date }) => date),
    OFFICIAL_HOLIDAYS.map(({ name }) => name),
  ]);
  await seedDistricts(admin);
  await seedSchools(admin);
  await seedAccounts(admin, approvers, central);
  await seedSessions(admin, [central, ...approvers]);
  return {
    school,
    districtOf: (number) => district(districtNumber(number)),
    approverOf(number) {
      const { id = '', token = '' } = approvers[districtNumber(number)] ?? {};
      return { accountId: id, cookie: `dpa_session=${token}` };
    },
    central: `dpa_session=${central.token}`,
  };
}

async function seedDistricts(admin: Client): Promise<void> {
  const codes = Array.from({ length: DISTRICTS }, (_none, number) => district(number));
  await admin.query(
    `INSERT INTO district (code, name, kind, email, phone)
     SELECT code, 'สำนักงานเขตพื้นที่การศึกษา ' || code, 'ESAO_PRIMARY', 'contact@' || lower(code) || '.bench.test', '0 2000 0000' FROM unnest($1::text[]) code`,
    [codes],
  );
}

async function seedSchools(admin: Client): Promise<void> {
  const list = gunzipSync(readFileSync(join(PROJECT_ROOT, 'prisma', 'data', 'schools-th.csv.gz'))).toString('utf8');
  // Names alone matter here, so a quoted line break in another column does no harm.
  const names = list
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');
  const numbers = Array.from({ length: SCHOOLS + SPARE_SCHOOLS }, (_none, number) => number);
  await admin.query('INSERT INTO school (code, name, district_code) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])', [
    numbers.map(school),
    numbers.map((number) => names[number] || `โรงเรียน ${number}`),
    numbers.map((number) => district(districtNumber(number))),
  ]);
}

interface Seeded {
  id: string;
  token: string;
}

async function seedAccounts(admin: Client, approvers: readonly Seeded[], central: Seeded): Promise<void> {
  const insert = `INSERT INTO account (id, email, email_key, role, name, password_hash, district_code, head)
    SELECT id, email, email, role::"Role", 'เจ้าหน้าที่ ' || email, 'none', district_code, head
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[]) AS given (id, email, role, district_code, head)`;
  const rows = [
    { id: central.id, email: 'central@bench.test', role: 'CENTRAL', district: null, head: false },
    ...approvers.map(({ id }, number) => ({
      id,
      email: `approver@b${number}.bench.test`,
      role: 'DISTRICT',
      district: district(number),
      head: false,
    })),
    ...approvers.map((_approver, number) => ({
      id: randomUUID(),
      email: `head@b${number}.bench.test`,
      role: 'DISTRICT',
      district: district(number),
      head: true,
    })),
  ];
  await admin.query(insert, [
    rows.map(({ id }) => id),
    rows.map(({ email }) => email),
    rows.map(({ role }) => role),
    rows.map((row) => row.district),
    rows.map(({ head }) => head),
  ]);
}

async function seedSessions(admin: Client, accounts: readonly Seeded[]): Promise<void> {
  await admin.query(
    'INSERT INTO session (token_hash, account_id, created_at, last_seen_at) SELECT *, now(), now() FROM unnest($1::text[], $2::uuid[])',
    [accounts.map(({ token }) => hashToken(token)), accounts.map(({ id }) => id)],
  );
}
