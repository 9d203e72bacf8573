// The pages of an office: inbox (R3.1, R3.5), case, deciding (R3.1, R3.4), mending (R4.1).
import type { Commands } from '../../commands/commands';
import { Refused } from '../../domain/refused';
import type { Queries, RegistrationView, SchoolView, VerificationView } from '../../queries/queries';
import { asCentral, asDistrict, asSchool } from '../api/support/running-api';
import { hiddenField, location, REQUEST_ID, type RunningPages, startPages } from './support/running-pages';
import { COUNTS, officeView, returnedView, schoolWith, verificationWith } from './support/view';

let pages: RunningPages;
let view: RegistrationView;
let verification: VerificationView;
let school: SchoolView;
let lists: Parameters<Queries['registrations']>[0][];
let items: RegistrationView[];
let nextCursor: string | null;
let nextId: string | null;
let decisions: Parameters<Commands['decide']>[0][];
let done: [string, unknown][];
let outcome: Refused | null;

const OTHER_ID = '30000000-0000-4000-8000-000000000002';

beforeEach(async () => {
  view = officeView();
  verification = verificationWith();
  school = schoolWith();
  lists = [];
  items = [view];
  nextCursor = null;
  nextId = OTHER_ID;
  decisions = [];
  done = [];
  outcome = null;
  const note = (name: string) => async (request: unknown) => {
    done.push([name, request]);
    if (outcome) throw outcome;
  };
  pages = await startPages({
    queries: {
      async registrations(filter) {
        lists.push(filter);
        return { items, nextCursor };
      },
      async registration(id) {
        if (id === OTHER_ID) throw new Refused('FORBIDDEN');
        return view;
      },
      registrationUnopened: async () => view,
      school: async () => school,
      registrationCounts: async () => COUNTS,
      verification: async () => verification,
      decisionReasons: async () => ['หลักฐานอ่านไม่ออก', 'ชื่อไม่ตรงกับคำสั่ง'],
      changesSince: async () => [
        { path: 'registrant.position', before: 'TEACHER', after: 'DIRECTOR' },
        { path: 'delegation.evidence.date', before: null, after: '2026-10-01' },
        { path: 'delegation.evidence.fileId', before: null, after: 'ATTACHED' },
      ],
      nextRegistration: async () => nextId,
      evidence: async () => ({ type: 'application/pdf', bytes: new Uint8Array([37, 80]), fileName: 'R69-000123-evidence.pdf' }),
    },
    commands: {
      async decide(request) {
        decisions.push(request);
        if (outcome) throw outcome;
      },
      mendAddress: note('mendAddress'),
      renewLink: note('renewLink'),
      assignDistrict: note('assignDistrict'),
    },
  });
});
afterEach(() => pages.stop());

const html = async (path: string, headers = asDistrict) => (await pages.open(path, headers)).text();
const CASE = '/office/registrations/30000000-0000-4000-8000-000000000001';

