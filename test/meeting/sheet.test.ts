// R2.4: a sheet of schools and registrants; each row by itself, and each registrant acknowledges before approval.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRegistrationActivities } from '../../activities/registration';
import { type Cases, casesOf } from '../registration/support/cases';
import { caseDetails } from '../registration/support/details';
import { ACCOUNTS, DISTRICT, FIRST_FRESH, freshSchool, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, eventually, freshNationalId, mailsTo, mailTo, signIn, submission, tokenIn, trackedBy } from '../setup/people';
import { recording, startSystem, type TestSystem } from '../setup/system';
import { csv, dayFromNow, meetingsOf } from './support/meetings';

const HEADINGS = ['รหัสสถานศึกษา', 'เลขประจำตัวประชาชน', 'คำนำหน้าชื่อ', 'ชื่อ', 'นามสกุล', 'อีเมล', 'โทรศัพท์'];

let system: TestSystem;
let cases: Cases;
let meetings: ReturnType<typeof meetingsOf>;

beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
  meetings = meetingsOf(system, cases.approver);
});
afterAll(() => system.stop());

const rowOf = (school: string, email = addressOf(school)) => [school, freshNationalId(), 'นาย', 'ใจดี', 'ทดสอบ', email, '032-123456'];
const told = (rows: Awaited<ReturnType<typeof meetings.settled>>) =>
  rows.map(({ row, outcome, problem }) => `${row} ${outcome}${problem ? ` ${problem.status} ${problem.code}` : ''}`);

