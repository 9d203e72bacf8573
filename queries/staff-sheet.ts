// A roster as a sheet (R5.0): the national ID masked, with the ID of the record beside it, so that it can be taken back in.
import { thaiPosition } from '../domain/staff-position';
import { SHEET_COLUMNS, type SheetColumn, type SheetFormat, sheetHeading } from '../domain/staff-sheet';
import { sheetDate } from '../domain/written-date';
import { type WrittenSheet, writeSheet } from '../sheets/sheet';
import type { QueryDependencies } from './dependencies';
import type { RosterQueries, StaffView } from './roster-queries';
import { viewStaff } from './staff';

const SHEET_NAME = 'บุคลากร';

/** Everybody of the roster, in the order of the names. */
export function staffSheet(dependencies: QueryDependencies): RosterQueries['staffSheet'] {
  return async (schoolCode, format) => {
    const rows = await dependencies.prisma.rosterEntry.findMany({
      where: { schoolCode },
      orderBy: [{ firstName: 'asc' }, { lastName: 'asc' }, { personId: 'asc' }],
      include: { person: true },
    });
    const people = rows.map(({ person }) => viewStaff(dependencies, person));
    const cells = people.map((person) => SHEET_COLUMNS.map((column) => cell(person, column)));
    return writeSheet(format, SHEET_NAME, [SHEET_COLUMNS.map(sheetHeading), ...cells]);
  };
}

/** The headings alone, for people who are new: the ID of a record stands only in sheets of a roster. */
export function emptyStaffSheet(format: SheetFormat): Promise<WrittenSheet> {
  return writeSheet(format, SHEET_NAME, [SHEET_COLUMNS.filter((column) => column !== 'id').map(sheetHeading)]);
}

const DATES: readonly SheetColumn[] = ['birthDate', 'standingDate', 'appointedDate'];

function cell(person: StaffView, column: SheetColumn): string {
  if (column === 'position') return thaiPosition(person.position);
  const value = person[column] ?? '';
  return value !== '' && DATES.includes(column) ? sheetDate(value) : value;
}
