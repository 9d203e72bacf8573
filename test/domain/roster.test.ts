import fc from 'fast-check';
import { HEADCOUNT, isCheckOverdue, latelySince, openItems, summarise, unexplainedItems } from '../../domain/roster';
import { STAFF_FIELDS } from '../../domain/staff';
import { STAFF_FIELD_WORDS } from '../../domain/staff-words';

const counts = { listed: 5, complete: 3, unverified: 0, headcount: 5, checkedOn: null };

describe('R5.0 the summary of a roster', () => {
  test.each([
    [7, { missing: 2, surplus: 0 }],
    [5, { missing: 0, surplus: 0 }],
    [4, { missing: 0, surplus: 1 }],
    [null, { missing: 0, surplus: 0 }],
  ])('against a headcount of %s', (headcount, expected) => {
    expect(summarise({ ...counts, headcount })).toMatchObject({ listed: 5, complete: 3, incomplete: 2, headcount, ...expected });
  });

  test('listed, missing and surplus always add up to the headcount', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.nat({ max: 500 }), (listed, headcount) => {
        const { missing, surplus } = summarise({ ...counts, listed, complete: 0, headcount });
        expect(listed + missing - surplus).toBe(headcount);
        expect(Math.min(missing, surplus)).toBe(0);
      }),
    );
  });
});

describe('R5.0 attesting', () => {
  const complete = { id: 'p1', name: 'นายสมชาย ใจดี', missing: [] };
  const incomplete = { id: 'p2', name: 'นางแก้ว เรียนดี', missing: ['major' as const] };

  test('complete and as many as stated: nothing is open', () => {
    expect(openItems([complete], 1)).toEqual([]);
  });

  test('R5.0: nothing stated is nothing off', () => {
    expect(openItems([complete], null)).toEqual([]);
  });

  test.each([
    ['incomplete people', [complete, incomplete], 2, ['p2 INCOMPLETE']],
    ['missing people', [complete], 3, [`${HEADCOUNT} MISSING`]],
    ['surplus people', [complete, { ...complete, id: 'p3' }], 1, [`${HEADCOUNT} SURPLUS`]],
    ['incomplete people without a stated headcount', [incomplete], null, ['p2 INCOMPLETE']],
    ['all of it', [incomplete], 9, ['p2 INCOMPLETE', `${HEADCOUNT} MISSING`]],
  ])('%s are open', (_what, people, headcount, open) => {
    expect(openItems(people, headcount).map(({ item, code }) => `${item} ${code}`)).toEqual(open);
  });

  test('each open item wants its own explanation; blanks and invisible characters are none', () => {
    const items = openItems([incomplete], 9);
    expect(unexplainedItems(items, {}).map(({ path }) => path)).toEqual(['explanations.p2', 'explanations.headcount']);
    expect(unexplainedItems(items, { p2: 'รอเอกสาร', headcount: '\u200B ' }).map(({ path }) => path)).toEqual(['explanations.headcount']);
    expect(unexplainedItems(items, { p2: 'รอเอกสาร', headcount: 'รอบรรจุ' })).toEqual([]);
  });

  test('who and which fields lack is told as pages call them, not as the API does', () => {
    const [item] = openItems([{ ...incomplete, missing: ['birthDate', 'positionNumber'] }], 1);
    const [thai, english] = item?.message.split(' / ') ?? [];
    expect(thai).toBe('นางแก้ว เรียนดี: กรอกให้ครบหรืออธิบาย: วันเกิด, เลขที่ตำแหน่ง');
    expect(english).toBe("Complete this person's data or explain: Birth date, Position number");
    const [all] = openItems([{ ...incomplete, missing: [...STAFF_FIELDS] }], 1);
    for (const field of STAFF_FIELDS) for (const word of Object.values(STAFF_FIELD_WORDS[field])) expect(all?.message).toContain(word);
  });
});

describe('R5.0 overdue', () => {
  const YEAR_MS = 365 * 86_400_000;
  const since = latelySince(new Date('2026-11-24T20:00:00Z'), YEAR_MS);

  test('counts by the calendar of Bangkok', () => {
    expect(since).toBe('2025-11-25');
  });

  test.each([
    [null, true],
    ['2025-11-24', true],
    ['2025-11-25', false],
    ['2026-11-25', false],
  ])('checked on %s', (checkedOn, overdue) => {
    expect(isCheckOverdue(checkedOn, since)).toBe(overdue);
  });
});
