// /confirm/<token>: the page behind the link in the mail (R4.2, R4.3).
import { randomUUID } from 'node:crypto';
import express, { type Response, type Router } from 'express';
import { REFUSALS } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { sayWhenAgain } from './failure';
import { formIdOf, formTexts } from './form-id';
import type { PageParts } from './pages';
import { render } from './render';
import { SEND_AGAIN } from './texts';

/** What is wrong with the form, and where; `field` is empty where the reader is not to blame. */
interface Complaint {
  field: 'password' | 'repeat' | '';
  message: string;
}

const DIFFERENT: Complaint = { field: 'repeat', message: 'รหัสผ่านสองช่องไม่ตรงกัน โปรดพิมพ์ใหม่ทั้งสองช่อง / The two passwords differ. Type both again.' };
const WEAK: Complaint = { field: 'password', message: `${REFUSALS.WEAK_PASSWORD.th} / ${REFUSALS.WEAK_PASSWORD.en}` };
const AGAIN: Complaint = { field: '', message: `${SEND_AGAIN.th} / ${SEND_AGAIN.en}` };

/** Opening shows and consumes nothing; sending sets the password; a dead link says so before anything is typed (R4.2, R4.3). */
export function confirmationPages(parts: PageParts): Router {
  const { queries, commands } = parts;
  const router = express.Router();

  const show = async (response: Response, token: string, complaint?: Complaint, status = 200, formId: string = randomUUID()) => {
    try {
      render(response, 'confirm', { ...(await queries.confirmation(token)), token, complaint, formId }, status);
    } catch (error) {
      showDeadLink(response, token, error);
    }
  };

  /** A wrong password leaves the link good; after an outage the same form, sent again, is the same request. */
  const showAgain = async (response: Response, token: string, formId: string, error: unknown) => {
    const refusal = parts.refusalOf(error);
    if (refusal?.code === 'WEAK_PASSWORD') return show(response, token, WEAK, 422);
    if (refusal?.status !== 503) return showDeadLink(response, token, error);
    sayWhenAgain(response, refusal);
    await show(response, token, AGAIN, 503, formId);
  };

  router.get('/confirm/:token', (request, response) => show(response, request.params.token));
  router.post('/confirm/:token', async (request, response) => {
    const { token } = request.params;
    const body = formTexts(request.body);
    if (body['password'] !== body['repeat']) return show(response, token, DIFFERENT, 422);
    const formId = formIdOf(body);
    try {
      // Not looked at first: the second tap of a form that went through finds its link used, and is answered like the first.
      await commands.confirm({ token, password: body['password'] ?? '', formId });
      response.redirect(303, '/confirmed');
    } catch (error) {
      await showAgain(response, token, formId, error);
    }
  });
  router.post('/confirm/:token/renewal', async (request, response) => {
    const { token } = request.params;
    try {
      await commands.renewLinkByToken({ token, formId: formIdOf(formTexts(request.body)) });
      response.redirect(303, '/confirm-sent');
    } catch (error) {
      showDeadLink(response, token, error);
    }
  });

  router.get('/confirmed', (_request, response) => render(response, 'confirmed'));
  router.get('/confirm-sent', (_request, response) => render(response, 'confirm-sent'));
  return router;
}

/** R4.2: an expired link offers a new one, a used one says to sign in; every other failure has its own page. */
function showDeadLink(response: Response, token: string, error: unknown): void {
  if (!(error instanceof Refused) || error.status !== 410) throw error;
  render(response, 'confirm-dead', { expired: error.code === 'LINK_EXPIRED', token, formId: randomUUID() }, 410);
}
