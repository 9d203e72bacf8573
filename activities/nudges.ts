// Mending, from time to time and after the holidays changed, what the reconciliation finds.
import { Context } from '@temporalio/activity';
import type { RecordingDependencies } from './dependencies';
import { notMended } from './failure';
import { noteRun } from './job-run';
import { type Made, makeRepairs } from './make-repairs';
import { REPAIR_KINDS, reconcile } from './reconcile';

export type NudgeActivities = ReturnType<typeof createNudgeActivities>;

/** Well below the heartbeat's time-out (workflows/sweeps.ts). */
const BEAT_MS = 5_000;

/** The activity that compares rows with workflows, and nudges. */
export function createNudgeActivities(dependencies: RecordingDependencies) {
  const { prisma, now } = dependencies;
  return {
    /**
     * Brings cases and mails that stand still to life. @returns how many of each kind of repair (activities/reconcile.ts)
     * @throws ApplicationFailure once all others are made, where some could not be: the next sweep tries them again
     */
    async nudge(): Promise<Record<string, number>> {
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), BEAT_MS);
      try {
        const { repairs } = await reconcile({ ...dependencies, temporal: context.client }, { every: false });
        const failed: Made[] = [];
        for await (const made of makeRepairs(repairs)) if ('failure' in made) failed.push(made);
        await noteRun(prisma, 'nudge', now(), repairs.length - failed.length);
        if (failed.length > 0) throw notMended(failed, repairs.length);
        return Object.fromEntries(REPAIR_KINDS.map((kind) => [kind, repairs.filter((repair) => repair.kind === kind).length]));
      } finally {
        clearInterval(beat);
      }
    },
  };
}
