// Staff records for tests.
import fc from 'fast-check';
import { ACADEMIC_STANDINGS } from '../../../domain/academic-standing';
import { STAFF_FIELDS, type StaffRecord } from '../../../domain/staff';
import { STAFF_POSITIONS } from '../../../domain/staff-position';

/** A record in which nothing is missing and nothing is wrong. */
export function completeRecord(): StaffRecord {
  return {
    title: 'นาง',
    firstName: 'กานดา',
    lastName: 'ทดสอบ',
    birthDate: '1985-04-01',
    position: 'TEACHER',
    positionNumber: '1234',
    academicStanding: 'ชำนาญการ',
    standingDate: '2015-10-01',
    appointedDate: '2008-05-16',
    qualification: 'ค.บ.',
    major: 'คณิตศาสตร์',
    email: 'kanda@school.test',
    phone: '081 234 5678',
  };
}

const dates = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const texts = fc.constantFrom('', 'ก', 'ครุศาสตรบัณฑิต');
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });

/** Any record, complete or not, sound or not. */
export function staffRecords(): fc.Arbitrary<StaffRecord> {
  return fc.record({
    title: texts,
    firstName: texts,
    lastName: texts,
    position: fc.constantFrom(...STAFF_POSITIONS),
    birthDate: orNull(dates),
    positionNumber: orNull(texts),
    academicStanding: orNull(fc.constantFrom(...ACADEMIC_STANDINGS)),
    standingDate: orNull(dates),
    appointedDate: orNull(dates),
    qualification: orNull(texts),
    major: orNull(texts),
    email: orNull(texts),
    phone: orNull(texts),
  });
}

/** A record that is complete but for one field at most. */
export function nearlyCompleteRecords(): fc.Arbitrary<StaffRecord> {
  return fc.tuple(staffRecords(), fc.constantFrom(...STAFF_FIELDS)).map(([record, field]) => ({ ...completeRecord(), [field]: record[field] }));
}
