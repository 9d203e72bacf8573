// The pages of transfers (R5.3c-R5.3e): asking, lists, deciding, withdrawing, appealing.
import { Refused } from '../../domain/refused';
import type { TransferStep } from '../../domain/transfer';
import type { CitedLookup } from '../../queries/roster-queries';
import type { TransferFilter, TransferView } from '../../queries/transfer-queries';
import { asCentral, asDistrict, asSchool } from '../api/support/running-api';
import { hiddenField, location, missingPlaces, REQUEST_ID, type RunningPages, startPages } from './support/running-pages';
import { transferWith } from './support/view';

const LOOKUP = '50000000-0000-4000-8000-000000000001';
const OTHERS = '60000000-0000-4000-8000-000000000002';
const TRANSFER = transferWith();
const PAGE = `/transfers/${TRANSFER.id}`;
let pages: RunningPages;
let transfer: TransferView;
let steps: TransferStep[];
let items: TransferView[];
let lookup: CitedLookup;
let filters: TransferFilter[];
let done: [string, unknown][];
let outcome: Refused | null;
let endsAccess: boolean;

beforeEach(async () => {
  transfer = TRANSFER;
  steps = ['decide'];
  items = [TRANSFER];
  lookup = {
    ...{ lookupId: LOOKUP, found: 'ELSEWHERE', maskedId: 'x-xxxx-xxxx0-70-8', maskedName: 'ก*** ค***' },
    ...{ school: { code: '70010099', name: 'อนุบาลเมืองใหม่' }, citable: true },
  };
  filters = [];
  done = [];
  outcome = null;
  endsAccess = false;
  const note = (name: string) => async (request: unknown) => {
    done.push([name, request]);
    if (outcome) throw outcome;
  };
  const mine = (id: string) => {
    if (id === OTHERS) throw new Refused('FORBIDDEN');
    if (id !== TRANSFER.id) throw new Refused('NOT_FOUND');
  };
  pages = await startPages({
    queries: {
      async transfer(id) {
        mine(id);
        return transfer;
      },
      transferAccess: async (id) => mine(id),
      transferSteps: async () => steps,
      transferEndsAccess: async () => endsAccess,
      async transfers(filter) {
        filters.push(filter);
        return { items, nextCursor: 'more' };
      },
      transferCounts: async () => ({ waiting: 120, in: 7, out: 8 }),
      async citedLookup(id) {
        if (id !== LOOKUP) throw new Refused('NOT_FOUND');
        return lookup;
      },
    },
    commands: {
      async requestTransfer(request) {
        await note('requestTransfer')(request);
        return { transferId: TRANSFER.id };
      },
      decideTransfer: note('decideTransfer'),
      withdrawTransfer: note('withdrawTransfer'),
      appealTransfer: note('appealTransfer'),
    },
  });
});
afterEach(() => pages.stop());

const open = async (path: string, who = asSchool) => (await pages.open(path, who)).text();
const send = (path: string, fields: Record<string, string>, who = asSchool) => pages.send(path, fields, who);

