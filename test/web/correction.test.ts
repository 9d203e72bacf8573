// Correcting a returned registration (R3.4): what the page sends, and where it shows what is broken.
import type { Commands } from '../../commands/commands';
import { brokenRule } from '../../domain/broken-rule';
import { Refused } from '../../domain/refused';
import type { RegistrationView } from '../../queries/queries';
import { hiddenField, location, REQUEST_ID, type RunningPages, startPages, tracked } from './support/running-pages';
import { returnedView, viewWith } from './support/view';

let pages: RunningPages;
let view: RegistrationView;
let sent: Parameters<Commands['resubmit']>[0][];
let files: string[];
let outcome: Refused | null;
let evidenceRequired: boolean;
let limit: Refused | null;

beforeEach(async () => {
  view = returnedView();
  sent = [];
  files = [];
  outcome = null;
  evidenceRequired = false;
  limit = null;
  pages = await startPages({
    queries: { registrationForRegistrant: async () => view },
    limiters: {
      async submit() {
        if (limit) throw limit;
      },
    },
    commands: {
      settings: async () => ({ evidenceRequired }),
      async resubmit(request) {
        sent.push(request);
        if (outcome) throw outcome;
      },
      async storeFile({ bytes, fileName }) {
        files.push(fileName);
        if (bytes[0] !== 0x25) throw new Refused('FILE_REJECTED', { errors: [brokenRule('file', 'FILE_REJECTED')] });
        return { id: `file-${files.length}`, type: 'application/pdf', size: bytes.length };
      },
    },
  });
});
afterEach(() => pages.stop());

/** The fields as a browser would send them back from the page. */
async function fieldsOfPage(): Promise<Record<string, string>> {
  const html = await (await pages.open('/track/correct', tracked)).text();
  const fields: Record<string, string> = { formId: hiddenField(html, 'formId') };
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const name = / name="([^"]*)"/.exec(tag)?.[1] ?? '';
    if (/type="(file|hidden)"/.test(tag) || (/type="radio"/.test(tag) && !/ checked/.test(tag))) continue;
    fields[name] = / value="([^"]*)"/.exec(tag)?.[1] ?? '';
  }
  for (const [, name = '', options = ''] of html.matchAll(/<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
    fields[name] = /value="([^"]*)" selected/.exec(options)?.[1] ?? '';
  return fields;
}

function form(fields: Record<string, string>, file?: { name: string; content: string | Uint8Array<ArrayBuffer> }): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  if (file) body.append('evidence', new Blob([file.content]), file.name);
  return body;
}

const ID = { 'registrant.nationalId': '1-1017-00230-70-8' };

test('R3.4: the page comes filled; sent back with the ID typed anew, it is the same submission', async () => {
  const fields = await fieldsOfPage();
  expect(fields['registrant.nationalId']).toBe('');
  const response = await pages.send('/track/correct', form({ ...fields, ...ID }), tracked);
  expect(location(response)).toEqual([303, '/track?done=corrected']);
  expect(await (await pages.open('/track?done=corrected', tracked)).text()).toContain('ส่งคำขอที่แก้ไขแล้ว');
  expect(sent).toEqual([
    {
      registrationId: view.id,
      formId: REQUEST_ID,
      submission: {
        schoolCode: '70010062',
        capacity: 'DELEGATE',
        emailKind: 'DELEGATE',
        registrant: { ...view.registrant, nationalId: '1101700230708', phone: expect.any(String) },
        delegation: {
          delegator: { ...view.delegation?.delegator },
          evidence: { documentNumber: expect.any(String), date: '2026-10-02' },
        },
      },
    },
  ]);
});

test('X6: dates are asked in the Buddhist era; Thai digits and the common era are understood', async () => {
  const fields = await fieldsOfPage();
  expect(fields['delegation.evidence.date-year']).toBe('2569');
  const typed = { 'delegation.evidence.date-day': '๓', 'delegation.evidence.date-month': '๑', 'delegation.evidence.date-year': '๒๕๖๙' };
  await pages.send('/track/correct', form({ ...fields, ...ID, ...typed }), tracked);
  await pages.send('/track/correct', form({ ...fields, ...ID, ...typed, 'delegation.evidence.date-year': '2026' }), tracked);
  expect(sent.map(({ submission }) => submission.delegation?.evidence?.date)).toEqual(['2026-01-03', '2026-01-03']);
});

