// Registering step by step, one subject a page (R1, R2): which steps there are, and what is still broken in each. All of it is
// checked by the same schema and rules as a submission to the API (R2.5).
import { z } from 'zod';
import { unknownSchool } from '../commands/check-submission';
import { parseSubmission } from '../commands/parse-submission';
import { schoolCodeField } from '../commands/submission-schema';
import { type BrokenRule, REFUSALS } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { brokenSubmission, type Submission, type SubmissionRulesContext } from '../domain/submission';
import type { Words } from '../domain/words';
import { bangkokDate } from '../domain/working-days';
import type { Queries } from '../queries/queries';
import { fieldOf } from './field-errors';
import type { PageServices } from './pages';
import { applies, submissionOf } from './submission-fields';

/** What somebody has typed so far. */
export const registrationDraft = z.object({
  schoolCode: z.string(),
  /** By the names of the pages' fields. */
  fields: z.record(z.string(), z.string()),
  /** Names of the steps that went through once. */
  done: z.array(z.string()),
  /** Of the evidence that is stored already. */
  fileId: z.string().optional(),
  /** It takes the place of the school's present administrator (R4.6). */
  replaces: z.literal(true).optional(),
  /** Of the meeting in whose room it is typed (R2.4). */
  meetingCode: z.string().optional(),
  /** Of the submission: sent twice as it is, it is one request; anything that changes makes it another. */
  formId: z.string(),
  /** R2.6: an officer types it in for the school, who asked for it so. */
  assisted: z.object({ requestNote: z.string().optional() }).optional(),
  /** What is left of it when it has been sent; of an assisted one without the registrant's token. */
  sent: z.object({ registrationId: z.string(), reference: z.string(), email: z.string(), trackingToken: z.string().optional() }).optional(),
});
export type RegistrationDraft = z.infer<typeof registrationDraft>;

export interface RegistrationStep extends Words {
  /** In the address, and of the template with its fields. */
  name: string;
  /** A date stands for its three fields. */
  fields: readonly string[];
  /** What to know before filling in. */
  lead?: Words;
}

/** In their order; a part of a submission that does not apply to the chosen capacity has no step. */
const STEPS: readonly RegistrationStep[] = [
  { name: 'capacity', fields: ['capacity'], th: 'ท่านลงทะเบียนในฐานะใด', en: 'In which capacity do you register?' },
  {
    name: 'registrant',
    fields: [
      'registrant.nationalId',
      'registrant.title',
      'registrant.firstName',
      'registrant.lastName',
      'registrant.position',
      'registrant.homeSchoolCode',
      'registrant.phone',
    ],
    th: 'ผู้ลงทะเบียน',
    en: 'Registrant',
    lead: { th: 'ผู้ที่จะเป็นผู้ดูแลระบบของสถานศึกษา', en: 'Who is to be the administrator of the school' },
  },
  {
    name: 'order',
    fields: ['actingOrder.number', 'actingOrder.date'],
    th: 'คำสั่งรักษาการในตำแหน่ง',
    en: 'Acting order',
    lead: { th: 'คำสั่งที่ให้ท่านรักษาการในตำแหน่งผู้อำนวยการของสถานศึกษาแห่งนี้', en: 'By which you act as director of this school' },
  },
  {
    name: 'address',
    fields: ['registrant.email', 'emailKind'],
    th: 'อีเมล',
    en: 'E-mail',
    lead: {
      th: 'ควรเป็นอีเมลกลางของสถานศึกษา หากยังไม่มี โปรดสมัครอีเมลใหม่กับผู้ให้บริการรายใดก็ได้ก่อน แล้วเลือก “อีเมลที่สมัครใหม่”',
      en: 'Best the school’s central address. If there is none, open one with any provider first and choose “newly opened”.',
    },
  },
  {
    name: 'delegator',
    fields: [
      'delegation.delegator.title',
      'delegation.delegator.firstName',
      'delegation.delegator.lastName',
      'delegation.delegator.position',
      'delegation.delegator.homeSchoolCode',
      'delegation.delegator.actingOrder.number',
      'delegation.delegator.actingOrder.date',
    ],
    th: 'ผู้มอบหมาย',
    en: 'Who delegates',
    lead: { th: 'ผู้อำนวยการ หรือผู้รักษาการในตำแหน่งผู้อำนวยการของสถานศึกษา', en: 'The director, or the acting director, of the school' },
  },
  {
    name: 'evidence',
    fields: ['delegation.evidence.documentNumber', 'delegation.evidence.date', 'evidence'],
    th: 'หลักฐานการมอบหมาย',
    en: 'Evidence of the delegation',
    lead: {
      th: 'แนบหนังสือมอบหมายหรือภาพถ่ายของหนังสือก็ได้ หากไม่แนบ สำนักงานอาจโทรสอบถาม',
      en: 'A letter of delegation or a photograph of it, if there is one. Without it the office may call to ask.',
    },
  },
];

