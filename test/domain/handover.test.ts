import { describe, expect, test } from '@jest/globals';
import type { Caller } from '../../domain/entitlement';
import { mayHandOver, mayRevoke } from '../../domain/handover';
import { brokenReason } from '../../domain/reason';

const SCHOOL = { code: '70010062', districtCode: 'PBI-1' };
const HELD = { ...SCHOOL, districtCode: null };
const officer: Caller = { id: 'o', role: 'DISTRICT', schoolCode: null, districtCode: 'PBI-1', head: false };
const neighbour: Caller = { ...officer, districtCode: 'PBI-2' };
const homeless: Caller = { ...officer, districtCode: null };
const own: Caller = { id: 's', role: 'SCHOOL', schoolCode: '70010062', districtCode: null, head: false };
const otherSchool: Caller = { ...own, schoolCode: '70010063' };
const central: Caller = { ...officer, role: 'CENTRAL', districtCode: null };

describe('R4.6 who hands over', () => {
  test.each([
    ['the school’s own administrator', own],
    ['its district', officer],
  ])('passes %s', (_who, caller) => {
    expect(mayHandOver(caller, SCHOOL)).toBe(true);
  });

  test.each([
    ['another school', otherSchool],
    ['another district', neighbour],
    ['the central office', central],
  ])('refuses %s', (_who, caller) => {
    expect(mayHandOver(caller, SCHOOL)).toBe(false);
  });

  test('refuses an officer without a district at a school without one', () => {
    expect(mayHandOver(homeless, HELD)).toBe(false);
  });
});

describe('R4.6 who revokes', () => {
  test('passes its district and the central office, the latter also where there is no district', () => {
    expect([mayRevoke(officer, SCHOOL), mayRevoke(central, SCHOOL), mayRevoke(central, HELD)]).toEqual([true, true, true]);
  });

  test('refuses another district, and every school', () => {
    expect([mayRevoke(neighbour, SCHOOL), mayRevoke(own, SCHOOL), mayRevoke(otherSchool, SCHOOL), mayRevoke(homeless, HELD)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test('needs a reason that can be seen', () => {
    expect(brokenReason('ย้าย')).toEqual([]);
    for (const reason of [undefined, '', ' \u200b ']) {
      expect(brokenReason(reason)).toEqual([expect.objectContaining({ path: 'reason', code: 'REASON_REQUIRED' })]);
    }
  });
});
