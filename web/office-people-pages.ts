// /office/people: the approvers of an office, who stands in for whom, and accounts of new ones (R3.6).
import { randomUUID } from 'node:crypto';
import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { parseOrRefuse } from '../commands/broken-fields';
import type { AccountView } from '../commands/commands';
import { emailField, personName, text } from '../commands/submission-schema';
import { newSubstitution } from '../commands/substitution-schema';
import { mayEndApprover, mayOpenApprover } from '../domain/approver';
import { mayEndSubstitution } from '../domain/substitution';
import { doneBefore, doneWords } from './done';
import { complaints, type FormAgain, formAgain } from './form-again';
import { formIdOf, formTexts, renderedFormId } from './form-id';
import { PEOPLE_DONE } from './office-texts';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { render } from './render';
import { session } from './session';
import { readDate } from './thai-date-fields';

/** More people than any office has. */
const MOST = 200;

const newApprover = z.object({ email: emailField, officerName: personName(200), districtCode: text(12), head: z.boolean() });

interface Shown {
  values?: Record<string, string>;
  again?: FormAgain;
  done?: string;
  cursor?: string | undefined;
}

/** The page with its forms. */
export function officePeoplePages(services: PageServices): Router {
  const { commands, refusalOf } = services;
  const { office } = session(services);
  const router = express.Router();

  router.get('/office/people', async (request, response) => {
    const account = await office(request, response);
    const cursor = textOf(request.query['cursor']) || undefined;
    await show(services, response, account, { done: textOf(request.query['done']), cursor });
  });
  router.post('/office/substitutions', async (request, response) => {
    const account = await office(request, response);
    const values = formTexts(request.body);
    try {
      const dates = { from: readDate('from', values), to: readDate('to', values) };
      const asked = parseOrRefuse(newSubstitution, { substituteId: values['substituteId'] ?? '', ...dates });
      await commands.createSubstitution({ ...asked, caller: account, formId: formIdOf(values) });
      response.redirect(303, '/office/people?done=substitution');
    } catch (failure) {
      await show(services, response, account, { values, again: formAgain(refusalOf, response, failure) });
    }
  });
  router.post('/office/substitutions/:id/ending', async (request, response) => {
    const account = await office(request, response);
    const ending = { caller: account, substitutionId: request.params.id, formId: formIdOf(formTexts(request.body)) };
    await doneBefore(refusalOf, 'NOT_POSSIBLE_NOW', () => commands.endSubstitution(ending));
    response.redirect(303, '/office/people?done=ended');
  });
  router.post('/office/approvers', async (request, response) => {
    const account = await office(request, response);
    const values = formTexts(request.body);
    try {
      const districtCode = account.districtCode ?? (values['districtCode'] ?? '').toUpperCase();
      const given = { email: values['email'] ?? '', officerName: values['officerName'] ?? '', districtCode, head: values['head'] === 'yes' };
      const { officerName: name, ...rest } = parseOrRefuse(newApprover, given);
      await commands.createApprover({ ...rest, name, caller: account, formId: formIdOf(values) });
      response.redirect(303, '/office/people?done=approver');
    } catch (failure) {
      await show(services, response, account, { values, again: formAgain(refusalOf, response, failure, ['EMAIL_IN_USE']) });
    }
  });
  return router;
}

async function show({ queries }: PageServices, response: Response, account: AccountView, { values = {}, again, done, cursor }: Shown): Promise<void> {
  const [leads, approvers, substitutions] = await Promise.all([
    queries.leadsDistrict(account),
    queries.approvers({ limit: account.role === 'CENTRAL' ? 50 : MOST, cursor }, account),
    queries.substitutions({ limit: MOST }, account),
  ]);
  const data = {
    account,
    inbox: { query: '' },
    approvers: { ...approvers, items: approvers.items.map((one) => ({ ...one, mayEnd: mayEndApprover(account, leads, one) })) },
    substitutions: substitutions.items.map((item) => ({
      ...item,
      mayEnd: mayEndSubstitution(account, leads, { ...item.absent, districtCode: account.districtCode }),
    })),
    colleagues: approvers.items.filter(({ id }) => id !== account.id).map(({ id, name, email }) => ({ value: id, th: name, en: email })),
    mayName: account.role === 'DISTRICT',
    mayCreate: mayOpenApprover(account, leads, { districtCode: account.districtCode, head: false }),
    values,
    done: doneWords(PEOPLE_DONE, done),
    formIds: { substitution: randomUUID(), approver: randomUUID(), ...(again?.sameRequest && { [formOf(values)]: renderedFormId(values) }) },
    ...complaints(again?.errors ?? []),
  };
  render(response, 'office-people', data, again?.status);
}

/** Which of the page's forms was sent. */
function formOf(values: Record<string, string>): 'substitution' | 'approver' {
  return 'substituteId' in values ? 'substitution' : 'approver';
}
