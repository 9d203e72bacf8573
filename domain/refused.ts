import { type BrokenRule, REFUSALS, type RefusalCode } from './refusal';

/** A refusal on its way to the person who asked; the API and the pages tell it, each in its form. */
export class Refused extends Error {
  readonly status: number;

  /**
   * @param code one of the refusal codes, told at the top of the answer
   * @param details `errors` for the broken rules of a 422; `extra` for public facts beside the code (who decided, when);
   *   `retryAfter` in seconds
   */
  constructor(
    readonly code: RefusalCode,
    readonly details: { errors?: BrokenRule[]; extra?: Record<string, unknown>; retryAfter?: number } = {},
  ) {
    super(`${REFUSALS[code].th} / ${REFUSALS[code].en}`);
    this.name = 'Refused';
    this.status = REFUSALS[code].status;
  }
}

/** Refuses with every broken rule, its first code at the top; does nothing when none is broken. */
export function refuseBroken(errors: BrokenRule[], codeOf: (rule: BrokenRule) => RefusalCode): void {
  const [first] = errors;
  if (first) throw new Refused(codeOf(first), { errors });
}
