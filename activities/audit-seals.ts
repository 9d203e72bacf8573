// Seals of the audit (X1). Each covers the entries between the seal before and its own instant: how many, and a digest of their hashes,
// under a code whose key is not in the database. So entries that were cut off, put in or written anew show, unless the seals from there
// on were deleted too and made again: the workers' logs tell every seal.
import { DAY_MS } from '../domain/days';
import { type AuditSeal, Prisma, type PrismaClient } from '../prisma/generated/client';
import type { KeyRing } from '../security/key-ring';
import type { Transaction } from './dependencies';

type Authenticator = Pick<KeyRing, 'authenticate'>;

export interface SealDependencies {
  prisma: PrismaClient;
  keyRing: Authenticator;
  /** Told of each seal, to be kept where the database is not: who may delete the latest seals with their entries could do so unseen. */
  sealed(seal: AuditSeal): void;
}

/** An entry tells its time when it is written and is seen when its transaction ends: none of the service's lasts so long. */
const SEALED_AFTER_MS = 3_600_000;

/** A seal covers the entries of a day at most: none takes long to make or to look after. */
const SEALED_AT_ONCE_MS = DAY_MS;

/**
 * Seals what was written since the last seal, and an hour ago or earlier by the clock of the database, which entries tell too.
 * @returns how many entries that were
 */
export async function sealAudit({ prisma, keyRing, sealed }: SealDependencies, olderThanMs = SEALED_AFTER_MS): Promise<number> {
  const limit = (await databaseNow(prisma)).getTime() - olderThanMs;
  for (let total = 0; ; ) {
    const last = await prisma.auditSeal.findFirst({ orderBy: { number: 'desc' } });
    const at = { ...(last && { gt: last.until }), lte: new Date(limit) };
    const oldest = await prisma.auditEntry.aggregate({ _min: { at: true }, where: { at } });
    if (!oldest._min.at) return total;
    const until = new Date(Math.min(limit, oldest._min.at.getTime() + SEALED_AT_ONCE_MS));
    const content = { number: (last?.number ?? 0) + 1, until, ...(await contentOf(prisma, last, until)) };
    const seal = { ...content, code: codeOf(keyRing, content, last) };
    // Another worker may be sealing too: the number is given once.
    const { count } = await prisma.auditSeal.createMany({ data: seal, skipDuplicates: true });
    if (count === 1) sealed(seal);
    total += count * seal.entries;
  }
}

async function databaseNow(prisma: PrismaClient): Promise<Date> {
  const [clock] = await prisma.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (!clock) throw new Error('The database tells no time.');
  return clock.now;
}

export interface SealedAudit {
  last: AuditSeal | null;
  /** Numbers of the seals that do not hold: the seal itself was changed, the one before is missing, or the entries are others. */
  broken: number[];
}

/** Looks after every seal; reads the whole audit. */
export async function checkSeals(tx: Transaction, keyRing: Authenticator): Promise<SealedAudit> {
  const broken: number[] = [];
  let before: AuditSeal | null = null;
  for (const seal of await tx.auditSeal.findMany({ orderBy: { number: 'asc' } })) {
    const { entries, digest } = await contentOf(tx, before, seal.until);
    const follows = seal.number === (before?.number ?? 0) + 1;
    const holds = follows && entries === seal.entries && digest === seal.digest && codeOf(keyRing, seal, before) === seal.code;
    if (!holds) broken.push(seal.number);
    before = seal;
  }
  return { last: before, broken };
}

type SealContent = Pick<AuditSeal, 'entries' | 'digest'>;

async function contentOf(tx: Transaction, before: AuditSeal | null, until: Date): Promise<SealContent> {
  const [content] = await tx.$queryRaw<SealContent[]>`
    SELECT count(*)::int AS entries, encode(sha256(convert_to(coalesce(string_agg(hash, '' ORDER BY hash COLLATE "C"), ''), 'UTF8')), 'hex') AS digest
    FROM audit_entry WHERE at <= ${until} AND ${before ? Prisma.sql`at > ${before.until}` : Prisma.sql`true`}`;
  return content ?? { entries: 0, digest: '' };
}

function codeOf(keyRing: Authenticator, { number, until, entries, digest }: Omit<AuditSeal, 'code'>, before: AuditSeal | null): string {
  return keyRing.authenticate(JSON.stringify([number, until.toISOString(), entries, digest, before?.code ?? null]));
}
