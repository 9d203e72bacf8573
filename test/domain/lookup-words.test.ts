import { uncitable } from '../../domain/lookup-words';
import { REFUSALS } from '../../domain/refusal';
import { LOOKUP_VALID_MS } from '../../domain/staff-lookup';

const NOW = new Date('2026-11-24T03:00:00Z');
const cited = { accountId: 'a', schoolCode: '70010001', nationalIdHash: 'h' };
const lookup = { ...cited, wrongNames: 0, usedAt: null, createdAt: NOW };

describe('R5.3a R5.3c why a look-up cannot be cited', () => {
  test.each([
    ['of another ID', { nationalIdHash: 'other' }, 'of another national ID'],
    ['used', { usedAt: NOW }, 'used already'],
    ['void', { wrongNames: 3 }, 'Three wrong names'],
    ['old', { createdAt: new Date(NOW.getTime() - LOOKUP_VALID_MS) }, 'more than a day old'],
  ])('%s', (_what, differs, words) => {
    const { path, code, message } = uncitable({ ...lookup, ...differs }, NOW, cited);
    expect([path, code]).toEqual(['lookupId', 'LOOKUP_REQUIRED']);
    expect(message).toContain(words);
  });

  test.each([
    ['none', null],
    ["another account's", { ...lookup, accountId: 'b', usedAt: NOW }],
    ["another school's", { ...lookup, schoolCode: '70010002', wrongNames: 3 }],
  ])('X8 %s: nothing is told of it', (_what, foreign) => {
    expect(uncitable(foreign, NOW, cited).message).toBe(`${REFUSALS.LOOKUP_REQUIRED.th} / ${REFUSALS.LOOKUP_REQUIRED.en}`);
  });
});
