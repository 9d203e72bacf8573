// Signing in and out, and who is signed in (R4.4): with the API's throttle and cookie.
import express, { type Router } from 'express';
import { signInWithLimit } from '../commands/sign-in-with-limit';
import { homeOf, placeFor } from './areas';
import { askToSignIn } from './ask-to-sign-in';
import { formAgain } from './form-again';
import { formTexts } from './form-id';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { render } from './render';
import { session } from './session';

/** Pages that one may be led back to: an address of ours, and of no other site. */
const PLACES = /^\/(office|account|schools?|transfers)(\/[\w-]+)*(\.(csv|xlsx))?(\?[\w=&%+.-]*)?$/;

const placeOf = (next: string) => (PLACES.test(next) ? next : '');

/** Sign in, sign out, who am I. */
export function signInPages(services: PageServices): Router {
  const { commands, limiters, refusalOf } = services;
  const { token, signedIn, begin, end } = session(services);
  const router = express.Router();

  router.get('/sign-in', (request, response) => askToSignIn(response, { next: placeOf(textOf(request.query['next'])) }));
  router.post('/sign-in', async (request, response) => {
    const values = formTexts(request.body);
    const { email = '', password = '' } = values;
    const next = placeOf(values['next'] ?? '');
    try {
      const limit = limiters.signIn(email, request.ip ?? '');
      const started = await signInWithLimit(commands, limit, { email, password, before: token(request) });
      begin(response, started.token);
      response.redirect(303, placeFor(started.account, next));
    } catch (failure) {
      askToSignIn(response, { next, values, ...formAgain(refusalOf, response, failure, ['SIGN_IN_FAILED', 'RATE_LIMITED']) });
    }
  });

  router.post('/sign-out', async (request, response) => {
    const known = token(request);
    if (known !== undefined) await commands.signOut({ token: known });
    end(response);
    response.redirect(303, '/');
  });

  router.get('/account', async (request, response) => {
    const account = await signedIn(request, response);
    const school = account.schoolCode === null ? null : await services.queries.school(account.schoolCode, account);
    render(response, 'account', { account, school, home: homeOf(account) });
  });
  return router;
}
