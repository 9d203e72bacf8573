// What an approver has beside the registrations: figures, what to check against, what changed, reasons to use again.
import { z } from 'zod';
import { param } from '../param';
import { OFFICES } from '../roles';
import { defineSignedInRoute, NONE } from '../route';
import { decisionRights } from '../schemas';

const counts = z
  .object({
    pending: z.int(),
    overdue: z.int(),
    attention: z.int().meta({ description: 'Pending with warnings, an objection, or a mail that came back' }),
    clear: z.int().meta({ description: 'Pending without' }),
    escalated: z.int().meta({ description: 'Pending, escalated to the central office' }),
    held: z.int().meta({ description: 'Pending at a school without a district' }),
    returned: z.int(),
    approved: z.int(),
  })
  .meta({ id: 'RegistrationCounts' });

const verification = z
  .object({
    posting: z
      .object({ schoolCode: z.string(), schoolName: z.string(), since: z.string().meta({ format: 'date' }) })
      .nullable()
      .meta({ description: 'Where the roster has the person of this national ID today' }),
    objections: z.array(z.object({ at: z.string().meta({ format: 'date-time' }), name: z.string(), phone: z.string(), note: z.string() })),
    ...decisionRights.shape,
  })
  .meta({ id: 'Verification' });

const reason = z.object({ reason: z.string() }).meta({ id: 'DecisionReason' });
const change = z.object({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() }).meta({ id: 'Change' });

export const reviewRoutes = [
  defineSignedInRoute({
    method: 'get',
    path: '/api/registration-counts',
    summary: 'How many registrations wait, and for what',
    who: OFFICES,
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'Figures of the own district; of all for the central office', schema: counts } },
    handle: async ({ services, account }) => ({ status: 200, body: await services.queries.registrationCounts(account) }),
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/registrations/:id/verification',
    summary: 'What to check a registrant’s data against (R3.1)',
    who: OFFICES,
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'Posting, objections, and what the caller may decide', schema: verification } },
    refusals: ['NOT_FOUND'],
    handle: async ({ services, params, account }) => ({
      status: 200,
      body: await services.queries.verification(param(params, 'id'), account),
    }),
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/registrations/:id/changes',
    summary: 'How the present revision differs from the one that was seen',
    who: OFFICES,
    query: z.object({ since: z.coerce.number().int().min(1) }),
    body: NONE,
    answers: { 200: { description: 'Places of the submission that differ', schema: z.object({ items: z.array(change) }) } },
    refusals: ['NOT_FOUND', 'VALIDATION'],
    access: async ({ services, params, account }) => void (await services.queries.registrationUnopened(param(params, 'id'), account)),
    handle: async ({ services, params, query, account }) => ({
      status: 200,
      body: { items: await services.queries.changesSince(param(params, 'id'), query.since, account) },
    }),
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/decision-reasons',
    summary: 'Reasons given before, to use again (R3.4)',
    who: OFFICES,
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'The caller’s own first, latest first', schema: z.object({ items: z.array(reason) }) } },
    async handle({ services, account }) {
      const reasons = await services.queries.decisionReasons(account);
      return { status: 200, body: { items: reasons.map((text) => ({ reason: text })) } };
    },
  }),
];
