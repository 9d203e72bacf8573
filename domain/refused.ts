import { type BrokenRule, REFUSALS, type RefusalCode } from './refusal';
import { firstCode } from './top-code';
import type { Words } from './words';

/** A refusal on its way to the person who asked; the API and the pages tell it, each in its form. */
export class Refused extends Error {
  readonly status: number;
  /** What it says to people: of this case where it was told, otherwise what its code always says. */
  readonly words: Words;

  /**
   * @param code one of the refusal codes, told at the top of the answer
   * @param details `errors` for the broken rules of a 422; `extra` for public facts beside the code (who decided, when);
   *   `words` that say more of this case than those of the code; `retryAfter` in seconds
   */
  constructor(
    readonly code: RefusalCode,
    readonly details: { errors?: BrokenRule[]; extra?: Record<string, unknown>; words?: Words; retryAfter?: number } = {},
  ) {
    super(`${REFUSALS[code].th} / ${REFUSALS[code].en}`);
    this.name = 'Refused';
    this.status = REFUSALS[code].status;
    this.words = details.words ?? (code === 'RATE_LIMITED' ? waitWords(details.retryAfter) : REFUSALS[code]);
  }
}

/** How long to wait, in minutes as people count: never less than it takes. */
function waitWords(seconds: number | undefined): Words {
  if (seconds === undefined) return REFUSALS.RATE_LIMITED;
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  return {
    th: `มีคำขอมากเกินไป โปรดรอ ${minutes} นาทีแล้วลองใหม่`,
    en: `Too many requests. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and try again.`,
  };
}

/** Refuses with every broken rule; does nothing when none is broken. @param codeOf which code stands at the top */
export function refuseBroken(errors: BrokenRule[], codeOf: (errors: readonly BrokenRule[]) => RefusalCode = firstCode): void {
  if (errors.length > 0) throw new Refused(codeOf(errors), { errors });
}
