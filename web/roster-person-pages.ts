// /school/people/<id>: one person of the own roster: completing, confirming and removing (R5.1, R5.4).
import express, { type Response, type Router } from 'express';
import { parseOrRefuse } from '../commands/broken-fields';
import type { AccountView } from '../commands/commands';
import { parseRemoval } from '../commands/parse-removal';
import { staffChangeSchema } from '../commands/staff-schema';
import type { StaffMemberView } from '../queries/roster-queries';
import { doneWords } from './done';
import { complaints, type FormAgain, formAgain, formIdAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { render } from './render';
import { ROSTER_DONE } from './roster-texts';
import { session } from './session';
import { fieldsOf, staffDataOf } from './staff-fields';
import { dateFields, readDate } from './thai-date-fields';

interface Shown {
  account: AccountView;
  person: StaffMemberView;
  values: Record<string, string>;
  again?: FormAgain;
  done?: string;
}

/** The form of a person's data, and the page that asks before a removal. */
export function rosterPersonPages(services: PageServices): Router {
  const { commands, queries, refusalOf } = services;
  const { school } = session(services);
  const router = express.Router();

  router.get('/school/people/:id', async (request, response) => {
    const own = await school(request, response);
    const person = await queries.staffMember(own.schoolCode, request.params.id);
    showPerson(response, { ...own, person, values: fieldsOf(person), done: textOf(request.query['done']) });
  });
  router.post('/school/people/:id', async (request, response) => {
    const own = await school(request, response);
    const personId = request.params.id;
    const values = formTexts(request.body);
    try {
      const { verified: _always, nationalId: _never, ...change } = parseOrRefuse(staffChangeSchema, staffDataOf(values), 'TOLD');
      await commands.changeStaff({ caller: own.account, schoolCode: own.schoolCode, personId, change });
      response.redirect(303, `/school/people/${personId}?done=saved`);
    } catch (failure) {
      const again = formAgain(refusalOf, response, failure);
      showPerson(response, { ...own, person: await queries.staffMember(own.schoolCode, personId), values, again });
    }
  });

  router.get('/school/people/:id/removal', async (request, response) => {
    const own = await school(request, response);
    const person = await queries.staffMember(own.schoolCode, request.params.id);
    showRemoval(response, { ...own, person, values: dateFields('on', '') });
  });
  router.post('/school/people/:id/removal', async (request, response) => {
    const own = await school(request, response);
    const personId = request.params.id;
    const values = formTexts(request.body);
    try {
      // What becomes of a transfer that waits depends on the kind (R5.3d): the page has it chosen, where the API goes without.
      const removal = parseRemoval({ reason: values['reason'] ?? '', kind: values['kind'] ?? '', on: readDate('on', values) });
      await commands.removeStaff({ caller: own.account, schoolCode: own.schoolCode, personId, ...removal, formId: formIdOf(values) });
      response.redirect(303, '/school?done=removed');
    } catch (failure) {
      const again = formAgain(refusalOf, response, failure, ['OWN_RECORD']);
      showRemoval(response, { ...own, person: await queries.staffMember(own.schoolCode, personId), values, again });
    }
  });
  return router;
}

function showPerson(response: Response, { again, done = '', ...shown }: Shown): void {
  render(response, 'roster-person', { ...shown, done: doneWords(ROSTER_DONE, done), ...complaints(again?.errors ?? []) }, again?.status);
}

function showRemoval(response: Response, { again, ...shown }: Shown): void {
  const formId = formIdAgain(shown.values, again);
  render(response, 'roster-removal', { ...shown, formId, ...complaints(again?.errors ?? []) }, again?.status);
}
