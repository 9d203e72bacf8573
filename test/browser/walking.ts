// Walking through the pages as people do: by what stands on a link or a button, and by the names of fields.
import { expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { PASSWORD } from '../setup/directory';
import { PHONE } from './chromium';

/** A new phone: nothing typed, nobody signed in. */
export async function newPhone(browser: Browser): Promise<Page> {
  return (await browser.newContext(PHONE)).newPage();
}

/** Fills in texts and chooses from lists, by the names of the fields. */
export async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`[name="${name}"]`);
    if ((await field.first().getAttribute('type')) === 'radio') await page.check(`[name="${name}"][value="${value}"]`);
    else if ((await page.locator(`select[name="${name}"]`).count()) > 0) await field.selectOption(value);
    else await field.fill(value);
  }
}

/** A click waits for the next page to begin; what stands in it is there once it was read to its end. */
function isRead(page: Page): Promise<void> {
  return page.waitForLoadState('domcontentloaded');
}

/** Clicks what a selector finds, a link or a button. */
export async function tap(page: Page, selector: string): Promise<void> {
  await page.click(selector);
  await isRead(page);
}

/** Presses the button that says so. */
export async function press(page: Page, words: string): Promise<void> {
  await page.locator('main button', { hasText: words }).first().click();
  await isRead(page);
}

/** Follows the link that says so, also one that looks like a button. */
export async function follow(page: Page, words: string): Promise<void> {
  await page.locator('a', { hasText: words }).first().click();
  await isRead(page);
}

/** What the page is called by its heading, and that it fits on the phone. */
export async function heading(page: Page): Promise<string> {
  const width: unknown = await page.evaluate('document.documentElement.scrollWidth');
  expect(width).toBeLessThanOrEqual(PHONE.viewport.width);
  return textIn(page, 'h1');
}

/** What stands in a part of the page. */
export async function textIn(page: Page, part = 'main'): Promise<string> {
  return ((await page.locator(part).first().textContent()) ?? '').replaceAll(/\s+/g, ' ');
}

/** Signs in with an office's account of the tests. */
export async function signInAs(page: Page, email: string): Promise<void> {
  await fill(page, { email, password: PASSWORD });
  await press(page, 'เข้าสู่ระบบ');
}
