// Erasing a person on a lawful request (X7), by the central office.
import { z } from 'zod';
import { nationalIdField } from '../../commands/submission-schema';
import { REGISTRATION_STATUSES } from '../../domain/registration';
import { param } from '../param';
import { CENTRAL } from '../roles';
import { defineSignedInRoute, NONE } from '../route';

const found = z.object({
  person: z.object({ id: z.string(), school: z.object({ code: z.string(), name: z.string() }).nullable() }).nullable(),
  registrations: z.array(z.object({ id: z.string(), reference: z.string(), status: z.enum(REGISTRATION_STATUSES) })),
  formerForms: z.array(z.object({ id: z.string(), reference: z.string() })),
});

export const peopleRoutes = [
  defineSignedInRoute({
    method: 'post',
    path: '/api/people/searches',
    summary: 'What is kept under a national ID (X7); audited',
    who: CENTRAL,
    query: NONE,
    body: z.object({ nationalId: nationalIdField }),
    documentedBody: z.object({ nationalId: z.string() }),
    answers: {
      200: { description: 'The record, the registrations, and forms of registrations that are another’s by a correction, by ID', schema: found },
    },
    refusals: ['NATIONAL_ID', 'VALIDATION'],
    async handle({ services, account, body }) {
      return { status: 200, body: await services.commands.findPerson({ caller: account, nationalId: body.nationalId }) };
    },
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/people/:id/erasure',
    summary: 'Erase a person, by the ID of the record, a registration or a former form, or refuse the request; with a reason (X7)',
    who: CENTRAL,
    query: NONE,
    body: z.object({ decision: z.enum(['ERASE', 'REFUSE']).default('ERASE'), reason: z.string().max(2000).optional() }),
    idempotent: true,
    answers: { 200: { description: 'Recorded', schema: z.object({ id: z.string(), decision: z.enum(['ERASE', 'REFUSE']) }) } },
    refusals: ['NOT_FOUND', 'VALIDATION', 'REASON_REQUIRED', 'ERASURE_BLOCKED'],
    // A repeat finds nobody any more.
    async access({ services, params, account, mayRepeat }) {
      if (!mayRepeat) await services.queries.erasureSubject(param(params, 'id'), account);
    },
    async handle({ services, params, body, account, formId }) {
      const id = param(params, 'id');
      await services.commands.erasePerson({ caller: account, id, ...body, formId });
      return { status: 200, body: { id, decision: body.decision } };
    },
  }),
];
