// A forgotten password (R4.5): nothing tells whether an address has an account.
import { z } from 'zod';
import { requestResetWithLimit } from '../../commands/request-reset-with-limit';
import { passwordField } from '../../commands/submission-schema';
import { param } from '../param';
import { defineRoute, NONE } from '../route';

export const passwordResetRoutes = [
  defineRoute({
    method: 'post',
    path: '/api/password-resets',
    summary: 'Ask for a link to set a new password; the answer is the same whether or not the address has an account',
    who: 'anyone',
    query: NONE,
    body: z.object({ email: z.string().max(320) }),
    idempotent: true,
    answers: { 202: { description: 'If the address has an account, a mail is on its way' } },
    refusals: ['VALIDATION', 'UNAVAILABLE'],
    async handle({ services, request, body, formId }) {
      await requestResetWithLimit(services, { email: body.email, formId, address: request.ip ?? '' });
      return { status: 202 };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/password-resets/:token',
    summary: 'Whether the link is still good; any number of times',
    who: 'anyone',
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'Until when', schema: z.object({ expiresAt: z.string().nullable() }) } },
    refusals: ['NOT_FOUND', 'LINK_EXPIRED', 'LINK_USED'],
    handle: async ({ services, params }) => ({ status: 200, body: await services.queries.passwordReset(param(params, 'token')) }),
  }),
  defineRoute({
    method: 'post',
    path: '/api/password-resets/:token',
    summary: 'Set the new password; every session of the account ends',
    who: 'anyone',
    query: NONE,
    body: z.object({ password: passwordField }),
    idempotent: true,
    answers: { 204: { description: 'The password is set' } },
    refusals: ['NOT_FOUND', 'LINK_EXPIRED', 'LINK_USED', 'WEAK_PASSWORD', 'VALIDATION', 'UNAVAILABLE'],
    access: ({ services, params }) => services.queries.passwordResetAccess(param(params, 'token')),
    async handle({ services, params, body, formId }) {
      await services.commands.resetPassword({ token: param(params, 'token'), password: body.password, formId });
      return { status: 204 };
    },
  }),
];
