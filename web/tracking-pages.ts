// /track: where the registrant follows a registration, acknowledges it, asks for its mail again, and withdraws it.
import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import { unconfirmedEnds } from '../domain/case-words';
import { isEndedByClosing } from '../domain/closure';
import { Refused } from '../domain/refused';
import { isOpen } from '../domain/registration';
import { doneWords } from './done';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { render } from './render';
import { contactOf } from './school-pages';
import { isOfAnother, tracking } from './tracking-cookie';

const DONE = {
  corrected: { th: 'ส่งคำขอที่แก้ไขแล้ว สำนักงานจะพิจารณาอีกครั้ง', en: 'The corrected registration was sent; the office looks at it again.' },
};

/** The pages of one registration, for whoever holds its tracking token (R3.4, R4.2). */
export function trackingPages(parts: PageServices): Router {
  const { queries, commands, limiters, config } = parts;
  const { own, remember, forget } = tracking(parts);
  const router = express.Router();

  router.get('/track/withdraw', async (request, response) => {
    const view = await own(request, response);
    if (!view) return;
    if (isOpen(view.status)) render(response, 'withdraw', { view, formId: randomUUID() });
    else response.redirect(303, '/track');
  });
  router.post('/track/withdraw', async (request, response) => {
    const view = await own(request, response);
    const values = formTexts(request.body);
    if (!view || isOfAnother(response, view, values)) return;
    await commands.withdraw({ registrationId: view.id, formId: formIdOf(values) });
    response.redirect(303, '/track');
  });
  router.post('/track/acknowledgement', async (request, response) => {
    const view = await own(request, response);
    const values = formTexts(request.body);
    if (!view || isOfAnother(response, view, values)) return;
    await commands.acknowledge({ registrationId: view.id, formId: formIdOf(values) });
    response.redirect(303, '/track');
  });
  router.post('/track/confirmation-mail', async (request, response) => {
    const view = await own(request, response);
    const values = formTexts(request.body);
    if (!view || isOfAnother(response, view, values)) return;
    await limiters.submit(request.ip ?? '');
    await commands.renewLink({ registrationId: view.id, caller: null, formId: formIdOf(values) });
    response.redirect(303, '/confirm-sent');
  });

  router.post('/track/leaving', (_request, response) => {
    forget(response);
    response.redirect(303, '/');
  });

  router.get('/track', async (request, response) => {
    const view = await own(request, response);
    if (!view) return;
    const { status, dueAt } = view;
    const told = {
      open: isOpen(status),
      closed: isEndedByClosing(view),
      // One that never went out has not expired.
      linkDead: status === 'APPROVED' && view.mail.status !== 'FAILED' && dueAt !== null && Date.parse(dueAt) <= Date.now(),
      office: await contactOf(parts, view.district),
      ends: unconfirmedEnds(config.policies.unconfirmedExpireAfter),
    };
    const done = doneWords(DONE, request.query['done']);
    render(response, 'track', { view, ...told, done, formId: randomUUID() });
  });
  router.get('/track/:token', async (request, response) => {
    const { token } = request.params;
    if ((await queries.registrationIdOfTrackingToken(token)) === null) throw new Refused('NOT_FOUND');
    remember(response, token);
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }).redirect(303, '/track');
  });
  return router;
}
