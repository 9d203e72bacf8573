// What each row of a roster's sheet would do (R5.0), before anything is written.
import { brokenRule } from '../domain/broken-rule';
import type { Caller } from '../domain/entitlement';
import type { BrokenRule, RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { brokenStaffRules, changedRecord, differingFields, type StaffChange, type StaffField, type StaffRecord } from '../domain/staff';
import { bangkokDate } from '../domain/working-days';
import type { Person, School } from '../prisma/generated/client';
import { recordVersion, staffRecord } from '../prisma/staff-record';
import { brokenFields } from './broken-fields';
import type { CommandDependencies } from './dependencies';
import type { LookupView } from './roster-commands';
import { lookUpForSheet } from './sheet-lookups';
import { type Cells, type Identified, type StaffRow, type Subject, subjectOf } from './sheet-rows';
import type { FoundPerson } from './staff-lookups';
import { newRecord, newStaffRowSchema, staffRowSchema } from './staff-schema';

/** What a row would do. */
type Plan =
  | { outcome: 'NEW'; nationalId: string; lookupId: string; record: StaffRecord }
  | { outcome: 'UPDATE'; personId: string; version: string; change: StaffChange; changes: StaffField[] }
  | { outcome: 'UNCHANGED'; personId: string; version: string }
  | { outcome: 'NEEDS_TRANSFER'; lookup: LookupView }
  | { outcome: 'REFUSED'; errors: BrokenRule[] };
export type RowPlan = { row: number } & Plan;

/** The people of a roster, by the hash of the national ID and by their own. */
interface Roster {
  byHash: Map<string, Person>;
  byId: Map<string, Person>;
}

/**
 * Plans every row; one that cannot be done is refused and stops no other. Writes nothing but look-ups.
 * @param sheet its rows, whether they are only told, and the versions that an earlier run told, by person
 * @throws Refused RATE_LIMITED where look-ups alone keep it from doing anything
 */
export async function planRows(
  dependencies: CommandDependencies,
  caller: Caller,
  school: School,
  { rows, dryRun, seen }: { rows: readonly StaffRow[]; dryRun: boolean; seen?: ReadonlyMap<string, string> | undefined },
): Promise<RowPlan[]> {
  const roster = await readRoster(dependencies, school.code);
  const subjects = rows.map(({ cells }) => subjectOf(cells));
  const ownOf = (subject: Identified) =>
    'nationalId' in subject ? roster.byHash.get(dependencies.keyRing.lookupHash(subject.nationalId)) : ownById(dependencies, roster, subject);
  const strangers = new Set(subjects.flatMap((subject) => ('nationalId' in subject && !ownOf(subject) ? [subject.nationalId] : [])));
  const lookups = await lookUpForSheet(dependencies, caller, school, [...strangers]);
  const today = bangkokDate(dependencies.now());
  const planned = new Set<string>();
  const plan = (subject: Subject, cells: Cells): Plan => {
    if ('errors' in subject) return refused(subject.errors);
    const own = ownOf(subject);
    if (!own && !('nationalId' in subject)) return refusedFor('id', 'NOT_FOUND');
    // Who stands in a sheet twice, however they are named, is taken from the first row that can be done.
    const who = own?.id ?? ('nationalId' in subject ? subject.nationalId : subject.personId);
    if (planned.has(who)) return refused([TWICE]);
    const outcome = own ? planOwn(own, cells, { today, seen: seen?.get(own.id) }) : planStranger(lookups.people.get(who), cells, today);
    if (outcome.outcome !== 'REFUSED') planned.add(who);
    return outcome;
  };
  const plans = rows.map(({ row, cells }, index) => ({ row, ...plan(subjects[index] ?? { errors: [] }, cells) }));
  if (lookups.retryAfter !== null) refuseIdle(plans, { dryRun, retryAfter: lookups.retryAfter });
  return plans;
}

/**
 * Of a sheet with rows beyond the budget: where none of the others is to be written, it comes again as a whole; where it is only tried,
 * all that can be said of the others is said.
 */
function refuseIdle(plans: readonly Plan[], { dryRun, retryAfter }: { dryRun: boolean; retryAfter: number }): void {
  const isIdle = (plan: Plan) => (dryRun ? isBeyondBudget(plan) : !isWritten(plan));
  if (plans.every(isIdle)) throw new Refused('RATE_LIMITED', { retryAfter });
}

function isWritten({ outcome }: Plan): boolean {
  return outcome === 'NEW' || outcome === 'UPDATE';
}

function isBeyondBudget(plan: Plan): boolean {
  return plan.outcome === 'REFUSED' && plan.errors.every(({ code }) => code === 'RATE_LIMITED');
}

async function readRoster({ prisma }: CommandDependencies, schoolCode: string): Promise<Roster> {
  const people = await prisma.person.findMany({ where: { rosterEntry: { is: { schoolCode } } } });
  return { byHash: new Map(people.map((person) => [person.nationalIdHash, person])), byId: new Map(people.map((person) => [person.id, person])) };
}

/** By the ID of the record; where a masked national ID stands beside it, the two belong together. */
function ownById({ keyRing }: CommandDependencies, { byId }: Roster, { personId, digits }: { personId: string; digits: string | null }) {
  const person = byId.get(personId);
  return person && (digits === null || keyRing.open(person.nationalIdCipher).endsWith(digits)) ? person : undefined;
}

const TWICE: BrokenRule = {
  path: 'nationalId',
  code: 'ROW_REPEATED',
  message: 'บุคคลนี้มีอยู่แล้วในแถวก่อนหน้า / This person stands in an earlier row already.',
};

/** @param seen the version that was told before, if any: who was changed since is not changed by what the sheet said of them then */
function planOwn(person: Person, cells: Cells, { today, seen }: { today: string; seen: string | undefined }): Plan {
  const parsed = staffRowSchema.safeParse(cells, { reportInput: true });
  if (!parsed.success) return refused(brokenFields(parsed.error));
  const before = staffRecord(person);
  const after = changedRecord(before, parsed.data);
  const broken = brokenStaffRules(after, today);
  if (broken.length > 0) return refused(broken);
  const changes = differingFields(before, after);
  const found = { personId: person.id, version: recordVersion(before) };
  if (changes.length === 0) return { outcome: 'UNCHANGED', ...found };
  if (seen !== undefined && seen !== found.version) return refusedFor('', 'STALE_REVISION');
  return { outcome: 'UPDATE', ...found, change: parsed.data, changes };
}

/** @param person as looked up; absent beyond the budget */
function planStranger(person: FoundPerson | undefined, cells: Cells, today: string): Plan {
  if (!person) return refusedFor('nationalId', 'RATE_LIMITED');
  const { nationalId, lookupId, view } = person;
  if (view.found === 'HERE') return refusedFor('nationalId', 'ALREADY_ON_ROSTER');
  if (view.found !== 'NONE') return { outcome: 'NEEDS_TRANSFER', lookup: view };
  const parsed = newStaffRowSchema.safeParse(cells, { reportInput: true });
  if (!parsed.success) return refused(brokenFields(parsed.error));
  const record = newRecord(parsed.data);
  const broken = brokenStaffRules(record, today);
  return broken.length > 0 ? refused(broken) : { outcome: 'NEW', nationalId, lookupId, record };
}

function refused(errors: BrokenRule[]): Plan {
  return { outcome: 'REFUSED', errors };
}

/** A row refused by one of the refusal codes. */
export function refusedFor(path: string, code: RefusalCode): { outcome: 'REFUSED'; errors: BrokenRule[] } {
  return { outcome: 'REFUSED', errors: [brokenRule(path, code)] };
}
