// A school registers by the pages (R1, R2), in a real browser on a phone without JavaScript.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Cases, casesOf } from '../registration/support/cases';
import { DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, eventually, freshNationalId, mailTo } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { openChromium } from './chromium';
import { fill, follow, heading, newPhone, press, tap, textIn } from './walking';

let system: TestSystem;
let browser: Browser;
let cases: Cases;
beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem();
  cases = await casesOf(system);
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

const errorsOf = async (page: Page) =>
  (await page.locator('.govuk-error-summary a').allTextContents()).map((text) => text.trim().split(/ (?=[A-Z])/)[0]);
const caseOf = async (school: string) => {
  const { body } = await cases.get(`/api/registrations?q=${school}`);
  const [{ id } = { id: '' }] = body.items ?? [];
  return (await cases.seen(id)).body;
};

/** From the start page to the first step. */
async function begin(page: Page, school: string): Promise<void> {
  await page.goto(system.config.publicUrl);
  await fill(page, { q: school });
  await press(page, 'ค้นหา');
  await tap(page, `a[href="/schools/${school}"]`);
  await follow(page, 'เริ่มลงทะเบียน');
  expect(await heading(page)).toContain('ในฐานะใด');
}

const person = (position: string) => ({
  'registrant.nationalId': freshNationalId(),
  'registrant.title': 'นางสาว',
  'registrant.firstName': 'กานดา',
  'registrant.lastName': 'ศรีสุข',
  'registrant.position': position,
  'registrant.phone': '๐๓๒ ๑๒๓ ๔๕๖',
});

describe('R1.1 R2.3 in Chromium', () => {
  test('a director registers step by step, with mistakes first; going back keeps what was typed', async () => {
    const school = schoolOf(DISTRICT, 10);
    const page = await newPhone(browser);
    await begin(page, school);
    await press(page, 'ต่อไป');
    expect(await errorsOf(page)).toEqual(['ท่านลงทะเบียนในฐานะ: โปรดเลือกข้อใดข้อหนึ่ง']);
    await fill(page, { capacity: 'DIRECTOR' });
    await press(page, 'ต่อไป');
    const director = person('DIRECTOR');
    await fill(page, { ...director, 'registrant.nationalId': '1234567890123', 'registrant.phone': '' });
    await press(page, 'ต่อไป');
    expect(await errorsOf(page)).toHaveLength(2);
    expect(await page.title()).toMatch(/^ข้อผิดพลาด/);
    await fill(page, { 'registrant.nationalId': director['registrant.nationalId'], 'registrant.phone': director['registrant.phone'] });
    await press(page, 'ต่อไป');
    expect(await heading(page)).toContain('อีเมล');
    await follow(page, 'กลับ');
    expect(await page.inputValue('[name="registrant.firstName"]')).toBe('กานดา');
    await press(page, 'ต่อไป');
    await fill(page, { 'registrant.email': addressOf(school), emailKind: 'SCHOOL' });
    await press(page, 'ต่อไป');
    expect(await heading(page)).toContain('ตรวจทาน');
    await page.goBack();
    expect(await page.inputValue('[name="registrant.email"]')).toBe(addressOf(school));
    await page.goForward();
    await tap(page, 'a[href$="/register/registrant"]');
    await fill(page, { 'registrant.lastName': 'ศรีสุขใจ' });
    await press(page, 'ต่อไป');
    // Another name may be another person's.
    expect(await errorsOf(page)).toHaveLength(1);
    await fill(page, { 'registrant.nationalId': director['registrant.nationalId'] });
    await press(page, 'ต่อไป');
    expect(await page.content()).not.toContain(director['registrant.nationalId']);
    await press(page, 'ยืนยันและส่งคำขอ');
    expect(await heading(page)).toContain('ส่งคำขอแล้ว');
    expect(await textIn(page)).toMatch(/R\d\d-\d{6}/);
    await mailTo(addressOf(school), 'received');
    expect(await caseOf(school)).toMatchObject({ status: 'PENDING', registrant: { lastName: 'ศรีสุขใจ', phone: '032 123 456' } });

    await follow(page, 'ติดตามคำขอบนเครื่องนี้');
    expect(new URL(page.url()).pathname).toBe('/track');
    await page.goto(`${system.config.publicUrl}/schools/${school}`);
    expect(await page.content()).toContain('มีคำขออยู่แล้ว');
  });

  test('R1.2 R1.3: a delegate attaches the evidence; a wrong file is refused at its field', async () => {
    const school = schoolOf(DISTRICT, 11);
    const page = await newPhone(browser);
    await begin(page, school);
    await fill(page, { capacity: 'DELEGATE' });
    await press(page, 'ต่อไป');
    await fill(page, person('TEACHER'));
    await press(page, 'ต่อไป');
    await fill(page, { 'registrant.email': addressOf(school), emailKind: 'DELEGATE' });
    await press(page, 'ต่อไป');
    await fill(page, {
      'delegation.delegator.title': 'นาย',
      'delegation.delegator.firstName': 'บุญมี',
      'delegation.delegator.lastName': 'ใจดี',
      'delegation.delegator.position': 'DIRECTOR',
    });
    await press(page, 'ต่อไป');
    const date = { day: '1', month: '10', year: '2569' };
    for (const [part, value] of Object.entries(date)) await fill(page, { [`delegation.evidence.date-${part}`]: value });
    await attach(page, 'evidence.pdf', 'MZ no document');
    expect(await errorsOf(page)).toHaveLength(1);
    expect(await page.inputValue('[name="delegation.evidence.date-year"]')).toBe('2569');
    await attach(page, 'หนังสือมอบหมาย.pdf', '%PDF-1.7 evidence');
    expect(await textIn(page)).toContain('แนบแล้ว');
    await press(page, 'ยืนยันและส่งคำขอ');
    expect(await heading(page)).toContain('ส่งคำขอแล้ว');
    expect(await caseOf(school)).toMatchObject({
      capacity: 'DELEGATE',
      delegation: { evidence: { attached: true, date: '2026-10-01' } },
      warnings: [],
    });
    await press(page, 'เสร็จสิ้น');
    await page.goto(`${system.config.publicUrl}/schools/${school}/register/sent`);
    expect(new URL(page.url()).pathname).toBe(`/schools/${school}`);
  });

  test('R2.8: somebody else registered my school', async () => {
    const school = schoolOf(DISTRICT, 12);
    const { id } = await cases.pending(school);
    const page = await newPhone(browser);
    await page.goto(`${system.config.publicUrl}/schools/${school}`);
    await follow(page, 'มีผู้อื่นลงทะเบียน');
    await press(page, 'ส่งข้อความ');
    expect(await errorsOf(page)).toHaveLength(3);
    await fill(page, { name: 'สมศรี ดีงาม', phone: '081 234 5678', note: 'ข้าพเจ้าเป็นผู้อำนวยการ ไม่ได้ยื่น' });
    await press(page, 'ส่งข้อความ');
    expect(await heading(page)).toContain('ได้รับข้อความแล้ว');
    const contested = async () => (await cases.seen(id)).body['contested'] === true;
    await eventually(contested, 'contested');
  });
});

async function attach(page: Page, name: string, content: string): Promise<void> {
  await page.setInputFiles('[name="evidence"]', { name, mimeType: 'application/pdf', buffer: Buffer.from(content) });
  await press(page, 'ต่อไป');
}
