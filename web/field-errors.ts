// From broken rules to the fields of a page: every one appears there (`errors` of the OpenAPI document).
import type { BrokenRule } from '../domain/refusal';
import { splitLanguages } from './bilingual';
import { LABELS } from './form-texts';
import { PERIOD_DATES } from './office-people-fields';
import { ROSTER_DATES } from './staff-fields';
import { DATES } from './submission-fields';

/** A complaint as the page shows it. */
export interface FieldError {
  /** Name of the field; empty where none is to blame. */
  field: string;
  /** Of the broken rule. */
  code: string;
  /** Where the error summary leads to. */
  href: string;
  /** At the field, `Thai / English`. */
  message: string;
  /** In the summary, with the field's name before it. */
  summary: string;
}

/** Groups and files of a submission, by the field that stands for them. */
const FIELD_OF: Record<string, string> = {
  actingOrder: 'actingOrder.number',
  delegation: 'delegation.delegator.title',
  'delegation.delegator': 'delegation.delegator.title',
  'delegation.delegator.actingOrder': 'delegation.delegator.actingOrder.number',
  'delegation.evidence': 'evidence',
  'delegation.evidence.fileId': 'evidence',
  file: 'evidence',
};

const CHOICES = new Set([
  'capacity',
  'emailKind',
  'registrant.position',
  'delegation.delegator.position',
  'position',
  'academicStanding',
  'evidenceRequired',
  'holiday',
  'kind',
]);
const CHOOSE = 'โปรดเลือกข้อใดข้อหนึ่ง / Choose one of these.';
const DATE = 'โปรดกรอกวัน เดือน และปี พ.ศ. ให้ถูกต้อง เช่น 1 10 2569 / Give a day, a month and a year (Buddhist era), such as 1 10 2569.';

/** R5.3d: dates of which more is asked than that they exist. */
const DATES_WITHIN: Record<string, string> = {
  effectiveOn:
    'วันที่มีผลเป็นวันนี้หรือวันหลังจากนี้ ไม่เกินหนึ่งปี กรอกวัน เดือน และปี พ.ศ. เช่น 1 10 2569 / Today or later, within a year: a day, a month and a year (Buddhist era), such as 1 10 2569.',
};

const DOCUMENT_DATE =
  'วันที่ของเอกสารต้องไม่เป็นวันในอนาคต ปีเป็น พ.ศ. เช่น 2569 / A document is not dated in the future; the year is of the Buddhist era, such as 2569.';
/** Dates that exist and cannot be meant: the rules' own words speak of the common era. */
const IMPLAUSIBLE: Record<string, string> = {
  ...Object.fromEntries([...DATES, 'order.date'].map((field) => [field, DOCUMENT_DATE])),
  holidayOn: 'ปีเป็น พ.ศ. เช่น 2569 / The year is of the Buddhist era, such as 2569.',
  closedOn: 'วันที่ปิดอยู่ห่างจากวันนี้ได้ไม่เกินหนึ่งปี / The school closes within a year of today.',
};

/** R2.2: what the API says of a blank address names the values of its own fields. */
const BLANK_ADDRESS: Record<string, string> = {
  'registrant.email':
    'โปรดกรอกอีเมลกลางของสถานศึกษา หากยังไม่มี ให้สมัครอีเมลใหม่กับผู้ให้บริการรายใดก็ได้ แล้วเลือก “อีเมลที่สมัครใหม่” / Give the school’s central address. If there is none, open one with any provider and choose “A newly opened address”.',
  email: 'โปรดกรอกอีเมล / Give an e-mail address.',
};

const isDate = (field: string) => [...DATES, ...ROSTER_DATES, ...PERIOD_DATES, 'meetingOn', 'holidayOn', 'closedOn'].some((name) => name === field);

const ORDER_IN_PART = 'คำสั่งมีทั้งเลขที่และวันที่ โปรดกรอกให้ครบ หรือเว้นว่างทั้งสองช่อง / An order has a number and a date: give both, or neither.';
/** Fields that may be left blank, though not one of them alone. */
const IN_PART: Record<string, string> = { 'order.number': ORDER_IN_PART, 'order.date': ORDER_IN_PART };

/** The page's own words where those of the API are for programs: its dates are of the common era, its choices are codes. */
function messageOf(field: string, { code, message }: BrokenRule): string {
  if (CHOICES.has(field) && ['INVALID', 'REQUIRED', 'POSITION', 'DATE'].includes(code)) return CHOOSE;
  if (code === 'REQUIRED' && BLANK_ADDRESS[field] !== undefined) return BLANK_ADDRESS[field];
  if (code === 'REQUIRED' && IN_PART[field] !== undefined) return IN_PART[field];
  if (code === 'IMPLAUSIBLE_DATE') return IMPLAUSIBLE[field] ?? message;
  return isDate(field) && ['DATE', 'REQUIRED'].includes(code) ? (DATES_WITHIN[field] ?? DATE) : message;
}

/** R5.0: each open item of a roster has a field of its own, for its explanation; whose it is stands in the message. */
export const EXPLANATION = 'explanations.';

/** The field that a broken rule is told at; blank where no page has one. */
export function fieldOf({ path }: Pick<BrokenRule, 'path'>): string {
  const field = FIELD_OF[path] ?? path;
  return Object.hasOwn(LABELS, field) || field.startsWith(EXPLANATION) ? field : '';
}

/** The complaints of a refusal, in its order. */
export function fieldErrors(broken: readonly BrokenRule[]): FieldError[] {
  return broken.map((rule) => {
    const field = fieldOf(rule);
    const message = messageOf(field, rule);
    const label = splitLanguages(LABELS[field] ?? '');
    const told = splitLanguages(message);
    const summary = label.th === '' ? message : `${label.th}: ${told.th} / ${label.en}: ${told.en}`;
    const href = field === '' ? '#main' : `#${field}${isDate(field) ? '-day' : ''}`;
    return { field, code: rule.code, href, message, summary };
  });
}
