// Registering step by step (R1, R2): what each step keeps, where it leads, and what it says.
import type { Commands } from '../../commands/commands';
import { brokenRule } from '../../domain/broken-rule';
import { Refused } from '../../domain/refused';
import type { SchoolView } from '../../queries/queries';
import { freshNationalId } from '../setup/people';
import { ADDRESS_FIELDS, cookieOf, hiddenField, REGISTRANT_FIELDS, type RunningPages, startPages } from './support/running-pages';
import { schoolWith, viewWith } from './support/view';

let pages: RunningPages;
let school: SchoolView;
let sent: Parameters<Commands['submitRegistration']>[0][];
let outcome: Refused | null;
let evidenceRequired: boolean;
let down: boolean;
/** Of the browser. */
let cookie: string;

beforeEach(async () => {
  school = schoolWith();
  sent = [];
  outcome = null;
  evidenceRequired = false;
  down = false;
  cookie = '';
  pages = await startPages({
    queries: {
      async school(code) {
        if (down) throw Object.assign(new Error('no database'), { code: 'ECONNREFUSED' });
        if (code === '99999999') throw new Refused('NOT_FOUND');
        return code === school.code ? school : schoolWith({ code });
      },
      registrationForRegistrant: async () => viewWith(),
      officeContact: async () => ({ name: 'สพป.เชียงราย เขต 1', phone: '0 5300 0000' }),
    },
    commands: {
      settings: async () => ({ evidenceRequired }),
      async submitRegistration(request) {
        sent.push(request);
        if (outcome) throw outcome;
        return { registrationId: viewWith().id, trackingToken: 'tracking-token' };
      },
      async storeFile({ bytes }) {
        if (bytes[0] !== 0x25) throw new Refused('FILE_REJECTED', { errors: [brokenRule('file', 'FILE_REJECTED')] });
        return { id: 'file-1', type: 'application/pdf', size: bytes.length };
      },
    },
  });
});
afterEach(() => pages.stop());

const BASE = '/schools/70010062/register';
const pageOf = (response: Response) => response.headers.get('location')?.replace(`${BASE}/`, '') ?? '';
const open = (page: string) => pages.open(`${BASE}/${page}`, { cookie });
const html = async (page: string) => (await open(page)).text();

async function send(page: string, fields: Record<string, string> | FormData): Promise<Response> {
  const response = await pages.send(`${BASE}/${page}`, fields, { cookie });
  cookie = cookieOf(response) || cookie;
  return response;
}

const DIRECTOR = { ...REGISTRANT_FIELDS, 'registrant.phone': '๐๓๒-๑๒๓๔๕๖' };
const TEACHER = { ...DIRECTOR, 'registrant.position': 'TEACHER' };
const DELEGATOR = {
  'delegation.delegator.title': 'นาย',
  'delegation.delegator.firstName': 'บุญมี',
  'delegation.delegator.lastName': 'ศรีสุข',
  'delegation.delegator.position': 'DIRECTOR',
  'delegation.delegator.homeSchoolCode': '70010062',
};

async function asDirector(): Promise<void> {
  await send('capacity', { capacity: 'DIRECTOR' });
  await send('registrant', DIRECTOR);
  await send('address', ADDRESS_FIELDS);
}

async function asDelegate(): Promise<void> {
  await send('capacity', { capacity: 'DELEGATE' });
  await send('registrant', TEACHER);
  await send('address', { ...ADDRESS_FIELDS, emailKind: 'DELEGATE' });
  await send('delegator', DELEGATOR);
}

function evidence(content: string): FormData {
  const body = new FormData();
  body.append('delegation.evidence.documentNumber', '5/2569');
  body.append('evidence', new Blob([content]), 'หนังสือ.pdf');
  return body;
}

