// /school: the people of the administrator's own school, as a list and a worklist (R5.0).
import express, { type Router } from 'express';
import { doneWords } from './done';
import type { PageServices } from './pages';
import { render } from './render';
import { rosterList } from './roster-list';
import { ROSTER_DONE } from './roster-texts';
import { session } from './session';

/** The list, with the summary of the whole roster above it. */
export function rosterPages(services: PageServices): Router {
  const { queries } = services;
  const { school } = session(services);
  const router = express.Router();
  router.get('/school', async (request, response) => {
    const own = await school(request, response);
    const [shown, ownSchool, transfers] = await Promise.all([
      rosterList(services, request, own.schoolCode, '/school'),
      queries.school(own.schoolCode, own.account),
      queries.transferCounts(own.account),
    ]);
    render(response, 'roster', { ...own, ...shown, school: ownSchool, transfers, done: doneWords(ROSTER_DONE, request.query['done']) });
  });
  return router;
}
