// Who may register a school, how, and with what (R1.1-R1.6, R2.1): the rules that a submission itself can break. What only
// the database knows is told to the office alone (domain/warnings.ts).
import { brokenRule } from './broken-rule';
import { isIsoDate } from './iso-date';
import type { BrokenRule, RefusalCode } from './refusal';
import type { Capacity } from './registration';

export const POSITIONS = ['DIRECTOR', 'DEPUTY_DIRECTOR', 'TEACHER', 'EDUCATIONAL_PERSONNEL', 'GOVERNMENT_EMPLOYEE', 'CONTRACT_STAFF'] as const;
export type Position = (typeof POSITIONS)[number];
export const CAPACITIES = ['DIRECTOR', 'ACTING_DIRECTOR', 'DELEGATE'] as const satisfies readonly Capacity[];
export const EMAIL_KINDS = ['SCHOOL', 'DELEGATE', 'NEW'] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];

/** The order by which somebody acts as director: its number and date (`YYYY-MM-DD`). */
export interface ActingOrder {
  number: string;
  date: string;
}

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

export interface Delegator {
  title: string;
  firstName: string;
  lastName: string;
  position: Position;
  homeSchoolCode: string;
  actingOrder?: ActingOrder | undefined;
}

export interface Evidence {
  documentNumber?: string | undefined;
  date?: string | undefined;
  fileId?: string | undefined;
}

export interface Delegation {
  delegator: Delegator;
  evidence?: Evidence | undefined;
}

export interface Submission {
  schoolCode: string;
  capacity: Capacity;
  registrant: Registrant;
  actingOrder?: ActingOrder | undefined;
  emailKind: EmailKind;
  delegation?: Delegation | undefined;
}

type Draft<T> = T extends object ? { [Key in keyof T]?: Draft<T[Key]> | undefined } : T;

/** A submission of which any part may be missing or unreadable: rules speak where they have what they need. */
export type SubmissionDraft = Draft<Submission>;

export interface SubmissionRulesContext {
  /** A setting of the central office (R1.3). */
  evidenceRequired: boolean;
}

interface Rule {
  path: string;
  code: RefusalCode;
  broken(draft: SubmissionDraft, context: SubmissionRulesContext): boolean;
}

const MAY_ACT: readonly Position[] = ['DIRECTOR', 'DEPUTY_DIRECTOR', 'TEACHER', 'EDUCATIONAL_PERSONNEL'];
const MAY_BE_DELEGATED: readonly Position[] = ['DEPUTY_DIRECTOR', 'TEACHER'];
const MAY_BE_DELEGATED_BY_ACTING: readonly Position[] = ['DEPUTY_DIRECTOR', 'TEACHER', 'EDUCATIONAL_PERSONNEL'];
const EXECUTIVES: readonly Position[] = ['DIRECTOR', 'DEPUTY_DIRECTOR'];

const isDelegate = ({ capacity }: SubmissionDraft) => capacity === 'DELEGATE';
const inPerson = ({ capacity }: SubmissionDraft) => capacity === 'DIRECTOR' || capacity === 'ACTING_DIRECTOR';
const elsewhere = (draft: SubmissionDraft, home: string | undefined) =>
  home !== undefined && draft.schoolCode !== undefined && home !== draft.schoolCode;
const complete = (order: Draft<ActingOrder> | undefined) =>
  order?.number !== undefined && order.number !== '' && order.date !== undefined && isIsoDate(order.date);

/** The delegator's home is another school: the delegation comes from an acting director (R1.6). */
const delegatedByActing = (draft: SubmissionDraft) => elsewhere(draft, draft.delegation?.delegator?.homeSchoolCode);

function mayRegister(draft: SubmissionDraft): readonly Position[] {
  if (draft.capacity === 'DIRECTOR') return ['DIRECTOR'];
  if (draft.capacity === 'ACTING_DIRECTOR') return MAY_ACT;
  return delegatedByActing(draft) ? MAY_BE_DELEGATED_BY_ACTING : MAY_BE_DELEGATED;
}

/** In the order in which their codes are told. */
const RULES: readonly Rule[] = [
  {
    // R1.5: an executive ordered to act at another school delegates somebody there.
    path: 'registrant.homeSchoolCode',
    code: 'ACTING_MUST_DELEGATE',
    broken: (draft) => inPerson(draft) && elsewhere(draft, draft.registrant?.homeSchoolCode),
  },
  {
    // R1.1: acting in the own school, by an order.
    path: 'actingOrder',
    code: 'ORDER_REQUIRED',
    broken: (draft) =>
      draft.capacity === 'ACTING_DIRECTOR' && !elsewhere(draft, draft.registrant?.homeSchoolCode) && !complete(draft.actingOrder),
  },
  {
    // R1.1, R1.2, R1.6: whose position may register in this capacity.
    path: 'registrant.position',
    code: 'NOT_ELIGIBLE',
    broken: (draft) => {
      const position = draft.registrant?.position;
      return draft.capacity !== undefined && position !== undefined && !mayRegister(draft).includes(position);
    },
  },
  {
    // R1.2, R1.6: a delegate belongs to the school.
    path: 'registrant.homeSchoolCode',
    code: 'DELEGATE_NOT_OF_SCHOOL',
    broken: (draft) => isDelegate(draft) && elsewhere(draft, draft.registrant?.homeSchoolCode),
  },
  {
    // R1.2: the director delegates; who only acts as director in the own school shows the order.
    path: 'delegation.delegator.actingOrder',
    code: 'ORDER_REQUIRED',
    broken: (draft) => {
      const delegator = draft.delegation?.delegator;
      const owesOrder = delegator?.position !== undefined && delegator.position !== 'DIRECTOR' && !delegatedByActing(draft);
      return isDelegate(draft) && (owesOrder || delegator?.actingOrder !== undefined) && !complete(delegator?.actingOrder);
    },
  },
  {
    // R1.6: who acts as director of another school is an executive there.
    path: 'delegation.delegator.position',
    code: 'NOT_ELIGIBLE',
    broken: (draft) => {
      const position = draft.delegation?.delegator?.position;
      return isDelegate(draft) && delegatedByActing(draft) && position !== undefined && !EXECUTIVES.includes(position);
    },
  },
  {
    // R2.1: a delegate's own address needs a delegation.
    path: 'emailKind',
    code: 'EMAIL_KIND',
    broken: (draft) => draft.emailKind === 'DELEGATE' && (inPerson(draft) || draft.delegation === undefined),
  },
  { path: 'delegation', code: 'VALIDATION', broken: (draft) => isDelegate(draft) && draft.delegation === undefined },
  { path: 'delegation', code: 'VALIDATION', broken: (draft) => inPerson(draft) && draft.delegation !== undefined },
  {
    path: 'actingOrder',
    code: 'VALIDATION',
    broken: (draft) => draft.capacity !== undefined && draft.capacity !== 'ACTING_DIRECTOR' && draft.actingOrder !== undefined,
  },
  {
    // R1.3: only where the central office requires evidence.
    path: 'delegation.evidence',
    code: 'EVIDENCE_REQUIRED',
    broken: (draft, { evidenceRequired }) =>
      evidenceRequired && isDelegate(draft) && draft.delegation !== undefined && draft.delegation.evidence?.fileId === undefined,
  },
];

/** Every rule that the submission breaks, as far as its parts can be read. */
export function brokenRules(draft: SubmissionDraft, context: SubmissionRulesContext): BrokenRule[] {
  return RULES.filter((rule) => rule.broken(draft, context)).map(({ path, code }) => brokenRule(path, code));
}
