import fc from 'fast-check';
import { arabicDigits, englishDate, nameKey, normaliseText, shortThaiDate, thaiDate, thaiTime } from '../../domain/thai-text';

const NIKHAHIT = '\u0E4D';
const AA = '\u0E32';
const AM = '\u0E33';
const MAI_THO = '\u0E49';
const E = '\u0E40';
const AE = '\u0E41';

/** Thai letters and marks, the characters that people do not see, and some Latin. */
const thaiish = fc.string({
  unit: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0x0e01, max: 0x0e5b }).map((code) => String.fromCodePoint(code)) },
    { weight: 2, arbitrary: fc.constantFrom(E, AE, NIKHAHIT, AA, AM, MAI_THO, '\u0E48', '\u0E34', '\u0E38', '\u0E4C', '\u0E3A') },
    { weight: 2, arbitrary: fc.constantFrom(' ', '\u00A0', '\u200B', '\u200D', '\uFEFF', '\u00AD', '\t', '\n', '\u0000', '\u0085', '\uD800') },
    { weight: 1, arbitrary: fc.constantFrom('a', 'Z', '\u00E9', 'e', '\u0301', '\u0328', '\u05B0', '\u0130', '\u1E9E') },
  ),
  maxLength: 24,
});

describe('X5 one spelling for what looks the same', () => {
  test.each([
    ['ํ+า as ำ', `ส${NIKHAHIT}${AA}นัก`, 'สำนัก'],
    ['ํ, a tone mark, า', `น${NIKHAHIT}${MAI_THO}${AA}`, `น${MAI_THO}${AM}`],
    ['a tone mark, ํ, า', `น${MAI_THO}${NIKHAHIT}${AA}`, `น${MAI_THO}${AM}`],
    ['a tone mark typed after ำ', `น${AM}${MAI_THO}`, `น${MAI_THO}${AM}`],
    ['เ+เ as แ', `${E}${E}ดง`, 'แดง'],
    ['a tone mark typed before its vowel', 'ก\u0E48\u0E34ง', 'ก\u0E34\u0E48ง'],
    ['canonical composition', 'Re\u0301my', 'R\u00E9my'],
    ['zero-width characters, byte-order mark, soft hyphen', '\uFEFFสม\u200Bชา\u00ADย\u200D', 'สมชาย'],
    ['no-break and other spaces', '\u3000สมชาย\u00A0\u2009 ใจดี \n', 'สมชาย ใจดี'],
    ['characters that no database takes', 'สม\u0000ชาย\uD800', 'สมชาย'],
  ])('%s', (_case, typed, spelling) => {
    expect(normaliseText(typed)).toBe(spelling);
  });

  test.each(['น้ำ', 'แม่', 'สิทธิ์', 'พันธุ์', 'เสน่ห์', 'ก็', 'ผู้อำนวยการ', "O'Brien-Smith"])('what is right stays: %s', (text) => {
    expect(normaliseText(text)).toBe(text);
  });

  test('normalising twice changes nothing more', () => {
    fc.assert(
      fc.property(thaiish, (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
        expect(once).toBe(once.normalize('NFC'));
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('X5 names compare equal however they were typed', () => {
  test('spaces, case and invisible characters do not count', () => {
    expect(nameKey('สม ชาย', 'ใจดี')).toBe(nameKey('สมชาย', '\u200Bใจ\u00A0ดี '));
    expect(nameKey('John', 'SMITH')).toBe(nameKey('john smith'));
    expect(nameKey(`${E} ${E}ดง`)).toBe(nameKey('แดง'));
  });

  test('other names do not', () => {
    expect(nameKey('สมชาย', 'ใจดี')).not.toBe(nameKey('สมชาย', 'ใจดำ'));
    expect(nameKey('แดง')).not.toBe(nameKey('เดง'));
    expect(nameKey('ป่าน')).not.toBe(nameKey('ป้าน'));
  });

  test('a key is the key of itself', () => {
    fc.assert(
      fc.property(thaiish, (text) => {
        expect(nameKey(nameKey(text))).toBe(nameKey(text));
      }),
      { numRuns: 20_000 },
    );
  });

  test('the same name typed in another way', () => {
    const ways: ((name: string) => string)[] = [
      (name) => name.replaceAll(AM, `${NIKHAHIT}${AA}`),
      (name) => name.replaceAll(AE, `${E}${E}`),
      (name) => name.normalize('NFD'),
      (name) => [...name].join('\u200B'),
      (name) => name.replaceAll(' ', '\u00A0 '),
      (name) => ` ${name}\uFEFF`,
    ];
    const names = fc.constantFrom('แม้นมาศ น้ำทิพย์', 'คำแสน สำราญ', 'แพรวา ชำนาญกิจ', 'ธัญญ์ แก้วกำเนิด', 'Ren\u00E9e แซ่ตั้ง');
    fc.assert(
      fc.property(names, fc.shuffledSubarray(ways), (name, chosen) => {
        expect(nameKey(chosen.reduce<string>((typed, way) => way(typed), name))).toBe(nameKey(name));
      }),
    );
  });
});

describe('R5.3a Thai digits', () => {
  test('become Arabic ones, the rest stays', () => {
    expect(arabicDigits('๐๑๒๓๔๕๖๗๘๙ 5 ก')).toBe('0123456789 5 ก');
    expect(arabicDigits('no digit')).toBe('no digit');
  });
});

describe('X6 dates for people, of Bangkok', () => {
  test.each([
    ['2026-11-24T07:05:00Z', '24 พฤศจิกายน 2569', '24 November 2026', '14:05'],
    ['2026-12-31T17:00:00Z', '1 มกราคม 2570', '1 January 2027', '00:00'],
    ['2026-12-31T16:59:59Z', '31 ธันวาคม 2569', '31 December 2026', '23:59'],
  ])('%s', (instant, thai, english, time) => {
    const date = new Date(instant);
    expect([thaiDate(date), englishDate(date), thaiTime(date)]).toEqual([thai, english, time]);
  });

  test('short, for tables', () => {
    expect([shortThaiDate(new Date('2026-11-24T07:05:00Z')), shortThaiDate(new Date('2026-12-31T17:00:00Z'))]).toEqual(['24 พ.ย. 69', '1 ม.ค. 70']);
  });

  test('an invalid date is refused', () => {
    expect(() => thaiDate(new Date('never'))).toThrow(RangeError);
    expect(() => shortThaiDate(new Date('never'))).toThrow(RangeError);
  });
});
