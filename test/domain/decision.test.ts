import { brokenDecisionRules, refuseApproval, refuseDecision } from '../../domain/decision';
import { REGISTRATION_STATUSES } from '../../domain/registration';
import type { WarningFacts } from '../../domain/warnings';

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

describe('R1.7 R2.1 R2.4 R3.7 what keeps an office from approving', () => {
  const CLEAR: WarningFacts = {
    ...{ noEvidence: false, rosterElsewhere: false, personAdministers: false },
    ...{ personRegisteredElsewhere: false, personRegisteredEarlier: false, emailInUse: false },
  };
  const row = { awaitsAcknowledgement: false, contested: false };

  test.each([
    ['a case by itself, contested and without evidence too', { ...row, contested: true }, { ...CLEAR, noEvidence: true }, null],
    ['among many, opened', row, CLEAR, { opened: true }],
  ])('nothing: %s', (_what, given, facts, among) => {
    expect(refuseApproval(given, facts, among)).toBeNull();
  });

  test.each([
    ['NOT_ACKNOWLEDGED', { ...row, awaitsAcknowledgement: true }, { ...CLEAR, emailInUse: true }, { opened: false }],
    ['HAS_WARNINGS', { ...row, contested: true }, CLEAR, { opened: false }],
    ['HAS_WARNINGS', row, { ...CLEAR, emailInUse: true }, { opened: true }],
    ['NOT_OPENED', row, CLEAR, { opened: false }],
    ['PERSON_HAS_SCHOOL', row, { ...CLEAR, personAdministers: true, emailInUse: true }, null],
    ['EMAIL_IN_USE', row, { ...CLEAR, emailInUse: true }, null],
  ])('%s', (code, given, facts, among) => {
    expect(refuseApproval(given, facts, among)).toBe(code);
  });
});
