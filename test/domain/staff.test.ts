import fc from 'fast-check';
import { ACADEMIC_STANDINGS, ENGLISH_STANDINGS, NO_STANDING, parseAcademicStanding } from '../../domain/academic-standing';
import {
  brokenStaffRules,
  changedRecord,
  differingFields,
  fieldChanges,
  formerNames,
  missingFields,
  STAFF_FIELDS,
  type StaffRecord,
} from '../../domain/staff';
import { parseStaffPosition, STAFF_POSITIONS, thaiPosition } from '../../domain/staff-position';
import { completeRecord, staffRecords } from '../roster/support/records';

const TODAY = '2026-11-24';

describe('R5.1 when a record is complete', () => {
  test('with everything that the rule names', () => {
    expect(missingFields(completeRecord())).toEqual([]);
  });

  test.each(['birthDate', 'positionNumber', 'academicStanding', 'standingDate', 'appointedDate', 'qualification', 'major'] as const)(
    'not without %s',
    (field) => {
      expect(missingFields({ ...completeRecord(), [field]: null })).toContain(field);
    },
  );

  test.each(['title', 'firstName', 'lastName', 'qualification'] as const)('a blank %s is a missing one', (field) => {
    expect(missingFields({ ...completeRecord(), [field]: '' })).toEqual([field]);
  });

  test('without academic standing there is no date of it to miss', () => {
    expect(missingFields({ ...completeRecord(), academicStanding: NO_STANDING, standingDate: null })).toEqual([]);
  });

  test('e-mail and telephone are never missed', () => {
    expect(missingFields({ ...completeRecord(), email: null, phone: null })).toEqual([]);
  });
});

describe('R5.1 what a record cannot say', () => {
  test('a sound one breaks nothing', () => {
    expect(brokenStaffRules(completeRecord(), TODAY)).toEqual([]);
    expect(brokenStaffRules({ ...completeRecord(), birthDate: null, appointedDate: '1941-01-01', standingDate: '1941-01-01' }, TODAY)).toEqual([]);
  });

  test.each<[string, Partial<StaffRecord>, string[]]>([
    ['born too lately to work', { birthDate: '2011-11-25', appointedDate: null, standingDate: null }, ['birthDate']],
    ['born in a year of the Buddhist era', { birthDate: '2528-01-01', appointedDate: null, standingDate: null }, ['birthDate']],
    ['older than anybody', { birthDate: '1925-11-23' }, ['birthDate']],
    ['appointed tomorrow', { appointedDate: '2026-11-25', standingDate: null }, ['appointedDate']],
    ['appointed as a child', { birthDate: '1985-04-01', appointedDate: '2000-03-31' }, ['appointedDate']],
    ['a standing of tomorrow', { standingDate: '2026-11-25' }, ['standingDate']],
    ['a standing older than the appointment', { standingDate: '2008-05-15', appointedDate: '2008-05-16' }, ['standingDate']],
    ['appointed before anybody who works, of whom no birth date is known', { birthDate: null, appointedDate: '1800-01-01' }, ['appointedDate']],
    ['a standing before anybody who works', { birthDate: null, appointedDate: null, standingDate: '0001-01-01' }, ['standingDate']],
    ['a standing as a child', { birthDate: '1985-04-01', appointedDate: null, standingDate: '2000-03-31' }, ['standingDate']],
    ['a date of no standing', { academicStanding: NO_STANDING }, ['standingDate']],
  ])('%s', (_what, differs, paths) => {
    expect(brokenStaffRules({ ...completeRecord(), ...differs }, TODAY).map(({ path }) => path)).toEqual(paths);
  });

  test.each<[string, Partial<StaffRecord>]>([
    ['fifteen today', { birthDate: '2011-11-24', appointedDate: null, standingDate: null }],
    ['a hundred years old', { birthDate: '1925-11-24' }],
    ['appointed today', { appointedDate: TODAY, standingDate: TODAY }],
    ['nothing known yet', { birthDate: null, appointedDate: null, standingDate: null }],
  ])('%s is possible', (_what, differs) => {
    expect(brokenStaffRules({ ...completeRecord(), ...differs }, TODAY)).toEqual([]);
  });

  test('messages are Thai and English', () => {
    const [broken] = brokenStaffRules({ ...completeRecord(), appointedDate: '2027-01-01' }, TODAY);
    expect(broken).toMatchObject({ code: 'IMPLAUSIBLE_DATE', message: expect.stringMatching(/[ก-๙].* \/ .*[A-Za-z]/) });
  });
});

