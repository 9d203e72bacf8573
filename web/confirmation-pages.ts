// /confirm/<token>: the page behind the link in the mail (R4.2, R4.3).
import { randomUUID } from 'node:crypto';
import express, { type Response, type Router } from 'express';
import { REFUSALS } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { render } from './render';

/** Opening shows and consumes nothing; sending sets the password; an expired link says so before anything is typed. */
export function confirmationPages({ queries, commands }: PageServices): Router {
  const router = express.Router();

  const form = async (response: Response, token: string, error?: string) => {
    const link = await queries.confirmation(token);
    render(response, 'confirm', { ...link, token, error, formId: randomUUID() }, error === undefined ? 200 : 422);
  };

  router.get('/confirm/:token', async (request, response) => {
    const { token } = request.params;
    await form(response, token).catch((refusal: unknown) => deadLink(response, token, refusal));
  });

  router.post('/confirm/:token', async (request, response) => {
    const { token } = request.params;
    const body = formTexts(request.body);
    try {
      await queries.confirmation(token);
      if (body['password'] !== body['repeat']) return await form(response, token, 'รหัสผ่านสองช่องไม่ตรงกัน / The two passwords differ.');
      await commands.confirm({ token, password: body['password'] ?? '', formId: formIdOf(body) });
      response.redirect(303, '/confirmed');
    } catch (refusal) {
      const weak = refusal instanceof Refused && refusal.code === 'WEAK_PASSWORD';
      if (weak) await form(response, token, `${REFUSALS.WEAK_PASSWORD.th} / ${REFUSALS.WEAK_PASSWORD.en}`);
      else deadLink(response, token, refusal);
    }
  });

  router.post('/confirm/:token/renewal', async (request, response) => {
    await commands.renewLinkByToken({ token: request.params.token, formId: formIdOf(formTexts(request.body)) });
    response.redirect(303, '/confirm-sent');
  });

  router.get('/confirmed', (_request, response) => render(response, 'confirmed'));
  router.get('/confirm-sent', (_request, response) => render(response, 'confirm-sent'));
  return router;
}

function deadLink(response: Response, token: string, refusal: unknown): void {
  if (!(refusal instanceof Refused) || refusal.status !== 410) throw refusal;
  render(response, 'confirm-dead', { expired: refusal.code === 'LINK_EXPIRED', token, formId: randomUUID() }, 410);
}
