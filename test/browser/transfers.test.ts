// A record moves between two schools, and a roster comes in from a sheet, by clicking and typing on phones without JavaScript over
// the real service (R5.0, R5.3c, R5.3d).
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type SchoolAtWork, schoolAtWork } from '../roster/support/school';
import { DISTRICT, OTHER_DISTRICT, PASSWORD, schoolOf } from '../setup/directory';
import { freshNationalId, mailTo } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { openChromium } from './chromium';
import { fill, follow, heading, newPhone, press, textIn } from './walking';

let system: TestSystem;
let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem();
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

/** The phone of a school's administrator, signed in on the way to a page. */
async function phoneOf(school: SchoolAtWork, path: string): Promise<Page> {
  const page = await newPhone(browser);
  await page.goto(`${system.config.publicUrl}${path}`);
  await fill(page, { email: school.email, password: PASSWORD });
  await press(page, 'เข้าสู่ระบบ');
  return page;
}

const pathOf = (page: Page) => new URL(page.url()).pathname;

describe('R5.3c R5.3d in Chromium', () => {
  test('found elsewhere, asked for, consented to from the mail’s link, moved', async () => {
    const holding = await schoolAtWork(system, schoolOf(DISTRICT, 20));
    const asking = await schoolAtWork(system, schoolOf(OTHER_DISTRICT, 20));
    const nationalId = freshNationalId();
    await holding.add(nationalId, { firstName: 'แก้วตา', lastName: 'น้ำใส' });

    const asker = await phoneOf(asking, '/school');
    await follow(asker, 'เพิ่มบุคลากร');
    await fill(asker, { nationalId });
    await press(asker, 'ค้นหา');
    expect(await heading(asker)).toContain('ขอย้ายข้อมูล');
    expect(await textIn(asker)).not.toContain('น้ำใส');
    await fill(asker, { firstName: 'แก้วตา', lastName: 'น้ำขุ่น', reason: 'ย้ายตามคำสั่ง' });
    await press(asker, 'ขอย้ายข้อมูล');
    expect(await textIn(asker, '.govuk-error-summary')).toContain('เหลืออีก 2 ครั้ง');
    // As somebody else would type it (X5).
    await fill(asker, { firstName: ' เเก้วตา', lastName: 'น้ําใส ' });
    await press(asker, 'ขอย้ายข้อมูล');
    expect(await textIn(asker)).toContain('ส่งคำขอแล้ว');
    expect(await heading(asker)).not.toContain('น้ำใส');
    await follow(asker, 'บุคลากร');
    expect(await textIn(asker)).toContain('ท่านขอย้ายเข้า 1');

    const { text } = await mailTo(holding.email, 'transfer-requested');
    const link = /\/transfers\/\S+/.exec(text)?.[0] ?? '';
    const holder = await phoneOf(holding, link);
    expect(pathOf(holder)).toBe(link);
    expect(await heading(holder)).toContain('แก้วตา น้ำใส');
    await press(holder, 'ไม่ยินยอม');
    expect(await textIn(holder, '.govuk-error-summary')).toContain('โปรดระบุเหตุผล');
    await press(holder, 'ยินยอม');
    expect(await textIn(holder)).toContain('ย้ายข้อมูลแล้ว');

    await asker.goto(`${system.config.publicUrl}/transfers?view=closed`);
    expect(await textIn(asker)).toContain('แก้วตา น้ำใส');
    await follow(asker, 'บุคลากร');
    await follow(asker, 'แก้วตา น้ำใส');
    expect(await textIn(asker)).toContain('โรงเรียนทดสอบ 20');
  });

  test('three wrong names void the look-up; rejected, appealed; the district sees it wait', async () => {
    const holding = await schoolAtWork(system, schoolOf(DISTRICT, 21));
    const asking = await schoolAtWork(system, schoolOf(OTHER_DISTRICT, 21));
    const nationalId = freshNationalId();
    await holding.add(nationalId, { firstName: 'มาลี', lastName: 'ดอกไม้' });
    const asker = await phoneOf(asking, '/school/add');
    await fill(asker, { nationalId });
    await press(asker, 'ค้นหา');
    await fill(asker, { firstName: 'มาลา', lastName: 'ดอกไม้' });
    for (const _try of [1, 2, 3]) await press(asker, 'ขอย้ายข้อมูล');
    expect(await heading(asker)).toContain('ผลการค้นหานี้ใช้ไม่ได้แล้ว');
    await follow(asker, 'ค้นหาใหม่');
    await fill(asker, { nationalId });
    await press(asker, 'ค้นหา');
    await fill(asker, { firstName: 'มาลี', lastName: 'ดอกไม้' });
    await press(asker, 'ขอย้ายข้อมูล');
    const path = pathOf(asker);

    const holder = await phoneOf(holding, '/school');
    await follow(holder, 'ผู้อื่นขอย้ายออก 1');
    await follow(holder, 'มาลี ดอกไม้');
    await fill(holder, { reason: 'ยังไม่มีคำสั่งย้าย' });
    await press(holder, 'ไม่ยินยอม');
    expect(await textIn(holder)).toContain('บันทึกว่าไม่ยินยอมแล้ว');
    await asker.goto(`${system.config.publicUrl}${path}`);
    expect(await textIn(asker)).toContain('ยังไม่มีคำสั่งย้าย');
    await fill(asker, { reason: 'มีคำสั่งที่ 77/2569' });
    await press(asker, 'ส่งคำอุทธรณ์');
    expect(await textIn(asker)).toContain(`รอ สพป. ${DISTRICT} พิจารณา`);
    await follow(asker, 'ถอนคำขอ');
    await press(asker, 'ถอนคำขอ');
    expect(await textIn(asker, '.dpa-tags')).toContain('ถอนคำขอแล้ว');
  });
});

describe('R5.0 in Chromium', () => {
  test('a sheet: what each row would do, then doing it', async () => {
    const school = await schoolAtWork(system, schoolOf(DISTRICT, 22));
    const other = await schoolAtWork(system, schoolOf(DISTRICT, 23));
    const elsewhere = freshNationalId();
    await other.add(elsewhere);
    const rows = [`${freshNationalId()},นาง,วันดี,มาก่อน,ครู`, `${elsewhere},นาย,สมชาย,ใจดี,ครู`, '123,นาย,ผิด,เลข,ครู'];
    const sheet = ['เลขประจำตัวประชาชน,คำนำหน้า,ชื่อ,นามสกุล,ตำแหน่ง', ...rows].join('\r\n');
    const page = await phoneOf(school, '/school');
    await follow(page, 'นำเข้าจากไฟล์');
    await page.setInputFiles('[name="sheet"]', { name: 'รายชื่อ.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) });
    await press(page, 'ตรวจไฟล์');
    expect(await heading(page)).toContain('ผลการตรวจไฟล์');
    for (const text of ['จะเพิ่มใหม่', 'ต้องขอย้ายข้อมูล', 'เลขประจำตัวประชาชนไม่ถูกต้อง']) expect(await textIn(page)).toContain(text);
    expect(await school.summary()).toMatchObject({ listed: 0 });

    await press(page, 'บันทึก 1 แถว');
    expect(await heading(page)).toContain('บันทึกจากไฟล์แล้ว');
    expect(await school.summary()).toMatchObject({ listed: 1 });
    await page.locator('main a', { hasText: 'ขอย้ายข้อมูล' }).last().click();
    expect(await heading(page)).toContain('ขอย้ายข้อมูล');
    await follow(page, 'บุคลากร');
    expect(await textIn(page)).toContain('วันดี มาก่อน');
  });
});
