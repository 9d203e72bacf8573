// Confirmation links over HTTP (R4.2, R4.3): looking consumes nothing.
import { z } from 'zod';
import { passwordField } from '../../commands/submission-schema';
import { param } from '../param';
import { defineRoute, NONE } from '../route';

export const confirmationRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/confirmations/:token',
    summary: 'What a confirmation link is for; any number of times',
    who: 'anyone',
    query: NONE,
    body: NONE,
    answers: {
      200: {
        description: 'The school, and until when the link is good',
        schema: z.object({ school: z.object({ code: z.string(), name: z.string() }), expiresAt: z.string().nullable() }),
      },
    },
    refusals: ['NOT_FOUND', 'LINK_EXPIRED', 'LINK_USED'],
    handle: async ({ services, params }) => ({ status: 200, body: await services.queries.confirmation(param(params, 'token')) }),
  }),
  defineRoute({
    method: 'post',
    path: '/api/confirmations/:token',
    summary: 'Set the password; the account becomes ACTIVE',
    who: 'anyone',
    query: NONE,
    body: z.object({ password: passwordField }),
    idempotent: true,
    answers: { 201: { description: 'The administrator is active', schema: z.object({ status: z.literal('ACTIVE') }) } },
    refusals: [
      'NOT_FOUND',
      'LINK_EXPIRED',
      'LINK_USED',
      'WEAK_PASSWORD',
      'VALIDATION',
      'EMAIL_IN_USE',
      'PERSON_HAS_SCHOOL',
      'SCHOOL_CLOSED',
      'UNAVAILABLE',
    ],
    access: ({ services, params }) => services.queries.confirmationAccess(param(params, 'token')),
    // A dead link says so before the password is looked at (R4.2); a repeat of a finished call is answered before this.
    async handle({ services, params, body, formId }) {
      await services.commands.confirm({ token: param(params, 'token'), password: body.password, formId });
      return { status: 201, body: { status: 'ACTIVE' } };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/confirmations/:token/renewal',
    summary: 'Ask for a new link with an expired one; while the link is good there is no other, and no mail',
    who: 'anyone',
    query: NONE,
    body: NONE,
    idempotent: true,
    answers: { 202: { description: 'On its way to the registered address' } },
    refusals: ['NOT_FOUND', 'LINK_USED', 'LINK_STILL_GOOD', 'NOT_POSSIBLE_NOW', 'SCHOOL_CLOSED', 'RATE_LIMITED', 'UNAVAILABLE'],
    limit: ({ services, request }) => services.limiters.submit(request.ip ?? ''),
    async handle({ services, params, formId }) {
      await services.commands.renewLinkByToken({ token: param(params, 'token'), formId });
      return { status: 202 };
    },
  }),
];
