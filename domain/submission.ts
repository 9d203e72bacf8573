// Who may register a school, how, and with what (R1.1-R1.6, R2.1): the rules that a submission itself can break. What only
// the database knows is told to the office alone (domain/warnings.ts).
import { brokenRule } from './broken-rule';
import { emailKey } from './contact';
import { brokenDocumentDates } from './document-date';
import { isNameOf } from './full-name';
import { isIsoDate } from './iso-date';
import type { Position } from './position';
import type { BrokenRule, RefusalCode } from './refusal';
import type { Capacity } from './registration';

export const CAPACITIES = ['DIRECTOR', 'ACTING_DIRECTOR', 'DELEGATE'] as const satisfies readonly Capacity[];
export const EMAIL_KINDS = ['SCHOOL', 'DELEGATE', 'NEW'] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];

/** The order by which somebody acts as director: its number and date (`YYYY-MM-DD`). */
export interface ActingOrder {
  number: string;
  date: string;
}

/** Who is to become the school's administrator (ผู้ลงทะเบียน). */
export interface Registrant {
  nationalId: string;
  title: string;
  firstName: string;
  lastName: string;
  position: Position;
  /** The school of the person's own post. */
  homeSchoolCode: string;
  email: string;
  phone: string;
}

/** The director, or who acts as one, that hands the registration on (R1.2, R1.6). */
export interface Delegator {
  title: string;
  firstName: string;
  lastName: string;
  position: Position;
  homeSchoolCode: string;
  actingOrder?: ActingOrder | undefined;
}

/** The delegation in writing: its number, its date (`YYYY-MM-DD`) and the stored file (R1.3). */
export interface Evidence {
  documentNumber?: string | undefined;
  date?: string | undefined;
  fileId?: string | undefined;
}

export interface Delegation {
  delegator: Delegator;
  evidence?: Evidence | undefined;
}

/** What is sent in to register a school, as the OpenAPI document has it. */
export interface Submission {
  schoolCode: string;
  capacity: Capacity;
  registrant: Registrant;
  actingOrder?: ActingOrder | undefined;
  emailKind: EmailKind;
  delegation?: Delegation | undefined;
  /** Hands over from the present administrator (R4.6). */
  replaces?: boolean | undefined;
  /** Of the orientation meeting (R2.4). */
  meetingCode?: string | undefined;
  /** Typed in by an officer of the district (R2.6). */
  assisted?: { requestNote?: string | undefined } | undefined;
}

type Draft<T> = T extends object ? { [Key in keyof T]?: Draft<T[Key]> | undefined } : T;

/** A submission of which any part may be missing or unreadable: rules speak where they have what they need. */
export type SubmissionDraft = Draft<Submission>;

export interface SubmissionRulesContext {
  /** A setting of the central office (R1.3). */
  evidenceRequired: boolean;
  /** Who types it in for the school (R2.6); null or absent where the registrant does. */
  officer?: Officer | null | undefined;
}

/** An officer of the district, as the account says. */
export interface Officer {
  email: string;
  name: string;
}

interface Rule {
  path: string;
  code: RefusalCode;
  /** What to do, Thai and English, where the code's own words do not say it. */
  message?: string;
  broken(draft: SubmissionDraft, context: SubmissionRulesContext): boolean;
}

/** Civil servants: anybody among them may be ordered to act as director. */
const MAY_ACT: readonly Position[] = ['DIRECTOR', 'DEPUTY_DIRECTOR', 'TEACHER', 'EDUCATIONAL_PERSONNEL'];
const MAY_BE_DELEGATED: readonly Position[] = ['DEPUTY_DIRECTOR', 'TEACHER'];
const MAY_BE_DELEGATED_BY_ACTING: readonly Position[] = ['DEPUTY_DIRECTOR', 'TEACHER', 'EDUCATIONAL_PERSONNEL'];
const EXECUTIVES: readonly Position[] = ['DIRECTOR', 'DEPUTY_DIRECTOR'];

