// The shapes of staff data and rosters, as the OpenAPI document tells them.
import { z } from 'zod';
import { ACADEMIC_STANDINGS } from '../domain/academic-standing';
import { STAFF_FIELDS } from '../domain/staff';
import { STAFF_POSITIONS } from '../domain/staff-position';
import { ROW_OUTCOMES } from '../domain/staff-sheet';

const date = z.string().meta({ format: 'date' });
const schoolName = z.object({ code: z.string(), name: z.string() });
const broken = z.object({ path: z.string(), code: z.string(), message: z.string() });

const needed = { title: z.string(), firstName: z.string(), lastName: z.string(), position: z.enum(STAFF_POSITIONS) };
const rest = {
  birthDate: date.nullable(),
  positionNumber: z.string().nullable(),
  academicStanding: z.enum(ACADEMIC_STANDINGS).nullable(),
  standingDate: date.nullable(),
  appointedDate: date.nullable(),
  qualification: z.string().nullable(),
  major: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
};

/** As documented; `commands/staff-schema.ts` parses, and takes Thai words for position and standing too. */
export const newStaff = z
  .object({ lookupId: z.uuid(), nationalId: z.string(), ...needed, ...z.object(rest).partial().shape })
  .meta({ id: 'NewStaff', description: 'StaffData with the look-up that it cites' });
export const staffChange = z
  .object({
    ...needed,
    ...rest,
    verified: z.boolean().meta({ description: 'false: save without confirming the data as current' }),
    version: z.string().meta({ description: 'Of the data that was seen: STALE_REVISION, and nothing is saved, where it is another one by now' }),
  })
  .partial()
  .meta({ id: 'StaffChange', description: 'Absent fields stay as they are; null clears one that may be empty' });

export const staff = z
  .object({
    id: z.string(),
    nationalId: z.string().meta({ description: 'Masked: x-xxxx-xxxx0-12-1' }),
    ...needed,
    ...rest,
    verifiedOn: date.nullable(),
    completeness: z.object({ complete: z.boolean(), missing: z.array(z.enum(STAFF_FIELDS)) }),
  })
  .meta({ id: 'Staff' });

export const staffMember = staff
  .extend({
    version: z.string().meta({ description: 'Of the data: another one with each change of it' }),
    postings: z.array(z.object({ school: schoolName, from: date, to: date.nullable() })),
  })
  .meta({ id: 'StaffMember', description: 'Staff, with the schools that the person was at, the latest first' });

const summaryFields = {
  listed: z.int(),
  complete: z.int(),
  incomplete: z.int(),
  unverified: z.int().meta({ description: 'Not confirmed as current within ROSTER_CHECK_EVERY' }),
  headcount: z.int().nullable(),
  missing: z.int(),
  surplus: z.int(),
  checkedOn: date.nullable(),
};
export const rosterSummary = z.object(summaryFields).meta({ id: 'RosterSummary' });

export const rosterState = z
  .object({ school: schoolName, district: schoolName.nullable(), ...summaryFields, overdue: z.boolean() })
  .meta({ id: 'RosterState' });

export const rosterCheck = z
  .object({
    on: date,
    explanations: z.array(
      z.object({
        item: z.string().meta({ description: '`headcount`, or the ID of a person' }),
        name: z.string().nullable().meta({ description: 'Null for the headcount, and for who is not on this roster any more' }),
        explanation: z.string(),
      }),
    ),
  })
  .meta({ id: 'RosterCheck', description: 'An attestation, with what was explained of it' });

export const lookup = z
  .object({
    lookupId: z.uuid(),
    found: z.enum(['NONE', 'HERE', 'ELSEWHERE', 'UNPOSTED']),
    maskedName: z.string().optional(),
    school: schoolName.optional(),
  })
  .meta({ id: 'StaffLookup' });

export const sheetResult = z
  .object({
    dryRun: z.boolean(),
    counts: z.record(z.enum(ROW_OUTCOMES), z.int()),
    rows: z.array(
      z.object({
        row: z.int().meta({ description: 'As the spreadsheet counts: the headings are row 1' }),
        outcome: z.enum(ROW_OUTCOMES),
        personId: z.string().optional(),
        changes: z.array(z.enum(STAFF_FIELDS)).optional(),
        version: z.string().optional().meta({ description: 'Of the data of an UPDATE or UNCHANGED, before anything is written' }),
        lookup: lookup.optional(),
        errors: z.array(broken).optional(),
      }),
    ),
    ignoredColumns: z.array(z.string()),
  })
  .meta({ id: 'SheetResult' });
