// R3.6 on the pages: naming a substitute, ending it, and opening an approver's account.
import { Refused } from '../../domain/refused';
import { asCentral, asDistrict, asSchool, DISTRICT } from '../api/support/running-api';
import { hiddenField, location, REQUEST_ID, type RunningPages, startPages } from './support/running-pages';

let pages: RunningPages;
let leads: boolean;
let asked: [string, unknown][];
let refusal: Refused | null;

const COLLEAGUE = { id: '10000000-0000-4000-8000-00000000000a', name: 'มาลี ดีงาม', email: 'malee@office.test', districtCode: 'D1', head: false };
const OWN = { ...COLLEAGUE, id: DISTRICT.id, name: DISTRICT.name };

beforeEach(async () => {
  leads = false;
  asked = [];
  refusal = null;
  const note = (name: string) => async (request: unknown) => {
    asked.push([name, request]);
    if (refusal) throw refusal;
    return { accountId: 'a', substitutionId: 's' };
  };
  const period = { from: '2026-12-01', to: '2026-12-05', inForce: false, districtCode: 'D1' };
  pages = await startPages({
    queries: {
      leadsDistrict: async () => leads,
      approver: async (id) => (id === OWN.id ? OWN : COLLEAGUE),
      approvers: async () => ({ items: [OWN, COLLEAGUE], nextCursor: null }),
      substitutions: async () => ({
        items: [
          { ...period, id: 'mine', absent: OWN, substitute: COLLEAGUE },
          { ...period, id: 'theirs', absent: COLLEAGUE, substitute: OWN },
        ],
        nextCursor: null,
      }),
    },
    commands: {
      createSubstitution: note('createSubstitution'),
      async endSubstitution(request) {
        await note('endSubstitution')(request);
      },
      createApprover: note('createApprover'),
      async endApprover(request) {
        await note('endApprover')(request);
      },
    },
  });
});
afterEach(() => pages.stop());

const html = async (headers = asDistrict) => (await pages.open('/office/people', headers)).text();

test('what was done is told once, and nothing for what somebody typed into the address', async () => {
  const told = async (done: string) => (await (await pages.open(`/office/people?done=${done}`, asDistrict)).text()).includes('dpa-done');
  expect([await told('approver'), await told('constructor'), await told('toString')]).toEqual([true, false, false]);
});

describe('R3.6 who is away', () => {
  test('a substitute is chosen among colleagues, with dates of the Buddhist era; once', async () => {
    const page = await html();
    expect(page).toContain(`<option value="${COLLEAGUE.id}">`);
    expect(page).not.toContain(`<option value="${OWN.id}">`);
    const formId = hiddenField(page, 'formId');
    const dates = { 'from-day': '๑', 'from-month': '12', 'from-year': '2569', 'to-day': '5', 'to-month': '12', 'to-year': '2569' };
    const response = await pages.send('/office/substitutions', { formId, substituteId: COLLEAGUE.id, ...dates }, asDistrict);
    expect(location(response)).toEqual([303, '/office/people?done=substitution']);
    const period = { from: '2026-12-01', to: '2026-12-05' };
    expect(asked).toEqual([['createSubstitution', expect.objectContaining({ ...period, substituteId: COLLEAGUE.id, formId: REQUEST_ID })]]);
  });

  test('a refusal stands at its field, and what was typed stays', async () => {
    refusal = new Refused('SUBSTITUTION_OVERLAPS', { errors: [{ path: 'from', code: 'SUBSTITUTION_OVERLAPS', message: 'มีแล้ว / There is one.' }] });
    const fields = {
      substituteId: COLLEAGUE.id,
      'from-day': '1',
      'from-month': '12',
      'from-year': '2569',
      'to-day': '5',
      'to-month': '12',
      'to-year': '2569',
    };
    const response = await pages.send('/office/substitutions', fields, asDistrict);
    const page = await response.text();
    expect([response.status, page.includes('id="from-error"'), page.includes(`value="${COLLEAGUE.id}" selected`)]).toEqual([422, true, true]);
    const blank = await pages.send('/office/substitutions', {}, asDistrict);
    expect([blank.status, (await blank.text()).includes('id="to-error"')]).toEqual([422, true]);
  });

  test('one’s own is ended, the head ends any', async () => {
    expect([(await html()).includes('/substitutions/mine/ending'), (await html()).includes('/substitutions/theirs/ending')]).toEqual([true, false]);
    leads = true;
    expect((await html()).includes('/substitutions/theirs/ending')).toBe(true);
    const response = await pages.send('/office/substitutions/mine/ending', {}, asDistrict);
    expect([response.headers.get('location'), asked[0]]).toEqual([
      '/office/people?done=ended',
      ['endSubstitution', expect.objectContaining({ substitutionId: 'mine' })],
    ]);
  });
});

