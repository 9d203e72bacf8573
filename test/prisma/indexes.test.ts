// Tables grow to the size of the country: rows are found by what they refer to without reading all of them.
import { createTestDatabase, type TestDatabase, withAdmin } from '../setup/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Looked for by nobody, by erasures alone, or in tables of few rows. */
const WITHOUT_INDEX = [
  'objection.school_code',
  'registration.decided_by_id',
  'revocation.school_code',
  'staff_lookup.person_id',
  'staff_lookup.school_code',
  'substitution.absent_id',
];

/** One of some rows alone is of no use to a statement that is told its condition as a value, or wants the other rows. */
const REFERENCES_WITHOUT_INDEX = `
  SELECT reference.conrelid::regclass || '.' || attname AS name
  FROM pg_constraint reference JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
  WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND NOT EXISTS (
    SELECT FROM pg_index WHERE indrelid = conrelid AND indkey[0] = conkey[1] AND indpred IS NULL)
  ORDER BY name`;

test('Every reference has an index of all rows, but those that nobody waits for', async () => {
  const { rows } = await withAdmin(database.adminUrl, (admin) => admin.query<{ name: string }>(REFERENCES_WITHOUT_INDEX));
  expect(rows.map(({ name }) => name)).toEqual(WITHOUT_INDEX);
});
