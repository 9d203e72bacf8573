// The wait that every case shares: open until it is settled, with one timer at a time toward the next instant that
// changes it by itself (escalation, expiry, end of a correction period). Registration and transfer both wait here.
import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import type { Deadline } from '../contracts/case';

/** What the wait asks of the case it waits for. */
export interface Review {
  /** Whether the case needs to wait no longer. */
  settled(): boolean;
  /** The next instant that changes the case, or null while only people can change it. */
  deadline(): Deadline | null;
  /** What the timer's summary tells operators. */
  describe(deadline: Deadline): string;
  /** Records that the deadline passed; afterwards `deadline()` answers with the next one. */
  pass(deadline: Deadline): Promise<void>;
}

/**
 * Waits until the case is settled (R3.5). A deadline that moves, because people acted or holidays changed, is armed anew;
 * one that is reached is passed on and never expires a case by itself: what it means is decided where it is recorded.
 */
export async function review({ settled, deadline, describe, pass }: Review): Promise<void> {
  while (!settled()) {
    const armed = deadline();
    const moved = () => settled() || !sameDeadline(deadline(), armed);
    if (armed === null) await condition(moved);
    else if (await comes(armed, moved, describe(armed))) await pass(armed);
  }
}

/**
 * Waits for an instant, or for something else before it. Not by the time-out of `condition`, which makes twice as many promises, and
 * the SDK keeps a stack trace of every one.
 */
async function comes(deadline: Deadline, before: () => boolean, summary: string): Promise<boolean> {
  let come = false;
  const timer = new CancellationScope();
  timer
    .run(() => sleep(untilInstant(deadline), { summary }))
    .then(
      () => {
        come = true;
      },
      () => undefined,
    );
  await condition(() => come || before());
  if (!come) timer.cancel();
  return come;
}

function sameDeadline(one: Deadline | null, other: Deadline | null): boolean {
  return one?.at === other?.at && one?.kind === other?.kind;
}

/** Milliseconds from now; at least one, since a timer of zero would be none. */
function untilInstant({ at }: Deadline): number {
  return Math.max(1, Date.parse(at) - Date.now());
}