describe('R3.6 a new approver', () => {
  test('is added by who leads the district, in the own district; by the central office in any', async () => {
    expect((await html()).includes('action="/office/approvers"')).toBe(false);
    leads = true;
    expect((await html()).includes('id="districtCode"')).toBe(false);
    const given = { officerName: ' สมหญิง  ใจดี ', email: 'somying@office.test', head: 'yes', districtCode: 'd2' };
    await pages.send('/office/approvers', given, asDistrict);
    expect((await html(asCentral)).includes('id="districtCode"')).toBe(true);
    const response = await pages.send('/office/approvers', given, asCentral);
    expect(response.headers.get('location')).toBe('/office/people?done=approver');
    const created = { name: 'สมหญิง ใจดี', email: 'somying@office.test', head: true };
    expect(asked.map(([, request]) => request)).toEqual([
      expect.objectContaining({ ...created, districtCode: 'D1' }),
      expect.objectContaining({ ...created, districtCode: 'D2' }),
    ]);
  });

  test('an address in use, and a blank name, are told on the form', async () => {
    leads = true;
    refusal = new Refused('EMAIL_IN_USE');
    const taken = await pages.send('/office/approvers', { officerName: 'สมหญิง', email: 'a@office.test' }, asDistrict);
    expect([taken.status, await taken.text()]).toEqual([409, expect.stringContaining('govuk-error-summary')]);
    const blank = await pages.send('/office/approvers', { officerName: '', email: 'a@office.test' }, asDistrict);
    expect([blank.status, await blank.text()]).toEqual([422, expect.stringContaining('id="officerName-error"')]);
  });

  test('not for a school’s administrator', async () => {
    expect((await pages.open('/office/people', asSchool)).status).toBe(403);
  });
});

describe('R3.6 who leaves the office', () => {
  const address = `/office/approvers/${COLLEAGUE.id}/ending`;

  test('is named on a page before anything happens; the account is ended once', async () => {
    leads = true;
    expect(await html()).toContain(`href="${address}"`);
    const page = await (await pages.open(address, asDistrict)).text();
    expect([page.includes(COLLEAGUE.name), page.includes(COLLEAGUE.email), asked]).toEqual([true, true, []]);
    const formId = hiddenField(page, 'formId');
    expect(location(await pages.send(address, { formId }, asDistrict))).toEqual([303, '/office/people?done=closed']);
    expect(asked).toEqual([['endApprover', expect.objectContaining({ accountId: COLLEAGUE.id, formId: REQUEST_ID })]]);
    refusal = new Refused('NOT_POSSIBLE_NOW');
    expect(location(await pages.send(address, {}, asDistrict))).toEqual([303, '/office/people?done=closed']);
  });

  test('is not ended by a colleague, nor the own account; by the central office it is', async () => {
    expect((await html()).includes(`href="${address}"`)).toBe(false);
    expect((await pages.open(address, asDistrict)).status).toBe(403);
    expect((await pages.send(address, {}, asDistrict)).status).toBe(403);
    leads = true;
    expect((await pages.open(`/office/approvers/${OWN.id}/ending`, asDistrict)).status).toBe(403);
    expect(asked).toEqual([]);
    expect((await pages.open(address, asCentral)).status).toBe(200);
  });
});
