// Cells that a spreadsheet would take for a formula (OWASP, CSV injection): somebody's name is never run on another's machine.

const FORMULA_START = /^[=+\-@\t\r]/;

/** The cell as text that no spreadsheet runs: an apostrophe goes before what could begin a formula. */
export function neutralCell(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

/** The text of a cell that was written so. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && FORMULA_START.test(cell.slice(1)) ? cell.slice(1) : cell;
}