describe('R1.1 a director', () => {
  test('goes from step to step to the check of all answers, and sends what the API would take', async () => {
    expect(pageOf(await pages.open(BASE))).toBe('capacity');
    expect(pageOf(await send('capacity', { capacity: 'DIRECTOR' }))).toBe('registrant');
    expect(pageOf(await send('registrant', DIRECTOR))).toBe('address');
    expect(pageOf(await send('address', ADDRESS_FIELDS))).toBe('check');
    const check = await html('check');
    for (const text of [
      'นางสาวสมใจ ใจดี',
      'x-xxxx-xxxx0-70-8',
      'school@example.ac.th',
      `href="${BASE}/registrant"`,
      'คำขอนี้ให้ สพป.เชียงราย เขต 1 ตรวจสอบ',
    ])
      expect(check).toContain(text);
    expect(pageOf(await send('check', {}))).toBe('sent');
    expect(sent).toEqual([
      {
        caller: null,
        formId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        submission: {
          schoolCode: '70010062',
          capacity: 'DIRECTOR',
          emailKind: 'SCHOOL',
          registrant: expect.objectContaining({ nationalId: '1101700230708', phone: '032-123456', homeSchoolCode: '70010062' }),
        },
      },
    ]);
    const page = await html('sent');
    for (const text of ['DPA-2569-000123', 'school@example.ac.th', 'href="/track/tracking-token"', 'ขั้นตอนต่อไป']) expect(page).toContain(text);
    for (const text of ['โปรดติดต่อ สพป.เชียงราย เขต 1 โทร. 0 5300 0000', 'contact สพป.เชียงราย เขต 1, tel. 0 5300 0000']) expect(page).toContain(text);
  });

  test('X4: the national ID stands in no page and no address once it was sent; going back keeps it', async () => {
    await asDirector();
    for (const page of ['registrant', 'check', 'address']) expect(await html(page)).not.toMatch(/1-?1017-?00230-?70-?8/);
    expect(await html('registrant')).toContain('เก็บเลข x-xxxx-xxxx0-70-8 ไว้แล้ว');
    const blank = { ...DIRECTOR, 'registrant.nationalId': '', 'registrant.firstName': ' สม ใจ', 'registrant.phone': '032-999999' };
    await send('registrant', blank);
    await send('check', {});
    expect(sent[0]?.submission.registrant).toMatchObject({ nationalId: '1101700230708', phone: '032-999999' });
  });

  test('R1.5: another name does not go out under the national ID that was kept', async () => {
    await asDirector();
    const other = await send('registrant', { ...DIRECTOR, 'registrant.nationalId': '', 'registrant.firstName': 'มานี' });
    expect([other.status, await other.text()]).toEqual([422, expect.stringContaining('href="#registrant.nationalId"')]);
    expect(pageOf(await open('check'))).toBe('registrant');
  });

  test('R1.5: what is sent is what the page showed: changed since in another tab, it is to be checked again', async () => {
    await asDirector();
    const formId = hiddenField(await html('check'), 'formId');
    await send('registrant', { ...DIRECTOR, 'registrant.firstName': 'มานี' });
    const stale = await send('check', { formId });
    const page = await stale.text();
    expect([stale.status, sent.length, page.includes('The answers were changed'), page.includes('มานี')]).toEqual([409, 0, true, true]);
    expect(pageOf(await send('check', { formId: hiddenField(page, 'formId') }))).toBe('sent');
    expect(sent[0]?.submission.registrant.firstName).toBe('มานี');
  });

  test('R1.5: one that was forgotten beside the ID is no other name', async () => {
    await send('capacity', { capacity: 'DIRECTOR' });
    await send('registrant', { ...DIRECTOR, 'registrant.lastName': '' });
    expect(pageOf(await send('registrant', { ...DIRECTOR, 'registrant.nationalId': '' }))).toBe('address');
  });

  test('every broken field of a step is at its place; what was typed stays, also for coming back', async () => {
    await send('capacity', { capacity: 'DIRECTOR' });
    const response = await send('registrant', { ...DIRECTOR, 'registrant.nationalId': '1101700230707', 'registrant.lastName': '' });
    const page = await response.text();
    expect(response.status).toBe(422);
    const targets = [...page.matchAll(/<a href="#([^"]+)"/g)].map(([, target]) => target).filter((target) => target !== 'main');
    expect(targets).toEqual(['registrant.nationalId', 'registrant.lastName']);
    for (const text of ['value="1101700230707"', 'value="สมใจ"', 'id="registrant.nationalId-error"']) expect(page).toContain(text);
    expect(await html('registrant')).toContain('value="สมใจ"');
  });

  test('R1.5: whose own post is elsewhere is told at that field; a school that is none too', async () => {
    await send('capacity', { capacity: 'DIRECTOR' });
    const complaint = async (code: string) => (await send('registrant', { ...DIRECTOR, 'registrant.homeSchoolCode': code })).text();
    expect(await complaint('70010063')).toContain('ต้องมอบหมายข้าราชการครู');
    expect(await complaint('99999999')).toContain('ไม่พบรหัสสถานศึกษานี้');
  });

  test('R2.2: who has no address is told to open one', async () => {
    await send('capacity', { capacity: 'DIRECTOR' });
    await send('registrant', DIRECTOR);
    const page = await (await send('address', { ...ADDRESS_FIELDS, 'registrant.email': '' })).text();
    for (const text of ['แล้วเลือก “อีเมลที่สมัครใหม่” <', 'choose “A newly opened address”.']) expect(page).toContain(text);
    expect(page).not.toMatch(/ชนิด NEW|emailKind NEW/);
  });

  test('a second tap is the same request, also when the first has gone through', async () => {
    await asDirector();
    const [one, two] = await Promise.all([send('check', {}), send('check', {})]);
    expect([pageOf(one), pageOf(two)]).toEqual(['sent', 'sent']);
    expect(new Set(sent.map(({ formId }) => formId)).size).toBe(1);
    school = schoolWith({ registration: 'PENDING' });
    expect([pageOf(await send('check', {})), pageOf(await open('registrant'))]).toEqual(['sent', 'sent']);
    expect(pageOf(await pages.open(BASE, { cookie }))).toBe('sent');
    school = schoolWith({ registration: 'OPEN' });
    expect(pageOf(await pages.open(BASE, { cookie }))).toBe('capacity');
  });
});

