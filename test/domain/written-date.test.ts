import fc from 'fast-check';
import { parseWrittenDate, sheetDate } from '../../domain/written-date';

const isoDates = fc
  .date({ min: new Date('1920-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('X6 dates as people write them in sheets', () => {
  test.each([
    ['ISO', '2024-05-16', '2024-05-16'],
    ['ISO of the Buddhist era', '2567-05-16', '2024-05-16'],
    ['slashes', '16/5/2567', '2024-05-16'],
    ['dashes', '16-05-2024', '2024-05-16'],
    ['dots', '16.05.2567', '2024-05-16'],
    ['Thai digits', '๑๖/๐๕/๒๕๖๗', '2024-05-16'],
    ['the month by name', '16 พฤษภาคม 2567', '2024-05-16'],
    ['the month in short', '16 พ.ค. 2567', '2024-05-16'],
    ['without spaces', '16พ.ค.2567', '2024-05-16'],
    ['with the era', '16 พฤษภาคม พ.ศ. 2567', '2024-05-16'],
    ['the day number of a spreadsheet', '45428', '2024-05-16'],
    ['a leap day of the Buddhist era', '29/2/2567', '2024-02-29'],
  ])('%s', (_how, raw, iso) => {
    expect(parseWrittenDate(raw)).toBe(iso);
  });

  test.each(['', '16/5/67', '31/2/2567', '5/16/2567', '2024-13-01', 'เมื่อวาน', '16 เดือนห้า 2567', '1234', '29/2/2566'])('%s is none', (raw) => {
    expect(parseWrittenDate(raw)).toBeNull();
  });

  test('what goes out comes back, as a spreadsheet may have rewritten it too', () => {
    fc.assert(
      fc.property(isoDates, (iso) => {
        expect(parseWrittenDate(sheetDate(iso))).toBe(iso);
        expect(parseWrittenDate(sheetDate(iso).replaceAll(/\b0/g, ''))).toBe(iso);
      }),
    );
  });
});
