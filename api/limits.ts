// Throttles (docs/operations.md, Settings): counted in PostgreSQL, so that all API processes count together; in memory while it is down.
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limiters } from '../commands/limits';
import type { Config, Limit } from '../config';
import { emailKey } from '../domain/contact';
import { Refused } from '../domain/refused';

/** @param pool connections for the counters */
export function createLimiters(pool: Pool, limits: Config['limits']): Limiters {
  const limiter = (keyPrefix: string, { points, seconds }: Limit) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix,
      points,
      duration: seconds,
      // The sweep removes what has expired, for all processes (activities/sweeps.ts).
      clearExpiredByTimeout: false,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration: seconds }),
    });
  const submit = limiter('submit', limits.submit);
  const files = limiter('files', limits.files);
  const objections = limiter('objections', limits.objections);
  const resets = limiter('resets', limits.resets);
  const signIn = limiter('sign-in', limits.signIn);
  return {
    submit: (address) => consume(submit, network(address)),
    submitAtMeeting: (meetingId, address) => consume(submit, inRoom(meetingId, address)),
    files: (address) => consume(files, network(address)),
    filesAtMeeting: (meetingId, address) => consume(files, inRoom(meetingId, address)),
    objections: (address) => consume(objections, network(address)),
    resets: (address) => consume(resets, network(address)),
    signIn(email, address) {
      const key = createHash('sha256')
        .update(`${emailKey(email)} ${network(address)}`)
        .digest('base64url');
      return {
        attempt: () => consume(signIn, key),
        async succeeded() {
          await signIn.delete(key);
        },
        async undone() {
          await signIn.reward(key);
        },
      };
    },
  };
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (failure) {
    throw failure instanceof RateLimiterRes ? limited(failure) : failure;
  }
}

function limited({ msBeforeNext }: RateLimiterRes): Refused {
  return new Refused('RATE_LIMITED', { retryAfter: Math.max(1, Math.ceil(msBeforeNext / 1000)) });
}

/** A meeting's room at its network address (R2.4): its code is no secret, and whoever uses it elsewhere has a counter of their own. */
function inRoom(meetingId: string, address: string): string {
  return `meeting ${meetingId} ${network(address)}`;
}

/** An IPv6 subscriber has a whole /64 (RFC 6177); an IPv4 address may be written inside an IPv6 one. */
export function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = groupsOf(head);
  const right = groupsOf(tail ?? '');
  const omitted = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: omitted }, () => '0'), ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

function groupsOf(part: string): string[] {
  return part.split(':').filter((group) => group !== '');
}
