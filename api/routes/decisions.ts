// R3.7: one decision on a list.
import { z } from 'zod';
import type { OutcomeOfOne } from '../../commands/commands';
import { decisionsSchema, parseDecisions } from '../../commands/parse-decision';
import { Refused } from '../../domain/refused';
import { REGISTRATION_STATUSES } from '../../domain/registration';
import { logUnexpected, problemOf, refusalOf } from '../problem';
import { OFFICES } from '../roles';
import { type Call, defineSignedInRoute, NONE } from '../route';
import { problem } from '../schemas';

const outcome = z.object({
  registrationId: z.string(),
  status: z.enum(REGISTRATION_STATUSES).optional().meta({ description: 'That the decision led to' }),
  problem: problem.optional().meta({
    description: 'As the decision on one answers, and HAS_WARNINGS, NOT_OPENED. UNAVAILABLE: repeat the call with the same Idempotency-Key',
  }),
});

/** A refusal of one case; what nobody expected is logged, and stops the others neither. */
function refusalOfOne({ services, request }: Pick<Call<unknown, unknown>, 'services' | 'request'>, failure: unknown): Refused {
  const refusal = refusalOf(failure);
  if (!refusal) logUnexpected(services.logger, failure, request);
  return refusal ?? new Refused('INTERNAL');
}

/** Of cases that have no outcome yet. */
const RETRY_AFTER_S = 5;

function answer(call: Pick<Call<unknown, unknown>, 'services' | 'request'>, outcomes: OutcomeOfOne[]) {
  const items = outcomes.map((told) => {
    if ('status' in told) return told;
    return { registrationId: told.registrationId, problem: problemOf(refusalOfOne(call, told.failure)) };
  });
  const passing = items.some((item) => 'problem' in item && item.problem.status >= 500);
  return { status: 200, body: { items }, passing, ...(passing && { headers: { 'Retry-After': String(RETRY_AFTER_S) } }) };
}

export const decisionRoutes = [
  defineSignedInRoute({
    method: 'post',
    path: '/api/decisions',
    summary: 'Decide many at once, each with its own outcome in the order asked; approved are those without warnings that the caller opened (R3.7)',
    who: OFFICES,
    query: NONE,
    body: NONE,
    documentedBody: decisionsSchema,
    idempotent: true,
    answers: { 200: { description: 'Outcomes', schema: z.object({ items: z.array(outcome) }) } },
    refusals: ['VALIDATION', 'NOT_VERIFIED', 'REASON_REQUIRED'],
    async handle(call) {
      const { services, body, account, formId } = call;
      return answer(call, await services.commands.decideMany({ ...parseDecisions(body), caller: account, formId }));
    },
  }),
];
