// /schools/<code>/administrator: the school's own administrator, or its office, hands over; the office ends an access (R4.6).
import express, { type Request, type Response, type Router } from 'express';
import type { AccountView } from '../commands/commands';
import { Refused } from '../domain/refused';
import type { SchoolView } from '../queries/queries';
import { type AdministratorRights, administratorRights } from './administrator-rights';
import { complaints, type FormAgain, formAgain, formIdAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { drafting } from './registration-draft';
import { registerAddress } from './registration-pages';
import { render } from './render';
import { findSchool } from './school-pages';
import { session } from './session';

interface AdministratorPage {
  account: AccountView;
  school: SchoolView;
  /** What the caller may do for this school. */
  may: AdministratorRights;
}

/** What can be done, then one page for each: nothing happens before its form is sent. */
export function administratorPages(services: PageServices): Router {
  const { commands, refusalOf } = services;
  const pageOf = entitled(services);
  const drafts = drafting(services);
  const router = express.Router();

  router.get('/schools/:code/administrator', async (request, response) => {
    const page = await pageOf(request, response);
    const handoverOpen = await isHandoverOpen(services, page);
    render(response, 'administrator', { ...page, handoverOpen, done: textOf(request.query['done']) });
  });
  router.post('/schools/:code/administrator/handover', async (request, response) => {
    const page = await pageOf(request, response);
    if (!page.may.handOver) throw new Refused('FORBIDDEN');
    // One began it since the page was opened: told before every step is filled in, not after.
    if (await isHandoverOpen(services, page)) return response.redirect(303, `/schools/${page.school.code}/administrator`);
    const open = await drafts.begin(request, response, page.school.code);
    await drafts.save({ ...open, draft: { ...open.draft, replaces: true } });
    response.redirect(303, registerAddress(page.school.code, 'capacity'));
  });
  router.get('/schools/:code/administrator/revocation', async (request, response) => {
    const page = await pageOf(request, response);
    await showRevocation(services, response, page, {});
  });
  router.post('/schools/:code/administrator/revocation', async (request, response) => {
    const page = await pageOf(request, response);
    const { code } = page.school;
    const values = formTexts(request.body);
    try {
      const { administratorId: accountId, reason } = values;
      await commands.revokeAdministrator({ schoolCode: code, accountId, caller: page.account, reason, formId: formIdOf(values) });
      response.redirect(303, `/schools/${code}/administrator?done=revoked`);
    } catch (failure) {
      await showRevocation(services, response, page, values, formAgain(refusalOf, response, failure, ['NO_ADMINISTRATOR', 'NOT_POSSIBLE_NOW']));
    }
  });
  return router;
}

/** Finds whose page it is. @throws Refused UNAUTHENTICATED, FORBIDDEN */
function entitled(services: PageServices): (request: Request<{ code: string }>, response: Response) => Promise<AdministratorPage> {
  const { signedIn } = session(services);
  return async (request, response) => {
    const account = await signedIn(request, response);
    const school = await findSchool(services.queries, request.params.code);
    const may = administratorRights(account, school);
    if (!may) throw new Refused('FORBIDDEN');
    return { account, school, may };
  };
}

async function isHandoverOpen({ queries }: PageServices, { account, school, may }: AdministratorPage): Promise<boolean> {
  return may.handOver && (await queries.handoverOpen(school.code, account));
}

/** Names whose access would end: by the time the form is sent somebody else may have taken over. */
async function showRevocation(
  { queries }: PageServices,
  response: Response,
  page: AdministratorPage,
  values: Record<string, string>,
  again?: FormAgain,
): Promise<void> {
  const administrator = await queries.administrator(page.school.code, page.account);
  const formId = formIdAgain(values, again);
  render(response, 'administrator-revocation', { ...page, administrator, values, formId, ...complaints(again?.errors ?? []) }, again?.status);
}
