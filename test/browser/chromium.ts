// A real Chromium, as on somebody's phone: narrow, slow to no matter, and without JavaScript.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** What a browser does by itself at its start has no place in a test. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts it. @throws Error that says how to get one */
export function openChromium(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
  if (!executablePath) throw new Error('The tests need Chromium: install it (on Debian: apt-get install chromium), or set CHROMIUM to its path.');
  return chromium.launch({ executablePath, args: QUIET });
}

/** A phone that runs no scripts. */
export const PHONE = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false, locale: 'th-TH' } as const;
