// The rows of a sheet by what becomes of them, those that want somebody first; 500 rows are looked through on a phone (R5.0).
import type { RowOutcome } from '../domain/staff-sheet';
import type { Words } from '../domain/words';
import { LABELS } from './form-texts';
import type { ToldResult } from './sheet-draft';
import { SHEET_OUTCOMES } from './sheet-texts';

type Row = ToldResult['rows'][number];

export interface OutcomeGroup {
  outcome: RowOutcome;
  /** What would become of the rows, or became. */
  words: Words;
  count: number;
  /** Each with what is to be said of it; none where the numbers of the rows say all. */
  rows: Row[];
  /** `2–40, 43`, where the numbers say all. */
  numbers: string;
}

const ORDER = ['REFUSED', 'NEEDS_TRANSFER', 'UPDATE', 'NEW', 'UNCHANGED'] as const satisfies readonly RowOutcome[];
const SAID_ONE_BY_ONE: readonly RowOutcome[] = ['REFUSED', 'NEEDS_TRANSFER', 'UPDATE'];

/** Groups without rows are left out. */
export function outcomeGroups({ rows, dryRun }: Pick<ToldResult, 'rows' | 'dryRun'>): OutcomeGroup[] {
  return ORDER.flatMap((outcome) => {
    const own = rows.filter((row) => row.outcome === outcome);
    if (own.length === 0) return [];
    const oneByOne = SAID_ONE_BY_ONE.includes(outcome);
    const words = SHEET_OUTCOMES[outcome][dryRun ? 'planned' : 'done'];
    return [
      { outcome, words, count: own.length, rows: oneByOne ? own.map(labelled) : [], numbers: oneByOne ? '' : ranges(own.map(({ row }) => row)) },
    ];
  });
}

/** Complaints with the name of their field before them. */
function labelled({ errors, ...row }: Row): Row {
  return { ...row, ...(errors && { errors: errors.map((rule) => ({ ...rule, path: LABELS[rule.path] ?? '' })) }) };
}

/** `2–40, 43` of ascending numbers. */
function ranges(numbers: readonly number[]): string {
  const spans: [first: number, last: number][] = [];
  for (const number of numbers) {
    const span = spans.at(-1);
    if (span && span[1] === number - 1) span[1] = number;
    else spans.push([number, number]);
  }
  return spans.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}
