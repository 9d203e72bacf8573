// What the central office sets by its pages: evidence of delegations (R1.3), holidays (R3.5), and schools that close (R5.3d).
import type { Commands } from '../../commands/commands';
import { brokenRule } from '../../domain/broken-rule';
import { brokenClosingRules } from '../../domain/closure';
import { brokenHolidayRules } from '../../domain/holiday';
import { Refused } from '../../domain/refused';
import { asCentral, asDistrict, asSchool } from '../api/support/running-api';
import { hiddenField, location, REQUEST_ID, type RunningPages, startPages } from './support/running-pages';
import { schoolWith } from './support/view';

const PAGE = '/office/settings';
const CLOSING = '/schools/70010062/closing';

let pages: RunningPages;
let evidenceRequired: boolean;
let asked: [string, unknown][];
let refusal: Refused | null;
let closing: { closedOn?: string; closureReason?: string };

beforeEach(async () => {
  evidenceRequired = false;
  asked = [];
  refusal = null;
  closing = {};
  const note = (name: keyof Commands) => async (request: unknown) => {
    asked.push([name, request]);
    if (refusal) throw refusal;
  };
  pages = await startPages({
    queries: {
      holidays: async () => [
        { date: '2020-01-01', name: 'วันที่ผ่านไปแล้ว' },
        { date: new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10), name: 'วันหยุดเมื่อสัปดาห์ก่อน' },
        { date: '2099-12-31', name: 'วันสิ้นปี' },
      ],
      school: async (code) => schoolWith({ code, ...closing }),
    },
    commands: {
      settings: async () => ({ evidenceRequired }),
      changeSettings: note('changeSettings'),
      setHoliday: note('setHoliday'),
      removeHoliday: note('removeHoliday'),
      closeSchool: note('closeSchool'),
      reopenSchool: note('reopenSchool'),
    },
  });
});
afterEach(() => pages.stop());

const html = async (path: string) => (await pages.open(path, asCentral)).text();
const date = (name: string, [day, month, year]: [string, string, string]) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
});

test('the pages are for the central office; nobody else sees or sends them', async () => {
  for (const path of [PAGE, CLOSING, '/office/closing']) {
    expect((await pages.open(path)).status).toBe(401);
    for (const who of [asDistrict, asSchool]) {
      const refused = await pages.open(path, who);
      expect([refused.status, (await refused.text()).includes('This page is for the central office.')]).toEqual([403, true]);
    }
  }
  for (const path of [PAGE, '/office/holidays', '/office/holidays/removal', CLOSING, `${CLOSING}/reopening`])
    expect((await pages.send(path, { evidenceRequired: 'yes', holiday: '2099-12-31' }, asDistrict)).status).toBe(403);
  expect(asked).toEqual([]);
});

test('the code of no school: 404 that leads back to the settings, whatever its length', async () => {
  for (const code of ['1', 'none']) {
    const response = await pages.open(`/schools/${code}/closing`, asCentral);
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('begin again at Settings')]);
  }
});

test('whoever’s session is over goes on at the page of the form', async () => {
  for (const [path, page] of [
    ['/office/holidays', PAGE],
    [PAGE, PAGE],
    [CLOSING, CLOSING],
    [`${CLOSING}/reopening`, CLOSING],
  ] as const)
    expect(await (await pages.send(path, {})).text()).toContain(`name="next" value="${page}"`);
});

describe('R1.3 whether a delegation needs evidence', () => {
  test('shows what is in force, and changes it', async () => {
    expect(await html(PAGE)).toMatch(/value="no" checked/);
    expect(location(await pages.send(PAGE, { evidenceRequired: 'yes' }, asCentral))).toEqual([303, `${PAGE}?done=evidence`]);
    expect(asked).toEqual([['changeSettings', expect.objectContaining({ evidenceRequired: true })]]);
    evidenceRequired = true;
    expect(await html(PAGE)).toMatch(/value="yes" checked/);
  });

  test('a form that says neither changes nothing', async () => {
    const response = await pages.send(PAGE, { evidenceRequired: 'maybe' }, asCentral);
    expect([response.status, (await response.text()).includes('href="#evidenceRequired"'), asked]).toEqual([422, true, []]);
  });
});