describe('R3.1 the inbox', () => {
  test('opens with what waits, overdue first, and has figures on its headings', async () => {
    const page = await html('/office');
    expect(lists).toEqual([{ status: 'PENDING', order: 'due', cursor: undefined, limit: 25 }]);
    for (const figure of ['รอพิจารณา <strong>120', 'เกินกำหนด <strong>4', 'ไม่มีข้อสังเกต <strong>109', 'ต้องดูเป็นพิเศษ <strong>11'])
      expect(page).toContain(figure);
    expect(page).not.toContain('ยังไม่มีเขต');
  });

  test.each([
    ['overdue', { status: 'PENDING', overdue: true }],
    ['clear', { status: 'PENDING', attention: false }],
    ['attention', { status: 'PENDING', attention: true }],
    ['returned', { status: 'RETURNED' }],
    ['rejected', { status: 'REJECTED' }],
    ['all', {}],
    ['escalated', { status: 'PENDING' }],
    ['nonsense', { status: 'PENDING' }],
  ])('R3.5: the heading %s', async (name, conditions) => {
    await html(`/office?view=${name}`);
    expect(lists).toEqual([{ ...conditions, order: 'due', cursor: undefined, limit: 25 }]);
  });

  test('R3.2 R3.5: the central office begins with what was escalated to it, and sees what no district has', async () => {
    const page = await html('/office', asCentral);
    await html('/office?view=held', asCentral);
    expect(lists).toEqual([
      { status: 'PENDING', escalatedTo: 'CENTRAL', order: 'due', cursor: undefined, limit: 25 },
      { status: 'PENDING', held: true, order: 'due', cursor: undefined, limit: 25 },
    ]);
    expect(page).toContain('สพป.เชียงราย เขต 1');
  });

  test('R3.5 R2.8 R4.1: a row says what to look at', async () => {
    items = [
      officeView({
        dueAt: '2026-01-05T17:00:00.000Z',
        warnings: ['NO_EVIDENCE'],
        contested: true,
        escalatedTo: 'HEAD',
        mail: { status: 'BOUNCED' },
      }),
    ];
    const page = await html('/office');
    for (const text of ['เกินกำหนด</strong>', 'ไม่มีหลักฐาน', 'มีผู้คัดค้าน', 'ถึงผู้อำนวยการเขต', 'ส่งไม่ถึง', '>5 ม.ค. 69<']) expect(page).toContain(text);
  });

  test('a search keeps its place in every link; nothing found leads to everything', async () => {
    expect(await html('/office?view=overdue&q=ดอย')).toContain(`${CASE}?view=overdue&amp;q=${encodeURIComponent('ดอย')}"`);
    expect(lists[0]).toMatchObject({ q: 'ดอย', overdue: true });
    items = [];
    expect(await html('/office?view=overdue&q=ดอย')).toContain(`href="/office?view=all&amp;q=${encodeURIComponent('ดอย')}"`);
  });

  test('a long list goes on by its cursor, and says where it is', async () => {
    nextCursor = 'more+';
    expect(await html('/office?view=overdue')).toContain('href="/office?view=overdue&amp;cursor=more%2B&amp;from=2"');
    nextCursor = null;
    const second = await html('/office?view=overdue&cursor=more%2B&from=26');
    expect([lists[1]?.cursor, second.includes('รายการที่ 26 ถึง 26 จาก 4')]).toEqual(['more+', true]);
  });

  test('R4.2: who has to confirm is told from the office’s side, here and on the case', async () => {
    items = [officeView({ status: 'APPROVED' })];
    view = officeView({ status: 'APPROVED' });
    expect(await html('/office?view=all')).toContain('>อนุมัติแล้ว รอยืนยัน</strong>');
    const page = await html(CASE);
    for (const text of ['อนุมัติแล้ว รอผู้ลงทะเบียนยืนยัน', 'Approved, to be confirmed by the registrant']) expect(page).toContain(text);
  });

  test('X8: not for a school’s administrator', async () => {
    for (const path of ['/office', CASE, `${CASE}/address`, `${CASE}/evidence`]) expect((await pages.open(path, asSchool)).status).toBe(403);
  });
});

