import { type Caller, decisionRights, mayDecide, mayRead, refuseDecider } from '../../domain/entitlement';
import type { Escalation } from '../../domain/registration';

const DISTRICT = 'PBI-1';
const approver: Caller = { id: 'a', role: 'DISTRICT', schoolCode: null, districtCode: DISTRICT, head: false };
const head: Caller = { ...approver, id: 'h', head: true };
const neighbour: Caller = { ...approver, id: 'n', districtCode: 'PBI-2' };
const central: Caller = { id: 'c', role: 'CENTRAL', schoolCode: null, districtCode: null, head: false };
const school: Caller = { id: 's', role: 'SCHOOL', schoolCode: '70010062', districtCode: DISTRICT, head: false };
const homeless: Caller = { ...approver, id: 'x', districtCode: null };

const ESCALATIONS: readonly Escalation[] = ['NONE', 'HEAD', 'CENTRAL'];
const row = (escalation: Escalation, districtCode: string | null = DISTRICT) => ({ districtCode, escalation });

describe('R3.1 who reads a registration', () => {
  test('the own district and the central office', () => {
    for (const caller of [approver, head, central]) expect(mayRead(caller, row('NONE'))).toBe(true);
  });

  test('refuses another district, a school, and an officer without a district', () => {
    for (const caller of [neighbour, school, homeless]) expect(mayRead(caller, row('CENTRAL'))).toBe(false);
  });
});

describe('R3.1 R3.5 who decides a registration', () => {
  test.each(ESCALATIONS)('the own district, whoever else may after escalation %s', (escalation) => {
    expect(mayDecide(approver, row(escalation))).toBe(true);
    expect(mayDecide(head, row(escalation))).toBe(true);
  });

  test('the central office only after escalation to it', () => {
    expect(ESCALATIONS.map((escalation) => mayDecide(central, row(escalation)))).toEqual([false, false, true]);
  });

  test.each(ESCALATIONS)('refuses another district and a school at escalation %s', (escalation) => {
    for (const caller of [neighbour, school, homeless]) expect(mayDecide(caller, row(escalation))).toBe(false);
  });
});

describe('R3.2 a registration of a school without a district', () => {
  test.each(ESCALATIONS)('is decided by nobody, at escalation %s', (escalation) => {
    for (const caller of [approver, head, central, school, homeless]) expect(mayDecide(caller, row(escalation, null))).toBe(false);
  });

  test('is read by the central office alone, which assigns a district', () => {
    expect(mayRead(central, row('NONE', null))).toBe(true);
    for (const caller of [approver, school, homeless]) expect(mayRead(caller, row('NONE', null))).toBe(false);
  });
});

describe('R4.1 R2.6 what an officer did, or who they are', () => {
  const registrant = { title: 'นาง', firstName: 'กานดา', lastName: 'ทดสอบ' };
  const nobodys = { ...row('NONE'), ...registrant, mendedById: null, assistedById: null };
  const asking = (id: string) => ({ ...approver, id, name: id === 'officer' ? 'นางสาวมาลี ดีงาม' : 'สมชาย ใจดี' });
  const WORK = [
    ['mended', { ...nobodys, mendedById: 'officer' }, 'MENDED_ADDRESS'],
    ['typed in', { ...nobodys, assistedById: 'officer' }, 'TYPED_IN'],
    ['of the own name, however it was typed', { ...nobodys, title: 'น.ส.', firstName: ' มาลี', lastName: 'ดีงาม' }, 'OWN_NAME'],
  ] as const;

  test.each(WORK)('%s: is approved by somebody else of the district', (_what, work) => {
    expect(refuseDecider('APPROVE', asking('somebody-else'), work)).toBeNull();
    expect(refuseDecider('APPROVE', asking('officer'), nobodys)).toBeNull();
  });

  test.each(WORK)('%s: is not approved by who did it, who may still return or reject it', (_what, work) => {
    const refusals = (['APPROVE', 'RETURN', 'REJECT'] as const).map((decision) => refuseDecider(decision, asking('officer'), work));
    expect(refusals).toEqual(['SOMEBODY_ELSE_APPROVES', null, null]);
    expect(refuseDecider('REJECT', { ...neighbour, id: 'officer', name: '' }, work)).toBe('FORBIDDEN');
  });

  test.each(WORK)('%s: is told before they try', (_what, work, mayApprove) => {
    expect(decisionRights(asking('officer'), work)).toEqual({ mayApprove, mayRefuse: true });
    expect(decisionRights(asking('officer'), nobodys)).toEqual({ mayApprove: 'YES', mayRefuse: true });
    expect(decisionRights({ ...neighbour, name: 'สมชาย ใจดี' }, work)).toEqual({ mayApprove: 'NOT_ENTITLED', mayRefuse: false });
  });
});
