// The registrant's way through the pages, by clicking and typing in a real browser without JavaScript.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Cases, casesOf } from '../registration/support/cases';
import { DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, freshNationalId, mailTo, signIn, tokenIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { openChromium, PHONE } from './chromium';
import { tap } from './walking';

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

const newPage = async (): Promise<Page> => (await browser.newContext(PHONE)).newPage();
/** A link as the mail has it, on the address where the tests listen. */
const linkIn = (text: string) => /https?:\/\/\S+\/(?:track|confirm)\/\S+/.exec(text)?.[0] ?? '';
const field = (name: string) => `[name="${name}"]`;
const heading = async (page: Page) => (await page.locator('h1').first().textContent()) ?? '';

describe('R3.4 R4.2 R4.3 in Chromium', () => {
  test('follow, correct, confirm: by the links of the mails', async () => {
    const school = schoolOf(DISTRICT, 0);
    const { id } = await cases.pending(school);
    const page = await newPage();
    await page.goto(linkIn((await mailTo(addressOf(school), 'received')).text));
    expect(new URL(page.url()).pathname).toBe('/track');
    expect(await page.content()).toContain('รอการพิจารณา');

    await cases.decide(id, { decision: 'RETURN', reason: 'โทรศัพท์ไม่ถูกต้อง' });
    await page.goto(linkIn((await mailTo(addressOf(school), 'returned')).text));
    expect(await page.content()).toContain('โทรศัพท์ไม่ถูกต้อง');
    await tap(page, 'a[href="/track/correct"]');
    await page.fill(field('registrant.phone'), 'ไม่มี');
    await tap(page, 'main button');
    expect(await page.title()).toMatch(/^ข้อผิดพลาด/);
    await page.fill(field('registrant.phone'), '๐๓๒ ๙๙๙ ๙๙๙');
    await page.fill(field('registrant.nationalId'), freshNationalId());
    await tap(page, 'main button');
    expect(new URL(page.url()).pathname).toBe('/track');
    expect(await page.content()).toContain('032 999 999');

    await cases.approve(id, cases.approver, 2);
    const confirmLink = linkIn((await mailTo(addressOf(school), 'approved')).text);
    await page.goto(confirmLink);
    await page.fill(field('password'), '12345678');
    await page.fill(field('repeat'), '12345678');
    await tap(page, 'main button');
    expect(await page.title()).toMatch(/^ข้อผิดพลาด/);
    await page.fill(field('password'), 'ดอยสูงอากาศดี 77');
    await page.fill(field('repeat'), 'ดอยสูงอากาศดี 77');
    await tap(page, 'main button');
    expect(new URL(page.url()).pathname).toBe('/confirmed');
    await page.goto(confirmLink);
    expect(await heading(page)).toContain('ใช้ไปแล้ว');
    await signIn(system.url, addressOf(school), 'ดอยสูงอากาศดี 77');
  });

  test('withdraw: asked once more first', async () => {
    const school = schoolOf(DISTRICT, 1);
    await cases.pending(school);
    const page = await newPage();
    await page.goto(`${system.config.publicUrl}/track/${tokenIn(await mailTo(addressOf(school), 'received'), 'track')}`);
    await tap(page, 'a[href="/track/withdraw"]');
    await tap(page, 'main button');
    expect(await page.content()).toContain('ถอนคำขอแล้ว');
  });

  test('R4.2 X8: a link that is none says so, and tells nothing', async () => {
    const page = await newPage();
    const response = await page.goto(`${system.config.publicUrl}/confirm/not-a-token-at-all`);
    expect(response?.status()).toBe(404);
    await page.goto(`${system.config.publicUrl}/track`);
    expect(await heading(page)).toContain('ลิงก์');
  });
});
