// The people of a case, over HTTP and mail as they really are: the registrant, the offices, the mail box.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { nationalIdWithChecksum } from '../../domain/national-id';
import type { PrismaClient } from '../../prisma/generated/client';
import { PASSWORD } from './directory';
import { ENVIRONMENT } from './servers';

/** What tests look at in answers; everything else is looked at by name in `body`. */
const answerBody = z
  .object({
    id: z.string(),
    code: z.string(),
    status: z.union([z.string(), z.number()]),
    revision: z.number(),
    trackingToken: z.string(),
    warnings: z.array(z.string()),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
    items: z.array(z.looseObject({})),
  })
  .partial()
  .loose();

export interface Reply {
  status: number;
  body: z.infer<typeof answerBody>;
  headers: Headers;
}

/** Calls the API with JSON. */
export async function call(base: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ? answerBody.parse(JSON.parse(text)) : {};
  return { status: response.status, body: json, headers: response.headers };
}

/** What a refusal says first: its status and its code. */
export function refused({ status, body }: Reply): [status: number, code: string | undefined] {
  return [status, body.code];
}

/** `path code` of each field that was refused. */
export function refusedFields({ body: { errors = [] } }: Reply): string[] {
  return errors.map(({ path, code }) => `${path} ${code}`);
}

/** Asks as callers are told to: again, with the same key, while the answer is 503; gives the outcome. */
export async function untilAnswered(ask: (key: Record<string, string>) => Promise<Reply>): Promise<Reply> {
  const key = { 'Idempotency-Key': randomUUID() };
  return eventually(async () => {
    const reply = await ask(key);
    return reply.status !== 503 && reply;
  }, 'an outcome');
}

/** Signs in and gives the headers of further calls. */
export async function signIn(base: string, email: string, password = PASSWORD): Promise<{ Cookie: string }> {
  const { status, headers } = await call(base, 'POST', '/api/sessions', { email, password });
  if (status !== 201) throw new Error(`Sign-in of ${email} answered ${status}`);
  return { Cookie: (headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' };
}

/** The headers of a registrant, by the token of the tracking link. */
export function trackedBy(token: unknown): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}

let serial = 0;
/** A national ID that no other test of this process uses. */
export function freshNationalId(): string {
  serial += 1;
  return nationalIdWithChecksum(`8${String(process.pid % 10_000).padStart(4, '0')}${String(serial).padStart(7, '0')}`);
}

/** A submission by the school's director, with whatever differs. */
export function submission(
  schoolCode: string,
  differs: Record<string, unknown> = {},
  registrant: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    schoolCode,
    capacity: 'DIRECTOR',
    emailKind: 'SCHOOL',
    registrant: {
      nationalId: freshNationalId(),
      title: 'นางสาว',
      firstName: 'กานดา',
      lastName: 'ทดสอบ',
      position: 'DIRECTOR',
      homeSchoolCode: schoolCode,
      email: addressOf(schoolCode),
      phone: '032-123456',
      ...registrant,
    },
    ...differs,
  };
}

/** Tells this test file's mail boxes and people apart, since all files share one catcher. */
const FILE = randomUUID().slice(0, 8);

/** The mail box of a school. */
export function addressOf(schoolCode: string): string {
  return `school-${schoolCode}-${FILE}@school.test`;
}

const mailList = z.array(
  z.object({
    to: z.array(z.object({ address: z.string() })),
    subject: z.string(),
    headers: z.record(z.string(), z.unknown()),
    text: z.string(),
    html: z.string(),
  }),
);
export type CaughtMail = z.infer<typeof mailList>[number];

/** The mails to an address, of a purpose. */
export async function mailsTo(address: string, purpose: string): Promise<CaughtMail[]> {
  const response = await fetch(`${process.env[ENVIRONMENT.mails]}/api/email`);
  const mails = mailList.parse(await response.json());
  return mails.filter(({ to, headers }) => to.some((receiver) => receiver.address === address) && headers['x-dpa-purpose'] === purpose);
}

/** Waits for the n-th mail to an address of a purpose. */
export async function mailTo(address: string, purpose: string, number = 1): Promise<CaughtMail> {
  return eventually(async () => (await mailsTo(address, purpose))[number - 1], `mail ${purpose} to ${address}`);
}

/** The token in a mail's link, `/confirm/…` or `/track/…`. */
export function tokenIn(mail: CaughtMail, page: 'confirm' | 'track' | 'reset'): string {
  return new RegExp(`/${page}/([\\w-]+)`).exec(mail.text)?.[1] ?? '';
}

/** The path by which the registrant confirms, from the n-th mail about the approval. */
export async function confirmationFrom(address: string, number = 1): Promise<string> {
  return `/api/confirmations/${tokenIn(await mailTo(address, 'approved', number), 'confirm')}`;
}

/** Asks again until there is an answer; for what happens by itself a moment later. */
export async function eventually<T>(ask: () => Promise<T | null | undefined | false>, what: string, patienceMs = 40_000): Promise<T> {
  const end = Date.now() + patienceMs;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    await pause(100);
  }
  throw new Error(`Waited in vain for: ${what}`);
}

/** A call that comes again with its key at the same instant, as from a caller who gave the first one up: its lease is over by then. */
export async function calledTwice({ prisma }: { prisma: PrismaClient }, ask: (key: Record<string, string>) => Promise<Reply>): Promise<Reply[]> {
  const key = randomUUID();
  const again = async () => {
    await eventually(async () => {
      const leased = { where: { key, status: null }, data: { leaseUntil: new Date(0) } };
      return (await prisma.idempotencyKey.updateMany(leased)).count === 1;
    }, 'the first call');
    return ask({ 'Idempotency-Key': key });
  };
  return Promise.all([ask({ 'Idempotency-Key': key }), again()]);
}

/** A page's form that comes four times at the same instant with one ID, as by taps on a slow line. @returns where each answer leads */
export function tapped(url: string, path: string, fields: Record<string, string>, headers: Record<string, string>): Promise<(string | null)[]> {
  const body = new URLSearchParams({ ...fields, formId: randomUUID() });
  const tap = () => fetch(url + path, { method: 'POST', body, headers, redirect: 'manual' });
  return Promise.all(Array.from({ length: 4 }, async () => (await tap()).headers.get('location')));
}
