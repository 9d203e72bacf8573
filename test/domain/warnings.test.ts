import fc from 'fast-check';
import { approvalWaits, refuseAmongMany, WARNING_CODES, type WarningFacts, warningsOf } from '../../domain/warnings';

const CLEAR: WarningFacts = {
  noEvidence: false,
  rosterElsewhere: false,
  personAdministers: false,
  personRegisteredElsewhere: false,
  personRegisteredEarlier: false,
  emailInUse: false,
};
const facts = fc.record({
  noEvidence: fc.boolean(),
  rosterElsewhere: fc.boolean(),
  personAdministers: fc.boolean(),
  personRegisteredElsewhere: fc.boolean(),
  personRegisteredEarlier: fc.boolean(),
  emailInUse: fc.boolean(),
});

describe('R1.3 R1.6 R1.7 R2.1 warnings for the approver', () => {
  test('none without cause', () => {
    expect(warningsOf(CLEAR)).toEqual([]);
  });

  test.each([
    ['R1.3', 'NO_EVIDENCE', { noEvidence: true }],
    ['R1.6', 'ROSTER_ELSEWHERE', { rosterElsewhere: true }],
    ['R1.7', 'PERSON_HAS_SCHOOL', { personAdministers: true }],
    ['R1.7', 'PERSON_HAS_SCHOOL', { personRegisteredElsewhere: true }],
    ['R2.1', 'EMAIL_IN_USE', { emailInUse: true }],
  ])('%s %s for %p', (_requirement, code, cause) => {
    expect(warningsOf({ ...CLEAR, ...cause })).toEqual([code]);
  });

  test('each once, in the order of the list', () => {
    fc.assert(
      fc.property(facts, (some) => {
        const warnings = warningsOf(some);
        expect(warnings).toEqual(WARNING_CODES.filter((code) => warnings.includes(code)));
      }),
    );
  });
});

describe('R1.7 approval waits until the other school ends', () => {
  test.each([{ personAdministers: true }, { personRegisteredEarlier: true, personRegisteredElsewhere: true }])('refuses %p', (cause) => {
    expect(approvalWaits({ ...CLEAR, ...cause })).toBe('PERSON_HAS_SCHOOL');
  });

  test('of two open registrations the earlier goes first, warned of', () => {
    const earlier = { ...CLEAR, personRegisteredElsewhere: true };
    expect(approvalWaits(earlier)).toBeNull();
    expect(warningsOf(earlier)).toEqual(['PERSON_HAS_SCHOOL']);
  });
});

describe('R2.1 approval waits for an address in use', () => {
  test('refused until mended', () => {
    expect(approvalWaits({ ...CLEAR, emailInUse: true })).toBe('EMAIL_IN_USE');
    expect(approvalWaits(CLEAR)).toBeNull();
  });

  test('R1.3 R1.6 missing evidence and another roster keep nobody from approving', () => {
    expect(approvalWaits({ ...CLEAR, noEvidence: true, rosterElsewhere: true })).toBeNull();
  });
});

describe('R3.7 approved among many', () => {
  test('without warnings, uncontested and opened', () => {
    expect(refuseAmongMany(warningsOf(CLEAR), { contested: false, opened: true })).toBeNull();
  });

  test('R2.8: not where somebody objected, nor where it was not opened', () => {
    expect(refuseAmongMany(warningsOf(CLEAR), { contested: true, opened: true })).toBe('HAS_WARNINGS');
    expect(refuseAmongMany(warningsOf(CLEAR), { contested: false, opened: false })).toBe('NOT_OPENED');
  });

  test('any warning keeps it, opened or not; whatever has to wait has a warning', () => {
    fc.assert(
      fc.property(facts, fc.boolean(), (given, opened) => {
        const refusal = refuseAmongMany(warningsOf(given), { contested: false, opened });
        expect(refusal === 'HAS_WARNINGS').toBe(warningsOf(given).length > 0);
        if (given.personAdministers || given.emailInUse) expect(refusal).toBe('HAS_WARNINGS');
      }),
    );
  });
});
