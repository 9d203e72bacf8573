// The environment is read and checked here, once. Every setting has a default; a wrong value is one clear line.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Policy } from './domain/policy';
import type { Retention } from './domain/retention';
import {
  databaseUrl,
  file,
  flag,
  httpUrl,
  type Limit,
  limit,
  milliseconds,
  period,
  policy,
  port,
  portNumber,
  servingUrl,
  trustedProxies,
  wholeNumber,
} from './setting';

export type { Limit } from './setting';

/** A setting that cannot be used; its message is one line that names the setting and says what it takes. */
export class ConfigError extends Error {}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

const ENVIRONMENT = z.object({
  NODE_ENV: z.string().optional(),
  PORT: port(3000),
  PUBLIC_URL: httpUrl.optional(),
  DATABASE_URL: servingUrl.optional(),
  MIGRATE_DATABASE_URL: databaseUrl.optional(),
  DATABASE_POOL: wholeNumber(2, 100, 'takes a number of connections from 2 to 100').default(20),
  POSTGRES_PORT: port(5433),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s:/]+:\d+$/, 'takes host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: flag,
  TEMPORAL_TLS_CA: file,
  TEMPORAL_TLS_CERT: file,
  TEMPORAL_TLS_KEY: file,
  TEMPORAL_TLS_SERVER_NAME: z.string().min(1).optional(),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'takes an address such as smtps://login:password@host' }).optional(),
  SMTP_PORT: port(1025),
  MAIL_UI_PORT: port(1080),
  MAIL_FROM: z.string().default('DPA <no-reply@dpa.localhost>'),
  DATA_DIR: z.string().min(1).default('.data'),
  DEMO_PASSWORD: z.string().min(1, 'takes 1 to 128 characters').max(128, 'takes 1 to 128 characters').optional(),
  TRUST_PROXY: trustedProxies,
  METRICS_PORT: portNumber.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `takes one of ${LOG_LEVELS.join(', ')}`).default('info'),
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
  DIGEST_WINDOW: period('1wd'),
  RESET_WITHIN: policy('1h'),
  SWEEP_EVERY: milliseconds('1h'),
  ROSTER_CHECK_EVERY: milliseconds('365d'),
  RETAIN_CLOSED: milliseconds('365d'),
  RETAIN_EVIDENCE: milliseconds('365d'),
  LIMIT_SUBMIT: limit('120/m'),
  LIMIT_FILES: limit('60/h'),
  LIMIT_OBJECTIONS: limit('10/h'),
  LIMIT_RESETS: limit('120/h'),
  LIMIT_SIGN_IN: limit('10/15m'),
  LIMIT_LOOKUPS: limit('120/h'),
});

/** The names of all settings, those of keys too. */
export const SETTINGS: readonly string[] = Object.keys(ENVIRONMENT.shape);

/** The keys of the service: where they come from is told by `readKeys`. */
export interface Keys {
  /** Key ring for national IDs at rest, the current key first (X4). */
  nationalId: { id: string; key: Buffer }[];
  /** For the keyed hash by which a national ID is found. */
  lookup: Buffer;
  /** For deriving tokens of links. */
  token: Buffer;
}

/** How the cluster is reached by TLS. */
export interface TemporalTls {
  /** Whom the server's certificate is from, where that is not a public authority. */
  ca: Buffer | undefined;
  /** What this side shows (mTLS). */
  client: { cert: Buffer; key: Buffer } | undefined;
  /** The name in the server's certificate, where it is not the address's. */
  serverName: string | undefined;
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
  temporal: {
    address: string | undefined;
    namespace: string;
    apiKey: string | undefined;
    /** None for a plain connection. */
    tls: TemporalTls | undefined;
    port: number;
    uiPort: number;
  };
  smtp: { url: string | undefined; port: number; from: string };
  mailUiPort: number;
  dataDir: string;
  demoPassword: string | undefined;
  trustProxy: string | undefined;
  metricsPort: number | undefined;
  logLevel: string;
  session: { idleMs: number; maxMs: number };
  /** Milliseconds between two sweeps. */
  sweepEveryMs: number;
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
    /** In working days: at 08:30 on those; a plain duration: at once, and then on any day. */
    digestWindow: Policy;
    resetWithin: Policy;
  };
  roster: { checkEveryMs: number };
  retention: Retention;
  limits: { submit: Limit; files: Limit; objections: Limit; resets: Limit; signIn: Limit; lookups: Limit };
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
      tls: temporalTls(env),
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
    sweepEveryMs: env.SWEEP_EVERY,
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
      resetWithin: env.RESET_WITHIN,
    },
    roster: { checkEveryMs: env.ROSTER_CHECK_EVERY },
    retention: { closedMs: env.RETAIN_CLOSED, evidenceMs: env.RETAIN_EVIDENCE },
    limits: {
      submit: env.LIMIT_SUBMIT,
      files: env.LIMIT_FILES,
      objections: env.LIMIT_OBJECTIONS,
      resets: env.LIMIT_RESETS,
      signIn: env.LIMIT_SIGN_IN,
      lookups: env.LIMIT_LOOKUPS,
    },
  };
}

