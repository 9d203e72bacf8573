// R2.4: the pages of a meeting, for the officer, for the room, and for whoever sits in it.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Commands } from '../../commands/commands';
import { brokenRule } from '../../domain/broken-rule';
import { brokenMeetingRules } from '../../domain/meeting';
import { Refused } from '../../domain/refused';
import type { MeetingRowView, MeetingSummary } from '../../queries/meeting-queries';
import { asCentral, asDistrict, asSchool } from '../api/support/running-api';
import {
  ADDRESS_FIELDS,
  cookieOf,
  hiddenField,
  location,
  REGISTRANT_FIELDS,
  REQUEST_ID,
  type RunningPages,
  startPages,
} from './support/running-pages';
import { schoolWith, viewWith } from './support/view';

const MEETING: MeetingSummary = {
  id: '40000000-0000-4000-8000-000000000001',
  title: 'ประชุมชี้แจง DPA',
  on: '2026-11-24',
  districtCode: 'D1',
  joinCode: 'ACDE3479',
  joinable: true,
};
const PAGE = `/office/meetings/${MEETING.id}`;
const OWN = { code: 'D1', name: 'สพป. 1', kind: 'ESAO_PRIMARY' };

let pages: RunningPages;
let rows: MeetingRowView[];
let joinable: boolean;
let refusal: Refused | null;
let held: Parameters<Commands['createMeeting']>[0][];
let far: Refused | null;
let sheets: Parameters<Commands['takeMeetingSheet']>[0][];
let sent: Parameters<Commands['submitRegistration']>[0][];
let counted: string[];
/** As the throttles count it: the meeting behind one address. */
const ROOM = `${MEETING.id} 127.0.0.1`;
const plain = (address: string) => address.replace('::ffff:', '');

beforeEach(async () => {
  rows = [];
  joinable = true;
  refusal = null;
  [held, sheets, sent, counted] = [[], [], [], []];
  pages = await startPages({
    queries: {
      meetings: async () => ({ items: [MEETING], nextCursor: 'more' }),
      async meeting(id) {
        if (id !== MEETING.id) throw new Refused('NOT_FOUND');
        return { ...MEETING, joinable, rows };
      },
      async meetingSheet(id, format) {
        if (id !== MEETING.id) throw new Refused('NOT_FOUND');
        return { type: 'text/csv', bytes: Buffer.from(`schools as ${format}`) };
      },
      meetingByCode: async (code) => (code.replace('-', '').toUpperCase() === MEETING.joinCode ? MEETING : null),
      schools: async ({ district }) => ({ items: district === 'D1' ? [schoolWith({ code: '70010062', district: OWN })] : [], nextCursor: 'more' }),
      school: async (code) => schoolWith({ code, district: code === '70010062' ? OWN : { ...OWN, code: 'D2' } }),
      registrationForRegistrant: async () => viewWith(),
    },
    commands: {
      async createMeeting(request) {
        if (far) throw far;
        held.push(request);
        return { meetingId: MEETING.id };
      },
      async takeMeetingSheet(request) {
        sheets.push(request);
        if (refusal) throw refusal;
      },
      async submitRegistration(request) {
        sent.push(request);
        return { registrationId: viewWith().id, trackingToken: 'tracking-token' };
      },
      storeFile: async ({ bytes }) => ({ id: 'file-1', type: 'application/pdf', size: bytes.length }),
    },
    limiters: {
      async submit() {
        counted.push('address');
        if (refusal) throw refusal;
      },
      submitAtMeeting: async (id, address) => void counted.push(`${id} ${plain(address)}`),
      files: async () => void counted.push('files address'),
      filesAtMeeting: async (id, address) => void counted.push(`files ${id} ${plain(address)}`),
    },
  });
});
afterEach(() => pages.stop());

const html = async (path: string, who?: { cookie: string }) => (await pages.open(path, who)).text();

