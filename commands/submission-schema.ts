// A submission as it arrives, from the API or a page: parsed and normalised field by field (R2.1, X5). The same schema
// gives the OpenAPI document.
import { z } from 'zod';
import { parseEmail, parsePhone } from '../domain/contact';
import { isIsoDate } from '../domain/iso-date';
import { parseNationalId } from '../domain/national-id';
import { holdsLink } from '../domain/person-name';
import { POSITIONS } from '../domain/position';
import { type BrokenCode, REFUSALS } from '../domain/refusal';
import { CAPACITIES, EMAIL_KINDS } from '../domain/submission';
import { arabicDigits, isVisible, normaliseText } from '../domain/thai-text';
import { FILL_IN } from './field-words';

/** A text that `parse` reads, or a named complaint in Thai and English. */
export function readText<Read extends string>(parse: (raw: string) => Read | null, code: BrokenCode, message: string) {
  return z.string().transform((raw, context): Read => {
    const parsed = parse(raw);
    if (parsed !== null) return parsed;
    const blank = !isVisible(raw);
    context.addIssue({ code: 'custom', params: { code: blank ? 'REQUIRED' : code }, message: blank ? (BLANK[code] ?? FILL_IN) : message });
    return z.NEVER;
  });
}

/** A password as it arrives: longer than any that the rule takes (R4.3), so that the rule tells how long it may be. */
export const passwordField = z.string().max(2000);

/** R2.2: who has no address yet is told what to do. */
export const NO_ADDRESS =
  'โปรดกรอกอีเมลกลางของสถานศึกษา หากยังไม่มี ให้สมัครอีเมลใหม่กับผู้ให้บริการรายใดก็ได้แล้วนำมาลงทะเบียนเป็นอีเมลที่สมัครใหม่ (NEW) / Give the school’s central e-mail address. If there is none, open a new one with any provider and register it as a new one (NEW).';
const BLANK: Record<string, string> = { EMAIL: NO_ADDRESS };

const bounded = (longest: number) => (raw: string) => {
  const text = normaliseText(raw);
  return text !== '' && text.length <= longest ? text : null;
};

/** A text that is not blank, of at most so many characters. */
export const text = (longest: number) => readText(bounded(longest), 'TOO_LONG', `ยาวได้ไม่เกิน ${longest} ตัวอักษร / At most ${longest} characters.`);

/** A title, or a name of a person, of at most so many characters: without what makes a link in the mails that it stands in (R2.3). */
export const personName = (longest: number) => text(longest).refine((name) => !holdsLink(name), { params: { code: 'INVALID' }, message: NO_LINKS });
const NO_LINKS = 'โปรดพิมพ์เฉพาะชื่อ โดยไม่มีที่อยู่เว็บหรืออีเมล / Type the name alone, without a web or e-mail address.';

export const schoolCodeField = readText(
  (raw) => /^\d{8}$/.exec(arabicDigits(normaliseText(raw)))?.[0] ?? null,
  'SCHOOL_CODE',
  'รหัสสถานศึกษามี 8 หลัก / A school code has 8 digits.',
);
export const emailField = readText(parseEmail, 'EMAIL', 'รูปแบบอีเมลไม่ถูกต้อง / This is not an e-mail address.');
export const dateField = readText(
  (raw) => (isIsoDate(raw.trim()) ? raw.trim() : null),
  'DATE',
  'วันที่เป็นปี ค.ศ. เช่น 2026-10-01 / A date of the common era such as 2026-10-01.',
);

const actingOrder = z.object({ number: text(100), date: dateField });
/** Of everybody: registrants, delegators, staff. */
export const personNames = { title: personName(50), firstName: personName(100), lastName: personName(100) };
const person = { ...personNames, position: z.enum(POSITIONS), homeSchoolCode: schoolCodeField };
export const phoneField = readText(parsePhone, 'PHONE', 'หมายเลขโทรศัพท์ไม่ถูกต้อง / This is not a telephone number.');

export const nationalIdField = readText(parseNationalId, 'NATIONAL_ID', `${REFUSALS.NATIONAL_ID.th} / ${REFUSALS.NATIONAL_ID.en}`);

const registrant = z.object({
  nationalId: nationalIdField,
  ...person,
  email: emailField,
  phone: phoneField,
});
const delegation = z.object({
  delegator: z.object({ ...person, actingOrder: actingOrder.optional() }),
  evidence: z.object({ documentNumber: text(100).optional(), date: dateField.optional(), fileId: text(100).optional() }).optional(),
});

/** The shape of a submission, as the OpenAPI document has it. */
export const submissionSchema = z.object({
  schoolCode: schoolCodeField,
  capacity: z.enum(CAPACITIES),
  registrant,
  actingOrder: actingOrder.optional(),
  emailKind: z.enum(EMAIL_KINDS),
  delegation: delegation.optional(),
  replaces: z.boolean().optional(),
  meetingCode: text(100).optional(),
  /** R2.6: with a session of the school's own district alone. */
  assisted: z.object({ requestNote: text(500).optional() }).optional(),
});

/** Any part may be missing or unreadable: for naming broken rules beside broken fields. */
const absent = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const draftOrder = absent(z.object({ number: absent(text(100)), date: absent(dateField) }));
const draftName = {
  title: absent(personNames.title),
  firstName: absent(personNames.firstName),
  lastName: absent(personNames.lastName),
  email: absent(emailField),
};
const draftPerson = { position: absent(z.enum(POSITIONS)), homeSchoolCode: absent(schoolCodeField) };
export const submissionDraftSchema = z
  .object({
    schoolCode: absent(schoolCodeField),
    capacity: absent(z.enum(CAPACITIES)),
    registrant: absent(z.object({ ...draftPerson, ...draftName })),
    actingOrder: draftOrder,
    emailKind: absent(z.enum(EMAIL_KINDS)),
    delegation: absent(
      z.object({
        delegator: absent(z.object({ ...draftPerson, actingOrder: draftOrder })),
        evidence: absent(z.object({ date: absent(dateField), fileId: absent(text(100)) })),
      }),
    ),
  })
  .catch({});