test.each([
  ['31', '2', '2569'],
  ['1', '', '2569'],
  ['1', '10', '69'],
])('X6: %s/%s/%s is no date: 422 at its field, in the words of the page', async (day, month, year) => {
  const date = { 'delegation.evidence.date-day': day, 'delegation.evidence.date-month': month, 'delegation.evidence.date-year': year };
  const response = await pages.send('/track/correct', form({ ...(await fieldsOfPage()), ...ID, ...date }), tracked);
  const html = await response.text();
  expect([response.status, sent.length]).toEqual([422, 0]);
  expect(html).toContain('href="#delegation.evidence.date-day"');
  expect(html).toContain('ปี พ.ศ. ให้ถูกต้อง');
});

test('R3.4: parts of another capacity are not sent', async () => {
  const director = { capacity: 'DIRECTOR', 'registrant.position': 'DIRECTOR', emailKind: 'SCHOOL' };
  const response = await pages.send('/track/correct', form({ ...(await fieldsOfPage()), ...ID, ...director }), tracked);
  expect([response.status, sent[0]?.submission.delegation]).toEqual([303, undefined]);
});

test('R3.4: every broken field is in the summary with its name, and leads to a field that is there', async () => {
  const response = await pages.send('/track/correct', form({}), tracked);
  const html = await response.text();
  expect(response.status).toBe(422);
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, target = '']) => target);
  for (const target of targets) expect(html).toContain(`id="${target}"`);
  for (const name of ['capacity', 'emailKind', 'registrant.nationalId', 'registrant.position', 'registrant.email']) expect(targets).toContain(name);
  expect(html).toContain('นามสกุล: โปรดกรอกช่องนี้');
  expect(html).toContain('โปรดเลือกข้อใดข้อหนึ่ง');
});

test('R2.2: who has no address is told to open one', async () => {
  const response = await pages.send('/track/correct', form({ ...(await fieldsOfPage()), ...ID, 'registrant.email': '' }), tracked);
  expect(await response.text()).toContain('สมัครอีเมลใหม่');
});

test.each([
  ['actingOrder', 'actingOrder.number'],
  ['delegation', 'delegation.delegator.title'],
  ['delegation.delegator.actingOrder', 'delegation.delegator.actingOrder.number'],
  ['delegation.evidence', 'evidence'],
  ['delegation.evidence.fileId', 'evidence'],
])('R1.1 R1.2 R1.3: a rule on %s is shown at a field that stands for it', async (path, field) => {
  outcome = new Refused('ORDER_REQUIRED', { errors: [brokenRule(path, 'ORDER_REQUIRED')] });
  const response = await pages.send('/track/correct', form({ ...(await fieldsOfPage()), ...ID }), tracked);
  const html = await response.text();
  expect([response.status, html.includes(`href="#${field}"`), html.includes(`id="${field}-error"`)]).toEqual([422, true, true]);
});

test('R3.4: a complaint about no field of the page stands in the summary', async () => {
  outcome = new Refused('VALIDATION', { errors: [{ path: 'schoolCode', code: 'OTHER_SCHOOL', message: 'ของสถานศึกษาอื่น / Of another school' }] });
  const response = await pages.send('/track/correct', form({ ...(await fieldsOfPage()), ...ID }), tracked);
  expect([response.status, (await response.text()).includes('ของสถานศึกษาอื่น <span')]).toEqual([422, true]);
});

test('R3.4: what only the database knows comes back to its field, and nothing typed is lost', async () => {
  const unknown = { path: 'registrant.homeSchoolCode', code: 'NOT_FOUND', message: 'ไม่พบรหัสสถานศึกษานี้ / No school has this code.' } as const;
  outcome = new Refused('VALIDATION', { errors: [unknown] });
  const fields = await fieldsOfPage();
  const response = await pages.send('/track/correct', form({ ...fields, ...ID, 'registrant.firstName': 'สมหญิง' }), tracked);
  const html = await response.text();
  expect([response.status, html.includes('href="#registrant.homeSchoolCode"'), html.includes('value="สมหญิง"')]).toEqual([422, true, true]);
  expect(hiddenField(html, 'formId')).not.toBe(fields['formId']);
});

