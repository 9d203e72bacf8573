// A roster from a sheet (R5.0): a dry run tells what each row would do; then it is done row by row, each in a transaction of
// its own. Doing it again changes nothing, and who is absent from a sheet stays where they are.
import { randomUUID } from 'node:crypto';
import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import type { RowOutcome } from '../domain/staff-sheet';
import type { School } from '../prisma/generated/client';
import { addPerson } from './add-staff';
import { changePerson } from './change-staff';
import type { CommandDependencies } from './dependencies';
import { ownSchool } from './own-roster';
import { patience, unavailable } from './patience';
import type { RosterCommands, SheetRow } from './roster-commands';
import { planRows, type RowPlan, refusedFor } from './sheet-plan';
import { readStaffSheet } from './sheet-rows';

/** Rows that are done at once: each is about another person, and waits for the database most of its time. */
const AT_ONCE = 4;

/** Takes a sheet; rows beyond the patience of one call are done by its repeat. */
export function takeSheet(dependencies: CommandDependencies): RosterCommands['takeSheet'] {
  return async ({ caller, schoolCode, bytes, dryRun, seen, begins }) => {
    const wait = patience();
    const school = await ownSchool(dependencies.prisma, caller, schoolCode, dependencies.now());
    const sheet = await readStaffSheet(bytes);
    const plans = await planRows(dependencies, caller, school, { rows: sheet.rows, dryRun, seen });
    if (!dryRun) await begins?.();
    const rows: SheetRow[] = [];
    for (let at = 0; at < plans.length; at += AT_ONCE) {
      if (wait.isOver()) throw unavailable();
      const few = plans.slice(at, at + AT_ONCE);
      rows.push(...(await Promise.all(few.map((plan) => (dryRun ? planned(plan) : carriedOut(dependencies, caller, school, plan))))));
    }
    return { dryRun, counts: counted(rows), rows, ignoredColumns: sheet.ignoredColumns };
  };
}

/** A plan as it is told: what the sheet says of the person stays out of the answer. */
function planned(plan: RowPlan): SheetRow {
  const { row, outcome } = plan;
  switch (plan.outcome) {
    case 'UPDATE':
      return { row, outcome, personId: plan.personId, version: plan.version, changes: plan.changes };
    case 'UNCHANGED':
      return { row, outcome, personId: plan.personId, version: plan.version };
    case 'NEEDS_TRANSFER':
      return { row, outcome, lookup: plan.lookup };
    case 'REFUSED':
      return { row, outcome, errors: plan.errors };
    default:
      return { row, outcome };
  }
}

/** Does what a row asks; a refusal, which only somebody else's change meanwhile can cause, is the row's alone. */
async function carriedOut(dependencies: CommandDependencies, caller: Caller, school: School, plan: RowPlan): Promise<SheetRow> {
  try {
    return { ...planned(plan), ...(await carryOut(dependencies, caller, school, plan)) };
  } catch (failure) {
    if (!(failure instanceof Refused) || failure.status >= 500) throw failure;
    const { errors = refusedFor('', failure.code).errors } = failure.details;
    return { row: plan.row, outcome: 'REFUSED', errors };
  }
}

async function carryOut(dependencies: CommandDependencies, caller: Caller, school: School, plan: RowPlan): Promise<{ personId?: string }> {
  if (plan.outcome === 'NEW') {
    const id = randomUUID();
    await addPerson(dependencies, school, { caller, id, lookupId: plan.lookupId, nationalId: plan.nationalId, record: plan.record });
    return { personId: id };
  }
  if (plan.outcome === 'UPDATE') {
    const { personId, change, version } = plan;
    await changePerson(dependencies, school, { caller, personId, change, verified: true, version });
  }
  return {};
}

function counted(rows: readonly SheetRow[]): Record<RowOutcome, number> {
  const count = (outcome: RowOutcome) => rows.filter((row) => row.outcome === outcome).length;
  return {
    NEW: count('NEW'),
    UPDATE: count('UPDATE'),
    UNCHANGED: count('UNCHANGED'),
    NEEDS_TRANSFER: count('NEEDS_TRANSFER'),
    REFUSED: count('REFUSED'),
  };
}