const isDelegate = ({ capacity }: SubmissionDraft) => capacity === 'DELEGATE';
const inPerson = ({ capacity }: SubmissionDraft) => capacity === 'DIRECTOR' || capacity === 'ACTING_DIRECTOR';
const given = (text: string | undefined) => text !== undefined && text.trim() !== '';
const complete = (order: Draft<ActingOrder> | undefined) => given(order?.number) && isIsoDate(order?.date ?? '');
const outside = (allowed: readonly Position[], position: Position | undefined) => position !== undefined && !allowed.includes(position);

/** Where a person's own post is, seen from the school that is registered; unknown while either code is missing. */
function post(draft: SubmissionDraft, homeSchoolCode: string | undefined): 'HERE' | 'ELSEWHERE' | 'UNKNOWN' {
  if (draft.schoolCode === undefined || homeSchoolCode === undefined) return 'UNKNOWN';
  return homeSchoolCode === draft.schoolCode ? 'HERE' : 'ELSEWHERE';
}
const registrantPost = (draft: SubmissionDraft) => post(draft, draft.registrant?.homeSchoolCode);
/** ELSEWHERE: the delegation comes from an acting director whose own post is in another school (R1.6). */
const delegatorPost = (draft: SubmissionDraft) => post(draft, draft.delegation?.delegator?.homeSchoolCode);

/** Whose position may register in each capacity; while it is open who delegates, the wider list. */
const MAY_REGISTER: Record<Capacity, (draft: SubmissionDraft) => readonly Position[]> = {
  DIRECTOR: () => ['DIRECTOR'],
  ACTING_DIRECTOR: () => MAY_ACT,
  DELEGATE: (draft) => (delegatorPost(draft) === 'HERE' ? MAY_BE_DELEGATED : MAY_BE_DELEGATED_BY_ACTING),
};

/** R2.6: a blank title and names are nobody's. */
function isOfficersName({ registrant }: SubmissionDraft, { officer }: SubmissionRulesContext): boolean {
  const { title = '', firstName, lastName } = registrant ?? {};
  return Boolean(officer) && firstName !== undefined && lastName !== undefined && isNameOf(officer?.name ?? '', { title, firstName, lastName });
}

