// R4.6: the pages on which an administrator hands over, and an office ends an access; each with a step of its own before it is done.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Commands } from '../../commands/commands';
import { brokenRule } from '../../domain/broken-rule';
import { Refused } from '../../domain/refused';
import type { SchoolView } from '../../queries/queries';
import { asCentral, asDistrict, asSchool } from '../api/support/running-api';
import { ADDRESS_FIELDS, cookieOf, hiddenField, REGISTRANT_FIELDS, REQUEST_ID, type RunningPages, startPages } from './support/running-pages';
import { schoolWith, viewWith } from './support/view';

const PAGE = '/schools/70010062/administrator';
let pages: RunningPages;
let school: SchoolView;
let sent: Parameters<Commands['submitRegistration']>[0][];
let revoked: Parameters<Commands['revokeAdministrator']>[0][];
let refusal: Refused | null;
let handoverOpen: boolean;
let administrator: { id: string; name: string } | null;

beforeEach(async () => {
  school = schoolWith({ code: '70010062', registration: 'TAKEN', district: { code: 'D1', name: 'สพป. 1', kind: 'ESAO_PRIMARY' } });
  sent = [];
  revoked = [];
  refusal = null;
  handoverOpen = false;
  administrator = { id: 'account-1', name: 'นายเดิม ผู้ดูแล' };
  pages = await startPages({
    queries: {
      school: async () => school,
      registrationForRegistrant: async () => viewWith(),
      handoverOpen: async () => handoverOpen,
      async administrator(_schoolCode, caller) {
        if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
        return administrator;
      },
    },
    commands: {
      async submitRegistration(request) {
        sent.push(request);
        return { registrationId: viewWith().id, trackingToken: 'tracking-token' };
      },
      async revokeAdministrator(request) {
        revoked.push(request);
        if (refusal) throw refusal;
      },
    },
  });
});
afterEach(() => pages.stop());

const html = async (path: string, who: { cookie: string }) => (await pages.open(path, who)).text();

describe('R4.6 handing over on the pages', () => {
  test('leads through the same steps as every registration, and sends it in the name of who is signed in', async () => {
    expect(await html(PAGE, asSchool)).toContain(`action="${PAGE}/handover"`);
    const begun = await pages.send(`${PAGE}/handover`, {}, asSchool);
    expect(begun.headers.get('location')).toBe('/schools/70010062/register/capacity');
    const cookie = `${cookieOf(begun)}; ${asSchool.cookie}`;
    await pages.send('/schools/70010062/register/capacity', { capacity: 'DIRECTOR' }, { cookie });
    await pages.send('/schools/70010062/register/registrant', REGISTRANT_FIELDS, { cookie });
    await pages.send('/schools/70010062/register/address', ADDRESS_FIELDS, { cookie });
    expect(await html('/schools/70010062/register/check', { cookie })).toContain('เปลี่ยนผู้ดูแลระบบคนเดิม');

    // The session is over: the page asks to sign in, and the draft waits.
    const signedOut = await pages.send('/schools/70010062/register/check', {}, { cookie: cookieOf(begun) });
    expect([signedOut.status, sent]).toEqual([401, []]);
    expect(await signedOut.text()).toContain('value="/schools/70010062/register/check"');

    expect((await pages.send('/schools/70010062/register/check', {}, { cookie })).headers.get('location')).toContain('/register/sent');
    expect(sent).toEqual([expect.objectContaining({ submission: expect.objectContaining({ replaces: true }) })]);
    expect(sent[0]?.caller).toMatchObject({ role: 'SCHOOL' });
  });

  test.each([
    ['the school’s administrator', asSchool, true],
    ['R2.6: an officer, who would act as the registrant by it', asDistrict, false],
  ])('the link to follow it on this device is for %s: %p', async (_who, who, given) => {
    const begun = cookieOf(await pages.send(`${PAGE}/handover`, {}, who));
    const cookie = `${begun}; ${who.cookie}`;
    for (const [step, fields] of [
      ['capacity', { capacity: 'DIRECTOR' }],
      ['registrant', REGISTRANT_FIELDS],
      ['address', ADDRESS_FIELDS],
      ['check', {}],
    ] as const)
      await pages.send(`/schools/70010062/register/${step}`, fields, { cookie });
    const page = await html('/schools/70010062/register/sent', { cookie });
    expect([page.includes('ส่งคำขอแล้ว'), page.includes('/track/tracking-token')]).toEqual([true, given]);
  });

  test('while one is open the page says so and begins no other', async () => {
    handoverOpen = true;
    for (const who of [asSchool, asDistrict]) {
      const page = await html(PAGE, who);
      expect([page.includes('มีคำขอเปลี่ยนผู้ดูแลระบบที่ยังไม่สิ้นสุด โปรดรอผล'), page.includes('/handover')]).toEqual([true, false]);
    }
    // A page that was opened before.
    expect((await pages.send(`${PAGE}/handover`, {}, asSchool)).headers.get('location')).toBe(PAGE);
  });

  test.each([
    ['OPEN', 'ลงทะเบียนได้จากหน้าของสถานศึกษา'],
    ['PENDING', 'มีคำขอลงทะเบียนที่ยังไม่สิ้นสุด'],
    ['CLOSED', 'สถานศึกษานี้ปิดแล้ว จึงลงทะเบียนไม่ได้'],
  ] as const)('where nobody administers the school, and it is %s, the page says what is possible', async (registration, text) => {
    school = schoolWith({ ...school, registration });
    const page = await html(PAGE, asDistrict);
    expect([page.includes(text), page.includes('ลงทะเบียนได้จากหน้า'), page.includes('/handover')]).toEqual([true, registration === 'OPEN', false]);
  });

  test('is refused to who may not, and asks to sign in', async () => {
    expect((await pages.open(PAGE)).status).toBe(401);
    expect((await pages.open('/schools/70010063/administrator', asSchool)).status).toBe(200);
    school = schoolWith({ ...school, code: '70010063', district: null });
    expect((await pages.open(PAGE, asSchool)).status).toBe(403);
    expect((await pages.open(PAGE, asDistrict)).status).toBe(403);
    expect((await pages.send(`${PAGE}/handover`, {}, asCentral)).status).toBe(403);
  });
});

