import type { RosterSummary } from '../../../domain/roster';
import type { RegistrationCounts, RegistrationView, SchoolView, VerificationView } from '../../../queries/queries';
import type { ErasureSubject, RosterView, StaffMemberView } from '../../../queries/roster-queries';
import type { TransferView } from '../../../queries/transfer-queries';

export const TRACKING_TOKEN = 'tracking-token-of-the-test';

/** A pending registration of a director, as the registrant is shown it. */
export function viewWith(given: Partial<RegistrationView> = {}): RegistrationView {
  return {
    id: '30000000-0000-4000-8000-000000000001',
    reference: 'DPA-2569-000123',
    status: 'PENDING',
    revision: 1,
    channel: 'SELF',
    capacity: 'DIRECTOR',
    schoolCode: '70010062',
    schoolName: 'บ้านดอยสูง',
    district: { code: 'D1', name: 'สพป.เชียงราย เขต 1' },
    registrant: {
      nationalId: 'x-xxxx-xxxx0-70-8',
      title: 'นางสาว',
      firstName: 'สมใจ',
      lastName: 'ใจดี',
      position: 'DIRECTOR',
      homeSchoolCode: '70010062',
      email: 'school@example.ac.th',
      phone: '032-123456',
    },
    emailKind: 'SCHOOL',
    submittedAt: '2026-11-24T01:00:00.000Z',
    dueAt: '2026-12-03T09:30:00.000Z',
    mail: { status: 'SENT' },
    history: [
      { at: '2026-11-24T01:00:00.000Z', actor: 'registrant', action: 'SUBMITTED' },
      { at: '2026-11-24T01:01:00.000Z', actor: 'system', action: 'MAIL_SENT' },
    ],
    ...given,
  };
}

/** The same, returned with a reason, of a delegate with evidence. */
export function returnedView(given: Partial<RegistrationView> = {}): RegistrationView {
  return viewWith({
    status: 'RETURNED',
    reason: 'ชื่อไม่ตรงกับคำสั่ง\nโปรดแก้ไข',
    capacity: 'DELEGATE',
    emailKind: 'DELEGATE',
    registrant: { ...viewWith().registrant, position: 'TEACHER' },
    delegation: {
      delegator: {
        title: 'นาย',
        firstName: 'บุญมี',
        lastName: 'ศรีสุข',
        position: 'DEPUTY_DIRECTOR',
        homeSchoolCode: '70010063',
        actingOrder: { number: '12/2569', date: '2026-10-01' },
      },
      evidence: { documentNumber: 'ที่ ๕/๒๕๖๙', date: '2026-10-02', attached: true },
    },
    ...given,
  });
}

/** A school that can register. */
export function schoolWith(given: Partial<SchoolView> = {}): SchoolView {
  return {
    code: '70010062',
    name: 'บ้านดอยสูง',
    place: { subdistrict: 'ยางหัก', amphoe: 'ปากท่อ', province: 'ราชบุรี' },
    district: { code: 'D1', name: 'สพป.เชียงราย เขต 1', kind: 'ESAO_PRIMARY' },
    registration: 'OPEN',
    ...given,
  };
}

/** The same registration as the office that decides it is shown it. */
export function officeView(given: Partial<RegistrationView> = {}): RegistrationView {
  return viewWith({ warnings: [], contested: false, mayApprove: 'YES', mayRefuse: true, ...given });
}

export const COUNTS: RegistrationCounts = {
  pending: 120,
  overdue: 4,
  attention: 11,
  clear: 109,
  escalated: 2,
  held: 1,
  returned: 8,
  approved: 6,
};

/** Whom the roster knows at the school that they register. */
export function verificationWith(given: Partial<VerificationView> = {}): VerificationView {
  return {
    posting: { schoolCode: '70010062', schoolName: 'บ้านดอยสูง', since: '2024-05-16' },
    objections: [],
    ...{ mayApprove: 'YES', mayRefuse: true },
    ...given,
  };
}

/** Somebody on a roster, of whom two things are not known. */
export function memberWith(given: Partial<StaffMemberView> = {}): StaffMemberView {
  return {
    id: '40000000-0000-4000-8000-000000000001',
    nationalId: 'x-xxxx-xxxx0-70-8',
    title: 'นางสาว',
    firstName: 'กานดา',
    lastName: 'เครือวัลย์',
    birthDate: '1985-04-01',
    position: 'TEACHER',
    positionNumber: '1234',
    academicStanding: 'ชำนาญการ',
    standingDate: '2015-10-01',
    appointedDate: null,
    qualification: 'ค.บ.',
    major: null,
    email: null,
    phone: '081 234 5678',
    verifiedOn: '2026-11-24',
    completeness: { complete: false, missing: ['appointedDate', 'major'] },
    version: 'as-seen',
    postings: [{ school: { code: '70010062', name: 'บ้านดอยสูง' }, from: '2024-05-16', to: null }],
    ...given,
  };
}

export const rosterSummary: RosterSummary = {
  ...{ listed: 26, complete: 1, incomplete: 25, unverified: 3 },
  ...{ headcount: 28, missing: 2, surplus: 0, checkedOn: '2025-11-24' },
};

/** A request that waits for the school that holds the record, as that school sees it. */
export function transferWith(given: Partial<TransferView> = {}): TransferView {
  return {
    id: '60000000-0000-4000-8000-000000000001',
    reference: 'T69-000012',
    status: 'PENDING',
    person: { id: '40000000-0000-4000-8000-000000000001', maskedId: 'x-xxxx-xxxx0-70-8', name: 'นางสาวกานดา เครือวัลย์' },
    ...{ fromSchoolCode: '70010062', fromSchoolName: 'บ้านดอยสูง', toSchoolCode: '70010099', toSchoolName: 'อนุบาลเมืองใหม่' },
    decider: { kind: 'SCHOOL', code: '70010062' },
    deciderName: 'บ้านดอยสูง',
    effectiveOn: '2026-12-01',
    requestedAt: '2026-11-24T01:00:00.000Z',
    dueAt: '2099-12-02T17:00:00.000Z',
    reason: 'ย้ายตามคำสั่ง',
    order: { number: '77/2569', date: '2026-11-01' },
    history: [{ at: '2026-11-24T01:00:00.000Z', actor: 'สมศรี', action: 'REQUESTED', note: 'ย้ายตามคำสั่ง' }],
    ...given,
  };
}

/** A school's roster as its offices see it. */
export function rosterWith(given: Partial<RosterView> = {}): RosterView {
  const school = { code: '70010062', name: 'บ้านดอยสูง' };
  return { school, district: { code: 'D1', name: 'สพป.เชียงราย เขต 1' }, ...rosterSummary, overdue: true, ...given };
}

/** Somebody whom a request to erase is about. */
export function subjectWith(given: Partial<ErasureSubject> = {}): ErasureSubject {
  return {
    id: '40000000-0000-4000-8000-000000000001',
    maskedId: 'x-xxxx-xxxx0-70-8',
    name: 'นางสาวกานดา เครือวัลย์',
    school: { code: '70010062', name: 'บ้านดอยสูง' },
    counts: { postings: 2, transfers: 1, registrations: 0, formerForms: 0 },
    ...given,
  };
}