/** The order belongs to an acting director, the delegation to a delegate; while no capacity is chosen there is the step that asks for it. */
const appliesTo = ({ fields: [first = ''] }: RegistrationStep, { fields }: RegistrationDraft) =>
  first === 'capacity' || (fields['capacity'] !== undefined && applies(first, fields));

/** The steps of a draft, as far as its capacity is known. */
export function stepsOf(draft: RegistrationDraft): RegistrationStep[] {
  return STEPS.filter((step) => appliesTo(step, draft));
}

/** The step of an address. @throws Refused NOT_FOUND */
export function stepNamed(name: string): RegistrationStep {
  const step = STEPS.find((known) => known.name === name);
  if (!step) throw new Refused('NOT_FOUND');
  return step;
}

/** The step on which a field stands. */
export function stepOfField(field: string): RegistrationStep | undefined {
  return STEPS.find(({ fields }) => fields.includes(field));
}

/** The draft as a submission; its rules are not looked at. @throws Refused 422 where a field is broken */
export async function submissionOfDraft({ commands }: Pick<PageServices, 'commands'>, draft: RegistrationDraft): Promise<Submission> {
  return parseDraft(draft, await commands.settings());
}

function parseDraft({ schoolCode, fields, fileId, replaces, meetingCode }: RegistrationDraft, settings: SubmissionRulesContext): Submission {
  return parseSubmission({ ...submissionOf(schoolCode, fields, fileId), replaces, meetingCode }, settings, bangkokDate(new Date()));
}

/** Every rule that the draft breaks so far, those of steps to come included. */
export async function brokenIn({ commands, queries }: Pick<PageServices, 'commands' | 'queries'>, draft: RegistrationDraft): Promise<BrokenRule[]> {
  const [settings, unknown] = await Promise.all([commands.settings(), unknownHomes(queries, draft)]);
  try {
    const submission = parseDraft(draft, settings);
    return [...brokenSubmission(submission, settings, bangkokDate(new Date())), ...unknown];
  } catch (failure) {
    if (!(failure instanceof Refused && failure.status === REFUSALS.VALIDATION.status)) throw failure;
    return [...(failure.details.errors ?? []), ...unknown];
  }
}

/** Those of one step. */
export function brokenOf({ fields }: RegistrationStep, broken: readonly BrokenRule[]): BrokenRule[] {
  return broken.filter((rule) => fields.includes(fieldOf(rule)));
}

/** Where to go on: the first step that was not done or is broken by a later answer; null when all is well. */
export function openStep(draft: RegistrationDraft, broken: readonly BrokenRule[]): RegistrationStep | null {
  return stepsOf(draft).find((step) => !draft.done.includes(step.name) || brokenOf(step, broken).length > 0) ?? null;
}

const HOMES = ['registrant.homeSchoolCode', 'delegation.delegator.homeSchoolCode'] as const;

/** Told at once, and not only when all is sent. */
async function unknownHomes(queries: Queries, { schoolCode, fields }: RegistrationDraft): Promise<BrokenRule[]> {
  const named = HOMES.flatMap((path) => {
    const code = schoolCodeField.safeParse(fields[path] ?? '');
    return code.success && code.data !== schoolCode && applies(path, fields) ? [{ path, code: code.data }] : [];
  });
  const found = await Promise.all(named.map(({ code }) => isKnown(queries, code)));
  return named.filter((_home, index) => !found[index]).map(({ path }) => unknownSchool(path));
}

async function isKnown(queries: Queries, code: string): Promise<boolean> {
  try {
    await queries.school(code, null);
    return true;
  } catch (failure) {
    if (failure instanceof Refused && failure.code === 'NOT_FOUND') return false;
    throw failure;
  }
}
