// The environment is read and checked here, once. Every setting has a default; a wrong value is one clear line.

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Policy, parsePolicy } from './domain/policy';

/** A setting that cannot be used; its message is one line that names the setting and says what it takes. */
export class ConfigError extends Error {}

const port = (fallback: number) => z.coerce.number().int().min(0).max(65535).default(fallback);
const policy = (fallback: string) =>
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
const limit = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context): Limit => {
      const match = /^(\d+)\s*\/\s*(\d*)([smhd])$/.exec(text.trim());
      const unit = SECONDS[match?.[3] ?? ''];
      const points = Number(match?.[1]);
      if (unit && points > 0) return { points, seconds: unit * Number(match?.[2] || 1) };
      context.addIssue({ code: 'custom', message: 'takes a number and a time such as 120/m, 60/h or 10/15m' });
      return z.NEVER;
    });
const milliseconds = (fallback: string) =>
  policy(fallback).transform((parsed, context): number => {
    if (parsed.unit === 'milliseconds') return parsed.amount;
    context.addIssue({ code: 'custom', message: 'takes a plain duration such as 30m or 10h' });
    return z.NEVER;
  });
const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');
const httpUrl = z.url({ protocol: /^https?$/ });

const ENVIRONMENT = z.object({
  NODE_ENV: z.string().optional(),
  PORT: port(3000),
  PUBLIC_URL: httpUrl.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  MIGRATE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(20),
  POSTGRES_PORT: port(5433),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s:/]+:\d+$/, 'takes host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: flag,
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SMTP_PORT: port(1025),
  MAIL_UI_PORT: port(1080),
  MAIL_FROM: z.string().default('DPA <no-reply@dpa.localhost>'),
  DATA_DIR: z.string().min(1).default('.data'),
  DEMO_PASSWORD: z.string().min(8).max(128).optional(),
  TRUST_PROXY: z.string().optional(),
  METRICS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  SESSION_IDLE: milliseconds('30m'),
  SESSION_MAX: milliseconds('10h'),
  NATIONAL_ID_KEYS: z.string().optional(),
  LOOKUP_KEY: z.string().optional(),
  TOKEN_KEY: z.string().optional(),
  REVIEW_REMIND_EVERY: policy('3wd'),
  REVIEW_ESCALATE_AFTER: policy('7wd'),
  REVIEW_CENTRAL_AFTER: policy('15wd'),
  CORRECTION_WITHIN: policy('10wd'),
  CONFIRM_WITHIN: policy('168h'),
  UNCONFIRMED_EXPIRE_AFTER: policy('720h'),
  TRANSFER_REMIND_EVERY: policy('3wd'),
  TRANSFER_DISTRICT_AFTER: policy('7wd'),
  TRANSFER_CENTRAL_AFTER: policy('14wd'),
  DIGEST_WINDOW: policy('24h'),
  ROSTER_CHECK_EVERY: milliseconds('365d'),
  LIMIT_SUBMIT: limit('120/m'),
  LIMIT_FILES: limit('60/h'),
  LIMIT_OBJECTIONS: limit('10/h'),
  LIMIT_SIGN_IN: limit('10/15m'),
  LIMIT_LOOKUPS: limit('120/h'),
});

/** The keys of the service: where they come from is told by `readKeys`. */
export interface Keys {
  /** Key ring for national IDs at rest, the current key first (X4). */
  nationalId: { id: string; key: Buffer }[];
  /** For the keyed hash by which a national ID is found. */
  lookup: Buffer;
  /** For deriving tokens of links. */
  token: Buffer;
}

/** The whole configuration, parsed. */
export interface Config {
  production: boolean;
  port: number;
  publicUrl: string;
  databaseUrl: string | undefined;
  migrateDatabaseUrl: string | undefined;
  databasePool: number;
  postgresPort: number;
  temporal: { address: string | undefined; namespace: string; apiKey: string | undefined; tls: boolean; port: number; uiPort: number };
  smtp: { url: string | undefined; port: number; from: string };
  mailUiPort: number;
  dataDir: string;
  demoPassword: string | undefined;
  trustProxy: string | undefined;
  metricsPort: number | undefined;
  logLevel: string;
  session: { idleMs: number; maxMs: number };
  policies: {
    remindEvery: Policy;
    escalateAfter: Policy;
    centralAfter: Policy;
    correctionWithin: Policy;
    confirmWithin: Policy;
    unconfirmedExpireAfter: Policy;
    transferRemindEvery: Policy;
    transferDistrictAfter: Policy;
    transferCentralAfter: Policy;
    digestWindow: Policy;
  };
  roster: { checkEveryMs: number };
  limits: { submit: Limit; files: Limit; objections: Limit; signIn: Limit; lookups: Limit };
}

