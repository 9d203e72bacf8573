import fc from 'fast-check';
import { isCitable, isFresh, LOOKUP_VALID_MS, maskName, mayCite, refuseAdding, whereFound } from '../../domain/staff-lookup';
import { normaliseText } from '../../domain/thai-text';

const NOW = new Date('2026-11-24T03:00:00Z');
const cited = { accountId: 'a', schoolCode: '70010001', nationalIdHash: 'h' };
const lookup = { ...cited, wrongNames: 0, usedAt: null, createdAt: NOW };

describe('R5.3a what may cite a look-up', () => {
  test('its maker, for the own school and the ID that was looked up', () => {
    expect(mayCite(lookup, cited, NOW)).toBe(true);
  });

  test.each([
    ['another account', { accountId: 'b' }],
    ['another school', { schoolCode: '70010002' }],
    ['another ID', { nationalIdHash: 'other' }],
  ])('not %s', (_what, differs) => {
    expect(mayCite(lookup, { ...cited, ...differs }, NOW)).toBe(false);
  });

  test('R5.2: one that was used is cited to learn why a repeat is refused, and good for nothing new', () => {
    const used = { ...lookup, usedAt: NOW };
    expect([isCitable(used, NOW), mayCite(used, cited, NOW), isFresh(used, NOW)]).toEqual([true, true, false]);
  });

  test.each([
    ['used', { usedAt: NOW }, false],
    ['two wrong names', { wrongNames: 2 }, true],
    ['void after three wrong names (R5.3c)', { wrongNames: 3 }, false],
    ['nearly a day old', { createdAt: new Date(NOW.getTime() - LOOKUP_VALID_MS + 1) }, true],
    ['a day old', { createdAt: new Date(NOW.getTime() - LOOKUP_VALID_MS) }, false],
  ])('%s', (_what, differs, fresh) => {
    expect(isFresh({ ...lookup, ...differs }, NOW)).toBe(fresh);
  });
});

describe('R5.2 R5.3 what a look-up finds', () => {
  test.each([
    [null, 'NONE', null],
    [{ schoolCode: null }, 'UNPOSTED', 'MUST_TRANSFER'],
    [{ schoolCode: '70010001' }, 'HERE', 'ALREADY_ON_ROSTER'],
    [{ schoolCode: '70010002' }, 'ELSEWHERE', 'MUST_TRANSFER'],
  ])('%j', (person, found, refusal) => {
    expect(whereFound(person, '70010001')).toBe(found);
    expect(refuseAdding(whereFound(person, '70010001'))).toBe(refusal);
  });
});

describe('R5.3c the masked name', () => {
  test.each([
    ['กานดา', 'ทดสอบ', 'ก*** ท***'],
    ['จันทร์เพ็ญ', 'น้ำใส', 'จั*** น้ำ***'],
    ['เกษม', 'ใจดี', 'เ*** ใ***'],
    ['แก้ว', 'ปิ่น', 'แ*** ***'],
    ['Ann', 'Lee', 'A*** L***'],
    ['ก', 'แม', '*** ***'],
    ['Jo', 'น้ำ', '*** ***'],
    ['', '', '*** ***'],
  ])('%s %s', (first, last, masked) => {
    expect(maskName(first, last)).toBe(masked);
  });

  test('tells one letter at most, none of a name that has fewer than three, and not how long it is', () => {
    const letters = new Intl.Segmenter('th', { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.stringMatching(/^[ก-ฮะ-ูเ-์]{1,12}$/), (name) => {
        const [masked = ''] = maskName(name, 'ก').split(' ');
        expect(masked.endsWith('***')).toBe(true);
        const shown = [...letters.segment(masked.replace('***', ''))].length;
        expect(shown).toBeLessThanOrEqual([...letters.segment(normaliseText(name))].length < 3 ? 0 : 1);
      }),
    );
  });
});