describe('R5.1 a change', () => {
  test('what is absent stays, null clears', () => {
    const before = completeRecord();
    expect(changedRecord(before, { major: null, phone: undefined })).toEqual({ ...before, major: null });
  });

  test('who has no academic standing any more has no date of it, unless the change insists', () => {
    const record = completeRecord();
    expect(changedRecord(record, { academicStanding: NO_STANDING }).standingDate).toBeNull();
    const insisting = changedRecord(record, { academicStanding: NO_STANDING, standingDate: '2020-01-01' });
    expect(brokenStaffRules(insisting, TODAY).map(({ path }) => path)).toEqual(['standingDate']);
  });

  test('a change with every field of another record leads there, and then changes nothing', () => {
    fc.assert(
      fc.property(staffRecords(), staffRecords(), (one, other) => {
        const after = changedRecord(one, other);
        expect(after).toEqual(other);
        expect(differingFields(after, other)).toEqual([]);
        expect(differingFields(one, other)).toEqual(STAFF_FIELDS.filter((field) => one[field] !== other[field]));
        expect(fieldChanges(one, other)).toEqual(differingFields(one, other).map((field) => ({ field, old: one[field], new: other[field] })));
      }),
    );
  });
});

describe('X1, X7 old and new of a record', () => {
  test('of somebody who is added, everything that is known is new', () => {
    const record = completeRecord();
    const known = STAFF_FIELDS.filter((field) => record[field] !== null);
    expect(fieldChanges(null, record)).toEqual(known.map((field) => ({ field, old: null, new: record[field] })));
  });

  test('every name that a person ever had is found by going back', () => {
    fc.assert(
      fc.property(fc.array(staffRecords(), { minLength: 1 }), (records) => {
        const changes = records.map((record, index) => fieldChanges(records[index - 1] ?? null, record));
        const found = formerNames(records.at(-1) ?? completeRecord(), changes.toReversed());
        const names = records.map(({ firstName, lastName }) => ({ firstName, lastName }));
        expect(found).toEqual([...names.slice(0, -1).toReversed(), names[0]]);
      }),
    );
  });
});

describe('R5.1 academic standing, however typed', () => {
  test.each([
    ['ครูชำนาญการพิเศษ', 'ชำนาญการพิเศษ'],
    ['รองผู้อำนวยการชำนาญการ', 'ชำนาญการ'],
    ['ผู้อำนวยการสถานศึกษาเชี่ยวชาญ', 'เชี่ยวชาญ'],
    [' ชำนาญ การ ', 'ชำนาญการ'],
    ['ชํานาญการ', 'ชำนาญการ'],
    ['ไม่มี', NO_STANDING],
    ['NONE', NO_STANDING],
    ['SENIOR_PROFESSIONAL', 'ชำนาญการพิเศษ'],
  ])('%s', (raw, standing) => {
    expect(parseAcademicStanding(raw)).toBe(standing);
  });

  test('each says itself; other words are none', () => {
    for (const standing of ACADEMIC_STANDINGS) expect(parseAcademicStanding(standing)).toBe(standing);
    expect(ENGLISH_STANDINGS.map(parseAcademicStanding)).toEqual(ACADEMIC_STANDINGS);
    for (const raw of ['', 'ครู', 'เก่งมาก']) expect(parseAcademicStanding(raw)).toBeNull();
  });
});

describe('R5.2 position, as a code or in Thai', () => {
  test('each code and each Thai name says itself', () => {
    for (const position of STAFF_POSITIONS) {
      expect(parseStaffPosition(position)).toBe(position);
      expect(parseStaffPosition(thaiPosition(position))).toBe(position);
    }
  });

  test.each([
    ['ผอ.', 'DIRECTOR'],
    ['รอง ผอ.', 'DEPUTY_DIRECTOR'],
    ['ครู ผู้ช่วย', 'ASSISTANT_TEACHER'],
    ['teacher', 'TEACHER'],
    ['ภารโรง', null],
    ['', null],
  ])('%s', (raw, position) => {
    expect(parseStaffPosition(raw)).toBe(position);
  });
});
