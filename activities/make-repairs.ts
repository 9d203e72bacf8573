// Making what the reconciliation found: each on its own, since one that cannot be made must not keep the others from being made.
import { setTimeout as pause } from 'node:timers/promises';
import type { Repair } from './reconcile';

/** As many at once as keep the server busy without flooding it. */
export const REPAIRS_AT_ONCE = 20;
/** What fails because a server is away for a moment is made when the others are. */
const ROUNDS = 3;
const PAUSE_MS = 2_000;

/** A repair, and why it could not be made; without `failure` where it was. */
export interface Made {
  repair: Repair;
  failure?: unknown;
}

/** Makes them, some again where they failed. @returns each with what became of it in the end, as soon as it is known */
export async function* makeRepairs(repairs: readonly Repair[]): AsyncGenerator<Made> {
  let left = repairs;
  for (let round = 1; left.length > 0; round += 1) {
    const again: Repair[] = [];
    for await (const made of makeOnce(left)) {
      if ('failure' in made && round < ROUNDS) again.push(made.repair);
      else yield made;
    }
    left = again;
    if (left.length > 0) await pause(PAUSE_MS);
  }
}

async function* makeOnce(repairs: readonly Repair[]): AsyncGenerator<Made> {
  for (let from = 0; from < repairs.length; from += REPAIRS_AT_ONCE) {
    const some = repairs.slice(from, from + REPAIRS_AT_ONCE);
    yield* await Promise.all(
      some.map((repair) =>
        repair.make().then(
          (): Made => ({ repair }),
          (failure: unknown): Made => ({ repair, failure }),
        ),
      ),
    );
  }
}