describe('R3.1 a case', () => {
  test('data stands beside what to look at, roster and history', async () => {
    view = officeView({ warnings: ['ROSTER_ELSEWHERE', 'EMAIL_IN_USE'], contested: true });
    verification = verificationWith({
      posting: { schoolCode: '70010063', schoolName: 'บ้านดอยต่ำ', since: '2024-05-16' },
      objections: [{ at: '2026-11-24T01:00:00.000Z', name: 'สมศรี ดีงาม', phone: '032 000 111', note: 'ไม่ได้ยื่น' }],
    });
    const page = await html(CASE);
    const told = ['สมใจ ใจดี', 'x-xxxx-xxxx0-70-8', 'บ้านดอยต่ำ (70010063)', '16 พฤษภาคม 2567', 'ไม่ตรงกับที่ยื่น', 'สมศรี ดีงาม', 'ยื่นคำขอ'];
    for (const text of [...told, 'อยู่ในทะเบียนของสถานศึกษาอื่น', 'อนุมัติได้เมื่อแก้ไขอีเมลแล้ว']) expect(page).toContain(text);
  });

  test('R1.3: the evidence comes as an attachment', async () => {
    view = { ...returnedView(), ...officeView(), capacity: 'DELEGATE' };
    const response = await pages.open(`${CASE}/evidence`, asDistrict);
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
      200,
      'application/pdf',
      'attachment; filename=R69-000123-evidence.pdf',
    ]);
  });

  test('R3.5: NOT_ENTITLED says why there is nothing to decide', async () => {
    verification = verificationWith({ mayApprove: 'NOT_ENTITLED', mayRefuse: false });
    const page = await html(CASE, asCentral);
    expect([page.includes('พ้นกำหนดของเขต'), page.includes('/decisions')]).toEqual([true, false]);
  });

  test.each([
    ['MENDED_ADDRESS', 'ท่านเป็นผู้แก้ไขอีเมลของคำขอนี้'],
    ['TYPED_IN', 'ท่านเป็นผู้กรอกคำขอนี้แทนสถานศึกษา'],
    ['OWN_NAME', 'ผู้ลงทะเบียนมีชื่อเดียวกับท่าน'],
  ] as const)('R4.1 R2.6: %s may return or reject, and is told why not approve', async (mayApprove, why) => {
    verification = verificationWith({ mayApprove });
    const page = await html(CASE);
    for (const text of [why, 'แต่ส่งกลับหรือไม่อนุมัติได้', 'value="RETURN"', 'value="REJECT"', 'หลักฐานอ่านไม่ออก']) expect(page).toContain(text);
    expect(page).not.toContain('value="APPROVE"');
  });

  test('R3.1: another district’s is refused, with where to go', async () => {
    const response = await pages.open(`/office/registrations/${OTHER_ID}`, asDistrict);
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('สำนักงานอื่น')]);
  });

  test('X8: hostile text is text', async () => {
    const hostile = '"><script>alert(1)</script><img src=x>';
    view = officeView({ schoolName: hostile, contested: true, registrant: { ...view.registrant, firstName: hostile } });
    verification = verificationWith({
      posting: { schoolCode: '1', schoolName: hostile, since: '2024-05-16' },
      objections: [{ at: view.submittedAt, name: hostile, phone: '1', note: hostile }],
    });
    for (const path of [CASE, `${CASE}/address`, `${CASE}/decided`]) expect(await html(path)).not.toMatch(/<script|<img/);
  });
});

describe('R4.6 the way to the administrator’s page', () => {
  const ADMINISTRATOR = 'href="/schools/70010062/administrator"';

  test('is on a case that led to an access, for the school’s district and the central office', async () => {
    view = officeView({ status: 'ACTIVE' });
    for (const who of [asDistrict, asCentral]) expect(await html(CASE, who)).toContain(ADMINISTRATOR);
  });

  test.each(['PENDING', 'RETURNED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'] as const)('is not on one that is %s', async (status) => {
    view = officeView({ status });
    for (const who of [asDistrict, asCentral]) expect(await html(CASE, who)).not.toContain('/administrator');
  });

  test.each([
    ['went to another district', { code: 'D2', name: 'สพป. 2', kind: 'ESAO_PRIMARY' }],
    ['has none', null],
  ] as const)('is not shown to a district when the school %s, by which it would be refused', async (_where, district) => {
    view = officeView({ status: 'ACTIVE' });
    school = schoolWith({ district });
    expect(await html(CASE)).not.toContain('/administrator');
    expect(await html(CASE, asCentral)).toContain(ADMINISTRATOR);
  });
});

test.each([
  ['a case', CASE],
  ['many of the inbox', '/office'],
])('R3.4: %s: what tells a return from a rejection is said before the choice', async (_what, path) => {
  items = [officeView({ opened: true })];
  const page = await html(path);
  const [hint, button] = [page.indexOf('ย้อนกลับไม่ได้ ต้องยื่นใหม่'), page.indexOf('value="REJECT"')];
  expect([hint > 0, button > hint, page.includes('Reject: it ends at once, for good.')]).toEqual([true, true, true]);
});

