// Idempotency-Key on calls that create or decide (docs/requirements.md, The contract).
import { createHash, randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import { withoutNulls } from '../commands/broken-fields';
import type { IdempotencyStore, IdempotentRequest } from '../commands/idempotency';
import { type BrokenRule, isRefusalCode, type RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { storedErrors } from '../queries/stored-errors';
import { refusalOf } from './problem';
import type { Answer } from './route';

/** How an answer is kept. */
const storedAnswer = z.union([
  z.object({
    refusal: z.object({
      code: z.custom<RefusalCode>((code) => typeof code === 'string' && isRefusalCode(code)),
      details: z.object({
        errors: storedErrors.optional(),
        extra: z.record(z.string(), z.unknown()).optional(),
        words: z.object({ th: z.string(), en: z.string() }).optional(),
      }),
    }),
  }),
  z.object({ answer: z.unknown(), headers: z.record(z.string(), z.string()) }),
]);

interface Caller {
  account: string | undefined;
  token: string | undefined;
  raw: unknown;
}

/**
 * Answers a call, or gives the first answer again to a repeat with the same key, caller and body.
 * @param run told whether the call is the first with its key
 * @throws Refused as the first call did, IDEMPOTENCY_KEY_REUSED, VALIDATION for a key that is none
 */
export async function answerOnce(
  store: IdempotencyStore,
  request: Request,
  caller: Caller,
  run: (formId: string, call: { isFirst: boolean }) => Promise<Answer>,
): Promise<Answer> {
  const key = request.get('Idempotency-Key');
  if (key === undefined) return run(randomUUID(), { isFirst: true });
  if (!isKey(key)) throw new Refused('VALIDATION', { errors: [BAD_KEY] });
  const asked = identify(request, key, caller);
  const begun = await store.begin(asked);
  if ('answer' in begun) return again(begun.answer);
  try {
    const answer = await run(begun.formId, begun);
    if (answer.passing) await store.release(asked);
    else await store.finish(asked, { status: answer.status, body: { answer: answer.body ?? null, headers: answer.headers ?? {} } });
    return answer;
  } catch (error) {
    await keepRefusal(store, asked, error);
    throw error;
  }
}

/** The first answer to a call that is repeated; null for another call. It comes before throttles, of which a repeat uses nothing. */
export async function answeredBefore(store: IdempotencyStore, request: Request, caller: Caller): Promise<Answer | null> {
  const key = request.get('Idempotency-Key');
  const stored = key !== undefined && isKey(key) ? await store.answered(identify(request, key, caller)) : null;
  return stored && again(stored);
}

function isKey(text: string): boolean {
  return /^[\x21-\x7e]{1,255}$/.test(text);
}

const BAD_KEY: BrokenRule = {
  path: 'Idempotency-Key',
  code: 'INVALID',
  message: 'ใช้ตัวอักษร ASCII ที่มองเห็นได้ ไม่เกิน 255 ตัว / 1 to 255 visible ASCII characters.',
};

function identify(request: Request, key: string, { account, token, raw }: Caller): IdempotentRequest {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
  const who = account ?? (token === undefined ? 'anonymous' : `token ${hash(token)}`);
  return { caller: who, key, content: `${request.method} ${request.originalUrl} ${JSON.stringify(withoutNulls(raw), shortened)}` };
}

/** A file counts by its hash. */
function shortened(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? createHash('sha256').update(value).digest('base64url') : value;
}

/** A refusal is an answer too, but for those that a later repeat can overcome without changing anything. */
async function keepRefusal(store: IdempotencyStore, asked: IdempotentRequest, error: unknown): Promise<void> {
  const refusal = refusalOf(error);
  const passing = !refusal || refusal.status >= 500 || ['RATE_LIMITED', 'UNAUTHENTICATED'].includes(refusal.code);
  if (passing) await store.release(asked);
  else await store.finish(asked, { status: refusal.status, body: { refusal: { code: refusal.code, details: refusal.details } } });
}

function again({ status, body }: { status: number; body: unknown }): Answer {
  const stored = storedAnswer.parse(body);
  if ('refusal' in stored) {
    const { errors, extra, words } = stored.refusal.details;
    throw new Refused(stored.refusal.code, { ...(errors && { errors }), ...(extra && { extra }), ...(words && { words }) });
  }
  return { status, headers: stored.headers, ...(stored.answer !== null && { body: stored.answer }) };
}
