import fc from 'fast-check';
import type { Caller } from '../../domain/entitlement';
import { TRANSFER_STATUSES } from '../../domain/transfer';
import {
  firstDecider,
  isRequester,
  mayDecideTransfer,
  mayReadTransfer,
  nextDecider,
  seesName,
  type TransferParties,
} from '../../domain/transfer-entitlement';

const caller = (role: Caller['role'], place: { schoolCode?: string; districtCode?: string } = {}): Caller => ({
  id: 'x',
  role,
  schoolCode: null,
  districtCode: null,
  head: false,
  ...place,
});
const FROM = '70010001';
const TO = '63020001';
const row: TransferParties = { fromSchoolCode: FROM, toSchoolCode: TO, fromDistrictCode: '7001', toDistrictCode: '6302' };
const holder = caller('SCHOOL', { schoolCode: FROM });
const asker = caller('SCHOOL', { schoolCode: TO });
const stranger = caller('SCHOOL', { schoolCode: '99999999' });
const holdingDistrict = caller('DISTRICT', { districtCode: '7001' });
const askingDistrict = caller('DISTRICT', { districtCode: '6302' });
const otherDistrict = caller('DISTRICT', { districtCode: '1001' });
const central = caller('CENTRAL');
const EVERYBODY = { holder, asker, stranger, holdingDistrict, askingDistrict, otherDistrict, central };

/** The names of those for whom it holds. */
const who = (holds: (one: Caller) => boolean) =>
  Object.entries(EVERYBODY)
    .filter(([, one]) => holds(one))
    .map(([name]) => name);

describe('R5.3d who owes the decision', () => {
  test('the holding school; without an administrator its district at once; without a district the central office', () => {
    expect(firstDecider({ administered: true, districtCode: '7001' })).toBe('SCHOOL');
    expect(firstDecider({ administered: false, districtCode: '7001' })).toBe('DISTRICT');
    expect(firstDecider({ administered: false, districtCode: null })).toBe('CENTRAL');
    expect([nextDecider('7001'), nextDecider(null)]).toEqual(['DISTRICT', 'CENTRAL']);
  });
});

describe('R5.3d who decides', () => {
  const deciders = (decider: 'SCHOOL' | 'DISTRICT' | 'CENTRAL' | null, appealedAt: Date | null = null) =>
    who((one) => mayDecideTransfer(one, { ...row, decider, appealedAt }));

  test('escalation adds deciders and removes none', () => {
    expect(deciders('SCHOOL')).toEqual(['holder']);
    expect(deciders('DISTRICT')).toEqual(['holder', 'holdingDistrict']);
    expect(deciders('CENTRAL')).toEqual(['holder', 'holdingDistrict', 'central']);
  });

  test('an appeal is not decided by the school that rejected', () => {
    expect(deciders('DISTRICT', new Date())).toEqual(['holdingDistrict']);
    expect(deciders('CENTRAL', new Date())).toEqual(['holdingDistrict', 'central']);
  });

  test('R5.3e: nobody, where nobody’s consent is needed', () => {
    expect(deciders(null)).toEqual([]);
  });

  test('refuses everybody whose office is not a party, whatever the codes', () => {
    const code = fc.option(fc.constantFrom('A', 'B', 'C'));
    const decider = fc.constantFrom('SCHOOL' as const, 'DISTRICT' as const, 'CENTRAL' as const);
    const parties = fc.record({ fromSchoolCode: code, toSchoolCode: fc.constantFrom('A', 'B'), fromDistrictCode: code, toDistrictCode: code });
    fc.assert(
      fc.property(parties, decider, code, code, (some, level, schoolCode, districtCode) => {
        const officer = { ...caller('DISTRICT'), districtCode };
        const administrator = { ...caller('SCHOOL'), schoolCode };
        const may = (one: Caller) => mayDecideTransfer(one, { ...some, decider: level, appealedAt: null });
        if (may(officer)) expect(districtCode !== null && districtCode === some.fromDistrictCode && level !== 'SCHOOL').toBe(true);
        if (may(administrator)) expect(schoolCode !== null && schoolCode === some.fromSchoolCode).toBe(true);
        // Who decides may read.
        for (const one of [officer, administrator, central]) if (may(one)) expect(mayReadTransfer(one, some)).toBe(true);
      }),
    );
  });
});

describe('R5.3d who reads, and who asks', () => {
  test('both schools, both districts and the central office read; only the school that asked withdraws and appeals', () => {
    expect(who((one) => mayReadTransfer(one, row))).toEqual(['holder', 'asker', 'holdingDistrict', 'askingDistrict', 'central']);
    expect(who((one) => isRequester(one, row))).toEqual(['asker']);
  });

  test('R5.3e: of a claim the last school’s district, which is told', () => {
    const claim = { ...row, fromSchoolCode: null };
    expect(who((one) => mayReadTransfer(one, claim))).toEqual(['asker', 'holdingDistrict', 'askingDistrict', 'central']);
  });
});

describe('R5.3c X8 who sees the name', () => {
  test.each(TRANSFER_STATUSES)('%s', (status) => {
    const holding = ['holder', 'holdingDistrict', 'central'];
    const agreed = status === 'SCHEDULED' || status === 'COMPLETED';
    const seeing = who((one) => mayReadTransfer(one, row) && seesName(one, { ...row, status }));
    expect(seeing).toEqual(agreed ? ['holder', 'asker', 'holdingDistrict', 'askingDistrict', 'central'] : holding);
  });
});