describe('R2.4 each row has its own result', () => {
  test('a bad row stops no other: malformed, another district’s, unknown, repeated, taken', async () => {
    const { id } = await meetings.hold();
    const [good, open, other] = [freshSchool(), freshSchool(), freshSchool()];
    await cases.submit(submission(open));
    const sheet = csv(
      HEADINGS,
      rowOf(good),
      ['12', ...rowOf(other).slice(1)],
      rowOf(schoolOf(OTHER_DISTRICT, 0)),
      rowOf('00000000', addressOf(good)),
      rowOf(good),
      rowOf(open),
      [other, '1', 'นาย', '', 'ทดสอบ', 'x', '032-123456'],
    );
    expect((await meetings.send(id, sheet)).status).toBe(202);
    const rows = await meetings.settled(id);
    expect(told(rows)).toEqual([
      '2 REGISTERED',
      '3 REFUSED 422 VALIDATION',
      '4 REFUSED 403 FORBIDDEN',
      '5 REFUSED 422 VALIDATION',
      '6 REFUSED 422 VALIDATION',
      '7 REFUSED 409 REGISTRATION_OPEN',
      '8 REFUSED 422 VALIDATION',
    ]);
    expect(
      rows
        .at(-1)
        ?.problem?.errors.map(({ path }) => path)
        .sort(),
    ).toEqual(['registrant.email', 'registrant.firstName', 'registrant.nationalId']);
  });

  test('a row that is refused does not keep the corrected one of the same school below it from being registered', async () => {
    const { id } = await meetings.hold();
    const school = freshSchool();
    const [code, _wrong, ...rest] = rowOf(school);
    expect((await meetings.send(id, csv(HEADINGS, [String(code), '1', ...rest], rowOf(school), rowOf(school)))).status).toBe(202);
    expect(told(await meetings.settled(id))).toEqual(['2 REFUSED 422 NATIONAL_ID', '3 REGISTERED', '4 REFUSED 422 VALIDATION']);
  });

  test('a row that is corrected before it was registered is registered as corrected, though its first form is on its way', async () => {
    const { id } = await meetings.hold();
    const school = freshSchool();
    const right = `right-${addressOf(school)}`;
    await system.stopWorker();
    try {
      for (const email of [addressOf(school), right]) expect((await meetings.send(id, csv(HEADINGS, rowOf(school, email)))).status).toBe(202);
      const forms = await system.prisma.form.findMany({ where: { schoolCode: school }, orderBy: { createdAt: 'asc' } });
      expect(forms.map(({ state }) => state)).toEqual(['REFUSED', 'OPEN']);
      const { recordForm } = createRegistrationActivities(recording(system));
      expect(await recordForm(forms[0]?.id ?? '')).toEqual({ state: null, refusal: 'NOT_POSSIBLE_NOW' });
    } finally {
      await system.startWorker();
    }
    expect(told(await meetings.settled(id))).toEqual(['2 REGISTERED']);
    expect(await system.prisma.registration.findFirstOrThrow({ where: { schoolCode: school } })).toMatchObject({ email: right });
  });

  test('what was registered stays so, though a row above it of the same school was mended since', async () => {
    const { id } = await meetings.hold();
    const school = freshSchool();
    const [good, other] = [rowOf(school), rowOf(school)];
    await meetings.send(id, csv(HEADINGS, [school, '1', ...other.slice(2)], good));
    expect(told(await meetings.settled(id))).toEqual(['2 REFUSED 422 NATIONAL_ID', '3 REGISTERED']);
    for (const _time of [1, 2]) {
      await meetings.send(id, csv(HEADINGS, other, good));
      expect(told(await meetings.settled(id))).toEqual(['2 REFUSED 422 VALIDATION', '3 UNCHANGED']);
    }
    expect(await system.prisma.registration.count({ where: { schoolCode: school } })).toBe(1);
  });

  test('the same sheet twice, also at the same instant, changes nothing', async () => {
    const { id } = await meetings.hold();
    const schools = Array.from({ length: 5 }, () => freshSchool());
    const sheet = csv(HEADINGS, ...schools.map((school) => rowOf(school)));
    const sent = await Promise.all(Array.from({ length: 5 }, () => meetings.send(id, sheet)));
    expect(sent.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    const first = await meetings.settled(id);
    expect(first.map(({ registration }) => registration?.status)).toEqual(['PENDING', 'PENDING', 'PENDING', 'PENDING', 'PENDING']);
    expect((await meetings.send(id, sheet)).status).toBe(202);
    const again = await meetings.settled(id);
    expect(told(again)).toEqual(schools.map((_school, index) => `${index + 2} UNCHANGED`));
    expect(again.map(({ registration }) => registration?.id)).toEqual(first.map(({ registration }) => registration?.id));
    expect(await system.prisma.registration.count({ where: { schoolCode: { in: schools } } })).toBe(5);
    const [one = ''] = schools;
    await mailTo(addressOf(one), 'received');
    expect(await mailsTo(addressOf(one), 'received')).toHaveLength(1);
  });

  test('a row that stands in the sheet twice: the second time nothing changes either', async () => {
    const { id } = await meetings.hold();
    const row = rowOf(freshSchool());
    const sheet = csv(HEADINGS, row, row);
    await meetings.send(id, sheet);
    const first = await meetings.settled(id);
    expect(told(first)).toEqual(['2 REGISTERED', '3 REFUSED 422 VALIDATION']);
    for (let time = 0; time < 2; time += 1) {
      await meetings.send(id, sheet);
      const again = await meetings.settled(id);
      expect(told(again)).toEqual(['2 UNCHANGED', '3 REFUSED 422 VALIDATION']);
      expect(again[0]?.registration?.id).toBe(first[0]?.registration?.id);
    }
  });

  test('R2.5 X6: the date of an order that is none is refused as in a single submission', async () => {
    const { id } = await meetings.hold();
    const headings = [...HEADINGS, 'ฐานะ', 'ตำแหน่ง', 'เลขที่คำสั่งรักษาการ', 'วันที่คำสั่งรักษาการ'];
    const acting = (date: string) => [...rowOf(freshSchool()), 'ผู้รักษาการ', 'รองผู้อำนวยการ', '9/2569', date];
    await meetings.send(id, csv(headings, acting(dayFromNow(2)), acting('1 ตุลาคม 2569')));
    const rows = await meetings.settled(id);
    expect(told(rows)).toEqual(['2 REFUSED 422 VALIDATION', '3 REGISTERED']);
    expect(rows[0]?.problem?.errors).toEqual([{ path: 'actingOrder.date', code: 'IMPLAUSIBLE_DATE' }]);
  });

  test('the sheet to fill has the schools that can register; what nobody filled in is no row, and it is taken back in', async () => {
    const { id } = await meetings.hold();
    const [school, closing, closed] = [freshSchool(), freshSchool(), freshSchool()];
    const close = (code: string, days: number) =>
      system.prisma.school.update({ where: { code }, data: { closedOn: new Date(dayFromNow(days)), closureReason: 'ยุบรวม' } });
    await Promise.all([close(closing, 30), close(closed, 0)]);
    const given = await fetch(`${system.url}/api/meetings/${id}/sheet?format=csv`, { headers: cases.approver });
    const text = await given.text();
    expect(text).toContain(school);
    expect(text).toContain(closing);
    expect(text).not.toContain(closed);
    expect(text).not.toContain(schoolOf(DISTRICT, FIRST_FRESH));
    const lines = text.split('\r\n');
    const filled = lines.map((line) =>
      line.startsWith(school) ? `${school},,,${freshNationalId()},นาย,ใจดี,ทดสอบ,,,${addressOf(school)},,032-123456,,,,,,,,,` : line,
    );
    expect((await meetings.send(id, filled.join('\r\n'))).status).toBe(202);
    expect(told(await meetings.settled(id))).toEqual([`${lines.findIndex((line) => line.startsWith(school)) + 1} REGISTERED`]);
    const workbook = await fetch(`${system.url}/api/meetings/${id}/sheet?format=xlsx`, { headers: cases.approver });
    expect([workbook.status, workbook.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
    expect((await meetings.send(id, new Uint8Array(await workbook.arrayBuffer()))).status).toBe(202);
  });

  test('a district of more schools than a sheet takes rows sends its sheet back: only rows that are filled in count', async () => {
    const { id } = await meetings.hold();
    const blank = Array.from({ length: 600 }, (_none, index) => [String(80_000_000 + index), ...Array(6).fill('')]);
    expect((await meetings.send(id, csv(HEADINGS, ...blank, rowOf(freshSchool())))).status).toBe(202);
    expect(told(await meetings.settled(id))).toEqual(['602 REGISTERED']);
    const filled = blank.map(([code = '']) => [code, '1', ...Array(5).fill('')]);
    expect(await meetings.send(id, csv(HEADINGS, ...filled))).toMatchObject({ status: 422, code: 'SHEET_REJECTED' });
  });

  test.each([
    ['what is no sheet', ''],
    ['a sheet without the code of the school', 'ชื่อ,นามสกุล\r\nก,ข'],
    ['a heading twice', 'schoolCode,schoolCode\r\n1,2'],
  ])('refuses %s', async (_title, sheet) => {
    const { id } = await meetings.hold();
    expect(await meetings.send(id, sheet)).toMatchObject({ status: 422, code: 'SHEET_REJECTED' });
  });

  test('R2.6: neither an officer’s own mailbox, to which the link would go, nor the own name is a registrant’s', async () => {
    const { id } = await meetings.hold();
    await system.prisma.account.updateMany({ where: { email: ACCOUNTS.approver }, data: { name: 'นางสาวมาลี ดีงาม' } });
    const [school, other] = [freshSchool(), freshSchool()];
    const named = rowOf(other).map((cell) => ({ ใจดี: 'มาลี', ทดสอบ: 'ดีงาม' })[cell] ?? cell);
    await meetings.send(id, csv(HEADINGS, rowOf(school, ACCOUNTS.approver.toUpperCase()), named));
    expect(told(await meetings.settled(id))).toEqual(['2 REFUSED 422 OFFICER_AS_REGISTRANT', '3 REFUSED 422 OFFICER_AS_REGISTRANT']);
  });
});

describe('R2.4 what changed between the sheet and its registrations', () => {
  /** Sends a sheet as the head of the district; something happens before a worker registers its rows. */
  async function sentBefore(sheet: string, happens: () => Promise<unknown>): Promise<string> {
    const { id } = await meetings.hold();
    await system.stopWorker();
    expect((await meetings.send(id, sheet, await signIn(system.url, ACCOUNTS.head))).status).toBe(202);
    await happens();
    await system.startWorker();
    return id;
  }

  test('a school that left the district is refused as another district’s, and stops no other', async () => {
    const [left, stayed] = [freshSchool(), freshSchool()];
    const move = () => system.prisma.school.update({ where: { code: left }, data: { districtCode: OTHER_DISTRICT } });
    const id = await sentBefore(csv(HEADINGS, rowOf(left), rowOf(stayed)), move);
    expect(told(await meetings.settled(id))).toEqual(['2 REFUSED 403 FORBIDDEN', '3 REGISTERED']);
    expect(await system.prisma.registration.count({ where: { schoolCode: left } })).toBe(0);
    const page = await fetch(`${system.url}/office/meetings/${id}`, { headers: { ...cases.approver, accept: 'text/html' } });
    expect(await page.text()).toContain('ท่านไม่มีสิทธิ์ดำเนินการนี้');
  });

  test('an officer whose account ended registers nobody; a colleague sends the sheet again', async () => {
    const { id: officerId } = await system.prisma.account.findFirstOrThrow({ where: { email: ACCOUNTS.head } });
    const sheet = csv(HEADINGS, rowOf(freshSchool()));
    const id = await sentBefore(sheet, () => system.prisma.account.update({ where: { id: officerId }, data: { status: 'ENDED' } }));
    expect(told(await meetings.settled(id))).toEqual(['2 REFUSED 403 FORBIDDEN']);
    expect((await meetings.send(id, sheet)).status).toBe(202);
    expect(told(await meetings.settled(id))).toEqual(['2 REGISTERED']);
    await system.prisma.account.update({ where: { id: officerId }, data: { status: 'ACTIVE' } });
  });
});

describe('R2.4 the registrant acknowledges by the mailed link before approval', () => {
  async function registered(): Promise<{ id: string; school: string; token: string }> {
    const held = await meetings.hold();
    const school = freshSchool();
    await meetings.send(held.id, csv(HEADINGS, rowOf(school)));
    const [row] = await meetings.settled(held.id);
    return { id: row?.registration?.id ?? '', school, token: tokenIn(await mailTo(addressOf(school), 'received'), 'track') };
  }
  const acknowledge = (id: string, token: string) => cases.post(`/api/registrations/${id}/acknowledgement`, undefined, trackedBy(token));

  test('approval waits; opening the link consumes nothing, sending acknowledges, again changes nothing', async () => {
    const { id, school, token } = await registered();
    const { text } = await mailTo(addressOf(school), 'received');
    expect(text).toContain('อนุมัติได้เมื่อท่านยืนยันแล้วเท่านั้น');
    expect([(await cases.approve(id)).body.code, (await cases.approve(id)).status]).toEqual(['NOT_ACKNOWLEDGED', 409]);
    for (let opened = 0; opened < 2; opened += 1) {
      expect((await fetch(`${system.url}/track/${token}`, { redirect: 'manual' })).status).toBe(303);
    }
    const page = await fetch(`${system.url}/track`, { headers: { cookie: `dpa_track=${token}`, accept: 'text/html' } });
    expect(await page.text()).toContain('action="/track/acknowledgement"');
    expect((await cases.approve(id)).status).toBe(409);

    const { status, body } = await acknowledge(id, token);
    expect([status, body['awaitsAcknowledgement']]).toEqual([200, undefined]);
    expect((await acknowledge(id, token)).status).toBe(200);
    const entries = await system.prisma.auditEntry.findMany({ where: { caseId: id, action: { not: 'MAIL_SENT' } }, orderBy: { seq: 'asc' } });
    expect(entries.map(({ action, actorKind }) => `${action} ${actorKind}`)).toEqual(['SUBMITTED ACCOUNT', 'ACKNOWLEDGED REGISTRANT']);
    expect((await cases.approve(id)).status).toBe(200);
  });

  test('R3.5: no office can approve before, so that nobody more is brought in; the clock starts with the acknowledgement', async () => {
    const { id, school, token } = await registered();
    const before = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
    // It does become overdue, so that the office asks after it.
    expect([before.deadlineKind, before.dueAt]).toEqual([null, expect.any(Date)]);
    expect(await caseDetails(system, school)).toContain('Waits for: the registrant, to acknowledge');
    await acknowledge(id, token);
    expect(await caseDetails(system, school)).toContain(`Waits for: a decision of district ${DISTRICT}`);
    const after = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
    expect([after.deadlineKind, after.dueAt]).toEqual(['ESCALATE_HEAD', expect.any(Date)]);
    expect(after.waitingSince.getTime()).toBeGreaterThan(before.waitingSince.getTime());
    expect(after.dueAt?.getTime()).toBeGreaterThanOrEqual(before.dueAt?.getTime() ?? 0);
  });

  test('R3.5: what a release before had armed brings nobody in; whom it had brought in stays, and the clock starts anew', async () => {
    const { id, token } = await registered();
    const armed = { deadlineKind: 'ESCALATE_HEAD', deadlineAt: new Date('2026-11-30T00:00:00Z') } as const;
    await system.prisma.registration.update({ where: { id }, data: armed });
    const { passDeadline } = createRegistrationActivities(recording(system));
    await passDeadline({ registrationId: id, kind: armed.deadlineKind, at: armed.deadlineAt.toISOString() });
    const row = () => system.prisma.registration.findUniqueOrThrow({ where: { id } });
    expect(await row()).toMatchObject({ escalation: 'NONE', deadlineKind: null });
    const long = new Date('2026-10-01T00:00:00Z');
    await system.prisma.registration.update({ where: { id }, data: { escalation: 'HEAD', waitingSince: long } });
    await acknowledge(id, token);
    const { escalation, deadlineKind, deadlineAt } = await row();
    expect([escalation, deadlineKind]).toEqual(['HEAD', 'ESCALATE_CENTRAL']);
    expect(deadlineAt?.getTime()).toBeGreaterThan(Date.now());
  });

  test('a mended address is acknowledged before the clock starts, too', async () => {
    const { id, school } = await registered();
    expect((await cases.post(`/api/registrations/${id}/address`, { email: `new-${addressOf(school)}` }, cases.approver)).status).toBe(200);
    const mended = await system.prisma.registration.findUniqueOrThrow({ where: { id } });
    expect([mended.revision, mended.awaitsAcknowledgement, mended.deadlineKind]).toEqual([2, true, null]);
  });

  test('the page of the link acknowledges too', async () => {
    const { id, token } = await registered();
    const sent = await fetch(`${system.url}/track/acknowledgement`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: `dpa_track=${token}`, accept: 'text/html', 'sec-fetch-site': 'same-origin' },
    });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/track']);
    expect((await cases.approve(id)).status).toBe(200);
  });

  test('nobody else acknowledges: not the office, not another registrant, not without the link', async () => {
    const { id, token } = await registered();
    const other = await cases.pending();
    expect((await acknowledge(id, String(other.trackingToken))).status).toBe(404);
    const path = `/api/registrations/${id}/acknowledgement`;
    expect((await cases.post(path, undefined, cases.approver)).status).toBe(403);
    expect((await cases.post(path)).status).toBe(401);
    expect(token).not.toBe('');
    expect((await cases.approve(id)).body.code).toBe('NOT_ACKNOWLEDGED');
  });

  test('correcting what the office returned acknowledges it; a rejection needs no acknowledgement', async () => {
    const { id, school, token } = await registered();
    expect((await cases.decide(id, { decision: 'RETURN', reason: 'แก้ไข' })).status).toBe(200);
    const corrected = await cases.resubmit(id, submission(school), trackedBy(token));
    expect([corrected.status, corrected.body['channel'], corrected.body['awaitsAcknowledgement']]).toEqual([200, 'MEETING', undefined]);
    expect((await cases.approve(id, cases.approver, 2)).status).toBe(200);
    const rejected = await registered();
    expect((await cases.decide(rejected.id, { decision: 'REJECT', reason: 'ไม่ใช่' })).status).toBe(200);
  });

  test('acknowledged against approved at the same instant: whichever comes first, nobody is approved unacknowledged', async () => {
    const { id, token } = await registered();
    const replies = await Promise.all(Array.from({ length: 20 }, (_none, index) => (index % 2 === 0 ? cases.approve(id) : acknowledge(id, token))));
    expect(replies.filter((_reply, index) => index % 2 === 1).every(({ status }) => status === 200)).toBe(true);
    const approved = replies.filter(({ status }, index) => index % 2 === 0 && status === 200);
    expect(approved.length).toBeLessThanOrEqual(1);
    const entries = await system.prisma.auditEntry.findMany({ where: { caseId: id, action: { not: 'MAIL_SENT' } }, orderBy: { seq: 'asc' } });
    expect(entries.slice(0, 2).map(({ action }) => action)).toEqual(['SUBMITTED', 'ACKNOWLEDGED']);
  });
});

describe('R2.4 X3 the workflow of a meeting', () => {
  test('ends when every row has an outcome, and holds nothing that a row says', async () => {
    const { id } = await meetings.hold();
    const school = freshSchool();
    await meetings.send(id, csv(HEADINGS, rowOf(school)));
    await meetings.settled(id);
    const handle = system.temporal.workflow.getHandle(`meeting/${id}`);
    expect(await handle.result()).toEqual({ REGISTERED: 1, REFUSED: 0 });
    const history = JSON.stringify(await handle.fetchHistory());
    for (const secret of ['ใจดี', addressOf(school), Buffer.from('ใจดี').toString('base64')]) expect(history).not.toContain(secret);
  });

  test('rows whose workflow was lost are found and woken', async () => {
    const { id } = await meetings.hold();
    const school = freshSchool();
    await system.stopWorker();
    await meetings.send(id, csv(HEADINGS, rowOf(school)));
    await system.temporal.workflow.getHandle(`meeting/${id}`).terminate('lost');
    await system.prisma.meetingRow.updateMany({ where: { meetingId: id }, data: { createdAt: new Date(Date.now() - 120_000) } });
    await system.startWorker();
    await system.temporal.workflow.start('nudge', { workflowId: `nudge/${id}`, taskQueue: 'dpa', args: [] });
    expect(told(await meetings.settled(id))).toEqual(['2 REGISTERED']);
    await eventually(async () => (await meetings.look(id)).rows[0]?.registration?.awaitsAcknowledgement, 'the registration');
  });
});
