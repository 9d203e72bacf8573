// Work that is done by so many at once and not more; whoever comes then waits for a turn.
import { Refused } from '../domain/refused';

/**
 * Gives turns.
 * @param atOnce how much is done at the same time
 * @param mostWaiting more than these are not let wait
 * @returns what does a piece of work in its turn @throws Refused UNAVAILABLE where too many wait
 */
export function turns(atOnce: number, mostWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (waiting.length >= mostWaiting) throw new Refused('UNAVAILABLE', { retryAfter: 10 });
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // Whoever waited longest takes the place over: it is never free for somebody who comes at this moment.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
