// Making what the reconciliation found: each on its own, since one that cannot be made must not keep the others from being made.
import type { Repair } from './reconcile';

/** As many at once as keep the server busy without flooding it. */
export const REPAIRS_AT_ONCE = 20;

/** A repair, and why it could not be made; undefined where it was. */
export interface Made {
  repair: Repair;
  failure?: unknown;
}

/** Makes them. @returns each with what became of it, in their order, as soon as it is known */
export async function* makeRepairs(repairs: readonly Repair[]): AsyncGenerator<Made> {
  for (let from = 0; from < repairs.length; from += REPAIRS_AT_ONCE) {
    const some = repairs.slice(from, from + REPAIRS_AT_ONCE);
    const settled = await Promise.allSettled(some.map(({ make }) => make()));
    for (const [index, outcome] of settled.entries()) {
      const repair = some[index];
      if (repair) yield outcome.status === 'fulfilled' ? { repair } : { repair, failure: outcome.reason };
    }
  }
}