describe('R1.1 an acting director', () => {
  test('gives the order on a page of its own', async () => {
    await send('capacity', { capacity: 'ACTING_DIRECTOR' });
    expect(pageOf(await send('registrant', TEACHER))).toBe('order');
    const without = await send('order', { 'actingOrder.number': '' });
    expect([without.status, await without.text()]).toEqual([422, expect.stringContaining('href="#actingOrder.number"')]);
    const dated = (year: string) => ({ 'actingOrder.date-day': '1', 'actingOrder.date-month': '10', 'actingOrder.date-year': year });
    const early = await send('order', { 'actingOrder.number': '12/2569', ...dated('2699') });
    expect([early.status, await early.text()]).toEqual([422, expect.stringContaining('href="#actingOrder.date-day"')]);
    const order = { 'actingOrder.number': '12/2569', ...dated('2569') };
    expect(pageOf(await send('order', order))).toBe('address');
    await send('address', ADDRESS_FIELDS);
    await send('check', {});
    expect(sent[0]?.submission.actingOrder).toEqual({ number: '12/2569', date: '2026-10-01' });
  });
});

describe('R1.2 R1.3 a delegate', () => {
  test('says who delegates and attaches the evidence', async () => {
    await asDelegate();
    expect(pageOf(await send('evidence', evidence('%PDF-1.7')))).toBe('check');
    expect(await html('evidence')).toContain('ได้รับไฟล์แล้ว');
    await send('check', {});
    expect(sent[0]?.submission.delegation).toEqual({
      delegator: { title: 'นาย', firstName: 'บุญมี', lastName: 'ศรีสุข', position: 'DIRECTOR', homeSchoolCode: '70010062' },
      evidence: { documentNumber: '5/2569', fileId: 'file-1' },
    });
  });

  test('R1.2: every blank field of who delegates is told', async () => {
    await send('capacity', { capacity: 'DELEGATE' });
    await send('registrant', TEACHER);
    await send('address', { ...ADDRESS_FIELDS, emailKind: 'DELEGATE' });
    const page = await (await send('delegator', { 'delegation.delegator.homeSchoolCode': '' })).text();
    for (const name of ['title', 'firstName', 'lastName', 'position', 'homeSchoolCode'])
      expect(page).toContain(`href="#delegation.delegator.${name}"`);
  });

  test('a file that is none is refused at its field; what was typed beside it stays', async () => {
    await asDelegate();
    const form = evidence('MZ program');
    form.append('delegation.evidence.date-day', '31');
    const response = await send('evidence', form);
    const page = await response.text();
    expect(response.status).toBe(422);
    for (const id of ['evidence-error', 'delegation.evidence.date-error']) expect(page).toContain(`id="${id}"`);
    expect(await html('evidence')).toContain('value="5/2569"');
  });

  test('R1.3: the letter and the address of one delegate are not those of another', async () => {
    await asDelegate();
    await send('evidence', evidence('%PDF-1.4'));
    expect(pageOf(await open('evidence'))).toBe('');
    const other = { ...TEACHER, 'registrant.nationalId': freshNationalId(), 'registrant.firstName': 'ครูสอง' };
    expect(pageOf(await send('registrant', other))).toBe('address');
    expect(await html('address')).not.toContain(ADDRESS_FIELDS['registrant.email']);
    expect(pageOf(await send('address', { ...ADDRESS_FIELDS, emailKind: 'DELEGATE' }))).toBe('evidence');
    expect(await html('evidence')).not.toContain('5/2569');
    await send('evidence', {});
    await send('check', {});
    expect(sent[0]?.submission.delegation?.evidence?.fileId).toBeUndefined();
  });

  test('R1.3: where evidence is required, the step does not go on without', async () => {
    evidenceRequired = true;
    await asDelegate();
    expect((await send('evidence', {})).status).toBe(422);
  });

  test('R1.2 R1.6: an answer that breaks an earlier step leads back to it, and says why', async () => {
    await send('capacity', { capacity: 'DELEGATE' });
    await send('registrant', { ...TEACHER, 'registrant.position': 'EDUCATIONAL_PERSONNEL' });
    await send('address', { ...ADDRESS_FIELDS, emailKind: 'DELEGATE' });
    expect(pageOf(await send('delegator', DELEGATOR))).toBe('registrant');
    expect(await html('registrant')).toContain('href="#registrant.position"');
  });

  test('R1.5 R1.6: nothing of the director who began stays with the delegate', async () => {
    await asDirector();
    expect(pageOf(await send('capacity', { capacity: 'DELEGATE' }))).toBe('registrant');
    const page = await html('registrant');
    for (const text of ['เก็บเลข', 'value="สมใจ"', 'โปรดแก้ไข']) expect(page).not.toContain(text);
    const teacher = { ...TEACHER, 'registrant.nationalId': '' };
    expect((await send('registrant', teacher)).status).toBe(422);
    await asDirector();
    expect(await html('registrant')).toContain('เก็บเลข');
    await send('capacity', { capacity: 'ACTING_DIRECTOR' });
    expect(await html('registrant')).toContain('เก็บเลข');
  });

  test('who turns out to be the director sends no delegation', async () => {
    await asDelegate();
    await send('evidence', {});
    expect(pageOf(await send('capacity', { capacity: 'DIRECTOR' }))).toBe('registrant');
    await send('registrant', DIRECTOR);
    await send('address', ADDRESS_FIELDS);
    await send('check', {});
    expect(sent[0]?.submission.delegation).toBeUndefined();
  });
});