describe('R5.3c R5.3e asking for a record', () => {
  const path = `/school/lookups/${LOOKUP}`;
  const name = { firstName: 'กานดา', lastName: 'เครือวัลย์' };

  test('shows what the look-up told, and asks with the name, the order and a date of the Buddhist era', async () => {
    const html = await open(path);
    for (const text of ['ก*** ค***', 'x-xxxx-xxxx0-70-8', 'อนุบาลเมืองใหม่ (70010099)', 'สถานศึกษานั้นเป็นผู้ให้ความยินยอม']) expect(html).toContain(text);
    const order = { 'order.number': '77/2569', 'order.date-day': '1', 'order.date-month': '11', 'order.date-year': '2569' };
    const day = { 'effectiveOn-day': '๑', 'effectiveOn-month': '๑๒', 'effectiveOn-year': '๒๕๖๙' };
    const formId = hiddenField(html, 'formId');
    expect(location(await send(path, { ...name, reason: 'ย้ายตามคำสั่ง', ...order, ...day, formId }))).toEqual([303, `${PAGE}?done=requested`]);
    const asked = { lookupId: LOOKUP, toSchoolCode: '70010062', ...name, reason: 'ย้ายตามคำสั่ง', effectiveOn: '2026-12-01', formId: REQUEST_ID };
    expect(done).toMatchObject([['requestTransfer', { ...asked, order: { number: '77/2569', date: '2026-11-01' } }]]);
  });

  test('the name is enough: blanks are left out', async () => {
    expect((await send(path, { ...name, reason: ' ', 'order.number': '' })).status).toBe(303);
    const [[, asked] = []] = done;
    for (const absent of ['reason', 'order', 'effectiveOn']) expect(asked).not.toHaveProperty(absent);
  });

  test('R5.3e who is posted nowhere comes at once: no date is asked for', async () => {
    expect(await open(path)).toContain('id="effectiveOn-day"');
    lookup = { ...lookup, found: 'UNPOSTED', school: null };
    const html = await open(path);
    expect([html.includes('ข้อมูลจะย้ายมายังสถานศึกษาของท่านทันที'), html.includes('effectiveOn')]).toEqual([true, false]);
  });

  test('comes back as typed, with each complaint at its field', async () => {
    const response = await send(path, {
      lastName: 'ดี',
      'order.number': '7',
      'effectiveOn-day': '31',
      'effectiveOn-month': '2',
      'effectiveOn-year': '2569',
    });
    const html = await response.text();
    expect([response.status, done, missingPlaces(html)]).toEqual([422, [], []]);
    for (const text of ['href="#firstName"', 'href="#order.date-day"', 'href="#effectiveOn-day"', 'value="ดี"', 'value="31"', 'give both, or neither'])
      expect(html).toContain(text);
  });

  test('a date that the rules refuse is told in the words of the page', async () => {
    outcome = new Refused('VALIDATION', { errors: [{ path: 'effectiveOn', code: 'DATE', message: 'ปี ค.ศ.' }] });
    const html = await (await send(path, name)).text();
    expect(html).toContain('วันที่มีผลเป็นวันนี้หรือวันหลังจากนี้');
    expect(html).not.toContain('ปี ค.ศ.');
  });

  test('a wrong name is told at the name, with the tries that are left; the third one voids the look-up', async () => {
    outcome = new Refused('NAME_MISMATCH', { extra: { triesLeft: 2 } });
    const wrong = await send(path, name);
    const html = await wrong.text();
    expect(wrong.status).toBe(422);
    for (const text of ['id="firstName-error"', 'เหลืออีก 2 ครั้ง', 'value="กานดา"']) expect(html).toContain(text);
    outcome = new Refused('NAME_MISMATCH', { extra: { triesLeft: 0 } });
    lookup = { ...lookup, citable: false };
    const third = await send(path, name);
    expect([third.status, await third.text()]).toEqual([422, expect.stringContaining('ผลการค้นหานี้ใช้ไม่ได้แล้ว')]);
    const opened = await pages.open(path, asSchool);
    expect([opened.status, await opened.text()]).toEqual([410, expect.stringContaining('href="/school/add"')]);
  });

  test.each([
    ['TRANSFER_OPEN', 'มีคำขอย้ายข้อมูลของบุคคลนี้ที่ยังไม่สิ้นสุด'],
    ['ALREADY_ON_ROSTER', 'บุคคลนี้อยู่ในรายชื่อบุคลากรของสถานศึกษาท่านแล้ว'],
  ] as const)('%s: said, and nothing typed is lost', async (code, text) => {
    outcome = new Refused(code);
    const response = await send(path, name);
    const html = await response.text();
    expect([response.status, html.includes(text), html.includes('value="เครือวัลย์"')]).toEqual([409, true, true]);
  });

  test('an outage: sent again, it is the same request', async () => {
    const formId = hiddenField(await open(path), 'formId');
    outcome = new Refused('UNAVAILABLE', { retryAfter: 5 });
    const response = await send(path, { ...name, formId });
    expect([response.status, hiddenField(await response.text(), 'formId')]).toEqual([503, formId]);
  });

  test('somebody else’s look-up: 404; offices: 403; nobody: 401', async () => {
    expect((await pages.open('/school/lookups/other', asSchool)).status).toBe(404);
    expect((await pages.open(path, asDistrict)).status).toBe(403);
    expect((await send(path, name, asCentral)).status).toBe(403);
    expect((await pages.send(path, name)).status).toBe(401);
    expect(done).toEqual([]);
  });
});

