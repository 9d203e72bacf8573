// /confirm/<token>: the page behind the link in the mail (R4.2, R4.3).
import { randomUUID } from 'node:crypto';
import express, { type Response, type Router } from 'express';
import { Refused } from '../domain/refused';
import { isDeadLink } from './failure';
import { complaints, type FormAgain, formAgain, formIdAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import { newPassword } from './new-password';
import type { PageServices } from './pages';
import { render } from './render';

/** Opening shows and consumes nothing; sending sets the password; a dead link says so before anything is typed (R4.2, R4.3). */
export function confirmationPages(parts: PageServices): Router {
  const { queries, commands, limiters } = parts;
  const router = express.Router();

  const show = async (response: Response, token: string, formId: string = randomUUID(), again?: FormAgain) => {
    try {
      render(response, 'confirm', { ...(await queries.confirmation(token)), token, formId, ...complaints(again?.errors ?? []) }, again?.status);
    } catch (failure) {
      await showDeadLink(parts, response, token, failure);
    }
  };

  router.get('/confirm/:token', (request, response) => show(response, request.params.token));
  router.post('/confirm/:token', async (request, response) => {
    const { token } = request.params;
    const body = formTexts(request.body);
    const formId = formIdOf(body);
    try {
      // Not looked at first: the second tap of a form that went through finds its link used, and is answered like the first.
      await commands.confirm({ token, password: newPassword(body), formId });
      response.redirect(303, '/confirmed');
    } catch (failure) {
      if (isDeadLink(failure)) return showDeadLink(parts, response, token, failure);
      // A wrong password leaves the link good.
      const again = formAgain(parts.refusalOf, response, failure);
      await show(response, token, formIdAgain(body, again), again);
    }
  });
  router.post('/confirm/:token/renewal', async (request, response) => {
    const { token } = request.params;
    await limiters.submit(request.ip ?? '');
    try {
      await commands.renewLinkByToken({ token, formId: formIdOf(formTexts(request.body)) });
      response.redirect(303, '/confirm-sent');
    } catch (failure) {
      if (failure instanceof Refused && failure.code === 'LINK_STILL_GOOD') return response.redirect(303, `/confirm/${token}`);
      if (failure instanceof Refused && ['NOT_POSSIBLE_NOW', 'SCHOOL_CLOSED'].includes(failure.code))
        return await showUnrenewable(parts, response, token, failure.status);
      await showDeadLink(parts, response, token, failure);
    }
  });

  router.get('/confirmed', (_request, response) => render(response, 'confirmed'));
  router.get('/confirm-sent', (_request, response) => render(response, 'confirm-sent'));
  return router;
}

/**
 * R4.1: an expired link that gives no new one, such as one of a mailbox that was replaced, leads to the office. How the case stands is
 * not told: it may not be the reader's any more (X8).
 */
async function showUnrenewable({ queries }: Pick<PageServices, 'queries'>, response: Response, token: string, status: number): Promise<void> {
  render(response, 'confirm-dead', { expired: true, renewable: false, office: await queries.confirmationOffice(token) }, status);
}

/** R4.2: an expired link offers a new one where it can give one, a used one says to sign in; every other failure has its own page. */
async function showDeadLink(parts: Pick<PageServices, 'queries'>, response: Response, token: string, failure: unknown): Promise<void> {
  const { queries } = parts;
  if (!isDeadLink(failure)) throw failure;
  const expired = failure.code === 'LINK_EXPIRED';
  if (expired && !(await queries.confirmationRenewable(token))) return showUnrenewable(parts, response, token, failure.status);
  const office = expired ? null : await queries.confirmationOffice(token);
  render(response, 'confirm-dead', { expired, renewable: expired, token, office, formId: randomUUID() }, failure.status);
}
