// /school/add: a missing person is looked up by the national ID, then added (R5.2, R5.3a, R5.3b).
import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import { z } from 'zod';
import { parseOrRefuse } from '../commands/broken-fields';
import type { LookupView } from '../commands/roster-commands';
import { lookedUpField, newRecord, newStaffSchema } from '../commands/staff-schema';
import { maskNationalId } from '../domain/national-id';
import { complaints, formAgain, formIdAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { render } from './render';
import { session } from './session';
import { staffDataOf } from './staff-fields';
import { lookupAddress } from './transfer-request-pages';

const asked = z.object({ nationalId: lookedUpField });

/** The look-up, what it found, and the form for somebody new. */
export function rosterAddingPages(services: PageServices): Router {
  const { commands, refusalOf } = services;
  const { school } = session(services);
  const router = express.Router();

  router.get('/school/add', async (request, response) => {
    const own = await school(request, response);
    render(response, 'roster-look-up', { ...own, values: {}, formId: randomUUID(), ...complaints([]) });
  });
  router.post('/school/add', async (request, response) => {
    const own = await school(request, response);
    const values = formTexts(request.body);
    try {
      const { nationalId } = parseOrRefuse(asked, { nationalId: values['nationalId'] ?? '' });
      const lookup = await commands.lookUpStaff({ caller: own.account, nationalId, formId: formIdOf(values) });
      // Whoever is elsewhere is asked for: the look-up has a page of its own, to which one can come back.
      if (lookup.found === 'ELSEWHERE' || lookup.found === 'UNPOSTED') return response.redirect(303, lookupAddress(lookup.lookupId));
      const template = lookup.found === 'NONE' ? 'roster-add' : 'roster-found';
      render(response, template, { ...own, ...looked(lookup, nationalId), values: {}, formId: randomUUID(), ...complaints([]) });
    } catch (failure) {
      const again = formAgain(refusalOf, response, failure, ['RATE_LIMITED']);
      const formId = formIdAgain(values, again);
      render(response, 'roster-look-up', { ...own, values, formId, ...complaints(again.errors) }, again.status);
    }
  });

  router.post('/school/add/person', async (request, response) => {
    const own = await school(request, response);
    const values = formTexts(request.body);
    const { nationalId = '', lookupId = '' } = values;
    try {
      const parsed = parseOrRefuse(newStaffSchema, { ...staffDataOf(values), nationalId, lookupId });
      const { lookupId: cited, nationalId: of, ...data } = parsed;
      const addition = { caller: own.account, schoolCode: own.schoolCode, lookupId: cited, nationalId: of };
      const { id } = await commands.addStaff({ ...addition, record: newRecord(data), formId: formIdOf(values) });
      response.redirect(303, `/school/people/${id}?done=added`);
    } catch (failure) {
      const again = formAgain(refusalOf, response, failure, ['ALREADY_ON_ROSTER', 'MUST_TRANSFER']);
      const formId = formIdAgain(values, again);
      const kept = { nationalId, maskedId: maskNationalId(nationalId), lookup: { lookupId } };
      render(response, 'roster-add', { ...own, ...kept, values, formId, ...complaints(again.errors) }, again.status);
    }
  });
  return router;
}

function looked(lookup: LookupView, nationalId: string) {
  return { lookup, nationalId, maskedId: maskNationalId(nationalId) };
}