/** In the order in which they are told. */
const RULES: readonly Rule[] = [
  {
    // R1.5: an executive ordered to act at another school delegates somebody there.
    path: 'registrant.homeSchoolCode',
    code: 'ACTING_MUST_DELEGATE',
    broken: (draft) => inPerson(draft) && registrantPost(draft) === 'ELSEWHERE',
  },
  {
    // R1.1: acting in the own school, by an order.
    path: 'actingOrder',
    code: 'ORDER_REQUIRED',
    broken: (draft) => draft.capacity === 'ACTING_DIRECTOR' && registrantPost(draft) === 'HERE' && !complete(draft.actingOrder),
  },
  {
    // R1.1, R1.2, R1.6: whose position may register in this capacity.
    path: 'registrant.position',
    code: 'NOT_ELIGIBLE',
    broken: (draft) => draft.capacity !== undefined && outside(MAY_REGISTER[draft.capacity](draft), draft.registrant?.position),
  },
  {
    // R1.2, R1.6: a delegate belongs to the school.
    path: 'registrant.homeSchoolCode',
    code: 'DELEGATE_NOT_OF_SCHOOL',
    broken: (draft) => isDelegate(draft) && registrantPost(draft) === 'ELSEWHERE',
  },
  {
    // R1.2: the director delegates; who only acts as director in the own school shows the order.
    path: 'delegation.delegator.actingOrder',
    code: 'ORDER_REQUIRED',
    broken: (draft) => {
      const delegator = draft.delegation?.delegator;
      const owed = delegatorPost(draft) === 'HERE' && outside(['DIRECTOR'], delegator?.position);
      return isDelegate(draft) && (owed || delegator?.actingOrder !== undefined) && !complete(delegator?.actingOrder);
    },
  },
  {
    // R1.6: who acts as director of another school is an executive of the own one.
    path: 'delegation.delegator.position',
    code: 'NOT_ELIGIBLE',
    message:
      'ผู้มอบหมายที่รักษาการจากสถานศึกษาอื่นต้องเป็นผู้อำนวยการหรือรองผู้อำนวยการ / The acting director must be director or deputy director of their own school.',
    broken: (draft) => isDelegate(draft) && delegatorPost(draft) === 'ELSEWHERE' && outside(EXECUTIVES, draft.delegation?.delegator?.position),
  },
  {
    // R1.1, R1.2: who only acts as director in the own school is a civil servant.
    path: 'delegation.delegator.position',
    code: 'NOT_ELIGIBLE',
    message:
      'ผู้มอบหมายที่รักษาการในสถานศึกษาของตนต้องเป็นข้าราชการครูและบุคลากรทางการศึกษา / Who acts as director in their own school must be a civil servant: a director, deputy director, teacher or educational personnel.',
    broken: (draft) => isDelegate(draft) && delegatorPost(draft) === 'HERE' && outside(MAY_ACT, draft.delegation?.delegator?.position),
  },
  {
    // R2.1: a delegate's own address needs a delegation, which only DELEGATE has.
    path: 'emailKind',
    code: 'EMAIL_KIND',
    broken: (draft) => draft.emailKind === 'DELEGATE' && (inPerson(draft) || draft.delegation === undefined),
  },
  {
    // R1.2: a delegate says whose.
    path: 'delegation',
    code: 'VALIDATION',
    message: 'โปรดระบุผู้มอบหมาย / Enter the person who delegates.',
    broken: (draft) => isDelegate(draft) && draft.delegation === undefined,
  },
  {
    // R1.1: who registers in person was not delegated.
    path: 'delegation',
    code: 'VALIDATION',
    message: 'ระบุการมอบหมายเมื่อลงทะเบียนในฐานะผู้ได้รับมอบหมายเท่านั้น / A delegation applies to the capacity DELEGATE only.',
    broken: (draft) => inPerson(draft) && draft.delegation !== undefined,
  },
  {
    // R1.1: the order is the acting director's; a delegator's stands with the delegator.
    path: 'actingOrder',
    code: 'VALIDATION',
    message: 'ระบุคำสั่งเมื่อลงทะเบียนในฐานะผู้รักษาการในตำแหน่งเท่านั้น / An order applies to the capacity ACTING_DIRECTOR only.',
    broken: (draft) => draft.capacity !== undefined && draft.capacity !== 'ACTING_DIRECTOR' && draft.actingOrder !== undefined,
  },
  {
    // R2.6: the officer who types it in is not the school's administrator.
    path: 'registrant.email',
    code: 'OFFICER_AS_REGISTRANT',
    broken: ({ registrant }, { officer }) => Boolean(officer) && emailKey(registrant?.email ?? '') === emailKey(officer?.email ?? ''),
  },
  { path: 'registrant.firstName', code: 'OFFICER_AS_REGISTRANT', broken: isOfficersName },
  {
    // R1.3: only where the central office requires evidence.
    path: 'delegation.evidence',
    code: 'EVIDENCE_REQUIRED',
    broken: (draft, { evidenceRequired }) => evidenceRequired && isDelegate(draft) && !given(draft.delegation?.evidence?.fileId),
  },
];

/**
 * Every rule that the submission itself breaks (R1.1-R1.3, R1.5, R1.6, R2.1), as far as its parts can be read, in the order
 * of their table; none for a sound one. The shape of the fields is not looked at here.
 */
export function brokenRules(draft: SubmissionDraft, context: SubmissionRulesContext): BrokenRule[] {
  return RULES.filter((rule) => rule.broken(draft, context)).map(({ path, code, message }) => ({
    ...brokenRule(path, code),
    ...(message !== undefined && { message }),
  }));
}

/**
 * The same with what is asked of the dates of its documents: all that can be said of a submission without the database.
 * @param today in Bangkok, `YYYY-MM-DD`
 */
export function brokenSubmission(draft: SubmissionDraft, context: SubmissionRulesContext, today: string): BrokenRule[] {
  return [...brokenRules(draft, context), ...brokenDocumentDates(draft, today)];
}
