// /school: the people of the administrator's own school, as a list and a worklist (R5.0).
import express, { type Router } from 'express';
import type { StaffFilter } from '../queries/roster-queries';
import { doneWords } from './done';
import { ROWS_A_PAGE } from './page-sizes';
import type { PageServices } from './pages';
import { LONGEST_QUERY, textOf } from './query-text';
import { render } from './render';
import { ROSTER_DONE } from './roster-texts';
import { session } from './session';
import type { Words } from './texts';

interface ListView extends Words {
  /** In the address: `?view=incomplete`. */
  name: string;
  conditions: Pick<StaffFilter, 'complete' | 'verified'>;
}

const ALL: ListView = { name: 'all', conditions: {}, th: 'ทุกคน', en: 'Everybody' };
const VIEWS: readonly ListView[] = [
  ALL,
  { name: 'incomplete', conditions: { complete: false }, th: 'ข้อมูลไม่ครบ', en: 'Incomplete' },
  { name: 'unverified', conditions: { verified: false }, th: 'ไม่ได้ยืนยันนานแล้ว', en: 'Not confirmed lately' },
];

/** The list, with the summary of the whole roster above it. */
export function rosterPages(services: PageServices): Router {
  const { queries } = services;
  const { school } = session(services);
  const router = express.Router();
  router.get('/school', async (request, response) => {
    const own = await school(request, response);
    if (!own) return;
    const view = VIEWS.find(({ name }) => name === request.query['view']) ?? ALL;
    const q = textOf(request.query['q']).trim().slice(0, LONGEST_QUERY);
    const cursor = textOf(request.query['cursor']) || undefined;
    const [ownSchool, list, transfers] = await Promise.all([
      queries.school(own.schoolCode, own.account),
      queries.staff(own.schoolCode, { ...view.conditions, limit: ROWS_A_PAGE, cursor, ...(q !== '' && { q }) }),
      queries.transferCounts(own.account),
    ]);
    const { listed, incomplete, unverified } = list.summary;
    const counts: Record<string, number> = { all: listed, incomplete, unverified };
    const next = list.nextCursor && `/school?${new URLSearchParams({ view: view.name, q, cursor: list.nextCursor })}`;
    const shown = { school: ownSchool, list, view, views: VIEWS, counts, transfers, q, next };
    render(response, 'roster', { ...own, ...shown, done: doneWords(ROSTER_DONE, request.query['done']) });
  });
  return router;
}
