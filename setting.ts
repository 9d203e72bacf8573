// What a setting of the environment may hold; a wrong value is told by what it takes.
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { type Policy, parsePolicy } from './domain/policy';

/** A whole number within bounds; `what` says what the setting takes. */
export const wholeNumber = (least: number, most: number, what: string) => z.coerce.number(what).int(what).min(least, what).max(most, what);
/** A port. */
export const portNumber = wholeNumber(1, 65535, 'takes a port number from 1 to 65535');
/** A port that has a default. */
export const port = (fallback: number) => portNumber.default(fallback);
/** A policy: working days or a plain duration. */
export const policy = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context): Policy => {
      const parsed = parsePolicy(text);
      if (parsed) return parsed;
      context.addIssue({ code: 'custom', message: 'takes a duration such as 3wd, 72h, 15m or 2s' });
      return z.NEVER;
    });

/** A throttle: `points` calls in `seconds`. */
export interface Limit {
  points: number;
  seconds: number;
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400 };

/** A throttle such as 120/m. */
export const limit = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context): Limit => {
      const match = /^(\d{1,12})\s*\/\s*([1-9]\d{0,5})?([smhd])$/.exec(text.trim());
      const unit = SECONDS[match?.[3] ?? ''];
      const points = Number(match?.[1]);
      if (unit && points > 0) return { points, seconds: unit * Number(match?.[2] ?? 1) };
      context.addIssue({ code: 'custom', message: 'takes a number and a time such as 120/m, 60/h or 10/15m' });
      return z.NEVER;
    });
/** A plain duration of a second at least, in milliseconds: none at all would end sessions at once, or sweep without a pause. */
export const milliseconds = (fallback: string) =>
  policy(fallback).transform((parsed, context): number => {
    if (parsed.unit === 'milliseconds' && parsed.amount >= 1_000) return parsed.amount;
    context.addIssue({ code: 'custom', message: 'takes a plain duration of a second or more, such as 30m or 10h' });
    return z.NEVER;
  });
/** A policy by which a schedule runs: without a pause it would do nothing else. */
export const period = (fallback: string) =>
  policy(fallback).refine(({ unit, amount }) => (unit === 'milliseconds' ? amount >= 1_000 : amount >= 1), {
    error: 'takes working days, or a plain duration of a second or more, such as 1wd, 24h or 2s',
  });
/** true or false. */
export const flag = z
  .enum(['true', 'false'], 'takes true or false')
  .default('false')
  .transform((text) => text === 'true');
/** The proxies before the service, as Express takes them: how many, all or none, or their addresses. */
export const trustedProxies = z
  .string()
  .refine((text) => /^(\d{1,3}|true|false)$/.test(text) || text.split(',').every((part) => isNetwork(part.trim())), {
    error: 'takes how many proxies there are, true, false, or their addresses, such as 1 or 10.0.0.0/8',
  })
  .optional();

/** In bits, by the version of the protocol. */
const LONGEST_PREFIX: Record<number, number> = { 4: 32, 6: 128 };

/** An address, a network, or a name that `proxy-addr` knows. */
function isNetwork(text: string): boolean {
  const [address = '', bits] = text.split('/');
  const most = LONGEST_PREFIX[isIP(address)];
  if (most === undefined) return ['loopback', 'linklocal', 'uniquelocal'].includes(text);
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
}

/** The content of a file that is named; certificates and keys are files, so that they can be mounted as secrets. */
export const file = z
  .string()
  .transform((path, context): Buffer => {
    try {
      return readFileSync(path);
    } catch {
      context.addIssue({ code: 'custom', message: `takes the path of a file; ${path} cannot be read` });
      return z.NEVER;
    }
  })
  .optional();
/** An address of the web. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'takes an address such as https://dpa.example.go.th' })
  // Links, cookies and forms all begin at the root.
  .refine((address) => !URL.canParse(address) || new URL(address).href === `${new URL(address).origin}/`, {
    error: 'takes an address without a path, such as https://dpa.example.go.th',
  });
/** An address of a database. */
export const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'takes an address such as postgresql://login:password@host:5432/dpa' });
/** The one that serves: options of its own would take the place of what every session needs (prisma/client.ts). */
export const servingUrl = databaseUrl.refine((address) => !/[?&]options=/.test(address), { error: 'takes no "options"' });