describe('R3.1 deciding', () => {
  const decide = (fields: Record<string, string>, query = '') => pages.send(`${CASE}/decisions${query}`, { revision: '1', ...fields }, asDistrict);

  test('attested, it is sent once, and the next one of the list is offered', async () => {
    const formId = hiddenField(await html(`${CASE}?view=overdue`), 'formId');
    const response = await decide({ decision: 'APPROVE', verified: 'yes', formId }, '?view=overdue');
    expect(decisions).toEqual([expect.objectContaining({ decision: 'APPROVE', revision: 1, verified: true, formId: REQUEST_ID })]);
    const location = response.headers.get('location') ?? '';
    expect([response.status, location]).toEqual([303, `${CASE}/decided?view=overdue&next=${OTHER_ID}`]);
    view = officeView({ status: 'APPROVED' });
    const page = await html(location);
    for (const text of ['อนุมัติแล้ว', `href="/office/registrations/${OTHER_ID}?view=overdue"`]) expect(page).toContain(text);
  });

  test('the last one of the list leads back to it', async () => {
    nextId = null;
    const { headers } = await decide({ decision: 'APPROVE', verified: 'yes' });
    expect(headers.get('location')).toBe(`${CASE}/decided`);
    expect(await html(`${CASE}/decided`)).toContain('ไม่มีรายการอื่น');
    expect((await pages.open(`${CASE}/next?view=clear`, asDistrict)).headers.get('location')).toBe('/office?view=clear');
  });

  test.each([
    [{ decision: 'RETURN', earlierReason: 'หลักฐานอ่านไม่ออก', reason: '' }, 'หลักฐานอ่านไม่ออก'],
    [{ decision: 'REJECT', earlierReason: '', reason: 'ไม่ใช่คนของสถานศึกษา' }, 'ไม่ใช่คนของสถานศึกษา'],
    [{ decision: 'RETURN', earlierReason: 'หลักฐานอ่านไม่ออก', reason: 'หน้า 2\r\nและ 3' }, 'หลักฐานอ่านไม่ออก\nหน้า 2\nและ 3'],
  ])('R3.4: a reason used before, words of one’s own, or both: %p', async (fields, reason) => {
    expect((await decide(fields)).status).toBe(303);
    expect(decisions[0]).toMatchObject({ decision: fields.decision, reason });
  });

  test.each([
    [{ decision: 'APPROVE' }, 'NOT_VERIFIED', 'verified'],
    [{ decision: 'RETURN', reason: ' ' }, 'REASON_REQUIRED', 'reason'],
  ] as const)('R3.1 R3.4: %p is refused at its field', async (fields, code, field) => {
    outcome = new Refused(code, { errors: [{ path: field, code, message: 'โปรดระบุ / Give it.' }] });
    const response = await decide(fields);
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining(`id="${field}-error"`)]);
  });

  test('R3.4: what was typed stays', async () => {
    outcome = new Refused('UNAVAILABLE', { retryAfter: 5 });
    const formId = '20000000-0000-4000-8000-00000000000f';
    const response = await decide({ decision: 'RETURN', earlierReason: 'ชื่อไม่ตรงกับคำสั่ง', reason: 'ดูหน้า 2', formId });
    const page = await response.text();
    expect([response.status, page.includes(`value="${formId}"`), page.includes('>ดูหน้า 2</textarea>')]).toEqual([503, true, true]);
    expect(page).toMatch(/value="ชื่อไม่ตรงกับคำสั่ง" checked/);
  });

  test('R3.1: already decided: who and when, and where to go on', async () => {
    outcome = new Refused('ALREADY_DECIDED');
    view = officeView({ status: 'RETURNED', decidedBy: { name: 'สมชาย เขต', districtCode: 'D1' }, decidedAt: '2026-11-24T02:00:00.000Z' });
    const response = await decide({ decision: 'APPROVE', verified: 'yes' }, '?view=clear');
    const page = await response.text();
    expect(response.status).toBe(409);
    for (const text of ['สมชาย เขต', '24 พฤศจิกายน 2569 เวลา 09:00 น.', `${CASE}/next?view=clear`, 'ขอให้แก้ไข']) expect(page).toContain(text);
  });

  test('R3.1: changed since seen: what changed, and the new revision', async () => {
    outcome = new Refused('STALE_REVISION');
    view = officeView({ revision: 2 });
    const response = await decide({ decision: 'APPROVE', verified: 'yes' });
    const page = await response.text();
    expect(response.status).toBe(409);
    for (const text of ['ฉบับที่ 2', 'ข้าราชการครู', 'ผู้อำนวยการสถานศึกษา', '1 ตุลาคม 2569', 'แนบไฟล์แล้ว', `href="${CASE}"`]) expect(page).toContain(text);
  });

  test('R3.1: a correction shows what it changed; the first revision shows none', async () => {
    view = officeView({ revision: 2 });
    const corrected = await html(CASE);
    for (const text of ['แก้ไขจากฉบับที่ 1', 'ข้าราชการครู', 'แนบไฟล์แล้ว']) expect(corrected).toContain(text);
    view = officeView({ revision: 1 });
    expect(await html(CASE)).not.toContain('แก้ไขจากฉบับที่');
  });

  test.each(['PERSON_HAS_SCHOOL', 'EMAIL_IN_USE'] as const)('R1.7 R2.1: %s is told on the case: 409', async (code) => {
    outcome = new Refused(code);
    const response = await decide({ decision: 'APPROVE', verified: 'yes' });
    expect([response.status, await response.text()]).toEqual([409, expect.stringContaining('govuk-error-summary')]);
  });

  test.each([{}, { decision: 'DELETE' }, { decision: 'APPROVE', revision: 'x' }])(
    '%p is no decision: 422',
    async (fields: Record<string, string>) => {
      expect([(await decide(fields)).status, decisions]).toEqual([422, []]);
    },
  );
});

