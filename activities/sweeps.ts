// Removing what was never official (docs/decisions.md 57) and what is over: every part may run at any time, and twice.
import { DAY_MS } from '../domain/days';
import { DRAFT_KEPT_MS } from '../domain/draft';
import { LOOKUP_VALID_MS } from '../domain/staff-lookup';
import { UNSENT_LIST } from '../prisma/unsent';
import { type SealDependencies, sealAudit } from './audit-seals';
import { endAdministratorsOfClosed } from './closures';
import { partsFailed } from './failure';
import { noteRun } from './job-run';
import { RETENTION_SWEEPS, type RetentionDependencies } from './retention';

export type SweepActivities = ReturnType<typeof createSweepActivities>;

interface SweepDependencies extends RetentionDependencies, Pick<SealDependencies, 'sealed'> {
  /** How long a session lives at most. */
  session: { maxMs: number };
}

type Sweep = (dependencies: SweepDependencies, dayAgo: Date) => Promise<number>;

/** What each part removes; the names stand in /metrics. */
const SWEEPS: Record<string, Sweep> = {
  /** Forms whose workflow call never succeeded, and refused ones: after a day, in which a repeat finds its answer. */
  async forms({ prisma }, dayAgo) {
    // In these words, since each of both states has an index of its own.
    return prisma.$executeRaw`DELETE FROM form WHERE (state = 'OPEN' OR state = 'REFUSED') AND created_at < ${dayAgo}`;
  },
  /** Uploads that no submission claimed (R1.3). */
  async files({ prisma }, dayAgo) {
    return (await prisma.storedFile.deleteMany({ where: { claimedBy: null, createdAt: { lt: dayAgo } } })).count;
  },
  /** What somebody began to type on the pages. */
  async drafts({ prisma, now }) {
    return (await prisma.draft.deleteMany({ where: { changedAt: { lt: new Date(now().getTime() - DRAFT_KEPT_MS) } } })).count;
  },
  async 'idempotency-keys'({ prisma }, dayAgo) {
    return (await prisma.idempotencyKey.deleteMany({ where: { createdAt: { lt: dayAgo } } })).count;
  },
  async sessions({ prisma, session, now }) {
    return (await prisma.session.deleteMany({ where: { createdAt: { lt: new Date(now().getTime() - session.maxMs) } } })).count;
  },
  /** Links for passwords that are dead; the first one of an office's account lives for days, and longer while its mail is on its way. */
  async 'password-resets'({ prisma, now }, dayAgo) {
    return prisma.$executeRaw`
      DELETE FROM password_reset r WHERE r.created_at < ${dayAgo} AND (r.expires_at IS NULL OR r.expires_at < ${now()})
        AND NOT EXISTS (SELECT 1 FROM mail m WHERE m.id = r.id AND m.status IN ${UNSENT_LIST})`;
  },
  /** Look-ups that nothing cited while they were good (R5.3a): they hold national IDs of people whom the service may not even know. */
  async 'staff-lookups'({ prisma, now }) {
    const createdAt = { lt: new Date(now().getTime() - LOOKUP_VALID_MS) };
    return (await prisma.staffLookup.deleteMany({ where: { usedAt: null, createdAt } })).count;
  },
  /** Administrators whose school is closed by now (R5.3d). */
  closures: (dependencies) => endAdministratorsOfClosed(dependencies),
  async throttles({ prisma, now }) {
    return (await prisma.rateLimit.deleteMany({ where: { expire: { lt: BigInt(now().getTime()) } } })).count;
  },
  ...RETENTION_SWEEPS,
};

/** The activities of the `sweeps` workflow that remove rows, and seal the audit. */
export function createSweepActivities(dependencies: SweepDependencies) {
  const { prisma, now } = dependencies;
  return {
    /**
     * Runs every part, also after one that failed. @returns how many rows each removed
     * @throws ApplicationFailure that names those that failed, once all others ran
     */
    async sweepRows(): Promise<Record<string, number>> {
      const found: Record<string, number> = {};
      const failures: Record<string, unknown> = {};
      for (const [name, sweep] of Object.entries(SWEEPS)) {
        try {
          found[name] = await sweep(dependencies, new Date(now().getTime() - DAY_MS));
          await noteRun(prisma, `sweep-${name}`, now(), found[name]);
        } catch (failure) {
          failures[name] = failure;
        }
      }
      if (Object.keys(failures).length > 0) throw partsFailed(failures);
      return found;
    },

    /** X1. @returns how many entries were sealed */
    async sealAudit(): Promise<number> {
      const entries = await sealAudit(dependencies);
      await noteRun(prisma, 'audit-seals', now(), entries);
      return entries;
    },
  };
}