describe('R5.3d the lists', () => {
  test('of a school: pending out, pending in, ended, with figures', async () => {
    const html = await open('/transfers');
    for (const text of ['ผู้อื่นขอย้ายออก <strong>8', 'ท่านขอย้ายเข้า <strong>7', PAGE, 'นางสาวกานดา', 'รอ บ้านดอยสูง', 'view=out&amp;cursor=more'])
      expect(html).toContain(text);
    await open('/transfers?view=in&cursor=c');
    await open('/transfers?view=closed');
    expect(filters).toMatchObject([
      { open: true, direction: 'out', limit: 25 },
      { open: true, direction: 'in', cursor: 'c' },
      { open: false, latest: true },
    ]);
  });

  test('of offices: first what waits for them', async () => {
    expect(await open('/transfers', asDistrict)).toContain('รอสำนักงานนี้พิจารณา <strong>120');
    await open('/transfers', asCentral);
    await open('/transfers?view=open', asCentral);
    expect(filters).toMatchObject([{ waiting: true }, { waiting: true }, { open: true }]);
  });

  test('what is late says so; an empty list says what to do', async () => {
    items = [transferWith({ dueAt: '2020-01-01T17:00:00.000Z' })];
    expect(await open('/transfers')).toContain('เกินกำหนด');
    items = [];
    const html = await open('/transfers?view=in');
    for (const text of ['เพิ่มบุคลากร', 'href="/school/add"']) expect(html).toContain(text);
  });
});

describe('R5.3d a transfer', () => {
  test('tells whose turn it is and until when, what was asked, and its history', async () => {
    const html = await open(PAGE);
    for (const text of [
      'รอ บ้านดอยสูง พิจารณา',
      'สำนักงานต้นสังกัดของสถานศึกษานั้นพิจารณาได้ด้วย',
      'may decide too',
      '77/2569',
      '1 ธันวาคม 2569',
      'ยื่นคำขอ',
      'สมศรี',
    ])
      expect(html).toContain(text);
  });

  test.each([
    [{ status: 'SCHEDULED' }, 'จะย้ายในวันที่ 1 ธันวาคม 2569'],
    [{ status: 'COMPLETED' }, 'ย้ายแล้วเมื่อวันที่'],
    [{ status: 'REJECTED', decisionReason: 'ยังไม่มีคำสั่ง' }, 'ยังไม่มีคำสั่ง'],
    [{ status: 'CANCELLED', cancelReason: 'PERSON_RETIRED' }, 'เกษียณอายุราชการ'],
    [{ status: 'WITHDRAWN' }, 'ถอนคำขอแล้ว'],
    [{ person: { id: 'p', maskedId: '', name: '' } }, 'ข้อมูลถูกลบแล้ว'],
  ] as const)('%j', async (differs, text) => {
    steps = [];
    const { decider: _nobody, ...ended } = TRANSFER;
    transfer = { ...ended, ...differs };
    const html = await open(PAGE);
    expect(html).toContain(text);
    expect(html).not.toContain('<form method="post" action="/transfers');
  });

  test('withdrawn: who asked may ask again, the others read that the record stays', async () => {
    steps = [];
    const { decider: _nobody, ...ended } = TRANSFER;
    transfer = { ...ended, status: 'WITHDRAWN' };
    const [stays, again] = ['ผู้ขอถอนคำขอแล้ว ข้อมูลยังอยู่ที่เดิม', 'โปรดค้นหาและยื่นคำขอใหม่'];
    for (const who of [asSchool, asDistrict, asCentral]) {
      const html = await open(PAGE, who);
      expect([html.includes(stays), html.includes(again)]).toEqual([true, false]);
    }
    transfer = { ...transfer, toSchoolCode: '70010062' };
    const html = await open(PAGE);
    expect([html.includes(stays), html.includes(again)]).toEqual([false, true]);
  });

  test('R5.3e what was claimed waits for nobody’s consent', async () => {
    const { fromSchoolCode: _nowhere, fromSchoolName: _none, decider: _nobody, ...claimed } = TRANSFER;
    transfer = { ...claimed, status: 'COMPLETED' };
    const html = await open(`${PAGE}?done=requested`);
    for (const text of ['รับข้อมูลแล้ว', 'ไม่ได้อยู่ในสถานศึกษาใด']) expect(html).toContain(text);
    expect(html).not.toContain('ส่งคำขอแล้ว');
  });

  test('other parties’: 403; unknown: 404; nobody: 401 and back after signing in', async () => {
    expect((await pages.open(`/transfers/${OTHERS}`, asDistrict)).status).toBe(403);
    expect((await pages.open('/transfers/none', asDistrict)).status).toBe(404);
    const asked = await pages.open(PAGE);
    expect([asked.status, hiddenField(await asked.text(), 'next')]).toEqual([401, PAGE]);
  });
});