describe('what stands in the way', () => {
  test.each(['REGISTRATION_OPEN', 'SCHOOL_HAS_ADMINISTRATOR'] as const)('R1.1: %s while somebody typed: 409 that says what to do', async (code) => {
    await asDirector();
    outcome = new Refused(code);
    const response = await send('check', {});
    expect([response.status, await response.text()]).toEqual([409, expect.stringContaining('/schools/70010062/objection')]);
    outcome = null;
    await send('check', {});
    expect(sent[1]?.formId).not.toBe(sent[0]?.formId);
  });

  test('R1.1: a school that is not free leads to its own page', async () => {
    school = schoolWith({ registration: 'TAKEN' });
    expect((await open('capacity')).headers.get('location')).toBe('/schools/70010062');
  });

  test('an outage shows the answers again; sent again, it is the same request', async () => {
    await asDirector();
    outcome = new Refused('UNAVAILABLE', { retryAfter: 5 });
    const response = await send('check', {});
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([503, '5', expect.stringContaining('สมใจ')]);
    outcome = null;
    await send('check', {});
    expect(sent[1]?.formId).toBe(sent[0]?.formId);
  });

  test('while the database is away a step shows what was just typed', async () => {
    await send('capacity', { capacity: 'DIRECTOR' });
    down = true;
    const elsewhere = { ...DIRECTOR, 'registrant.homeSchoolCode': '70010063' };
    const response = await send('registrant', elsewhere);
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('value="สมใจ"')]);
  });

  test('what only the database knows leads to the page of its field', async () => {
    await asDirector();
    outcome = new Refused('VALIDATION', { errors: [brokenRule('registrant.email', 'VALIDATION')] });
    expect(await (await send('check', {})).text()).toContain(`href="${BASE}/address#registrant.email"`);
  });

  test('R1.3: a file that is gone by now is asked for again', async () => {
    await asDelegate();
    await send('evidence', evidence('%PDF-1.7'));
    outcome = new Refused('FILE_REJECTED', { errors: [brokenRule('delegation.evidence.fileId', 'FILE_REJECTED')] });
    expect(await (await send('check', {})).text()).toContain(`href="${BASE}/evidence#evidence"`);
    expect(await html('evidence')).not.toContain('ได้รับไฟล์แล้ว');
  });

  test('a step out of turn leads to the one that is next; a draft that is over says so', async () => {
    await send('capacity', { capacity: 'DIRECTOR' });
    expect([pageOf(await open('check')), pageOf(await open('delegator'))]).toEqual(['registrant', 'registrant']);
    cookie = '';
    expect([(await open('address')).status, (await send('address', ADDRESS_FIELDS)).status, (await open('check')).status]).toEqual([410, 410, 410]);
    expect((await open('nowhere')).status).toBe(404);
  });

  test('a file without a draft is not read', async () => {
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data; boundary=x' };
    const unreadable = (who: string) => fetch(`${pages.url}${BASE}/evidence`, { method: 'POST', headers: { ...headers, cookie: who }, body: '--' });
    const response = await unreadable('');
    expect([response.status, await response.text()]).toEqual([410, expect.stringContaining(`href="${BASE}/capacity"`)]);
    await asDelegate();
    expect((await unreadable(cookie)).status).toBe(400);
  });

  test('on a shared computer it is cleared at once, and another school begins anew', async () => {
    await asDirector();
    const other = (page: string) => pages.open(`/schools/70010063/register/${page}`, { cookie });
    const lost = await other('registrant');
    expect([lost.status, await lost.text()]).toEqual([
      410,
      expect.stringContaining('registration of the school with the code 70010062 is being typed'),
    ]);
    expect(await (await other('capacity')).text()).toContain('href="/schools/70010062/register"');
    await pages.send('/schools/70010063/register/discard', {}, { cookie });
    expect((await open('check')).status).toBe(200);
    const kept = cookie;
    const response = await pages.send(`${BASE}/discard`, {}, { cookie });
    expect([response.headers.get('location'), cookieOf(response)]).toEqual(['/schools/70010062', 'dpa_draft=']);
    cookie = kept;
    expect((await open('check')).status).toBe(410);
  });

  test('the cookie ends with the browser, and no script reads it', async () => {
    const response = await pages.send(`${BASE}/capacity`, { capacity: 'DIRECTOR' });
    const header = response.headers.get('set-cookie') ?? '';
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(header).toContain(attribute);
    expect(header).not.toMatch(/Max-Age|Expires/);
  });
});
