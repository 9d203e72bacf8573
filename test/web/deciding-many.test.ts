// R3.7 on the pages: choosing in the inbox, deciding once, and what became of each.
import type { Commands, OutcomeOfOne } from '../../commands/commands';
import { Refused } from '../../domain/refused';
import type { RegistrationView } from '../../queries/queries';
import { asCentral, asDistrict, asSchool } from '../api/support/running-api';
import { hiddenField, REQUEST_ID, type RunningPages, startPages } from './support/running-pages';
import { COUNTS, officeView } from './support/view';

let pages: RunningPages;
let items: RegistrationView[];
let asked: Parameters<Commands['decideMany']>[0][];
let outcomes: OutcomeOfOne[];
let refusal: Refused | null;
const [ONE, TWO] = ['30000000-0000-4000-8000-000000000001', '30000000-0000-4000-8000-000000000002'];

beforeEach(async () => {
  items = [officeView({ id: ONE, revision: 3, opened: true }), officeView({ id: TWO, opened: true })];
  asked = [];
  outcomes = [];
  refusal = null;
  pages = await startPages({
    queries: {
      registrations: async () => ({ items, nextCursor: null }),
      registrationCounts: async () => COUNTS,
      registrationTitles: async () => new Map([[ONE, { reference: 'R69-000001', schoolCode: '70010062', schoolName: 'บ้านดอยสูง' }]]),
    },
    commands: {
      async decideMany(request) {
        asked.push(request);
        if (refusal) throw refusal;
        return outcomes;
      },
    },
  });
});
afterEach(() => pages.stop());

const html = async (path: string) => (await pages.open(path, asDistrict)).text();
const send = (fields: Record<string, string>, query = '') => pages.send(`/office/decisions${query}`, fields, asDistrict);

describe('R3.7 choosing in the inbox', () => {
  test('only what can be approved together has a box, with the revision that was seen', async () => {
    items.push(
      officeView({ id: 'not-opened', opened: false }),
      officeView({ id: 'warned', opened: true, warnings: ['NO_EVIDENCE'] }),
      officeView({ id: 'contested', opened: true, contested: true }),
      officeView({ id: 'returned', opened: true, status: 'RETURNED' }),
    );
    const page = await html('/office');
    expect([...page.matchAll(/name="case-([^"]+)" value="(\d+)"/g)].map(([, id, revision]) => [id, revision])).toEqual([
      [ONE, '3'],
      [TWO, '1'],
    ]);
  });

  test('R3.5 R2.6 R4.1: only what the reader may approve; of the own part it is said what can be done', async () => {
    const mine = 'ท่านอนุมัติเองไม่ได้ แต่ส่งกลับหรือไม่อนุมัติได้';
    const chosen = async () => {
      const page = await (await pages.open('/office?view=all', asCentral)).text();
      return [[...page.matchAll(/name="case-([^"]+)"/g)].map(([, id]) => id), page.includes(mine)];
    };
    items = [officeView({ id: ONE, opened: true, mayApprove: 'NOT_ENTITLED', mayRefuse: false }), officeView({ id: TWO, opened: true })];
    expect(await chosen()).toEqual([[TWO], false]);
    items = [officeView({ id: ONE, opened: true, mayApprove: 'TYPED_IN' }), officeView({ id: TWO, opened: true })];
    expect(await chosen()).toEqual([[TWO], true]);
    items = [officeView({ id: ONE, opened: true, mayApprove: 'TYPED_IN' })];
    expect(await chosen()).toEqual([[], true]);
  });

  test('nothing to choose: no form, and how to come to it', async () => {
    items = [officeView({ opened: false })];
    const page = await html('/office');
    expect([page.includes('id="together"'), page.includes('คำขอที่ท่านเปิดดูแล้ว')]).toEqual([false, true]);
  });

  test('not for a school’s administrator', async () => {
    expect((await pages.send('/office/decisions', {}, asSchool)).status).toBe(403);
  });
});