describe('R3.5 holidays', () => {
  test('those that clocks of open cases may count are listed; one is added with a date of the Buddhist era', async () => {
    const page = await html(PAGE);
    expect(['31 ธันวาคม 2642', 'วันหยุดเมื่อสัปดาห์ก่อน', 'วันที่ผ่านไปแล้ว'].map((part) => page.includes(part))).toEqual([true, true, false]);
    const fields = { ...date('holidayOn', ['๑๒', '8', '๒๕๗๐']), holidayName: 'วันแม่แห่งชาติ' };
    expect(location(await pages.send('/office/holidays', fields, asCentral))).toEqual([303, `${PAGE}?done=holiday`]);
    expect(asked).toEqual([['setHoliday', expect.objectContaining({ date: '2027-08-12', name: 'วันแม่แห่งชาติ' })]]);
  });

  test('one without a name, or on a day that is none, is refused at its field, and what was typed stays', async () => {
    const fields = { ...date('holidayOn', ['31', '2', '2570']), holidayName: ' ' };
    const response = await pages.send('/office/holidays', fields, asCentral);
    const page = await response.text();
    for (const part of ['href="#holidayOn-day"', 'href="#holidayName"', 'value="31"']) expect(page).toContain(part);
    expect([response.status, asked]).toEqual([422, []]);
  });

  test('X6: of a year that cannot be meant it is told at its field, in the era that the page asks for', async () => {
    refusal = new Refused('VALIDATION', { errors: brokenHolidayRules('3027-01-01') });
    const page = await (await pages.send('/office/holidays', { ...date('holidayOn', ['1', '1', '3570']), holidayName: 'ปีใหม่' }, asCentral)).text();
    expect([page.includes('href="#holidayOn-day"'), page.includes('Buddhist era, such as 2569.'), page.includes('2026-12-31')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('one is removed; a second tap finds that done, and where none was chosen that is told', async () => {
    const remove = (day: string) => pages.send('/office/holidays/removal', { holiday: day }, asCentral);
    expect(location(await remove('2099-12-31'))).toEqual([303, `${PAGE}?done=removed`]);
    refusal = new Refused('NOT_FOUND');
    expect(location(await remove('2099-12-31'))).toEqual([303, `${PAGE}?done=removed`]);
    for (const none of ['', '31/12/2642']) {
      const response = await remove(none);
      expect([response.status, (await response.text()).includes('href="#holiday"')]).toEqual([422, true]);
    }
    expect(asked).toHaveLength(2);
    refusal = new Refused('UNAVAILABLE');
    expect((await remove('2099-12-31')).status).toBe(503);
  });
});

describe('R5.3d a school closes', () => {
  test('the code leads to its page; a wrong one to none', async () => {
    expect(location(await pages.open('/office/closing?schoolCode=70010062', asCentral))).toEqual([303, CLOSING]);
    for (const wrong of ['', '7', '../office']) {
      const [, path] = location(await pages.open(`/office/closing?schoolCode=${encodeURIComponent(wrong)}`, asCentral));
      expect((await pages.open(path ?? '', asCentral)).status).toBe(404);
    }
  });

  test('is closed from a day on, once, with a reason', async () => {
    const page = await html(CLOSING);
    const formId = hiddenField(page, 'formId');
    const fields = { ...date('closedOn', ['1', '5', '2570']), reason: 'ยุบรวม', formId };
    expect(location(await pages.send(CLOSING, fields, asCentral))).toEqual([303, `${CLOSING}?done=closed`]);
    expect(asked).toEqual([
      ['closeSchool', expect.objectContaining({ schoolCode: '70010062', on: '2027-05-01', reason: 'ยุบรวม', formId: REQUEST_ID })],
    ]);
  });

  test('what the rules refuse is told at the page’s own fields, in its own era', async () => {
    refusal = new Refused('VALIDATION', { errors: brokenClosingRules({ on: '2030-05-01' }, '2026-12-01') });
    const response = await pages.send(CLOSING, { ...date('closedOn', ['1', '5', '2573']), reason: '' }, asCentral);
    const page = await response.text();
    for (const part of ['href="#reason"', 'href="#closedOn-day"', 'ไม่เกินหนึ่งปี', 'value="2573"']) expect(page).toContain(part);
    expect([response.status, page.includes('ปี ค.ศ.')]).toEqual([422, false]);
    expect((await pages.send(CLOSING, {}, asCentral)).status).toBe(422);
  });

  test('one that closes already is told; the closing is taken back, and a second tap finds that done', async () => {
    closing = { closedOn: '2027-05-01', closureReason: 'ยุบรวม' };
    const page = await html(CLOSING);
    for (const part of ['1 พฤษภาคม 2570', 'ยุบรวม', `action="${CLOSING}/reopening"`]) expect(page).toContain(part);
    refusal = new Refused('SCHOOL_CLOSED');
    expect((await pages.send(CLOSING, { ...date('closedOn', ['1', '5', '2570']), reason: 'x' }, asCentral)).status).toBe(409);
    refusal = null;
    const reopen = () => pages.send(`${CLOSING}/reopening`, {}, asCentral);
    expect(location(await reopen())).toEqual([303, `${CLOSING}?done=reopened`]);
    refusal = new Refused('NOT_FOUND', { errors: [brokenRule('code', 'NOT_FOUND')] });
    expect(location(await reopen())).toEqual([303, `${CLOSING}?done=reopened`]);
  });
});
