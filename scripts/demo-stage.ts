// What the plays of `npm run demo` share: telling each step, calling the API, waiting for a mail.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const loose = z.looseObject({});
export type Json = z.infer<typeof loose>;

/** Where the plays play. */
export interface Stage {
  apiUrl: string;
  mailUrl: string;
  /** Of every demo account. */
  password: string;
}

let number = 0;

/** Names the next step, in Thai and English. */
export function say(thai: string, english: string): void {
  number += 1;
  process.stdout.write(`\n${number}. ${thai}\n   ${english}\n`);
}

/** Tells something of the step. */
export function show(text: string): void {
  process.stdout.write(`     ${text}\n`);
}

/** Calls the API with JSON. @throws Error for whatever is no success */
export async function call(
  base: string,
  method: string,
  path: string,
  body?: Json,
  headers: Record<string, string> = {},
): Promise<{ json: Json; cookie: string }> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  show(`${method} ${path.replace(/[\w-]{40,}/, '…')} → ${response.status}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return { json: text ? loose.parse(JSON.parse(text)) : {}, cookie: (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' };
}

/** Signs in to a demo account. @returns the headers of further calls */
export async function signIn({ apiUrl, password }: Stage, email: string): Promise<{ Cookie: string }> {
  const { cookie } = await call(apiUrl, 'POST', '/api/sessions', { email, password });
  return { Cookie: cookie };
}

const mails = z.array(z.object({ to: z.array(z.object({ address: z.string() })), subject: z.string(), headers: loose, text: z.string() }));

/** Waits for a mail of a purpose. @param about a reference that stands in it */
export async function waitForMail({ mailUrl }: Stage, address: string, purpose: string, about: string) {
  for (let tries = 0; tries < 150; tries += 1) {
    const all = mails.parse(await (await fetch(`${mailUrl}/api/email`)).json());
    const meant = all.filter(({ to, headers }) => headers['x-dpa-purpose'] === purpose && to.some((receiver) => receiver.address === address));
    const found = meant.find(({ text }) => text.includes(about));
    if (found) {
      show(`E-mail to ${address}: ${found.subject}`);
      return found;
    }
    await pause(200);
  }
  throw new Error(`The mail "${purpose}" did not come within 30 s: look at the Temporal UI which mail is failing.`);
}