describe('R3.7 deciding', () => {
  test('once for all, attested; each has its outcome, and the way back leads to the same list', async () => {
    outcomes = [
      { registrationId: ONE, status: 'APPROVED' },
      { registrationId: TWO, failure: new Refused('HAS_WARNINGS') },
    ];
    const formId = hiddenField(await html('/office?view=clear'), 'formId');
    const response = await send({ formId, decision: 'APPROVE', verified: 'yes', [`case-${ONE}`]: '3', [`case-${TWO}`]: '1' }, '?view=clear');
    const page = await response.text();
    expect(asked).toEqual([
      expect.objectContaining({
        formId: REQUEST_ID,
        decision: 'APPROVE',
        verified: true,
        items: [
          { registrationId: ONE, revision: 3 },
          { registrationId: TWO, revision: 1 },
        ],
      }),
    ]);
    expect(response.status).toBe(200);
    for (const text of ['พิจารณาแล้ว 1 จาก 2 รายการ', 'R69-000001', 'บ้านดอยสูง (70010062)', 'มีข้อสังเกต', 'href="/office?view=clear"'])
      expect(page).toContain(text);
  });

  test('R3.4: with a reason', async () => {
    await send({ decision: 'RETURN', reason: ' โปรดแนบคำสั่ง ', [`case-${ONE}`]: '3' });
    expect(asked[0]).toMatchObject({ decision: 'RETURN', reason: 'โปรดแนบคำสั่ง' });
  });

  test('what has no outcome yet is sent again as the same request, and nothing else', async () => {
    outcomes = [
      { registrationId: ONE, status: 'REJECTED' },
      { registrationId: TWO, failure: new Refused('UNAVAILABLE') },
    ];
    const formId = '20000000-0000-4000-8000-00000000000f';
    const response = await send({ formId, decision: 'REJECT', reason: 'ไม่ใช่', [`case-${ONE}`]: '3', [`case-${TWO}`]: '1' });
    const page = await response.text();
    expect(response.headers.get('retry-after')).toBe('5');
    expect([hiddenField(page, 'formId'), hiddenField(page, 'reason'), hiddenField(page, `case-${TWO}`)]).toEqual([formId, 'ไม่ใช่', '1']);
    expect(page).not.toContain(`case-${ONE}`);
    await send({ formId, decision: 'REJECT', reason: 'ไม่ใช่', [`case-${TWO}`]: '1' });
    expect(asked[1]?.formId).toBe(asked[0]?.formId);
  });

  test('X3: what nobody expected of one is its own row, to be sent again, and is logged by its kind; the others are told', async () => {
    outcomes = [
      { registrationId: ONE, failure: new TypeError('1101700230708 somchai@example.org') },
      { registrationId: TWO, status: 'APPROVED' },
    ];
    const response = await send({ decision: 'APPROVE', verified: 'yes', [`case-${ONE}`]: '3', [`case-${TWO}`]: '1' });
    const page = await response.text();
    expect([response.status, response.headers.get('retry-after')]).toEqual([200, '5']);
    for (const text of ['พิจารณาแล้ว 1 จาก 2 รายการ', 'ระบบขัดข้อง โปรดลองใหม่ภายหลัง']) expect(page).toContain(text);
    expect([hiddenField(page, `case-${ONE}`), page.includes(`name="case-${TWO}"`)]).toEqual(['3', false]);
    expect([pages.log.length, pages.log.join()]).toEqual([1, expect.stringMatching(/TypeError/)]);
    expect(pages.log.join() + page).not.toMatch(/1101700230708|somchai/);
  });

  test.each([
    ['NOT_VERIFIED', 'verified'],
    ['REASON_REQUIRED', 'reason'],
  ] as const)('%s: at its field, and what was chosen stays', async (code, field) => {
    refusal = new Refused(code, { errors: [{ path: field, code, message: 'โปรดระบุ / Give it.' }] });
    const response = await send({ decision: 'APPROVE', [`case-${TWO}`]: '1' });
    const page = await response.text();
    expect([response.status, page.includes(`id="${field}-error"`)]).toEqual([422, true]);
    expect(page.match(/value="\d" checked/g)).toHaveLength(1);
  });

  test('nothing chosen: said on the list', async () => {
    const response = await send({ decision: 'APPROVE', verified: 'yes' });
    expect([response.status, await response.text(), asked]).toEqual([422, expect.stringContaining('โปรดเลือกคำขอในรายการก่อน'), []]);
  });

  test('X8: hostile text is text', async () => {
    outcomes = [{ registrationId: '"><script>', failure: new Refused('NOT_FOUND') }];
    const page = await (await send({ decision: 'APPROVE', verified: 'yes', 'case-"><script>': '1' })).text();
    expect(page).not.toContain('<script');
  });
});
