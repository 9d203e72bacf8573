// An approver works through the inbox by the pages (R3.1, R3.4), in a real browser on a phone without JavaScript.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Cases, casesOf } from '../registration/support/cases';
import { ACCOUNTS, DISTRICT, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, mailTo, signIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { openChromium } from './chromium';
import { fill, follow, heading, newPhone, press, signInAs, tap, textIn } from './walking';

let system: TestSystem;
let cases: Cases;
let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem();
  cases = await casesOf(system);
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

const submit = async (school: string, differs = {}, registrant = {}) => (await cases.pending(school, differs, registrant)).id;
const addressOfCase = (id: string) => `${system.config.publicUrl}/office/registrations/${id}`;
const statusOf = async (id: string) => (await system.prisma.registration.findUniqueOrThrow({ where: { id } })).status;

/** Somebody of an office, on a phone of their own, in their inbox. */
async function inboxOf(email: string): Promise<Page> {
  const page = await newPhone(browser);
  await page.goto(`${system.config.publicUrl}/office`);
  await signInAs(page, email);
  expect(await heading(page)).toContain('คำขอลงทะเบียน');
  return page;
}

const delegation = (school: string) => ({
  delegator: { title: 'นาย', firstName: 'บุญมี', lastName: 'ใจดี', position: 'DIRECTOR', homeSchoolCode: school },
});

describe('R3.1 R3.4 in Chromium', () => {
  test('signs in, filters, returns with a reason, reuses it, approves, and goes on to the next case', async () => {
    const [one, two, three, warned] = [0, 1, 2, 3].map((index) => schoolOf(DISTRICT, index));
    const ids = [await submit(one ?? ''), await submit(two ?? ''), await submit(three ?? '')];
    await submit(warned ?? '', { capacity: 'DELEGATE', delegation: delegation(warned ?? '') }, { position: 'TEACHER' });

    const page = await newPhone(browser);
    await page.goto(`${system.config.publicUrl}/office`);
    await fill(page, { email: ACCOUNTS.approver, password: 'wrong' });
    await press(page, 'เข้าสู่ระบบ');
    expect(await textIn(page, '.govuk-error-summary')).toContain('ไม่ถูกต้อง');
    await signInAs(page, ACCOUNTS.approver);
    await follow(page, 'ต้องดูเป็นพิเศษ 1');
    expect(await textIn(page, '.dpa-inbox tbody')).toContain('ไม่มีหลักฐาน');
    await follow(page, 'ไม่มีข้อสังเกต 3');
    expect(await heading(page)).toContain('คำขอลงทะเบียน');
    await page.locator('.dpa-inbox tbody a').first().click();
    expect(await heading(page)).toContain('โรงเรียนทดสอบ 0');

    await press(page, 'ส่งกลับให้แก้ไข');
    expect(await textIn(page, '.govuk-error-summary')).toContain('โปรดระบุเหตุผล');
    await fill(page, { reason: 'อีเมลไม่ใช่ของสถานศึกษา' });
    await press(page, 'ส่งกลับให้แก้ไข');
    expect(await heading(page)).toContain('ส่งกลับให้แก้ไขแล้ว');
    expect((await mailTo(addressOf(one ?? ''), 'returned')).text).toContain('อีเมลไม่ใช่ของสถานศึกษา');

    await follow(page, 'รายการถัดไป');
    expect(await heading(page)).toContain('โรงเรียนทดสอบ 1');
    await fill(page, { earlierReason: 'อีเมลไม่ใช่ของสถานศึกษา', reason: 'โปรดใช้อีเมลกลาง' });
    await press(page, 'ไม่อนุมัติ');
    expect(await heading(page)).toContain('ไม่อนุมัติ');
    expect((await mailTo(addressOf(two ?? ''), 'rejected')).text).toMatch(/อีเมลไม่ใช่ของสถานศึกษา\s+โปรดใช้อีเมลกลาง/);

    await follow(page, 'รายการถัดไป');
    await press(page, 'อนุมัติ');
    expect(await textIn(page, '.govuk-error-summary')).toContain('โปรดยืนยัน');
    await page.check('[name="verified"]');
    await press(page, 'อนุมัติ');
    expect(await heading(page)).toContain('อนุมัติแล้ว');
    expect(await page.content()).toContain('ไม่มีรายการอื่น');
    expect(await Promise.all(ids.map(statusOf))).toEqual(['RETURNED', 'REJECTED', 'APPROVED']);

    await page.goto(`${system.config.publicUrl}/account`);
    await tap(page, 'header button');
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto(addressOfCase(ids[0] ?? ''));
    expect(await heading(page)).toContain('เข้าสู่ระบบ');
  });

  test('R3.1: decided by somebody else, changed since: each says so, and leads on', async () => {
    const school = schoolOf(DISTRICT, 20);
    const id = await submit(school);
    const [first, second] = [await inboxOf(ACCOUNTS.approver), await inboxOf(ACCOUNTS.head)];
    await first.goto(addressOfCase(id));
    await second.goto(addressOfCase(id));
    await follow(second, 'แก้ไขอีเมล');
    await fill(second, { email: 'mended@school.test' });
    await press(second, 'บันทึกอีเมลใหม่');
    expect(await textIn(second, '[role=status]')).toContain('ผู้อนุมัติต้องเป็นผู้อื่นในสำนักงาน');
    expect(await textIn(second, '.dpa-decide')).toContain('อนุมัติเองไม่ได้ แต่ส่งกลับหรือไม่อนุมัติได้');
    expect(await second.locator('[name="verified"]').count()).toBe(0);

    await first.check('[name="verified"]');
    await press(first, 'อนุมัติ');
    expect(await heading(first)).toContain('ข้อมูลเปลี่ยนไป');
    expect(await textIn(first, '.dpa-changes')).toContain('mended@school.test');
    await follow(first, 'เปิดฉบับล่าสุด');
    const third = await inboxOf(ACCOUNTS.approver);
    await third.goto(addressOfCase(id));
    for (const page of [first, third]) await page.check('[name="verified"]');
    await press(first, 'อนุมัติ');
    await press(third, 'อนุมัติ');
    expect(await heading(third)).toContain('มีผลการพิจารณาแล้ว');
    expect(await textIn(third)).toContain(`เจ้าหน้าที่ ${ACCOUNTS.approver}`);

    await first.goto(addressOfCase(id));
    await press(first, 'ส่งอีเมลยืนยันอีกครั้ง');
    expect(await textIn(first, '[role=status]')).toContain('กำลังส่งอีเมลยืนยัน');
    await mailTo('mended@school.test', 'approved', 2);
  });

  test('R3.1 X8: another district and a signed-out browser see nothing of it; the central office reads', async () => {
    const school = schoolOf(DISTRICT, 21);
    const id = await submit(school);
    const other = await inboxOf(ACCOUNTS.otherApprover);
    expect((await other.goto(addressOfCase(id)))?.status()).toBe(403);
    expect(await other.content()).not.toContain('โรงเรียนทดสอบ 21');
    const nobody = await newPhone(browser);
    expect((await nobody.goto(addressOfCase(id)))?.status()).toBe(401);
    await signInAs(nobody, ACCOUNTS.approver);
    expect(await heading(nobody)).toContain('โรงเรียนทดสอบ 21');
    const central = await inboxOf(ACCOUNTS.central);
    await fill(central, { q: school, view: 'all' });
    await press(central, 'ค้นหา');
    await central.locator('.dpa-inbox tbody a').first().click();
    expect(await textIn(central)).toContain('สำนักงานเขตพื้นที่การศึกษาเป็นผู้พิจารณา');
  });

  test('R3.5: many on a Monday are worked through page by page, overdue first', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, (_none, index) => submit(schoolOf(OTHER_DISTRICT, index))));
    await system.prisma.registration.update({ where: { id: ids[29] ?? '' }, data: { dueAt: new Date('2026-01-05T17:00:00Z') } });
    const page = await inboxOf(ACCOUNTS.otherApprover);
    const rows = page.locator('.dpa-inbox tbody tr');
    expect([await rows.count(), (await textIn(page, '.dpa-inbox tbody tr')).includes('เกินกำหนด')]).toEqual([25, true]);
    await follow(page, 'หน้าถัดไป');
    expect(await textIn(page)).toContain('รายการที่ 26 ถึง 30 จาก 30');
    expect(await rows.count()).toBe(5);
  });
});

test('R4.4: an approver of the pages is the approver of the API: one cookie', async () => {
  const { Cookie } = await signIn(system.url, ACCOUNTS.head);
  const context = await browser.newContext({ extraHTTPHeaders: { Cookie } });
  const page = await context.newPage();
  expect((await page.goto(`${system.config.publicUrl}/account`))?.status()).toBe(200);
  expect(await textIn(page)).toContain(ACCOUNTS.head);
});
