// The administrator of a school, as its office ends it (R4.6).
import { z } from 'zod';
import { param } from '../param';
import { OFFICES } from '../roles';
import { defineSignedInRoute, NONE } from '../route';
import { school } from '../schemas';

export const administratorRoutes = [
  defineSignedInRoute({
    method: 'post',
    path: '/api/schools/:code/administrator/revocation',
    summary: 'End the access of a school’s administrator at once (R4.6); an open handover goes on',
    who: OFFICES,
    query: NONE,
    body: z.object({ reason: z.string().max(2000).optional() }),
    documentedBody: z.object({ reason: z.string().min(1).max(2000) }),
    idempotent: true,
    answers: { 200: { description: 'The school, free to register', schema: school } },
    refusals: ['NOT_FOUND', 'VALIDATION', 'REASON_REQUIRED', 'NO_ADMINISTRATOR', 'UNAVAILABLE'],
    async access({ services, params, account }) {
      await services.queries.revocationAccess(param(params, 'code'), account);
    },
    async handle({ services, params, body, account, formId }) {
      const schoolCode = param(params, 'code');
      await services.commands.revokeAdministrator({ schoolCode, caller: account, reason: body.reason, formId });
      return { status: 200, body: await services.queries.school(schoolCode, account) };
    },
  }),
];
