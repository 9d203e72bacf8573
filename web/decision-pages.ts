// Deciding on a case, and on to the next one of the list (R3.1, R3.4).
import express, { type Response, type Router } from 'express';
import { parseDecision } from '../commands/parse-decision';
import { formAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import { type CasePage, caseAddress, showCase } from './office-case';
import { casePages } from './office-case-pages';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { render } from './render';
import { toldChanges } from './told-changes';

/** The decision, and the pages that lead on from it. */
export function decisionPages(services: PageServices): Router {
  const { commands, queries, refusalOf } = services;
  const pageOf = casePages(services);
  const router = express.Router();

  router.post('/office/registrations/:id/decisions', async (request, response) => {
    const page = await pageOf(request, response);
    const { id, account, inbox } = page;
    const values = formTexts(request.body);
    try {
      const decision = parseDecision(decisionOf(values));
      // Asked before the case leaves the list.
      const next = await queries.nextRegistration(id, inbox.conditions, account);
      await commands.decide({ ...decision, registrationId: id, caller: account, formId: formIdOf(values) });
      const decided = caseAddress(page, '/decided');
      response.redirect(303, next === null ? decided : `${decided}${inbox.query === '' ? '?' : '&'}next=${next}`);
    } catch (failure) {
      const code = refusalOf(failure)?.code;
      if (code === 'ALREADY_DECIDED') return showDecidedBefore(services, response, page);
      if (code === 'STALE_REVISION') return showChanges(services, response, page, Number(values['revision']));
      await showCase(services, response, page, {
        values,
        again: formAgain(refusalOf, response, failure, ['NOT_ACKNOWLEDGED', 'PERSON_HAS_SCHOOL', 'EMAIL_IN_USE']),
      });
    }
  });

  router.get('/office/registrations/:id/decided', async (request, response) => {
    const page = await pageOf(request, response);
    const { account, id, inbox } = page;
    const next = textOf(request.query['next']);
    const nextAddress = next === '' ? null : caseAddress({ id: next, inbox });
    render(response, 'office-decided', { account, inbox, view: await queries.registrationUnopened(id, account), nextAddress });
  });
  return router;
}

async function showDecidedBefore({ queries }: PageServices, response: Response, { account, id, inbox }: CasePage): Promise<void> {
  const view = await queries.registrationUnopened(id, account);
  render(response, 'office-decided-before', { account, inbox, view, address: caseAddress({ id, inbox }) }, 409);
}

async function showChanges({ queries }: PageServices, response: Response, { account, id, inbox }: CasePage, seen: number): Promise<void> {
  const view = await queries.registrationUnopened(id, account);
  const changes = toldChanges(await queries.changesSince(id, seen, account));
  render(response, 'office-stale', { account, inbox, view, seen, changes, address: caseAddress({ id, inbox }) }, 409);
}

/** What the forms of the page say, as the API takes it: a reason from before, with or without words of its own. */
function decisionOf({ decision, revision = '', verified, earlierReason = '', reason = '' }: Record<string, string>): Record<string, unknown> {
  const words = [earlierReason, reason].map((part) => part.trim()).filter((part) => part !== '');
  return {
    decision,
    revision: Number(revision),
    ...(verified !== undefined && { verified: true }),
    ...(words.length > 0 && { reason: words.join('\n') }),
  };
}
