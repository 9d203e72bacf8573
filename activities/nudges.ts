// Mending, from time to time and after the holidays changed, what the reconciliation finds.
import { Context } from '@temporalio/activity';
import type { RecordingDependencies } from './dependencies';
import { noteRun } from './job-run';
import { REPAIR_KINDS, reconcile } from './reconcile';

export type NudgeActivities = ReturnType<typeof createNudgeActivities>;

/** As many at once as keep the server busy without flooding it. */
const AT_ONCE = 20;
/** Well below the heartbeat's time-out (workflows/sweeps.ts). */
const BEAT_MS = 5_000;

/** The activity that compares rows with workflows, and nudges. */
export function createNudgeActivities(dependencies: RecordingDependencies) {
  const { prisma, now } = dependencies;
  return {
    /** Brings cases and mails that stand still to life. @returns how many of each kind of repair (activities/reconcile.ts) */
    async nudge(): Promise<Record<string, number>> {
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), BEAT_MS);
      try {
        const { repairs } = await reconcile({ ...dependencies, temporal: context.client }, { every: false });
        for (let start = 0; start < repairs.length; start += AT_ONCE) {
          await Promise.all(repairs.slice(start, start + AT_ONCE).map(({ make }) => make()));
        }
        await noteRun(prisma, 'nudge', now(), repairs.length);
        return Object.fromEntries(REPAIR_KINDS.map((kind) => [kind, repairs.filter((repair) => repair.kind === kind).length]));
      } finally {
        clearInterval(beat);
      }
    },
  };
}
