import fc from 'fast-check';
import { isMeantAsNationalId, maskNationalId, nationalIdWithChecksum, parseNationalId } from '../../domain/national-id';

const ID = '1101700230708';
const THAI = '๐๑๒๓๔๕๖๗๘๙';

const ids = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 99_999_999_999 }))
  .map(([first, rest]) => nationalIdWithChecksum(`${first}${String(rest).padStart(11, '0')}`));

const withDigit = (id: string, index: number, digit: number) => `${id.slice(0, index)}${digit}${id.slice(index + 1)}`;

describe('R5.3a the national ID however it is typed', () => {
  test.each([
    ['plain', ID],
    ['dashes of the card', '1-1017-00230-70-8'],
    ['spaces', ' 1 1017 00230 70 8 '],
    ['Thai digits', '๑๑๐๑๗๐๐๒๓๐๗๐๘'],
    ['Thai digits with dashes', '๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘'],
    ['a dash from a word processor', '1–1017–00230–70–8'],
    ['no-break spaces and zero-width characters', '\uFEFF1\u00A01017\u200B0023070\u200D8'],
  ])('%s', (_case, raw) => {
    expect(parseNationalId(raw)).toBe(ID);
  });

  test.each(['0', '1', '8', '9'])('R5.3a: first digit %s', (first) => {
    const id = nationalIdWithChecksum(`${first}10170023070`);
    expect(parseNationalId(id)).toBe(id);
  });

  test.each([
    ['blank', ''],
    ['twelve digits', '110170023070'],
    ['fourteen digits', '11017002307080'],
    ['a wrong checksum', '1101700230709'],
    ['a letter', '11017002307O8'],
    ['dots', '1.1017.00230.70.8'],
    ['a sign and a decimal', '+1101700230708'],
  ])('refuses %s', (_case, raw) => {
    expect(parseNationalId(raw)).toBeNull();
  });

  test('every ID with its checksum is read, in Thai digits too', () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(parseNationalId(id)).toBe(id);
        expect(parseNationalId([...id].map((digit) => THAI[Number(digit)]).join(''))).toBe(id);
      }),
    );
  });
});

describe('R5.3a what the checksum notices', () => {
  const changed = fc.tuple(ids, fc.nat({ max: 12 }), fc.integer({ min: 0, max: 9 })).filter(([id, index, digit]) => Number(id[index]) !== digit);

  test('any change of one digit but the third, unless the last digit is 1', () => {
    fc.assert(
      fc.property(changed, ([id, index, digit]) => {
        fc.pre(index !== 2 && (index === 12 || !id.endsWith('1')));
        expect(parseNationalId(withDigit(id, index, digit))).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  test('never a change of the third digit: its weight is 11', () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 0, max: 9 }), (id, digit) => {
        const other = withDigit(id, 2, digit);
        expect(parseNationalId(other)).toBe(other);
      }),
    );
  });

  test('with a last digit of 1, at most one other digit at each place is taken for the right one', () => {
    const endingInOne = ids.filter((id) => id.endsWith('1'));
    fc.assert(
      fc.property(endingInOne, fc.constantFrom(0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11), (id, index) => {
        const accepted = [...Array(10).keys()].filter((digit) => parseNationalId(withDigit(id, index, digit)) !== null);
        expect(accepted.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  test('such a pair: remainders 0 and 10 give the same last digit', () => {
    expect(parseNationalId('1000000002001')).not.toBeNull();
    expect(parseNationalId('1000000005001')).not.toBeNull();
  });
});

describe('X4 the masked ID', () => {
  test('shows the last digits only', () => {
    expect(maskNationalId(ID)).toBe('x-xxxx-xxxx0-70-8');
  });

  test('never shows more than four digits, in place', () => {
    fc.assert(
      fc.property(ids, (id) => {
        const shown = maskNationalId(id);
        expect(shown).toMatch(/^x-xxxx-xxxx\d-\d{2}-\d$/);
        expect(shown.replace(/\D/g, '')).toBe(id.slice(-4));
      }),
    );
  });
});

describe('X3 what is meant as a national ID', () => {
  test.each([ID, '1-1017-00230-70-8', '๑๑๐๑๗๐๐๒๓๐๗๐๘', '1234567890123', ' 1 101700230708 '])('%p is', (text) => {
    expect(isMeantAsNationalId(text)).toBe(true);
  });

  test.each(['', '70010062', '1070010062', '123456789012', '12345678901234', 'x-xxxx-xxxx0-70-8', 'ก1101700230708'])('%p is not', (text) => {
    expect(isMeantAsNationalId(text)).toBe(false);
  });
});