test('R5.3d an office with 120 of them goes on to the next one after each', async () => {
  expect(await open(`${PAGE}?done=approved`, asDistrict)).toContain('href="/transfers/next"');
  expect(location(await pages.open('/transfers/next', asDistrict))).toEqual([303, PAGE]);
  expect(filters).toEqual([{ waiting: true, limit: 1 }]);
  items = [];
  expect(location(await pages.open('/transfers/next', asDistrict))).toEqual([303, '/transfers']);
});

describe('R5.3d what is done to it', () => {
  test('consent and rejection, each by a form of its own', async () => {
    const html = await open(PAGE);
    const [approve, reject] = [...html.matchAll(/name="formId" value="([^"]+)"/g)].map(([, id]) => id);
    expect(approve).not.toBe(reject);
    expect(location(await send(`${PAGE}/decisions`, { decision: 'APPROVE', formId: approve ?? '' }))).toEqual([303, `${PAGE}?done=approved`]);
    const rejection = { decision: 'REJECT', reason: 'ยังไม่มีคำสั่ง', formId: reject ?? '' };
    expect(location(await send(`${PAGE}/decisions`, rejection, asDistrict))).toEqual([303, `${PAGE}?done=rejected`]);
    expect(done).toMatchObject([
      ['decideTransfer', { transferId: TRANSFER.id, decision: 'APPROVE', formId: REQUEST_ID }],
      ['decideTransfer', { ...rejection, formId: REQUEST_ID }],
    ]);
    expect(await open(`${PAGE}?done=approved`)).toContain('บันทึกความยินยอมแล้ว');
  });

  test('before consent: on which day the record moves, and that nothing takes it back', async () => {
    transfer = transferWith({ effectiveOn: '2099-12-01' });
    const later = await open(PAGE);
    for (const text of ['ทั้งหมดในวันที่ 1 ธันวาคม 2642 และเรียกคืนเองไม่ได้', 'moves on 1 December 2099; you cannot']) expect(later).toContain(text);
    expect(later).not.toContain('ทันที');
    // Asked for without a date: its day is that of the request, and has passed by the time somebody decides.
    transfer = transferWith({ effectiveOn: '2020-11-24' });
    const html = await open(PAGE);
    for (const text of ['ทันทีที่ยินยอม (ขอไว้วันที่ 24 พฤศจิกายน 2563)', 'At once on consent (asked for 24 November 2020)', 'ทั้งหมดทันที และเรียกคืนเองไม่ได้'])
      expect(html).toContain(text);
    transfer = transferWith({ effectiveOn: '2020-11-24', status: 'COMPLETED' });
    expect(await open(PAGE)).not.toContain('ทันทีที่ยินยอม');
  });

  test('R5.3d before consent: whose own access ends by the move', async () => {
    expect(await open(PAGE)).not.toContain('บัญชีผู้ดูแลระบบสิ้นสุด');
    endsAccess = true;
    expect(await open(PAGE)).toContain('บุคคลนี้เป็นผู้ดูแลระบบของบ้านดอยสูง เมื่อข้อมูลย้าย บัญชีผู้ดูแลระบบสิ้นสุด');
    steps = ['withdraw'];
    expect(await open(PAGE)).not.toContain('บัญชีผู้ดูแลระบบสิ้นสุด');
  });

  test('an outage: sent again, it is the same request, and the other form is none of it', async () => {
    outcome = new Refused('UNAVAILABLE', { retryAfter: 5 });
    const formId = hiddenField(await open(PAGE), 'formId');
    const html = await (await send(`${PAGE}/decisions`, { decision: 'APPROVE', formId })).text();
    expect(html.split(`value="${formId}"`)).toHaveLength(2);
    expect(hiddenField(html, 'formId')).toBe(formId);
  });

  test('a rejection without a reason comes back with the complaint', async () => {
    outcome = new Refused('REASON_REQUIRED', { errors: [{ path: 'reason', code: 'REASON_REQUIRED', message: 'โปรดระบุเหตุผล / Give a reason.' }] });
    const response = await send(`${PAGE}/decisions`, { decision: 'REJECT', reason: '' });
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('id="reason-error"')]);
  });

  test('decided meanwhile: who and when', async () => {
    outcome = new Refused('ALREADY_DECIDED');
    steps = [];
    transfer = transferWith({
      status: 'REJECTED',
      decidedBy: { name: 'สมหมาย', schoolCode: null, districtCode: 'D1' },
      decidedAt: '2026-11-25T02:30:00.000Z',
    });
    const response = await send(`${PAGE}/decisions`, { decision: 'APPROVE' });
    const html = await response.text();
    expect(response.status).toBe(409);
    for (const text of ['คำขอนี้มีผลการพิจารณาแล้ว', 'สมหมาย, 25 พฤศจิกายน 2569']) expect(html).toContain(text);
  });

  test('withdrawing asks once more; an appeal gives its reason', async () => {
    steps = ['withdraw'];
    expect(await open(PAGE)).toContain(`href="${PAGE}/withdrawal"`);
    const formId = hiddenField(await open(`${PAGE}/withdrawal`), 'formId');
    expect(location(await send(`${PAGE}/withdrawal`, { formId }))).toEqual([303, `${PAGE}?done=withdrawn`]);
    steps = ['appeal'];
    transfer = transferWith({ status: 'REJECTED' });
    expect(await open(PAGE)).toContain(`action="${PAGE}/appeal"`);
    expect(location(await send(`${PAGE}/appeal`, { reason: 'มีคำสั่งแล้ว' }))).toEqual([303, `${PAGE}?done=appealed`]);
    expect(done).toMatchObject([
      ['withdrawTransfer', { transferId: TRANSFER.id, formId: REQUEST_ID }],
      ['appealTransfer', { transferId: TRANSFER.id, reason: 'มีคำสั่งแล้ว' }],
    ]);
  });

  test.each(['NOT_POSSIBLE_NOW', 'TRANSFER_OPEN'] as const)('%s: the page says it, and what was typed stays', async (code) => {
    outcome = new Refused(code);
    steps = ['appeal'];
    const response = await send(`${PAGE}/appeal`, { reason: 'มีคำสั่งแล้ว' });
    expect([response.status, await response.text()]).toEqual([409, expect.stringContaining('>มีคำสั่งแล้ว</textarea>')]);
  });

  test('who is not entitled: 403; another site: 403; nothing is done', async () => {
    expect((await send(`/transfers/${OTHERS}/decisions`, { decision: 'APPROVE' })).status).toBe(403);
    expect((await send(`/transfers/${OTHERS}/appeal`, { reason: 'x' }, asDistrict)).status).toBe(403);
    expect((await pages.open(`/transfers/${OTHERS}/withdrawal`, asSchool)).status).toBe(403);
    const forged = await pages.send(`${PAGE}/decisions`, { decision: 'APPROVE' }, { ...asSchool, 'sec-fetch-site': 'cross-site' });
    expect([forged.status, done]).toEqual([403, []]);
  });
});
