import fc from 'fast-check';
import { speaksOf } from '../../domain/mention';
import { nationalIdWithChecksum } from '../../domain/national-id';

const SOMEBODY = { firstName: 'กำแหง', lastName: 'แสนดี', nationalId: '1101700230708' };

describe('X7 X5 a text that speaks of somebody', () => {
  test.each([
    'กำแหง แสนดี ไม่ได้อยู่ที่นี่',
    'ครูกําแหงยังไม่ส่งเอกสาร',
    'ชื่อ กำแหง\u200b เเสนดี',
    'ตามคำขอของแสนดี',
    'เลข 1-1017-00230-70-8 ซ้ำ',
    'เลข ๑๑๐๑๗๐๐๒๓๐๗๐๘',
  ])('%s', (text) => {
    expect(speaksOf(text, [{ firstName: 'อื่น', lastName: 'คนอื่น', nationalId: '' }, SOMEBODY])).toBe(true);
  });

  test.each(['', 'เอกสารไม่ครบ', 'คนอื่นชื่อสมชาย', 'เลข 1101700230716', '1-1017-00230'])('not %p', (text) => {
    expect(speaksOf(text, [SOMEBODY])).toBe(false);
  });

  test('a short name alone is a part of other words; beside the other it is one', () => {
    const short = { firstName: 'ดี', lastName: 'มา', nationalId: '' };
    expect(speaksOf('ข้อมูลดีแล้ว มาแก้ไข', [short])).toBe(false);
    expect(speaksOf('นายดี มา ลาออก', [short])).toBe(true);
  });

  test('nobody is spoken of by a name that is empty', () => {
    expect(speaksOf('อะไรก็ได้', [{ firstName: '', lastName: '', nationalId: '' }])).toBe(false);
  });

  test('wherever in a text the name or the number stands', () => {
    const id = fc.stringMatching(/^[1-8][0-9]{11}$/).map(nationalIdWithChecksum);
    fc.assert(
      fc.property(fc.string(), fc.string(), id, (before, after, nationalId) => {
        expect(speaksOf(`${before} กำแหง แสนดี ${after}`, [SOMEBODY])).toBe(true);
        expect(speaksOf(`${before} x${nationalId}x ${after}`, [{ ...SOMEBODY, nationalId }])).toBe(true);
      }),
    );
  });
});
