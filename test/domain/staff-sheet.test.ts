import { shownDigits } from '../../domain/national-id';
import { SHEET_COLUMNS, sheetColumn, sheetHeading } from '../../domain/staff-sheet';

describe('R5.0 headings of a sheet', () => {
  test('every column is found by the name of the API and by its Thai heading', () => {
    for (const column of SHEET_COLUMNS) {
      expect(sheetColumn(column)).toBe(column);
      expect(sheetColumn(sheetHeading(column))).toBe(column);
    }
  });

  test.each([
    ['เลขบัตรประชาชน', 'nationalId'],
    [' National ID ', 'nationalId'],
    ['first_name', 'firstName'],
    ['วันที่บรรจุ', 'appointedDate'],
    ['ชื่อ', 'firstName'],
    ['ตําแหน่ง', 'position'],
    ['ชื่อ-สกุล', null],
    ['ลำดับที่', null],
    ['', null],
  ])('%s', (heading, column) => {
    expect(sheetColumn(heading)).toBe(column);
  });
});

describe('X4 X5 a masked ID as people copy it', () => {
  test.each([
    ['x-xxxx-xxxx0-12-1', '0121'],
    ['X XXXX XXXX0 12 1', '0121'],
    ['xxxxxxxxx0121', '0121'],
    ['x-xxxx-xxxx๐-๑๒-๑', '0121'],
    ['0121', null],
    ['กานดา', null],
  ])('%s', (masked, digits) => {
    expect(shownDigits(masked)).toBe(digits);
  });
});