/**
 * Reads the configuration.
 * @throws ConfigError naming the first wrong setting and what it takes
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = ENVIRONMENT.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`Setting ${String(issue?.path[0])} cannot be used: ${issue?.message}. Correct it in the environment and start again.`);
  }
  return arrange(parsed.data);
}

function arrange(env: z.output<typeof ENVIRONMENT>): Config {
  return {
    production: env.NODE_ENV === 'production',
    port: env.PORT,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    databaseUrl: env.DATABASE_URL,
    migrateDatabaseUrl: env.MIGRATE_DATABASE_URL ?? env.DATABASE_URL,
    databasePool: env.DATABASE_POOL,
    postgresPort: env.POSTGRES_PORT,
    temporal: {
      address: env.TEMPORAL_ADDRESS,
      namespace: env.TEMPORAL_NAMESPACE,
      apiKey: env.TEMPORAL_API_KEY,
      tls: env.TEMPORAL_TLS || env.TEMPORAL_API_KEY !== undefined,
      port: env.TEMPORAL_PORT,
      uiPort: env.TEMPORAL_UI_PORT,
    },
    smtp: { url: env.SMTP_URL, port: env.SMTP_PORT, from: env.MAIL_FROM },
    mailUiPort: env.MAIL_UI_PORT,
    dataDir: resolve(env.DATA_DIR),
    demoPassword: env.DEMO_PASSWORD,
    trustProxy: env.TRUST_PROXY,
    metricsPort: env.METRICS_PORT,
    logLevel: env.LOG_LEVEL,
    session: { idleMs: env.SESSION_IDLE, maxMs: env.SESSION_MAX },
    policies: {
      remindEvery: env.REVIEW_REMIND_EVERY,
      escalateAfter: env.REVIEW_ESCALATE_AFTER,
      centralAfter: env.REVIEW_CENTRAL_AFTER,
      correctionWithin: env.CORRECTION_WITHIN,
      confirmWithin: env.CONFIRM_WITHIN,
      unconfirmedExpireAfter: env.UNCONFIRMED_EXPIRE_AFTER,
      transferRemindEvery: env.TRANSFER_REMIND_EVERY,
      transferDistrictAfter: env.TRANSFER_DISTRICT_AFTER,
      transferCentralAfter: env.TRANSFER_CENTRAL_AFTER,
      digestWindow: env.DIGEST_WINDOW,
    },
    roster: { checkEveryMs: env.ROSTER_CHECK_EVERY },
    limits: {
      submit: env.LIMIT_SUBMIT,
      files: env.LIMIT_FILES,
      objections: env.LIMIT_OBJECTIONS,
      signIn: env.LIMIT_SIGN_IN,
      lookups: env.LIMIT_LOOKUPS,
    },
  };
}

/** The settings that hold keys, as text: base64 of 32 bytes; the ring as `id:base64,id:base64`, the current key first. */
export interface KeySettings {
  NATIONAL_ID_KEYS: string;
  LOOKUP_KEY: string;
  TOKEN_KEY: string;
}

/**
 * The keys of the environment.
 * @throws ConfigError when one is missing or not 32 bytes long
 */
export function readKeys(env: NodeJS.ProcessEnv): Keys {
  return {
    nationalId: required(env, 'NATIONAL_ID_KEYS')
      .split(',')
      .map((entry) => {
        const [id = '', key = ''] = entry.trim().split(':');
        if (!/^[a-z0-9]{1,16}$/i.test(id))
          throw new ConfigError('Setting NATIONAL_ID_KEYS cannot be used: it takes id:base64 pairs, the current key first.');
        return { id, key: key32('NATIONAL_ID_KEYS', key) };
      }),
    lookup: key32('LOOKUP_KEY', required(env, 'LOOKUP_KEY')),
    token: key32('TOKEN_KEY', required(env, 'TOKEN_KEY')),
  };
}

function required(env: NodeJS.ProcessEnv, name: keyof KeySettings): string {
  const value = env[name];
  if (value) return value;
  throw new ConfigError(`Setting ${name} is missing: production does not start without its keys (docs/operations.md tells how to make them).`);
}

function key32(name: string, text: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length === 32) return key;
  throw new ConfigError(`Setting ${name} cannot be used: each key is the base64 of 32 random bytes.`);
}

/** Keys for development, made on the first start and kept in the data folder (readable by the owner only). */
export function developmentKeys(dataDir: string): KeySettings {
  const file = join(dataDir, 'keys.json');
  if (!existsSync(file)) {
    const fresh = () => randomBytes(32).toString('base64');
    const made: KeySettings = { NATIONAL_ID_KEYS: `dev1:${fresh()}`, LOOKUP_KEY: fresh(), TOKEN_KEY: fresh() };
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  }
  return z.object({ NATIONAL_ID_KEYS: z.string(), LOOKUP_KEY: z.string(), TOKEN_KEY: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')));
}
