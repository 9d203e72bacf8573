// /schools/<code>/closing: the central office closes a school from a day on, or takes that back (R5.3d).
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { parseOrRefuse } from '../commands/broken-fields';
import type { AccountView } from '../commands/commands';
import { dateField } from '../commands/submission-schema';
import type { SchoolView } from '../queries/queries';
import { doneBefore, doneWords } from './done';
import { complaints, type FormAgain, formAgain, formIdAgain, toldAt } from './form-again';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { render } from './render';
import { findSchool } from './school-pages';
import { session } from './session';
import { CLOSING_DONE } from './settings-texts';
import { readDate } from './thai-date-fields';

const closing = z.object({ closedOn: dateField, reason: z.string().max(2000).optional() });

interface ClosingPage {
  account: AccountView;
  school: SchoolView;
}

/** What the school is, and what can be done with it. */
export function closingPages(services: PageServices): Router {
  const { commands, refusalOf } = services;
  const pageOf = ofCentral(services);
  const router = express.Router();

  router.get('/schools/:code/closing', async (request, response) => {
    const page = await pageOf(request, response);
    show(response, { ...page, done: doneWords(CLOSING_DONE, request.query['done']) });
  });
  router.post('/schools/:code/closing', async (request, response) => {
    const page = await pageOf(request, response);
    const { code } = page.school;
    const values = formTexts(request.body);
    try {
      const { closedOn: on, reason } = parseOrRefuse(closing, { closedOn: readDate('closedOn', values), reason: values['reason'] });
      await commands.closeSchool({ schoolCode: code, on, reason, caller: page.account, formId: formIdOf(values) });
      response.redirect(303, `/schools/${code}/closing?done=closed`);
    } catch (failure) {
      const again = formAgain(refusalOf, response, toldAt({ on: 'closedOn' }, failure), ['SCHOOL_CLOSED']);
      show(response, { ...page, values, again });
    }
  });
  router.post('/schools/:code/closing/reopening', async (request, response) => {
    const page = await pageOf(request, response);
    const { code: schoolCode } = page.school;
    await doneBefore(refusalOf, 'NOT_FOUND', () => commands.reopenSchool({ schoolCode, caller: page.account }));
    response.redirect(303, `/schools/${schoolCode}/closing?done=reopened`);
  });
  return router;
}

/** @throws Refused UNAUTHENTICATED, FORBIDDEN, NOT_FOUND */
function ofCentral(services: PageServices): (request: Request<{ code: string }>, response: Response) => Promise<ClosingPage> {
  const { central } = session(services);
  return async (request, response) => {
    const account = await central(request, response);
    return { account, school: await findSchool(services.queries, request.params.code, account) };
  };
}

interface Shown extends ClosingPage {
  values?: Record<string, string>;
  again?: FormAgain;
  done?: ReturnType<typeof doneWords>;
}

function show(response: Response, { values = {}, again, ...page }: Shown): void {
  render(response, 'closing', { ...page, values, formId: formIdAgain(values, again), ...complaints(again?.errors ?? []) }, again?.status);
}
