// The roster's pages by clicking and typing, on a phone without JavaScript, over the real service (R5.0-R5.4).
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { schoolAtWork } from '../roster/support/school';
import { DISTRICT, PASSWORD, schoolOf } from '../setup/directory';
import { freshNationalId } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { openChromium, PHONE } from './chromium';
import { tap } from './walking';

let system: TestSystem;
let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({}, { worker: false });
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

const field = (name: string) => `[name="${name}"]`;
const pathOf = (page: Page) => new URL(page.url()).pathname;

async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.fill(field(name), value);
}

async function fillDate(page: Page, name: string, [day = '', month = '', year = '']: string[]): Promise<void> {
  await fill(page, { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year });
}

describe('A school’s people in Chromium', () => {
  test('sign in, look up, add, complete, attest, remove', async () => {
    const school = await schoolAtWork(system, schoolOf(DISTRICT, 0));
    const page = await (await browser.newContext(PHONE)).newPage();
    await page.goto(`${system.url}/school`);
    await fill(page, { email: school.email, password: PASSWORD });
    await tap(page, 'main button');
    expect(pathOf(page)).toBe('/school');

    await tap(page, 'a[href="/school/add"]');
    await page.fill(field('nationalId'), freshNationalId());
    await tap(page, 'main button');
    await fill(page, { title: 'นางสาว', firstName: 'กานดา', lastName: 'เครือวัลย์' });
    await page.selectOption(field('position'), 'TEACHER');
    await tap(page, 'main button');
    expect(await page.content()).toContain('เพิ่มบุคลากรแล้ว');
    expect(await page.content()).toContain('ยังขาด');

    await fillDate(page, 'birthDate', ['1', '4', '2528']);
    await fillDate(page, 'appointedDate', ['๑๖', '๕', '๒๕๕๑']);
    await fill(page, { positionNumber: '1234', qualification: 'ค.บ.', major: 'คณิตศาสตร์' });
    await page.selectOption(field('academicStanding'), 'ไม่มีวิทยฐานะ');
    await tap(page, 'main button');
    expect(await page.content()).toContain('ข้อมูลครบแล้ว');

    await page.goto(`${system.url}/school/check`);
    await page.fill(field('headcount'), '2');
    await tap(page, 'main button:not([name])');
    expect(await page.title()).toMatch(/^ข้อผิดพลาด/);
    await page.fill(field('explanations.headcount'), 'รอบรรจุ 1 คน');
    await page.fill(field('headcount'), '3');
    await page.press(field('headcount'), 'Enter');
    await page.waitForSelector('text=บันทึกจำนวนบุคลากรแล้ว');
    expect(await page.inputValue(field('explanations.headcount'))).toBe('รอบรรจุ 1 คน');
    await page.fill(field('headcount'), '2');
    await tap(page, 'main button:not([name])');
    expect(await page.content()).toContain('รับรองล่าสุด');

    await tap(page, 'text=กานดา เครือวัลย์');
    await tap(page, 'text=จำหน่ายข้อมูลออกจากสถานศึกษา');
    await page.check(`${field('kind')}[value="OTHER"]`);
    await page.fill(field('reason'), 'ลาออก');
    const today = new Date();
    await fillDate(page, 'on', [String(today.getUTCDate()), String(today.getUTCMonth() + 1), String(today.getUTCFullYear() + 543)]);
    await tap(page, 'main button');
    expect(await page.content()).toContain('จำหน่ายข้อมูลออกจากสถานศึกษาแล้ว');
    expect(await school.summary()).toMatchObject({ listed: 0, headcount: 2 });
  });
});