describe('R4.1 R4.2 R3.2 mending', () => {
  test('another address: asked on its own page, told on the case', async () => {
    const formId = hiddenField(await html(`${CASE}/address?view=clear`), 'formId');
    const response = await pages.send(`${CASE}/address?view=clear`, { email: ' New@School.test ', formId }, asDistrict);
    expect(location(response)).toEqual([303, `${CASE}?view=clear&done=address`]);
    expect(done).toEqual([['mendAddress', expect.objectContaining({ registrationId: view.id, email: 'New@School.test', formId: REQUEST_ID })]]);
    expect(await html(`${CASE}?done=address`)).toContain('เปลี่ยนอีเมลแล้ว');
    const wrong = await pages.send(`${CASE}/address`, { email: 'nothing' }, asDistrict);
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('id="email-error"')]);
  });

  test('the confirmation mail goes again, where one is possible', async () => {
    expect(await html(CASE)).not.toContain('/confirmation-mail');
    view = officeView({ status: 'APPROVED' });
    expect(await html(CASE)).toContain('/confirmation-mail');
    const response = await pages.send(`${CASE}/confirmation-mail`, {}, asDistrict);
    expect([response.headers.get('location'), done[0]?.[0]]).toEqual([`${CASE}?done=mail`, 'renewLink']);
    outcome = new Refused('NOT_POSSIBLE_NOW');
    expect((await pages.send(`${CASE}/confirmation-mail`, {}, asDistrict)).status).toBe(409);
  });

  test('the central office gives a school its district', async () => {
    view = officeView({ district: null, dueAt: null });
    verification = verificationWith({ mayApprove: 'NOT_ENTITLED', mayRefuse: false });
    expect([(await html(CASE)).includes('/district'), (await html(CASE, asCentral)).includes('/district')]).toEqual([false, true]);
    const response = await pages.send(`${CASE}/district`, { districtCode: ' sm50 ' }, asCentral);
    expect(response.headers.get('location')).toBe(`${CASE}?done=district`);
    expect(done).toEqual([['assignDistrict', expect.objectContaining({ schoolCode: '70010062', districtCode: 'SM50' })]]);
    outcome = new Refused('VALIDATION', { errors: [{ path: 'districtCode', code: 'NOT_FOUND', message: 'ไม่พบ / None.' }] });
    const wrong = await pages.send(`${CASE}/district`, { districtCode: 'x' }, asCentral);
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('id="districtCode-error"')]);
  });
});
