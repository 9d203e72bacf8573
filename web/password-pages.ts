// A forgotten password (R4.5): asking for a link, and the page behind it. Nothing tells whether an address is known (X8).
import { randomUUID } from 'node:crypto';
import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { parseOrRefuse } from '../commands/broken-fields';
import { requestResetWithLimit } from '../commands/request-reset-with-limit';
import { emailField } from '../commands/submission-schema';
import type { Refused } from '../domain/refused';
import { isDeadLink } from './failure';
import { complaints, type FormAgain, formAgain, formIdAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import { newPassword } from './new-password';
import type { PageServices } from './pages';
import { render } from './render';

const asked = z.object({ email: emailField });

/** /forgot and /reset/<token>. */
export function passwordPages(services: PageServices): Router {
  const { commands, queries, refusalOf } = services;
  const router = express.Router();
  const showReset = async (response: Response, token: string, formId: string = randomUUID(), again?: FormAgain) => {
    try {
      render(response, 'reset', { ...(await queries.passwordReset(token)), token, formId, ...complaints(again?.errors ?? []) }, again?.status);
    } catch (failure) {
      if (!isDeadLink(failure)) throw failure;
      showDeadLink(response, failure);
    }
  };

  router.get('/forgot', (_request, response) => showForgot(response, {}));
  router.post('/forgot', async (request, response) => {
    const values = formTexts(request.body);
    try {
      const { email } = parseOrRefuse(asked, { email: values['email'] ?? '' });
      await requestResetWithLimit(services, { email, formId: formIdOf(values), address: request.ip ?? '' });
      response.redirect(303, '/forgot/sent');
    } catch (failure) {
      showForgot(response, values, formAgain(refusalOf, response, failure));
    }
  });
  router.get('/forgot/sent', (_request, response) => render(response, 'forgot-sent'));

  router.get('/reset/:token', (request, response) => showReset(response, request.params.token));
  router.post('/reset/:token', async (request, response) => {
    const { token } = request.params;
    const body = formTexts(request.body);
    const formId = formIdOf(body);
    try {
      await commands.resetPassword({ token, password: newPassword(body), formId });
      response.redirect(303, '/password-changed');
    } catch (failure) {
      if (isDeadLink(failure)) return showDeadLink(response, failure);
      const again = formAgain(refusalOf, response, failure);
      await showReset(response, token, formIdAgain(body, again), again);
    }
  });
  router.get('/password-changed', (_request, response) => render(response, 'password-changed'));
  return router;
}

function showForgot(response: Response, values: Record<string, string>, again?: FormAgain): void {
  const formId = formIdAgain(values, again);
  render(response, 'forgot', { values, formId, ...complaints(again?.errors ?? []) }, again?.status);
}

/** An expired or used link offers a new one. */
function showDeadLink(response: Response, { code }: Refused): void {
  render(response, 'reset-dead', { expired: code === 'LINK_EXPIRED' }, 410);
}
