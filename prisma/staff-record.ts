// Between a person's row and the staff record of domain/staff.ts: dates as text, positions and standings as known words.
import { createHash } from 'node:crypto';
import { parseAcademicStanding } from '../domain/academic-standing';
import { STAFF_FIELDS, type StaffRecord } from '../domain/staff';
import { parseStaffPosition } from '../domain/staff-position';
import { nameKey } from '../domain/thai-text';
import type { Person } from './generated/client';
import { isoDate } from './iso-date';

const isoOrNull = (date: Date | null) => date && isoDate(date);
const dateOrNull = (iso: string | null) => (iso === null ? null : new Date(iso));

/** @throws Error for a row with a position that no release of the service wrote */
export function staffRecord(row: Person): StaffRecord {
  const position = parseStaffPosition(row.position);
  if (position === null) throw new Error('A person has a position that is none of ours.');
  return {
    title: row.title,
    firstName: row.firstName,
    lastName: row.lastName,
    birthDate: isoOrNull(row.birthDate),
    position,
    positionNumber: row.positionNumber,
    academicStanding: row.academicStanding === null ? null : parseAcademicStanding(row.academicStanding),
    standingDate: isoOrNull(row.standingDate),
    appointedDate: isoOrNull(row.appointedDate),
    qualification: row.qualification,
    major: row.major,
    email: row.email,
    phone: row.phone,
  };
}

/** Another one with each change of the data: who read it can say what they read without sending it. */
export function recordVersion(record: StaffRecord): string {
  const content = JSON.stringify(STAFF_FIELDS.map((field) => record[field]));
  return createHash('sha256').update(content).digest('base64url');
}

/** The columns of a record. */
export function staffColumns(record: StaffRecord) {
  return {
    ...record,
    nameKey: nameKey(record.firstName, record.lastName),
    birthDate: dateOrNull(record.birthDate),
    standingDate: dateOrNull(record.standingDate),
    appointedDate: dateOrNull(record.appointedDate),
  };
}
