// /office/approvers/<id>/ending: the account of somebody who leaves the office ends (R3.6).
import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import type { AccountView } from '../commands/commands';
import { mayEndApprover } from '../domain/approver';
import { Refused } from '../domain/refused';
import type { ApproverView } from '../queries/office-queries';
import { doneBefore } from './done';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { render } from './render';
import { session } from './session';

/** A page that names whose account it is, since nothing brings it back. */
export function approverEndingPages(services: PageServices): Router {
  const { commands, refusalOf } = services;
  const pageOf = entitled(services);
  const router = express.Router();

  router.get('/office/approvers/:id/ending', async (request, response) => {
    const page = await pageOf(request, response);
    render(response, 'approver-ending', { ...page, inbox: { query: '' }, formId: randomUUID() });
  });
  router.post('/office/approvers/:id/ending', async (request, response) => {
    const page = await pageOf(request, response);
    const ending = { caller: page.account, accountId: page.approver.id, formId: formIdOf(formTexts(request.body)) };
    await doneBefore(refusalOf, 'NOT_POSSIBLE_NOW', () => commands.endApprover(ending));
    response.redirect(303, '/office/people?done=closed');
  });
  return router;
}

type Page = { account: AccountView; approver: ApproverView };

/** @throws Refused UNAUTHENTICATED, FORBIDDEN, NOT_FOUND */
function entitled(services: PageServices): (request: Request<{ id: string }>, response: Response) => Promise<Page> {
  const { office } = session(services);
  const { queries } = services;
  return async (request, response) => {
    const account = await office(request, response);
    const approver = await queries.approver(request.params.id, account);
    if (!mayEndApprover(account, await queries.leadsDistrict(account), approver)) throw new Refused('FORBIDDEN');
    return { account, approver };
  };
}
