// A school's roster as a whole (R5.0): its counts, the open items, and whether it may be attested.
import type { BrokenRule } from './refusal';
import type { StaffField } from './staff';
import { STAFF_FIELD_WORDS } from './staff-words';
import { isVisible } from './thai-text';
import { bangkokDate } from './working-days';

/** The counts of a roster as the database gives them; `checkedOn` is when it was last attested, `YYYY-MM-DD`. */
export interface RosterCounts {
  listed: number;
  complete: number;
  /** Whose data was not confirmed as current within the time that the policy gives. */
  unverified: number;
  /** How many people the school says it has; null while it has not said. */
  headcount: number | null;
  checkedOn: string | null;
}

/** The summary as the API tells it; `missing` and `surplus` are against the headcount that the school states. */
export interface RosterSummary extends RosterCounts {
  incomplete: number;
  missing: number;
  surplus: number;
}

/** The summary of a roster (R5.0). Without a stated headcount nobody is known to be missing or surplus. */
export function summarise(counts: RosterCounts): RosterSummary {
  const { listed, complete, unverified, headcount, checkedOn } = counts;
  const stated = headcount ?? listed;
  return {
    listed,
    complete,
    incomplete: listed - complete,
    unverified,
    headcount,
    missing: Math.max(0, stated - listed),
    surplus: Math.max(0, listed - stated),
    checkedOn,
  };
}

/** The item of a roster that is off its headcount. */
export const HEADCOUNT = 'headcount';

/** What keeps a roster from being attested: an incomplete person, by ID, or the headcount. */
export interface OpenItem {
  item: string;
  code: 'INCOMPLETE' | 'MISSING' | 'SURPLUS';
  message: string;
}

/** Somebody of a roster, as the open items tell it: what the own school calls them, and what their record lacks. */
export interface RosterPerson {
  id: string;
  name: string;
  missing: readonly StaffField[];
}

/** The open items of a roster (R5.0): each incomplete person, and the headcount where people and figure differ. Nothing stated is nothing off. */
export function openItems(people: readonly RosterPerson[], headcount: number | null): OpenItem[] {
  const incomplete = people.filter(({ missing }) => missing.length > 0);
  return [...incomplete.map(incompletePerson), ...headcountItem(people.length, headcount)];
}

/** The name stands in the Thai half alone: it is Thai, and a screen reader would spell it out in an English one. */
function incompletePerson({ id, name, missing }: RosterPerson): OpenItem {
  const lacking = (language: 'th' | 'en') => missing.map((field) => STAFF_FIELD_WORDS[field][language]).join(', ');
  const message = `${name}: กรอกให้ครบหรืออธิบาย: ${lacking('th')} / Complete this person's data or explain: ${lacking('en')}`;
  return { item: id, code: 'INCOMPLETE', message };
}

function headcountItem(listed: number, headcount: number | null): OpenItem[] {
  if (headcount === null || headcount === listed) return [];
  return [{ item: HEADCOUNT, ...howItIsOff(listed, headcount) }];
}

function howItIsOff(listed: number, headcount: number): Omit<OpenItem, 'item'> {
  const difference = Math.abs(headcount - listed);
  if (headcount > listed) {
    return { code: 'MISSING', message: `ขาด ${difference} คน เพิ่มให้ครบหรืออธิบาย / ${difference} missing: add them or explain.` };
  }
  return { code: 'SURPLUS', message: `เกิน ${difference} คน จำหน่ายออกหรืออธิบาย / ${difference} surplus: remove them or explain.` };
}

/** The open items that nobody explained (R5.0), as broken rules of the request; none when the roster may be attested. */
export function unexplainedItems(items: readonly OpenItem[], explanations: Readonly<Record<string, string>>): BrokenRule[] {
  return items
    .filter(({ item }) => !isVisible(explanations[item]))
    .map(({ item, code, message }) => ({ path: `explanations.${item}`, code, message }));
}

/**
 * The first date on which a check or a confirmation still counts as lately (R5.0), `YYYY-MM-DD` in Bangkok.
 * @param everyMs how often the policy asks for one
 */
export function latelySince(now: Date, everyMs: number): string {
  return bangkokDate(new Date(now.getTime() - everyMs));
}

/** Whether a roster's check is overdue (R5.0): it was never attested, or not since `since`. */
export function isCheckOverdue(checkedOn: string | null, since: string): boolean {
  return checkedOn === null || checkedOn < since;
}
