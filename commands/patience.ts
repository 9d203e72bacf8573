// How long a command waits: an answer within ten seconds or a 503, never a hang.
import { setTimeout as pause } from 'node:timers/promises';
import { Refused } from '../domain/refused';

/** Milliseconds a command takes at most; what is left of the ten seconds is for the way there and back. */
const PATIENCE_MS = 8_500;
/**
 * What is just being recorded, or is just closing, is done by then. Where its worker was killed meanwhile it takes longer
 * (`WORKFLOW_TASK_TIMEOUT`): then what is done about a long wait is done in vain, and harms nothing.
 */
const LONG_MS = 3_000;

/** A deadline in the process's own monotonic time. */
export interface Patience {
  /** Milliseconds left, at least one. */
  left(): number;
  isOver(): boolean;
  /** Whether it has taken longer than what goes on by itself takes; says so once. */
  isLong(): boolean;
  /**
   * Sleeps a little, longer each time.
   * @throws Refused UNAVAILABLE when the time is over
   */
  rest(): Promise<void>;
}

/** Starts the wait of one command. */
export function patience(): Patience {
  const end = performance.now() + PATIENCE_MS;
  let long = false;
  let nap = 20;
  const left = () => end - performance.now();
  return {
    left: () => Math.max(1, left()),
    isOver: () => left() <= 0,
    isLong() {
      if (long) return false;
      long = left() < PATIENCE_MS - LONG_MS;
      return long;
    },
    async rest() {
      if (left() <= nap) throw unavailable();
      // A little randomness keeps two hundred waiting callers from asking the database in step.
      await pause(nap * (0.75 + Math.random() / 2));
      nap = Math.min(250, nap * 1.5);
    },
  };
}

/** The answer when something that is needed is down or slow; the same request is safe to repeat. */
export function unavailable(): Refused {
  return new Refused('UNAVAILABLE', { retryAfter: 5 });
}
