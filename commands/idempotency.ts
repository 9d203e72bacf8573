// Idempotency-Key: the first answer to a key, caller and body is given again for 24 hours. The row keeps the
// ID of the request's form, so that a repeat after a crash goes on with the same form instead of making another.
import { randomUUID } from 'node:crypto';
import { Refused } from '../domain/refused';
import type { IdempotencyKey, PrismaClient } from '../prisma/generated/client';
import type { KeyRing } from '../security/key-ring';
import { patience } from './patience';

export interface StoredAnswer {
  status: number;
  body: unknown;
}

export interface IdempotentRequest {
  /** Whose key it is: an account's ID, a hash of the registrant's token, or `anonymous`. */
  caller: string;
  key: string;
  /** Method, path and body. */
  content: string;
}

interface Begun {
  formId: string;
  isFirst: boolean;
}

export interface IdempotencyStore {
  /**
   * The stored answer, or the form to go on with after the lease on the key was taken, and whether no request with the key came before.
   * @throws Refused IDEMPOTENCY_KEY_REUSED for another body, UNAVAILABLE while the first request is not through
   */
  begin(request: IdempotentRequest): Promise<{ answer: StoredAnswer } | Begun>;
  /** The answer alone, null where there is none: before a throttle, which a repeat uses nothing of. */
  answered(request: IdempotentRequest): Promise<StoredAnswer | null>;
  /** Keeps the answer. */
  finish(request: IdempotentRequest, answer: StoredAnswer): Promise<void>;
  /** Gives the lease back without an answer: the next request with the key goes on with the same form. */
  release(request: IdempotentRequest): Promise<void>;
}

/** A little longer than any request takes: whoever held the lease is gone by then. */
const LEASE_MS = 12_000;
/** How long an answer is kept for repeats. */
export const KEPT_MS = 24 * 3_600_000;

/** The store in PostgreSQL; answers are encrypted, since they may hold a tracking token. */
export function createIdempotencyStore({ prisma, keyRing, now }: { prisma: PrismaClient; keyRing: KeyRing; now(): Date }): IdempotencyStore {
  const lease = () => new Date(now().getTime() + LEASE_MS);
  const idOf = ({ caller, key }: IdempotentRequest) => ({ caller_key: { caller, key } });

  const take = async (request: IdempotentRequest, bodyHash: string): Promise<Begun | null> => {
    const { caller, key } = request;
    await prisma.idempotencyKey.deleteMany({ where: { caller, key, createdAt: { lt: new Date(now().getTime() - KEPT_MS) } } });
    const formId = randomUUID();
    const row = { caller, key, bodyHash, formId, leaseUntil: lease(), createdAt: now() };
    const { count } = await prisma.idempotencyKey.createMany({ data: row, skipDuplicates: true });
    if (count === 1) return { formId, isFirst: true };
    const again = await prisma.idempotencyKey.updateMany({
      where: { caller, key, bodyHash, status: null, leaseUntil: { lt: now() } },
      data: { leaseUntil: lease() },
    });
    if (again.count === 0) return null;
    return { formId: (await prisma.idempotencyKey.findUniqueOrThrow({ where: idOf(request) })).formId, isFirst: false };
  };

  return {
    async begin(request) {
      const bodyHash = hashOf(keyRing, request);
      const wait = patience();
      for (;;) {
        const begun = await take(request, bodyHash);
        if (begun) return begun;
        const row = await prisma.idempotencyKey.findUnique({ where: idOf(request) });
        if (row && row.bodyHash !== bodyHash) throw new Refused('IDEMPOTENCY_KEY_REUSED');
        const answer = answerIn(keyRing, row);
        if (answer) return { answer };
        await wait.rest();
      }
    },
    async answered(request) {
      const row = await prisma.idempotencyKey.findUnique({ where: idOf(request) });
      const isRepeat = row !== null && row.bodyHash === hashOf(keyRing, request) && row.createdAt.getTime() >= now().getTime() - KEPT_MS;
      return isRepeat ? answerIn(keyRing, row) : null;
    },
    async finish(request, { status, body }) {
      await prisma.idempotencyKey.updateMany({
        where: { caller: request.caller, key: request.key },
        data: { status, answer: keyRing.seal(JSON.stringify(body ?? null)) },
      });
    },
    async release(request) {
      await prisma.idempotencyKey.updateMany({
        where: { caller: request.caller, key: request.key, status: null },
        data: { leaseUntil: new Date(0) },
      });
    },
  };
}

/** Keyed, since what is asked may be as short as a national ID (X4). */
function hashOf(keyRing: KeyRing, { content }: IdempotentRequest): string {
  return keyRing.authenticate(`request ${content}`);
}

function answerIn(keyRing: KeyRing, row: IdempotencyKey | null): StoredAnswer | null {
  return row?.answer && row.status !== null ? { status: row.status, body: JSON.parse(keyRing.open(row.answer)) } : null;
}
