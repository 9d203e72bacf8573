import { brokenDecisionRules, refuseDecision } from '../../domain/decision';
import { REGISTRATION_STATUSES } from '../../domain/registration';

const codes = (asked: Parameters<typeof brokenDecisionRules>[0]) => brokenDecisionRules(asked).map(({ path, code }) => `${code} at ${path}`);

describe('R3.1 an approval attests that the data was verified', () => {
  test('attested', () => {
    expect(codes({ decision: 'APPROVE', verified: true })).toEqual([]);
  });

  test.each([undefined, false])('refuses verified %p, whatever the reason', (verified) => {
    expect(codes({ decision: 'APPROVE', verified, reason: 'known to me' })).toEqual(['NOT_VERIFIED at verified']);
  });
});

describe('R3.4 a return and a rejection give a reason', () => {
  test.each(['RETURN', 'REJECT'] as const)('%s with a reason, nothing to attest', (decision) => {
    expect(codes({ decision, reason: 'ชื่อไม่ตรงกับคำสั่ง' })).toEqual([]);
  });

  test.each(['RETURN', 'REJECT'] as const)('%s without one is refused', (decision) => {
    for (const reason of [undefined, '', ' \n\u00A0', '\u200B\uFEFF', '\u0000']) {
      expect(codes({ decision, verified: true, reason })).toEqual(['REASON_REQUIRED at reason']);
    }
  });
});

describe('R3.1 the decision is on what was seen', () => {
  test('a pending case at the revision seen', () => {
    expect(refuseDecision({ status: 'PENDING', revision: 2 }, 2)).toBeNull();
  });

  test.each([1, 3])('refuses another revision: %i', (seen) => {
    expect(refuseDecision({ status: 'PENDING', revision: 2 }, seen)).toBe('STALE_REVISION');
  });

  test.each(REGISTRATION_STATUSES.filter((status) => status !== 'PENDING'))('refuses a case that is %s, at any revision', (status) => {
    expect(refuseDecision({ status, revision: 2 }, 2)).toBe('ALREADY_DECIDED');
    expect(refuseDecision({ status, revision: 2 }, 1)).toBe('ALREADY_DECIDED');
  });
});
