// Between the mail server's "taken" and the row's update a database may go down or a worker die. What the server took is told
// to Temporal with the next heartbeat, or at once where the row cannot be updated, so that the next attempt records it instead
// of sending the mail again. Where all goes well nothing is told: the row says it some milliseconds later.
import { Context } from '@temporalio/activity';
import { z } from 'zod';

/** Heartbeats go out at least this often; the activity is given up after ten seconds without (workflows/delivery.ts). */
const BEAT_MS = 3_000;

const told = z.object({ until: z.iso.datetime().nullable() });

/** Until when the reader of the mail has to act, as the mail says. */
export interface Acceptance {
  until: Date | null;
}

/** The heartbeat of one attempt to send. */
export interface Heartbeat {
  /** What an earlier attempt handed over without being able to record it. */
  earlier: Acceptance | null;
  /** The server took the mail in this attempt. */
  accepted(acceptance: Acceptance): void;
  /** This attempt fails: the next one is told what the server took. */
  failing(): void;
  /** Does something at each beat from now on. */
  alongWith(work: () => void): void;
  stop(): void;
}

/** Beats until it is stopped; to be called inside an activity. */
export function startHeartbeat(): Heartbeat {
  const context = Context.current();
  const parsed = told.safeParse(context.info.heartbeatDetails);
  const earlier = parsed.success ? { until: parsed.data.until === null ? null : new Date(parsed.data.until) } : null;
  let known = earlier;
  let work = () => {};
  const beat = () => {
    // Each heartbeat replaces what the one before told, so all of them tell it.
    context.heartbeat(known && { until: known.until?.toISOString() ?? null });
    work();
  };
  const timer = setInterval(beat, BEAT_MS);
  return {
    earlier,
    accepted(acceptance) {
      known = acceptance;
    },
    failing() {
      if (known) beat();
    },
    alongWith(given) {
      work = given;
    },
    stop: () => clearInterval(timer),
  };
}
