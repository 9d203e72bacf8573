// Signing in and out (R4.4).
import { z } from 'zod';
import type { AccountView } from '../../commands/commands';
import { signInWithLimit } from '../../commands/sign-in-with-limit';
import { passwordField } from '../../commands/submission-schema';
import { EVERYBODY } from '../roles';
import { defineRoute, defineSignedInRoute, NONE } from '../route';
import { account } from '../schemas';
import { clearSession, sessionToken, setSession } from '../sign-in-state';

/** An account as the OpenAPI document has it: what does not apply is absent. */
function told({ schoolCode, districtCode, head, ...rest }: AccountView) {
  return {
    account: {
      ...rest,
      ...(schoolCode !== null && { schoolCode }),
      ...(districtCode !== null && { districtCode }),
      ...(rest.role === 'DISTRICT' && { head }),
    },
  };
}

const answer = z.object({ account });

/** No account has a second factor yet: what is sent is taken, as the contract has it, and proves nothing. */
const secondFactor = z.string().max(20).optional().meta({ description: 'Of a second factor, which no account has yet' });

export const sessionRoutes = [
  defineRoute({
    method: 'post',
    path: '/api/sessions',
    summary: 'Sign in; the answer sets the session cookie',
    who: 'anyone',
    query: NONE,
    body: z.object({ email: z.string().max(320), password: passwordField, otp: secondFactor }),
    answers: { 201: { description: 'Signed in', schema: answer } },
    refusals: ['SIGN_IN_FAILED', 'RATE_LIMITED', 'VALIDATION'],
    async handle({ services, request, response, body }) {
      const { commands, config, limiters } = services;
      const { token, account: signedIn } = await signInWithLimit(commands, limiters.signIn(body.email, request.ip ?? ''), {
        ...body,
        before: sessionToken(request, config),
      });
      setSession(response, config, token);
      return { status: 201, body: told(signedIn) };
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/api/sessions/current',
    summary: 'Sign out; whoever is signed out already is so',
    who: 'anyone',
    query: NONE,
    body: NONE,
    answers: { 204: { description: 'Signed out' } },
    async handle({ services, request, response }) {
      const token = sessionToken(request, services.config);
      if (token !== undefined) await services.commands.signOut({ token });
      clearSession(response, services.config);
      return { status: 204 };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/me',
    summary: 'Who is signed in',
    who: EVERYBODY,
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'The account', schema: answer } },
    handle: async ({ account }) => ({ status: 200, body: told(account) }),
  }),
];