/** TLS is meant where it is said, and where anything is given that needs it. */
function temporalTls(env: z.output<typeof ENVIRONMENT>): TemporalTls | undefined {
  const { TEMPORAL_TLS_CA: ca, TEMPORAL_TLS_CERT: cert, TEMPORAL_TLS_KEY: key, TEMPORAL_TLS_SERVER_NAME: serverName } = env;
  if ((cert === undefined) !== (key === undefined))
    throw new ConfigError('Settings TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY belong together: give both, or neither.');
  const client = cert && key && { cert, key };
  return env.TEMPORAL_TLS || env.TEMPORAL_API_KEY !== undefined || ca || client || serverName ? { ca, client, serverName } : undefined;
}

/** The settings that hold keys, as text: base64 of 32 bytes; the ring as `id:base64,id:base64`, the current key first. */
export interface KeySettings {
  NATIONAL_ID_KEYS: string;
  LOOKUP_KEY: string;
  TOKEN_KEY: string;
}

/**
 * The keys of the environment.
 * @throws ConfigError when one is missing or not 32 bytes long, or two keys of the ring have one id
 */
export function readKeys(env: NodeJS.ProcessEnv): Keys {
  return {
    nationalId: keyRing(required(env, 'NATIONAL_ID_KEYS')),
    lookup: key32('LOOKUP_KEY', required(env, 'LOOKUP_KEY')),
    token: key32('TOKEN_KEY', required(env, 'TOKEN_KEY')),
  };
}

/**
 * Links in mails begin with it: a guess would send people to an address that is none of theirs.
 * @throws ConfigError where production has none
 */
export function requirePublicUrl(env: NodeJS.ProcessEnv): void {
  if (env['NODE_ENV'] !== 'production' || env['PUBLIC_URL']) return;
  throw new ConfigError('Setting PUBLIC_URL is missing: production needs the address by which people reach the service, for links in mails.');
}

function keyRing(text: string): Keys['nationalId'] {
  const keys = text.split(',').map((entry) => {
    const [id = '', key = ''] = entry.trim().split(':');
    if (!/^[a-z0-9]{1,16}$/i.test(id))
      throw new ConfigError('Setting NATIONAL_ID_KEYS cannot be used: it takes id:base64 pairs, the current key first.');
    return { id, key: key32('NATIONAL_ID_KEYS', key) };
  });
  // What was sealed under the one could not be opened with the other.
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    throw new ConfigError('Setting NATIONAL_ID_KEYS cannot be used: each key of the ring needs an id of its own.');
  return keys;
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

const storedKeys = z.object({ NATIONAL_ID_KEYS: z.string(), LOOKUP_KEY: z.string(), TOKEN_KEY: z.string() });

/** The name of a key that the environment does not have; undefined where it has them all. */
export function missingKey(env: NodeJS.ProcessEnv): string | undefined {
  return Object.keys(storedKeys.shape).find((name) => !env[name]);
}

/** The keys that a data folder keeps; null where it has none. */
export function keptKeys(dataDir: string): KeySettings | null {
  const file = join(dataDir, 'keys.json');
  return existsSync(file) ? storedKeys.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

/** Keys for development, made on the first start and kept in the data folder (readable by the owner only). */
export function developmentKeys(dataDir: string): KeySettings {
  const kept = keptKeys(dataDir);
  if (kept) return kept;
  const fresh = () => randomBytes(32).toString('base64');
  const made: KeySettings = { NATIONAL_ID_KEYS: `dev1:${fresh()}`, LOOKUP_KEY: fresh(), TOKEN_KEY: fresh() };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(dataDir, 'keys.json'), JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}
