// Throttles (CONTRACT.md): counted in PostgreSQL, so that all API processes count together; in memory while it is down.
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config, Limit } from '../config';
import { emailKey } from '../domain/contact';
import { Refused } from '../domain/refused';

/** Sign-ins of one account from one address: neither the account from elsewhere nor others from there are held up (R4.4). */
export interface SignInLimit {
  /** Counts an attempt before the password is looked at, so that a burst has no more tries than a queue. @throws Refused RATE_LIMITED */
  attempt(): Promise<void>;
  /** Only failures count: a success clears them. */
  succeeded(): Promise<void>;
  /** The attempt found out nothing, since the service could not tell. */
  undone(): Promise<void>;
}

export interface Limiters {
  /** Counts a submission of an address. @throws Refused RATE_LIMITED */
  submit(address: string): Promise<void>;
  /** Counts a file of an address. @throws Refused RATE_LIMITED */
  files(address: string): Promise<void>;
  signIn(email: string, address: string): SignInLimit;
}

/** @param pool connections for the counters, apart from those that cases need */
export function createLimiters(pool: Pool, limits: Config['limits']): Limiters {
  const submit = limiter(pool, 'submit', limits.submit);
  const files = limiter(pool, 'files', limits.files);
  const signIn = limiter(pool, 'sign-in', limits.signIn);
  return {
    submit: (address) => consume(submit, digest(network(address))),
    files: (address) => consume(files, digest(network(address))),
    signIn(email, address) {
      const key = digest(`${emailKey(email)} ${network(address)}`);
      return {
        attempt: () => consume(signIn, key),
        succeeded: async () => void (await signIn.delete(key)),
        undone: async () => void (await signIn.reward(key)),
      };
    },
  };
}

function limiter(pool: Pool, keyPrefix: string, { points, seconds }: Limit): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix,
    points,
    duration: seconds,
    insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration: seconds }),
  });
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

/** The table shows neither addresses nor accounts. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Whose address it is: an IPv4 address, also one written inside an IPv6 one, or the /64 that an IPv6 subscriber has (RFC 6177). */
export function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  const left = groups(head);
  const right = groups(tail ?? '');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...(tail === undefined ? [] : zeros), ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
