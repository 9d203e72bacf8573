// R3.6: who opens and ends accounts of a district's approvers.
import { mayEndApprover, mayOpenApprover } from '../../domain/approver';
import type { Caller } from '../../domain/entitlement';

const caller = (differs: Partial<Caller> = {}): Caller => ({
  ...{ id: 'caller', role: 'DISTRICT', schoolCode: null, districtCode: 'D1', head: false },
  ...differs,
});
const CENTRAL = caller({ role: 'CENTRAL', districtCode: null });
const HEAD = caller({ head: true });
const approver = { id: 'approver', districtCode: 'D1', head: false };
const otherHead = { ...approver, head: true };

test.each<[string, Caller, boolean, typeof approver]>([
  ['the central office, anybody of any district', CENTRAL, false, { ...otherHead, districtCode: 'D2' }],
  ['the head, an approver of the own district', HEAD, true, approver],
  ['the head, another head', HEAD, true, otherHead],
  ['who stands in for the head, an approver', caller(), true, approver],
])('%s: may open and end the account', (_who, who, leads, account) => {
  expect([mayOpenApprover(who, leads, account), mayEndApprover(who, leads, account)]).toEqual([true, true]);
});

test.each<[string, Caller, boolean, typeof approver]>([
  ['an approver', caller(), false, approver],
  ['the head of another district', caller({ head: true, districtCode: 'D2' }), true, approver],
  ['who stands in for the head, a head', caller(), true, otherHead],
  ['the administrator of a school', caller({ role: 'SCHOOL', schoolCode: '10000001' }), false, approver],
])('%s: may neither', (_who, who, leads, account) => {
  expect([mayOpenApprover(who, leads, account), mayEndApprover(who, leads, account)]).toEqual([false, false]);
});

test('nobody ends the own account', () => {
  expect(mayEndApprover(HEAD, true, { ...otherHead, id: HEAD.id })).toBe(false);
});
