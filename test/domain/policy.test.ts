import fc from 'fast-check';
import { daysOf, deadlineAfter, parsePolicy } from '../../domain/policy';

const NONE: ReadonlySet<string> = new Set();

describe('R3.5 a policy is read from a setting', () => {
  test.each([
    ['3wd', { unit: 'workingDays', amount: 3 }],
    ['0wd', { unit: 'workingDays', amount: 0 }],
    ['500ms', { unit: 'milliseconds', amount: 500 }],
    ['2s', { unit: 'milliseconds', amount: 2_000 }],
    ['15m', { unit: 'milliseconds', amount: 900_000 }],
    ['72h', { unit: 'milliseconds', amount: 259_200_000 }],
    ['7d', { unit: 'milliseconds', amount: 604_800_000 }],
    [' 168h ', { unit: 'milliseconds', amount: 604_800_000 }],
  ])('%s', (text, policy) => {
    expect(parsePolicy(text)).toEqual(policy);
  });

  test.each(['', '3', 'wd', '3 wd', '-3wd', '1.5h', '3w', '3WD', '๓wd', '3wd 2h', '2501wd', '4000d', '999999999999h'])('refuses %p', (text) => {
    expect(parsePolicy(text)).toBeNull();
  });
});

describe('R3.5 a deadline is when the time of a policy is over', () => {
  const friday = new Date('2026-11-20T03:00:00Z');

  test('a plain duration goes by the clock, over a weekend too', () => {
    expect(deadlineAfter({ unit: 'milliseconds', amount: 172_800_000 }, friday, NONE).toISOString()).toBe('2026-11-22T03:00:00.000Z');
  });

  test('working days end with their day in Bangkok', () => {
    expect(deadlineAfter({ unit: 'workingDays', amount: 1 }, friday, NONE).toISOString()).toBe('2026-11-23T17:00:00.000Z');
  });

  test('every policy that can be read gives a real instant, not before its start', () => {
    const policies = fc.tuple(fc.nat({ max: 2_500 }), fc.constantFrom('wd', 'ms', 's', 'm', 'h', 'd')).map(([amount, unit]) => `${amount}${unit}`);
    fc.assert(
      fc.property(policies, (text) => {
        const policy = parsePolicy(text);
        return policy !== null && deadlineAfter(policy, friday, NONE) >= friday;
      }),
      { numRuns: 50 },
    );
  });
});

describe('R3.5 a policy is told in days', () => {
  const told = (text: string) => {
    const policy = parsePolicy(text);
    return policy && daysOf(policy);
  };

  test('calendar days and working days apart; one day is one', () => {
    expect(told('720h')).toEqual({ th: '30 วัน', en: '30 days' });
    expect(told('10wd')).toEqual({ th: '10 วันทำการ', en: '10 working days' });
    expect(told('1d')).toEqual({ th: '1 วัน', en: '1 day' });
  });

  test('what is no whole number of days is not told in days', () => {
    for (const text of ['2s', '36h']) expect(told(text)).toBeNull();
  });
});
