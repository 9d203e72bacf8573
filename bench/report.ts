// What a run tells: one table for people, the same as JSON for programs.

/** At most or at least this much of the ratio, or of the figure that is named. */
export interface Goal {
  atMost?: number;
  atLeast?: number;
  /** The figure that it is about; without it the ratio. */
  of?: string;
}

/** A figure is null where this machine does not tell it. */
export type Figures = Record<string, number | null>;

export interface Measured {
  name: string;
  figures: Figures;
  /** Of the product to what it is compared with. */
  ratio?: number | null;
  goal?: Goal;
}

/** As `--json` writes it: `goal` is the bound of the ratio or, without one, of the figure that `of` names. */
export interface Result {
  name: string;
  figures: Figures;
  ratio?: number;
  goal?: number;
  of?: string;
  holds?: boolean;
}

/** The results with their goals judged; one that could not be measured is not judged. */
export function judge({ name, figures, ratio, goal }: Measured): Result {
  const rounded = Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, value === null ? null : round(value)]));
  const value = goal?.of === undefined ? ratio : figures[goal.of];
  const bound = goal?.atMost ?? goal?.atLeast;
  return {
    name,
    figures: rounded,
    ...(typeof ratio === 'number' && { ratio: round(ratio) }),
    ...(bound !== undefined && { goal: bound }),
    ...(goal?.of !== undefined && { of: goal.of }),
    ...(goal && typeof value === 'number' && { holds: value <= (goal.atMost ?? value) && value >= (goal.atLeast ?? value) }),
  };
}

/** Three significant digits. */
function round(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
}

const HEAD = ['what', 'ratio', 'goal', 'holds', 'figures'];
/** Figures that do not fit go on in further lines. */
const FIGURES_WIDTH = 90;

/** The one table at the end, with a sentence about the goals. */
export function table(measured: readonly Measured[]): string {
  const rows = measured.flatMap((entry) => lines(entry, judge(entry)));
  const widths = HEAD.map((_title, column) => Math.max(...[HEAD, ...rows].map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  const rule = widths.map((width) => '-'.repeat(width));
  return [...[HEAD, rule, ...rows].map(line), '', goals(measured.map(judge))].map((text) => text.trimEnd()).join('\n');
}

function lines({ goal }: Measured, { name, figures, ratio, holds }: Result): string[][] {
  const [first = '', ...more] = wrap(Object.entries(figures).map(([key, value]) => `${key} ${value ?? 'not told here'}`));
  const row = [name, ratio?.toString() ?? '', goal ? boundWords(goal) : '', verdict(goal, holds), first];
  return [row, ...more.map((figuresLine) => ['', '', '', '', figuresLine])];
}

function wrap(words: readonly string[]): string[] {
  const wrapped: string[] = [];
  for (const word of words) {
    const last = wrapped.at(-1);
    if (last === undefined || last.length + word.length > FIGURES_WIDTH) wrapped.push(word);
    else wrapped[wrapped.length - 1] = `${last}, ${word}`;
  }
  return wrapped;
}

function boundWords({ atMost, atLeast, of }: Goal): string {
  return `${of === undefined ? '' : `${of} `}${atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`}`;
}

function verdict(goal: Goal | undefined, holds: boolean | undefined): string {
  if (!goal) return '';
  return holds === undefined ? 'not told' : holds ? 'yes' : 'MISSED';
}

function goals(results: readonly Result[]): string {
  const judged = results.filter(({ holds }) => holds !== undefined);
  const missed = judged.filter(({ holds }) => holds === false).map(({ name }) => name);
  const told = `${judged.length - missed.length} of ${judged.length} goals hold.`;
  return missed.length === 0 ? told : `${told} Missed: ${missed.join('; ')}.`;
}
