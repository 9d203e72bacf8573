// /office/registrations/<id>: a case, its evidence, and what an office can mend about it (R3.1, R3.2, R4.1, R4.2).
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { parseOrRefuse } from '../commands/broken-fields';
import { emailField } from '../commands/submission-schema';
import { complaints, type FormAgain, formAgain, formIdAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import { inboxOf } from './inbox-views';
import { type CasePage, caseAddress, showCase } from './office-case';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { render } from './render';
import { sendFile } from './send-file';
import { session } from './session';

const address = z.object({ email: emailField });

/** Finds whose page of which case a request is about. @throws Refused UNAUTHENTICATED, FORBIDDEN */
export function casePages(services: PageServices): (request: Request<{ id: string }>, response: Response) => Promise<CasePage> {
  const { office } = session(services);
  return async (request, response) => {
    const account = await office(request, response);
    return { account, id: request.params.id, inbox: inboxOf(account, request.query) };
  };
}

interface Visit {
  page: CasePage;
  request: Request;
  response: Response;
}
type Answer = (services: PageServices, visit: Visit) => Promise<void>;

/** Everything but deciding. */
export function officeCasePages(services: PageServices): Router {
  const pageOf = casePages(services);
  const router = express.Router();
  const answered = (answer: Answer) => async (request: Request<{ id: string }>, response: Response) => {
    const page = await pageOf(request, response);
    await answer(services, { page, request, response });
  };
  router.head('/office/registrations/:id', answered(answerHead));
  router.get('/office/registrations/:id', answered(openCase));
  router.get('/office/registrations/:id/next', answered(goToNext));
  router.get('/office/registrations/:id/evidence', answered(sendEvidence));
  router.get('/office/registrations/:id/address', answered(openAddress));
  router.post('/office/registrations/:id/address', answered(mendAddress));
  router.post('/office/registrations/:id/confirmation-mail', answered(renewLink));
  router.post('/office/registrations/:id/district', answered(assignDistrict));
  return router;
}

function openCase(services: PageServices, { page, request, response }: Visit): Promise<void> {
  return showCase(services, response, page, { done: textOf(request.query['done']) });
}

/** Of what HEAD asks for nothing is shown: it is no opening (R3.7). */
async function answerHead({ queries }: PageServices, { page: { id, account }, response }: Visit): Promise<void> {
  await queries.registrationUnopened(id, account);
  response.end();
}

async function goToNext({ queries }: PageServices, { page: { id, inbox, account }, response }: Visit): Promise<void> {
  const next = await queries.nextRegistration(id, inbox.conditions, account);
  response.redirect(303, next === null ? `/office${inbox.query}` : caseAddress({ id: next, inbox }));
}

async function sendEvidence({ queries }: PageServices, { page, response }: Visit): Promise<void> {
  const { fileName, ...file } = await queries.evidence(page.id, page.account);
  sendFile(response, fileName, file);
}

function openAddress(services: PageServices, { page, response }: Visit): Promise<void> {
  return showAddress(services, response, page, {});
}

async function mendAddress(services: PageServices, { page, request, response }: Visit): Promise<void> {
  const { commands, refusalOf } = services;
  const values = formTexts(request.body);
  try {
    const { email } = parseOrRefuse(address, { email: values['email'] ?? '' });
    await commands.mendAddress({ registrationId: page.id, caller: page.account, email, formId: formIdOf(values) });
    backTo(response, page, 'address');
  } catch (failure) {
    await showAddress(services, response, page, values, formAgain(refusalOf, response, failure));
  }
}

async function renewLink({ commands, limiters }: PageServices, { page, request, response }: Visit): Promise<void> {
  await limiters.submit(request.ip ?? '');
  await commands.renewLink({ registrationId: page.id, caller: page.account, formId: formIdOf(formTexts(request.body)) });
  backTo(response, page, 'mail');
}

async function assignDistrict(services: PageServices, { page, request, response }: Visit): Promise<void> {
  const { commands, queries, refusalOf } = services;
  const values = formTexts(request.body);
  try {
    const { schoolCode } = await queries.registrationUnopened(page.id, page.account);
    const districtCode = (values['districtCode'] ?? '').trim().toUpperCase();
    await commands.assignDistrict({ schoolCode, districtCode, caller: page.account });
    backTo(response, page, 'district');
  } catch (failure) {
    await showCase(services, response, page, { values, again: formAgain(refusalOf, response, failure) });
  }
}

async function showAddress(
  { queries }: PageServices,
  response: Response,
  { account, id, inbox }: CasePage,
  values: Record<string, string>,
  again?: FormAgain,
): Promise<void> {
  const view = await queries.registrationUnopened(id, account);
  const formId = formIdAgain(values, again);
  render(response, 'office-address', { account, inbox, view, values, formId, ...complaints(again?.errors ?? []) }, again?.status);
}

/** To the case, which says what was done. */
function backTo(response: Response, page: CasePage, done: string): void {
  const own = caseAddress(page);
  response.redirect(303, `${own}${own.includes('?') ? '&' : '?'}done=${done}`);
}