describe('R4.6 ending an access on the pages', () => {
  test('offices alone see it; the page says what follows before anything is done', async () => {
    expect(await html(PAGE, asSchool)).not.toContain('/revocation');
    for (const office of [asDistrict, asCentral]) expect(await html(PAGE, office)).toContain(`${PAGE}/revocation`);
    expect((await pages.open(`${PAGE}/revocation`, asSchool)).status).toBe(403);
    const form = await html(`${PAGE}/revocation`, asDistrict);
    expect(form).toContain('นายเดิม ผู้ดูแล');
    const hidden = { formId: hiddenField(form, 'formId'), administratorId: hiddenField(form, 'administratorId') };
    const done = await pages.send(`${PAGE}/revocation`, { reason: 'เกษียณ', ...hidden }, asDistrict);
    expect(done.headers.get('location')).toBe(`${PAGE}?done=revoked`);
    expect(revoked).toEqual([expect.objectContaining({ schoolCode: '70010062', accountId: 'account-1', reason: 'เกษียณ', formId: REQUEST_ID })]);
    school = schoolWith({ ...school, registration: 'OPEN' });
    expect(await html(`${PAGE}?done=revoked`, asDistrict)).toContain('ยุติสิทธิ์แล้ว');
  });

  test('where there is nobody whose access could end the page says so, and has nothing to send', async () => {
    administrator = null;
    const page = await html(`${PAGE}/revocation`, asDistrict);
    expect([page.includes('This school has no administrator'), page.includes('<form method="post" action="/schools')]).toEqual([true, false]);
  });

  test('tells what is wrong where it was typed', async () => {
    refusal = new Refused('REASON_REQUIRED', { errors: [brokenRule('reason', 'REASON_REQUIRED')] });
    const without = await pages.send(`${PAGE}/revocation`, { reason: '' }, asDistrict);
    expect([without.status, (await without.text()).includes('โปรดระบุเหตุผล')]).toEqual([422, true]);
    refusal = new Refused('NO_ADMINISTRATOR');
    expect((await pages.send(`${PAGE}/revocation`, { reason: 'ย้าย' }, asDistrict)).status).toBe(409);
  });
});