describe('R2.4 the officer’s pages', () => {
  test('list meetings and hold another one', async () => {
    const list = await html('/office/meetings', asDistrict);
    for (const part of [MEETING.title, MEETING.joinCode, `href="${PAGE}"`, '24 พฤศจิกายน 2569']) expect(list).toContain(part);
    const fields = {
      meetingTitle: 'ประชุม',
      'meetingOn-day': '๒๕',
      'meetingOn-month': '11',
      'meetingOn-year': '2569',
      formId: hiddenField(list, 'formId'),
    };
    const made = await pages.send('/office/meetings', fields, asDistrict);
    expect(location(made)).toEqual([303, PAGE]);
    expect(held).toEqual([expect.objectContaining({ title: 'ประชุม', on: '2026-11-25', formId: REQUEST_ID })]);
    far = new Refused('VALIDATION', { errors: brokenMeetingRules('2029-11-25', '2026-11-25') });
    const page = await (await pages.send('/office/meetings', { ...fields, 'meetingOn-year': '2572' }, asDistrict)).text();
    expect(page).toMatch(/href="#meetingOn-day"[^<]*>[^<]*ไม่เกินหนึ่งปี/);
    const broken = await pages.send('/office/meetings', { meetingTitle: 'ประชุม' }, asDistrict);
    expect([broken.status, (await broken.text()).includes('href="#meetingOn-day"')]).toEqual([422, true]);
  });

  test('are for officers of a district', async () => {
    expect((await pages.open('/office/meetings')).status).toBe(401);
    for (const who of [asCentral, asSchool]) expect((await pages.open('/office/meetings', who)).status).toBe(403);
    expect((await pages.open('/office/meetings/1', asDistrict)).status).toBe(404);
  });

  test('show the code and a QR of the registrar’s own address in the room, while the code is good', async () => {
    const room = await html(`${PAGE}/room`, asDistrict);
    expect(room).toContain('ACDE 3479');
    expect(room).toMatch(/aria-label="QR: http[^"]*\/register\?meeting=ACDE3479"><svg/);
    joinable = false;
    expect(await html(`${PAGE}/room`, asDistrict)).not.toContain('<svg');
  });

  test('give the sheet to fill; who is not signed in is asked to', async () => {
    expect(await html(PAGE, asDistrict)).toContain(`href="${PAGE}/sheet.xlsx"`);
    const sheet = await pages.open(`${PAGE}/sheet.csv`, asDistrict);
    expect([await sheet.text(), sheet.headers.get('content-disposition')]).toEqual(['schools as csv', expect.stringContaining('meeting.csv')]);
    for (const path of [`${PAGE}/sheet.pdf`, '/office/meetings/1/sheet.csv']) expect((await pages.open(path, asDistrict)).status).toBe(404);
    const signedOut = await pages.open(`${PAGE}/sheet.csv`);
    expect([signedOut.status, await signedOut.text()]).toEqual([401, expect.stringContaining(`name="next" value="${PAGE}/sheet.csv"`)]);
  });

  test('take the sheet, and tell each row’s outcome', async () => {
    rows = [
      { row: 2, schoolCode: '70010062', schoolName: 'บ้านดอยสูง', outcome: 'WAITING' },
      {
        row: 3,
        schoolCode: '70010063',
        outcome: 'REGISTERED',
        registration: { id: viewWith().id, reference: 'R69-1', status: 'PENDING', awaitsAcknowledgement: true },
      },
      {
        row: 4,
        schoolCode: '70010064',
        outcome: 'REFUSED',
        problem: { status: 422, code: 'NATIONAL_ID', errors: [brokenRule('registrant.nationalId', 'NATIONAL_ID')] },
      },
      {
        ...{ row: 6, schoolCode: '70010066', outcome: 'REFUSED' },
        problem: {
          ...{ status: 422, code: 'VALIDATION' },
          errors: [
            { path: 'registrant.position', code: 'INVALID', message: 'Choose one of: DIRECTOR, DEPUTY_DIRECTOR.' },
            { path: 'actingOrder.date', code: 'DATE', message: 'ปี ค.ศ. เช่น 2026-10-01' },
            { path: 'delegation.delegator.actingOrder.date', code: 'IMPLAUSIBLE_DATE', message: 'ปี ค.ศ. เช่น 2026-10-01' },
            { path: 'actingOrder.number', code: 'REQUIRED', message: 'โปรดกรอกช่องนี้ / Fill this in.' },
          ],
        },
      },
      { row: 5, outcome: 'REFUSED', problem: { status: 409, code: 'REGISTRATION_OPEN', errors: [] } },
      { schoolCode: '70010065', outcome: 'REGISTERED', registration: { id: 'r', reference: 'R69-2', status: 'APPROVED' } },
    ];
    const shown = await pages.open(PAGE, asDistrict);
    // A page that loads itself anew would empty the file field.
    expect(shown.headers.get('refresh')).toBeNull();
    const text = await shown.text();
    for (const part of [
      'กำลังบันทึก 1 แถว',
      `<a class="govuk-link" href="${PAGE}">`,
      'R69-1',
      'รอผู้ลงทะเบียนยืนยัน',
      'เลขประจำตัวประชาชนไม่ถูกต้อง',
      'มีคำขอลงทะเบียนที่อยู่ระหว่างดำเนินการแล้ว',
      'R69-2',
      'โปรดเขียนอย่างใดอย่างหนึ่ง: ผู้อำนวยการสถานศึกษา, รองผู้อำนวยการสถานศึกษา, ข้าราชการครู',
      'โปรดเขียนวันที่เช่น 1/10/2569',
      'ต้องไม่เป็นวันในอนาคต เขียนเช่น 1/10/2569',
      'โปรดกรอกช่องนี้',
      'Refused</span> <strong>3</strong>',
      'Registered</span> <strong>2</strong>',
    ]) {
      expect(text).toContain(part);
    }
    // Codes and dates of the common era are the API's.
    for (const part of ['DEPUTY_DIRECTOR', '2026-10-01', 'Registered before']) expect(text).not.toContain(part);
    const form = new FormData();
    form.set('meetingSheet', new Blob(['schoolCode\r\n']), 'sheet.csv');
    const taken = await pages.send(`${PAGE}/sheet`, form, asDistrict);
    expect(location(taken)).toEqual([303, PAGE]);
    expect(Buffer.from(sheets[0]?.bytes ?? []).toString()).toBe('schoolCode\r\n');
    refusal = new Refused('SHEET_REJECTED', { errors: [brokenRule('file', 'SHEET_REJECTED')] });
    const refused = await pages.send(`${PAGE}/sheet`, form, asDistrict);
    expect([refused.status, (await refused.text()).includes('href="#meetingSheet"')]).toEqual([422, true]);
    form.set('meetingSheet', new Blob(['x'.repeat(1_100_000)]), 'sheet.csv');
    expect((await pages.send(`${PAGE}/sheet`, form, asDistrict)).status).toBe(422);
  });
});