test('R1.3: a file is stored under its name, once, also when another field has to be mended', async () => {
  const fields = await fieldsOfPage();
  const first = await pages.send('/track/correct', form(fields, { name: 'คำสั่ง.pdf', content: '%PDF-1.7' }), tracked);
  const html = await first.text();
  expect([first.status, hiddenField(html, 'fileId'), files]).toEqual([422, 'file-1', ['คำสั่ง.pdf']]);
  await pages.send('/track/correct', form({ ...fields, ...ID, fileId: hiddenField(html, 'fileId') }), tracked);
  expect(sent[0]?.submission.delegation?.evidence?.fileId).toBe('file-1');
});

test('R1.3: a file of another kind is refused at its field and not offered again', async () => {
  const response = await pages.send('/track/correct', form({ ...(await fieldsOfPage()), ...ID }, { name: 'a.exe', content: 'MZ' }), tracked);
  const html = await response.text();
  expect([response.status, html.includes('id="evidence-error"'), html.includes('name="fileId"')]).toEqual([422, true, false]);
});

test('R1.3: a file above 5 MB is refused at its field; what was typed stays', async () => {
  const large = { name: 'a.pdf', content: new Uint8Array(6 * 1024 * 1024) };
  const response = await pages.send('/track/correct', form({ ...(await fieldsOfPage()), ...ID, 'registrant.firstName': 'สมหญิง' }, large), tracked);
  const html = await response.text();
  expect([response.status, html.includes('id="evidence-error"'), html.includes('value="สมหญิง"')]).toEqual([422, true, true]);
});

test('R1.3: required evidence that was sent before counts; without it, its field is among the broken ones', async () => {
  evidenceRequired = true;
  const fields = { ...(await fieldsOfPage()), ...ID, 'registrant.lastName': '' };
  const complains = async () => (await (await pages.send('/track/correct', form(fields), tracked)).text()).includes('href="#evidence"');
  expect(await complains()).toBe(false);
  const { delegator } = view.delegation ?? {};
  view = returnedView(delegator && { delegation: { delegator } });
  expect(await complains()).toBe(true);
});

test('R1.3: the same form with another file is another correction, and after an outage the same one with the file that arrived', async () => {
  outcome = new Refused('UNAVAILABLE', { retryAfter: 5 });
  const fields = { ...(await fieldsOfPage()), ...ID };
  const pdf = (content: string) => ({ name: 'order.pdf', content: `%PDF-1.7 ${content}` });
  const page = await (await pages.send('/track/correct', form(fields, pdf('wrong')), tracked)).text();
  const arrived = { fileId: hiddenField(page, 'fileId'), fileDigest: hiddenField(page, 'fileDigest') };
  await pages.send('/track/correct', form({ ...fields, ...arrived }), tracked);
  await pages.send('/track/correct', form(fields, pdf('right')), tracked);
  const [first, again, other] = sent.map(({ formId }) => formId);
  expect([again === first, other === first]).toEqual([true, false]);
});

test('R3.4: an outage shows the form as typed, with the same ID, to be sent again', async () => {
  outcome = new Refused('UNAVAILABLE', { retryAfter: 5 });
  const fields = await fieldsOfPage();
  const response = await pages.send('/track/correct', form({ ...fields, ...ID }), tracked);
  const html = await response.text();
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect([hiddenField(html, 'formId'), html.includes('value="1-1017-00230-70-8"')]).toEqual([fields['formId'], true]);
});

test('R3.4: too many of one address: 429, and what was typed stays', async () => {
  limit = new Refused('RATE_LIMITED', { retryAfter: 60 });
  const response = await pages.send('/track/correct', form({ ...(await fieldsOfPage()), ...ID, 'registrant.firstName': 'สมหญิง' }), tracked);
  const html = await response.text();
  expect([response.status, response.headers.get('retry-after'), sent.length]).toEqual([429, '60', 0]);
  for (const text of ['value="สมหญิง"', 'Too many requests']) expect(html).toContain(text);
});

test('R3.4: one that is not returned is not corrected', async () => {
  view = viewWith();
  const response = await pages.open('/track/correct', tracked);
  expect(location(response)).toEqual([303, '/track']);
});
