// A staff record (R5.1, R5.2): what is kept of a person besides the national ID, when it is complete, and what cannot be.
import { type AcademicStanding, NO_STANDING } from './academic-standing';
import type { BrokenRule } from './refusal';
import type { StaffPosition } from './staff-position';

/** Staff data as the API has it, without the national ID, which never changes; dates are `YYYY-MM-DD`, what is unknown is null. */
export interface StaffRecord {
  title: string;
  firstName: string;
  lastName: string;
  position: StaffPosition;
  birthDate: string | null;
  positionNumber: string | null;
  academicStanding: AcademicStanding | null;
  standingDate: string | null;
  appointedDate: string | null;
  qualification: string | null;
  major: string | null;
  email: string | null;
  phone: string | null;
}
export type StaffField = keyof StaffRecord;

/** In the order in which people are asked for them. */
export const STAFF_FIELDS = [
  'title',
  'firstName',
  'lastName',
  'birthDate',
  'position',
  'positionNumber',
  'academicStanding',
  'standingDate',
  'appointedDate',
  'qualification',
  'major',
  'email',
  'phone',
] as const satisfies readonly StaffField[];

/** A record is complete without them (R5.1). */
const NEVER_MISSED: readonly StaffField[] = ['email', 'phone'];

/** The fields that a record lacks (R5.1); none when it is complete. "ไม่มีวิทยฐานะ" is a standing, and then without date. */
export function missingFields(record: StaffRecord): StaffField[] {
  return STAFF_FIELDS.filter((field) => {
    if (NEVER_MISSED.includes(field)) return false;
    if (field === 'standingDate' && record.academicStanding === NO_STANDING) return false;
    return (record[field] ?? '') === '';
  });
}

/** What somebody asks to change: absent fields stay, null clears one that may be empty. */
export type StaffChange = { [Field in StaffField]?: StaffRecord[Field] | undefined };

/** The record after a change. Who is said to have no academic standing has no date of it either, unless the change gives one. */
export function changedRecord(record: StaffRecord, change: StaffChange): StaffRecord {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const undated = change.academicStanding === NO_STANDING && change.standingDate === undefined;
  return { ...record, ...given, ...(undated && { standingDate: null }) };
}

/** The fields in which two records differ, in the order of the list. */
export function differingFields(one: StaffRecord, other: StaffRecord): StaffField[] {
  return STAFF_FIELDS.filter((field) => one[field] !== other[field]);
}

/** Old and new of one field (X1), by the name that the field had at the time. */
export interface FieldChange {
  field: string;
  old: string | null;
  new: string | null;
}

/** Old and new of each field that changed, in the order of the list. @param before null for a person who is added */
export function fieldChanges(before: StaffRecord | null, after: StaffRecord): FieldChange[] {
  const changes = STAFF_FIELDS.map((field) => ({ field, old: before?.[field] ?? null, new: after[field] }));
  return changes.filter((change) => change.old !== change.new);
}

type Name = Pick<StaffRecord, 'firstName' | 'lastName'>;

/**
 * What a person was called before each change of the record, which is often what they are called now.
 * @param changes the latest first
 */
export function formerNames({ firstName, lastName }: Name, changes: readonly (readonly FieldChange[])[]): Name[] {
  let name = { firstName, lastName };
  return changes.map((fields) => {
    const old = (of: StaffField) => fields.find(({ field }) => field === of)?.old;
    name = { firstName: old('firstName') ?? name.firstName, lastName: old('lastName') ?? name.lastName };
    return name;
  });
}

/** Nobody works before that age (Labour Protection Act, section 44), and nobody on a roster is older. */
const AGES = { youngest: 15, oldest: 100 };

interface Rule {
  field: StaffField;
  message: string;
  /** @param today in Bangkok, `YYYY-MM-DD` */
  broken(record: StaffRecord, today: string): boolean;
}

/** ISO dates compare as text; unknown ones break nothing. */
const before = (one: string | null, other: string | null) => one !== null && other !== null && one < other;
const yearsLater = (date: string | null, years: number) => date && `${String(Number(date.slice(0, 4)) + years).padStart(4, '0')}${date.slice(4)}`;

/** Nobody began to work earlier; of whom the birth date is unknown, nobody who can be on a roster. */
const earliestWork = ({ birthDate }: StaffRecord, today: string) => yearsLater(birthDate ?? yearsLater(today, -AGES.oldest - 1), AGES.youngest);

const RULES: readonly Rule[] = [
  {
    field: 'birthDate',
    message: `อายุต้องอยู่ระหว่าง ${AGES.youngest} ถึง ${AGES.oldest} ปี โปรดตรวจสอบปีเกิด / Aged ${AGES.youngest} to ${AGES.oldest}: check the year.`,
    broken: ({ birthDate }, today) => before(today, yearsLater(birthDate, AGES.youngest)) || before(yearsLater(birthDate, AGES.oldest + 1), today),
  },
  {
    field: 'appointedDate',
    message: 'วันบรรจุต้องไม่เป็นวันในอนาคต / A date of appointment is not in the future.',
    broken: ({ appointedDate }, today) => before(today, appointedDate),
  },
  {
    field: 'appointedDate',
    message: 'วันบรรจุอยู่ก่อนวัยทำงาน โปรดตรวจสอบปีและวันเกิด / Date of appointment is before working age: check the year and the birth date.',
    broken: (record, today) => before(record.appointedDate, earliestWork(record, today)),
  },
  {
    field: 'standingDate',
    message: 'วันที่ได้รับวิทยฐานะต้องไม่เป็นวันในอนาคต / A date of academic standing is not in the future.',
    broken: ({ standingDate }, today) => before(today, standingDate),
  },
  {
    field: 'standingDate',
    message:
      'วันที่ได้รับวิทยฐานะอยู่ก่อนวันบรรจุหรือวัยทำงาน โปรดตรวจสอบปี / The academic standing is older than the appointment, or working age: check the year.',
    broken: (record, today) => before(record.standingDate, record.appointedDate ?? earliestWork(record, today)),
  },
  {
    field: 'standingDate',
    message: 'ผู้ไม่มีวิทยฐานะไม่มีวันที่ได้รับ โปรดลบวันที่ / Without academic standing there is no date of it: leave it empty.',
    broken: ({ standingDate, academicStanding }) => standingDate !== null && academicStanding === NO_STANDING,
  },
];

/**
 * Every rule that a record's dates break (R5.1); the shape of the fields is not looked at here.
 * @param today in Bangkok, `YYYY-MM-DD`
 */
export function brokenStaffRules(record: StaffRecord, today: string): BrokenRule[] {
  return RULES.filter((rule) => rule.broken(record, today)).map(({ field, message }) => ({ path: field, code: 'IMPLAUSIBLE_DATE', message }));
}
