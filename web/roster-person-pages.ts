// /school/people/<id>: one person of the own roster: completing, confirming and removing (R5.1, R5.4).
import express, { type Response, type Router } from 'express';
import { parseOrRefuse } from '../commands/broken-fields';
import type { AccountView } from '../commands/commands';
import { parseRemoval } from '../commands/parse-removal';
import { staffChangeSchema } from '../commands/staff-schema';
import { changedRecord, fieldChanges, type StaffChange } from '../domain/staff';
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
import { type ToldChange, toldChanges } from './told-changes';

interface Shown {
  account: AccountView;
  person: StaffMemberView;
  values: Record<string, string>;
  again?: FormAgain;
  /** What the form says otherwise than what was saved since it was opened. */
  differs?: ToldChange[];
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
    showPerson(response, { ...own, person, values: { ...fieldsOf(person), version: person.version }, done: textOf(request.query['done']) });
  });
  router.post('/school/people/:id', async (request, response) => {
    const own = await school(request, response);
    const personId = request.params.id;
    const values = formTexts(request.body);
    // A page of a release before tells none.
    const version = values['version'] || undefined;
    try {
      await commands.changeStaff({ caller: own.account, schoolCode: own.schoolCode, personId, change: changeIn(values), version });
      response.redirect(303, `/school/people/${personId}?done=saved`);
    } catch (failure) {
      const again = formAgain(refusalOf, response, failure, ['STALE_REVISION']);
      const person = await queries.staffMember(own.schoolCode, personId);
      showPerson(response, { ...own, person, values, again, ...(again.code === 'STALE_REVISION' && changedMeanwhile(person, values)) });
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

/** What the fields of a form say. @throws Refused VALIDATION */
function changeIn(values: Record<string, string>): StaffChange {
  const { verified: _always, nationalId: _never, version: _beside, ...change } = parseOrRefuse(staffChangeSchema, staffDataOf(values), 'TOLD');
  return change;
}

/** A form whose person was changed since it was opened: how the two differ is shown, and saved again it stands. */
function changedMeanwhile(person: StaffMemberView, values: Record<string, string>): Pick<Shown, 'values' | 'differs'> {
  const changes = fieldChanges(person, changedRecord(person, changeIn(values)));
  const differs = toldChanges(changes.map(({ field, old, new: typed }) => ({ path: field, before: old, after: typed })));
  return { values: { ...values, version: person.version }, differs };
}

function showPerson(response: Response, { again, done = '', ...shown }: Shown): void {
  render(response, 'roster-person', { ...shown, done: doneWords(ROSTER_DONE, done), ...complaints(again?.errors ?? []) }, again?.status);
}

function showRemoval(response: Response, { again, ...shown }: Shown): void {
  const formId = formIdAgain(shown.values, again);
  render(response, 'roster-removal', { ...shown, formId, ...complaints(again?.errors ?? []) }, again?.status);
}
