// Staff data as it arrives, from the API, a page or a row of a sheet: parsed and normalised field by field (R5.1, R5.2, X5).
import { z } from 'zod';
import { ACADEMIC_STANDINGS, ENGLISH_STANDINGS, parseAcademicStanding } from '../domain/academic-standing';
import { brokenRule } from '../domain/broken-rule';
import { parseNationalId } from '../domain/national-id';
import type { BrokenCode } from '../domain/refusal';
import { REMOVAL_KINDS } from '../domain/removal';
import type { StaffRecord } from '../domain/staff';
import { parseStaffPosition, STAFF_POSITIONS, thaiPosition } from '../domain/staff-position';
import { arabicDigits, normaliseText } from '../domain/thai-text';
import { isUuid } from '../domain/uuid';
import { parseWrittenDate } from '../domain/written-date';
import { dateField, emailField, nationalIdField, personNames, phoneField, readText, text } from './submission-schema';

const positionField = readText(
  parseStaffPosition,
  'POSITION',
  `ตำแหน่งเป็นอย่างใดอย่างหนึ่ง: ${STAFF_POSITIONS.map(thaiPosition).join(', ')} / A position is one of: ${STAFF_POSITIONS.join(', ')}.`,
);
const standingField = readText(
  parseAcademicStanding,
  'ACADEMIC_STANDING',
  `วิทยฐานะเป็นอย่างใดอย่างหนึ่ง: ${ACADEMIC_STANDINGS.join(', ')} / An academic standing is one of: ${ENGLISH_STANDINGS.join(', ')}.`,
);
const positionNumberField = readText(
  (raw) => /^[\p{L}\d][\p{L}\p{M}\d ./-]{0,19}$/u.exec(arabicDigits(normaliseText(raw)))?.[0] ?? null,
  'POSITION_NUMBER',
  'เลขที่ตำแหน่งเป็นตัวเลขหรือตัวอักษร ไม่เกิน 20 ตัว / A position number has up to 20 digits or letters.',
);
const writtenDateField = readText(
  parseWrittenDate,
  'DATE',
  'วันที่เช่น 16/05/2567, 16 พ.ค. 2567 หรือ 2024-05-16 / A date such as 16/05/2567 or 2024-05-16.',
);

/** What everybody on a roster has. */
const NEEDED = { ...personNames, position: positionField };

/** A blank is nothing. */
function clearable<Output>(field: z.ZodType<Output>) {
  return z.preprocess((raw) => (typeof raw === 'string' && normaliseText(raw) === '' ? null : raw), field.nullable().optional());
}

/** What may be empty: absent leaves it as it is, null or a blank clears it. */
function mayBeEmpty(date: z.ZodType<string>) {
  return {
    birthDate: clearable(date),
    positionNumber: clearable(positionNumberField),
    academicStanding: clearable(standingField),
    standingDate: clearable(date),
    appointedDate: clearable(date),
    qualification: clearable(text(200)),
    major: clearable(text(200)),
    email: clearable(emailField),
    phone: clearable(phoneField),
  };
}

const optional = <Output>(field: z.ZodType<Output>) => field.optional();

function complaint(context: z.core.$RefinementCtx, { code, message }: { code: BrokenCode; message: string }): never {
  context.addIssue({ code: 'custom', params: { code }, message });
  return z.NEVER;
}

/** The look-up that adding cites (R5.3a); none, or what is no ID of one, is refused as such. */
export const lookupIdField = z.unknown().transform((raw, context): string => {
  return typeof raw === 'string' && isUuid(raw) ? raw : complaint(context, brokenRule('lookupId', 'LOOKUP_REQUIRED'));
});

/** What is looked up (R5.3a): whatever is no national ID, a blank too, is refused as such. */
export const lookedUpField = z
  .string()
  .transform((raw, context) => parseNationalId(raw) ?? complaint(context, brokenRule('nationalId', 'NATIONAL_ID')));

/** To add somebody (R5.2): only ID, title, names and position are needed. */
export const newStaffSchema = z.object({ lookupId: lookupIdField, nationalId: nationalIdField, ...NEEDED, ...mayBeEmpty(dateField) });

/** The record of somebody new: what was not given is unknown. */
export function newRecord(parsed: z.output<typeof newStaffRowSchema>): StaffRecord {
  const { title, firstName, lastName, position, ...rest } = parsed;
  return {
    title,
    firstName,
    lastName,
    position,
    birthDate: rest.birthDate ?? null,
    positionNumber: rest.positionNumber ?? null,
    academicStanding: rest.academicStanding ?? null,
    standingDate: rest.standingDate ?? null,
    appointedDate: rest.appointedDate ?? null,
    qualification: rest.qualification ?? null,
    major: rest.major ?? null,
    email: rest.email ?? null,
    phone: rest.phone ?? null,
  };
}

/** R5.1: the national ID itself never changes. */
const unchangeable = z
  .unknown()
  .transform((_given, context) => complaint(context, { code: 'NOT_CHANGEABLE', message: NOT_CHANGEABLE }))
  .optional();
const NOT_CHANGEABLE = 'เลขประจำตัวประชาชนแก้ไขที่นี่ไม่ได้ / The national ID cannot be changed here.';

/** To change somebody's data (R5.1). `verified: false` saves without confirming the data as current. */
export const staffChangeSchema = z.object({
  nationalId: unchangeable,
  title: optional(NEEDED.title),
  firstName: optional(NEEDED.firstName),
  lastName: optional(NEEDED.lastName),
  position: optional(NEEDED.position),
  ...mayBeEmpty(dateField),
  verified: z.boolean().optional(),
  version: z.string().optional(),
});

/** A row of a sheet (R5.0) for somebody new, and for somebody of the roster: dates as people write them. */
export const newStaffRowSchema = z.object({ ...NEEDED, ...mayBeEmpty(writtenDateField) });
export const staffRowSchema = newStaffRowSchema.partial();

/** R5.4: what a removal says, from the API or a page. */
export const removalSchema = z.object({ reason: z.string().max(2000).optional(), kind: z.enum(REMOVAL_KINDS).optional(), on: dateField });
