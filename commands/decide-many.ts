// R3.7: one decision on a list. Each case goes through the command for one, with a form of its own.
import { setTimeout as pause } from 'node:timers/promises';
import { brokenDecisionRules } from '../domain/decision';
import { Refused, refuseBroken } from '../domain/refused';
import { STATUS_AFTER } from '../domain/registration';
import { derivedId } from '../security/derived-id';
import type { Commands, DecisionOfMany, OutcomeOfOne } from './commands';
import { unavailable } from './patience';

/** So many cases keep two cores busy, and leave connections of the pool to everybody else. */
const AT_ONCE = 8;
/** Milliseconds for all of them; what is left of the ten seconds is for the answer. */
const TOGETHER_MS = 8_000;

type Item = DecisionOfMany['items'][number];

/** One case of the list, with its place in it. */
interface Turn {
  place: number;
  item: Item;
  formId: string;
}

/**
 * Decides a list with the command for one. What has no outcome when the time is over is UNAVAILABLE: nothing new is begun then, and
 * the forms' IDs follow from the request's, so that a repeat goes on with the same forms.
 * @param togetherMs milliseconds for the whole list
 */
export function decideMany(decide: Commands['decide'], togetherMs = TOGETHER_MS): Commands['decideMany'] {
  return async ({ items, formId, ...asked }) => {
    refuseBroken(brokenDecisionRules(asked));
    const outcomes: OutcomeOfOne[] = items.map(({ registrationId }) => ({ registrationId, failure: unavailable() }));
    const end = performance.now() + togetherMs;
    const queue = turnsOf(items, formId);
    const lane = async () => {
      for (let turns = queue.shift(); turns; turns = queue.shift()) {
        for (const turn of turns) if (performance.now() < end) outcomes[turn.place] = await decideOne(decide, asked, turn);
      }
    };
    const over = new AbortController();
    const timer = pause(togetherMs, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([Promise.all(Array.from({ length: AT_ONCE }, lane)), timer]);
    over.abort();
    // What is still under way ends by itself; the answer is what is known now.
    return [...outcomes];
  };
}

/** The turns of each case, one case after another: one that stands twice in the list is decided once, and then told so. */
function turnsOf(items: DecisionOfMany['items'], formId: string): Turn[][] {
  const turns = new Map<string, Turn[]>();
  items.forEach((item, place) => {
    const id = item.registrationId.toLowerCase();
    const earlier = turns.get(id) ?? [];
    turns.set(id, [...earlier, { item, place, formId: derivedId(formId, id, earlier.length) }]);
  });
  return [...turns.values()];
}

async function decideOne(
  decide: Commands['decide'],
  { caller, decision, verified, reason }: Omit<DecisionOfMany, 'items' | 'formId'>,
  { item, formId }: Turn,
): Promise<OutcomeOfOne> {
  const { registrationId } = item;
  try {
    if ('broken' in item) throw new Refused('VALIDATION', { errors: item.broken });
    // Rows are found by their IDs as the database writes them, of which several are looked for at once.
    await decide({ ...item, registrationId: registrationId.toLowerCase(), caller, decision, verified, reason, amongMany: true, formId });
    return { registrationId, status: STATUS_AFTER[decision] };
  } catch (failure) {
    return { registrationId, failure };
  }
}