describe('R2.4 in the room', () => {
  test('the code leads to the schools of the district, and on to the steps of every registration', async () => {
    expect(await html('/register')).toContain('name="meeting"');
    const choose = await html('/register?meeting=acde-3479');
    expect(choose).toContain('action="/schools/70010062/register/meeting"');
    const begun = await pages.send('/schools/70010062/register/meeting', { meeting: 'ACDE3479' });
    expect(begun.headers.get('location')).toBe('/schools/70010062/register/capacity');
    const cookie = cookieOf(begun);
    await pages.send('/schools/70010062/register/capacity', { capacity: 'DIRECTOR' }, { cookie });
    await pages.send('/schools/70010062/register/registrant', REGISTRANT_FIELDS, { cookie });
    await pages.send('/schools/70010062/register/address', ADDRESS_FIELDS, { cookie });
    expect((await pages.send('/schools/70010062/register/check', {}, { cookie })).headers.get('location')).toContain('/register/sent');
    expect(sent).toEqual([expect.objectContaining({ submission: expect.objectContaining({ meetingCode: 'ACDE3479' }) })]);
    expect(counted).toEqual([ROOM, ROOM]);
  });

  test('R2.6: an officer does not register by the code as the school would, but on the page that names the officer', async () => {
    const begun = await pages.send('/schools/70010062/register/meeting', { meeting: 'ACDE3479' }, asDistrict);
    expect(location(begun)).toEqual([303, '/office/assisted?schoolCode=70010062']);
    expect(counted).toEqual([]);
  });

  test('evidence is counted by the code, and by the address without one', async () => {
    const send = (step: string, fields: Record<string, string> | FormData, cookie: string) =>
      pages.send(`/schools/70010062/register/${step}`, fields, { cookie });
    const evidence = new FormData();
    evidence.set('evidence', new Blob(['%PDF-1.7']), 'order.pdf');
    for (const [begin, fields] of [
      ['meeting', { meeting: 'ACDE3479' }],
      ['capacity', { capacity: 'DELEGATE' }],
    ] as const) {
      const cookie = cookieOf(await pages.send(`/schools/70010062/register/${begin}`, fields));
      await send('capacity', { capacity: 'DELEGATE' }, cookie);
      counted = [];
      expect(location(await send('evidence', evidence, cookie))[0]).toBe(303);
      expect(counted).toEqual([begin === 'meeting' ? `files ${ROOM}` : 'files address']);
    }
  });

  test('an unknown code is told and counted for its address, and a school of another district is refused', async () => {
    const unknown = await pages.open('/register?meeting=AAAA3333');
    expect([unknown.status, (await unknown.text()).includes('หมดอายุแล้ว')]).toEqual([422, true]);
    expect((await pages.send('/schools/70010062/register/meeting', { meeting: 'AAAA3333' })).status).toBe(422);
    expect(counted).toEqual(['address', 'address']);
    const elsewhere = await pages.send('/schools/70010063/register/meeting', { meeting: 'ACDE3479' });
    expect([elsewhere.status, (await elsewhere.text()).includes('สำนักงานที่จัดประชุม')]).toEqual([403, true]);
  });

  test('whoever tries too many codes is told to wait, and sent to the schools', async () => {
    refusal = new Refused('RATE_LIMITED', { retryAfter: 60 });
    const limited = await pages.open('/register?meeting=AAAA3333');
    expect([limited.status, limited.headers.get('retry-after'), (await limited.text()).includes('href="/schools"')]).toEqual([429, '60', true]);
  });
});
