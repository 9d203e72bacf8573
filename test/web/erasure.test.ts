// The pages on which the central office erases a person, or refuses to (X7).
import type { PersonFound } from '../../commands/roster-commands';
import { Refused } from '../../domain/refused';
import { asCentral, asDistrict, asSchool } from '../api/support/running-api';
import { hiddenField, location, REQUEST_ID, type RunningPages, startPages } from './support/running-pages';
import { subjectWith } from './support/view';

const SUBJECT = subjectWith();
const PAGE = `/office/erasure/${SUBJECT.id}`;
const REGISTRATION = '30000000-0000-4000-8000-000000000001';
const FORM = '30000000-0000-4000-8000-000000000002';
let pages: RunningPages;
let found: PersonFound;
let done: [string, unknown][];
let outcome: Refused | null;

beforeEach(async () => {
  found = { person: { id: SUBJECT.id, school: SUBJECT.school }, registrations: [], formerForms: [] };
  done = [];
  outcome = null;
  pages = await startPages({
    queries: {
      async erasureSubject(id) {
        if (id !== SUBJECT.id) throw new Refused('NOT_FOUND');
        return SUBJECT;
      },
    },
    commands: {
      async findPerson(request) {
        done.push(['findPerson', request]);
        return found;
      },
      async erasePerson(request) {
        done.push(['erasePerson', request]);
        if (outcome) throw outcome;
      },
    },
  });
});
afterEach(() => pages.stop());

const open = async (path: string) => (await pages.open(path, asCentral)).text();
const send = (path: string, fields: Record<string, string>, who = asCentral) => pages.send(path, fields, who);

describe('X7 finding', () => {
  test('by the national ID; the address that follows holds none', async () => {
    expect(location(await send('/office/erasure', { nationalId: '1-1017-00230-70-8' }))).toEqual([303, PAGE]);
    expect(done).toMatchObject([['findPerson', { nationalId: '1101700230708' }]]);
    found = { person: null, registrations: [{ id: REGISTRATION, reference: 'R69-1', status: 'REJECTED' }], formerForms: [] };
    expect(location(await send('/office/erasure', { nationalId: '1101700230708' }))).toEqual([303, `/office/erasure/${REGISTRATION}`]);
    found = { person: null, registrations: [], formerForms: [{ id: FORM, reference: 'R69-2' }] };
    expect(location(await send('/office/erasure', { nationalId: '1101700230708' }))).toEqual([303, `/office/erasure/${FORM}`]);
  });

  test('nobody, and what is no ID, are said', async () => {
    found = { person: null, registrations: [], formerForms: [] };
    expect(await (await send('/office/erasure', { nationalId: '1101700230708' })).text()).toContain('ไม่มีข้อมูลของเลขนี้');
    const wrong = await send('/office/erasure', { nationalId: '123' });
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('href="#nationalId"')]);
  });

  test('shows whom it is about, and both ways on', async () => {
    const html = await open(PAGE);
    for (const text of ['นางสาวกานดา เครือวัลย์', 'x-xxxx-xxxx0-70-8', `href="${PAGE}/erase"`, `href="${PAGE}/refuse"`]) expect(html).toContain(text);
    expect((await pages.open('/office/erasure/none', asCentral)).status).toBe(404);
    expect((await pages.open(`${PAGE}/other`, asCentral)).status).toBe(404);
  });
});

describe('X7 deciding', () => {
  test('the confirmation says what will be gone and what remains; then it is erased', async () => {
    const html = await open(`${PAGE}/erase`);
    for (const text of ['สิ่งที่จะหายไป และเรียกคืนไม่ได้', 'สิ่งที่ยังอยู่', 'ประวัติการทำรายการ']) expect(html).toContain(text);
    const formId = hiddenField(html, 'formId');
    expect(location(await send(`${PAGE}/erase`, { formId, reason: 'คำขอที่ 1/2569' }))).toEqual([303, '/office/erasure?done=erased']);
    expect(done).toMatchObject([['erasePerson', { id: SUBJECT.id, decision: 'ERASE', reason: 'คำขอที่ 1/2569', formId: REQUEST_ID }]]);
    expect(await open('/office/erasure?done=erased')).toContain('ลบข้อมูลส่วนบุคคลแล้ว');
  });

  test('refusing the request gives a reason', async () => {
    const reason = 'มีหน้าที่ตามกฎหมายต้องเก็บ';
    expect(location(await send(`${PAGE}/refuse`, { reason }))).toEqual([303, '/office/erasure?done=refused']);
    expect(done).toMatchObject([['erasePerson', { decision: 'REFUSE', reason }]]);
  });

  test.each(['erase', 'refuse'])('%s without a reason comes back with the complaint', async (way) => {
    outcome = new Refused('REASON_REQUIRED', { errors: [{ path: 'reason', code: 'REASON_REQUIRED', message: 'โปรดระบุเหตุผล / Give a reason.' }] });
    const response = await send(`${PAGE}/${way}`, { reason: ' ' });
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('id="reason-error"')]);
  });

  test('what is in the way is named, with who ends it, and the reason stays', async () => {
    outcome = new Refused('ERASURE_BLOCKED', { extra: { because: ['ADMINISTRATOR', 'TRANSFER'] } });
    const response = await send(`${PAGE}/erase`, { reason: 'คำขอที่ 1/2569' });
    const html = await response.text();
    expect(response.status).toBe(409);
    for (const text of ['ยังเป็นผู้ดูแลระบบของสถานศึกษา', 'มีคำขอย้ายข้อมูลที่ยังไม่สิ้นสุด', '>คำขอที่ 1/2569</textarea>']) expect(html).toContain(text);
    expect(html).not.toContain('มีคำขอลงทะเบียนที่ยังไม่สิ้นสุด');
  });

  test('a district or a school: 403; nobody: 401; another site: 403', async () => {
    for (const who of [asDistrict, asSchool]) {
      for (const path of ['/office/erasure', PAGE, `${PAGE}/erase`]) expect((await pages.open(path, who)).status).toBe(403);
      expect((await send(`${PAGE}/erase`, { reason: 'x' }, who)).status).toBe(403);
    }
    expect(await (await pages.open(PAGE, asDistrict)).text()).toContain('หน้านี้เป็นของสำนักงาน ก.ค.ศ.');
    expect((await pages.open(PAGE)).status).toBe(401);
    expect((await pages.send(`${PAGE}/erase`, { reason: 'x' }, { ...asCentral, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(done).toEqual([]);
  });
});
