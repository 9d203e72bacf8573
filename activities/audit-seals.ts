// Seals of the audit (X1). Each covers the entries between the seal before and its own instant: how many, and a digest of their hashes,
// under a code whose key is not in the database. So entries that were cut off, put in or written anew show, whoever did it there.
import { DAY_MS } from '../domain/days';
import type { AuditSeal, PrismaClient } from '../prisma/generated/client';
import type { KeyRing } from '../security/key-ring';
import type { Transaction } from './dependencies';

type Authenticator = Pick<KeyRing, 'authenticate'>;

export interface SealDependencies {
  prisma: PrismaClient;
  keyRing: Authenticator;
  now(): Date;
}

/** An entry tells its time when it is written and is seen when its transaction ends: none of the service's lasts so long. */
const SEALED_AFTER_MS = 3_600_000;

/** A seal covers the entries of a day at most: none takes long to make or to look after. */
const SEALED_AT_ONCE_MS = DAY_MS;

/**
 * Seals what was written since the last seal, and an hour ago or earlier.
 * @returns how many entries that were
 */
export async function sealAudit({ prisma, keyRing, now }: SealDependencies): Promise<number> {
  const limit = now().getTime() - SEALED_AFTER_MS;
  for (let total = 0; ; ) {
    const last = await prisma.auditSeal.findFirst({ orderBy: { number: 'desc' } });
    const oldest = await prisma.auditEntry.aggregate({ _min: { at: true }, where: { at: { gt: last?.until ?? BEGINNING, lte: new Date(limit) } } });
    if (!oldest._min.at) return total;
    const until = new Date(Math.min(limit, oldest._min.at.getTime() + SEALED_AT_ONCE_MS));
    const seal = { number: (last?.number ?? 0) + 1, until, ...(await contentOf(prisma, last, until)) };
    // Another worker may be sealing too: the number is given once.
    const { count } = await prisma.auditSeal.createMany({ data: { ...seal, code: codeOf(keyRing, seal, last) }, skipDuplicates: true });
    total += count * seal.entries;
  }
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

/** Of all entries. */
const BEGINNING = new Date(0);

type SealContent = Pick<AuditSeal, 'entries' | 'digest'>;

async function contentOf(tx: Transaction, before: AuditSeal | null, until: Date): Promise<SealContent> {
  const [content] = await tx.$queryRaw<SealContent[]>`
    SELECT count(*)::int AS entries, encode(sha256(convert_to(coalesce(string_agg(hash, '' ORDER BY hash COLLATE "C"), ''), 'UTF8')), 'hex') AS digest
    FROM audit_entry WHERE at > ${before?.until ?? BEGINNING} AND at <= ${until}`;
  return content ?? { entries: 0, digest: '' };
}

function codeOf(keyRing: Authenticator, { number, until, entries, digest }: Omit<AuditSeal, 'code'>, before: AuditSeal | null): string {
  return keyRing.authenticate(JSON.stringify([number, until.toISOString(), entries, digest, before?.code ?? null]));
}
