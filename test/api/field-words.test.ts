// What is told of a field that a schema cannot use: what to do, in Thai and English, whatever the schema says of it.
import { z } from 'zod';
import { ROUTES } from '../../api/routes';
import { brokenFields } from '../../commands/broken-fields';
import { staffRowSchema } from '../../commands/staff-schema';

const told = (schema: z.ZodType, raw: unknown) => brokenFields(schema.safeParse(raw, { reportInput: true }).error ?? new z.ZodError([]));

describe('each kind of complaint says what to do, under its stable code', () => {
  test.each([
    ['nothing', z.string(), undefined, 'REQUIRED', 'Fill this in.'],
    ['null', z.string(), null, 'INVALID', 'This cannot be left empty.'],
    ['a number for a text', z.string(), 5, 'INVALID', 'Give this as text.'],
    ['a text for a number', z.int(), 'two', 'INVALID', 'Give a number.'],
    ['a word as a limit', z.coerce.number(), 'all', 'INVALID', 'Give a number.'],
    ['half a person', z.int(), 1.5, 'INVALID', 'Give a whole number.'],
    ['less than nobody', z.int().min(0), -1, 'INVALID', 'Give a number that is 0 or more.'],
    ['too many', z.int().max(200), 201, 'INVALID', 'Give a number that is 200 or less.'],
    ['a word for yes or no', z.boolean(), 'yes', 'INVALID', 'Say true or false.'],
    ['a text too long', z.string().max(3), 'four', 'INVALID', 'At most 3 characters.'],
    ['an empty list', z.array(z.string()).min(1), [], 'INVALID', 'Give at least 1 in the list.'],
    ['none of the choices', z.enum(['HEAD', 'CENTRAL']), 'BOSS', 'INVALID', 'Choose one of: HEAD, CENTRAL.'],
    ['a field that nobody knows', z.strictObject({}), { boss: 1 }, 'INVALID', 'Not known: boss.'],
    ['a code written otherwise', z.string().regex(/^\d$/), 'x', 'INVALID', 'not written as it has to be'],
  ])('%s', (_what, schema, raw, code, words) => {
    const [error] = told(schema, raw);
    expect(error).toMatchObject({ path: '', code });
    expect(error?.message).toContain(words);
    expect(error?.message).toMatch(/^[ก-๙].* \/ [A-Z]/);
  });
});

test('R5.0 X6: a word that a roster’s sheet does not take is told the Thai ones in Thai, with the codes in the English half alone', () => {
  const [position, standing] = told(staffRowSchema, { position: 'ครูชำนาญการ', academicStanding: 'เก่งมาก' });
  expect(position?.message).toMatch(/^ตำแหน่งเป็น.*ผู้อำนวยการสถานศึกษา, .*ครู, [^A-Z]* \/ A position is one of: DIRECTOR, /);
  expect(standing?.message).toMatch(/^วิทยฐานะเป็น.*ชำนาญการ, [^A-Z]* \/ An academic standing is one of: none, professional, /);
});

const UNUSABLE = [null, true, -1, 1.5, 1e12, '', 'BOSS', 'ก'.repeat(5_000), [], [{}], {}, { boss: 1 }, { ['x'.repeat(200)]: 1 }];

/** Every field of a schema with everything that may be wrong in it, then the schema itself. */
const attempts = (schema: z.ZodType): unknown[] => {
  const fields = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return [...UNUSABLE, ...fields.flatMap((field) => UNUSABLE.map((raw) => ({ [field]: raw })))];
};

const SCHEMAS = ROUTES.flatMap(({ method, path, query, body, documentedBody }) =>
  [query, body, documentedBody].flatMap((schema) => (schema ? [[`${method} ${path}`, schema] as const] : [])),
);

test.each(SCHEMAS)('%s never speaks in the words of its schema', (_route, schema) => {
  for (const { message } of attempts(schema).flatMap((raw) => told(schema, raw))) {
    expect(message).not.toMatch(/Invalid|expected|Too (small|big)|received|Unrecognized/i);
    expect(message).toMatch(/[ก-๙].* \/ .*[A-Z]/);
  }
});
