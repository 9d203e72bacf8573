// /office/rosters: the state of the rosters of an office's schools, and the people of each, to read alone (R5.0).
import express, { type Request, type Router } from 'express';
import type { AccountView } from '../commands/commands';
import type { Words } from '../domain/words';
import type { RosterFilter } from '../queries/roster-queries';
import { administratorAddress } from './administrator-rights';
import { ROWS_A_PAGE } from './page-sizes';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { render } from './render';
import { rosterList } from './roster-list';
import { findSchool } from './school-pages';
import { sendFile } from './send-file';
import { session } from './session';

interface RostersView extends Words {
  /** In the address: `?view=overdue`. */
  name: string;
  conditions: Pick<RosterFilter, 'overdue'>;
}

const ALL: RostersView = { name: 'all', conditions: {}, th: 'ทุกสถานศึกษา', en: 'All schools' };
const VIEWS: readonly RostersView[] = [
  ALL,
  { name: 'overdue', conditions: { overdue: true }, th: 'ไม่ได้รับรองนานแล้ว', en: 'Not attested lately' },
  { name: 'attested', conditions: { overdue: false }, th: 'รับรองแล้ว', en: 'Attested lately' },
];

/** The schools by code, page by page, and all of them as CSV; the people of one. */
export function officeRosterPages(services: PageServices): Router {
  const { queries } = services;
  const { office } = session(services);
  const router = express.Router();
  router.get('/office/rosters', async (request, response) => {
    const account = await office(request, response);
    const { view, district, ofDistrict, filter } = asked(request, account);
    const list = await queries.rosters({ ...filter, cursor: textOf(request.query['cursor']) || undefined, limit: ROWS_A_PAGE }, account);
    const next =
      list.nextCursor === null ? null : `/office/rosters?${new URLSearchParams({ view: view.name, ...ofDistrict, cursor: list.nextCursor })}`;
    const sheet = `/office/rosters/sheet.csv?${new URLSearchParams({ view: view.name, ...ofDistrict })}`;
    render(response, 'office-rosters', { account, view, views: VIEWS, district, rosters: list.items, next, sheet });
  });
  router.get('/office/rosters/sheet.csv', async (request, response) => {
    const account = await office(request, response);
    sendFile(response, 'rosters.csv', await queries.rostersSheet(asked(request, account).filter, account));
  });
  router.get('/office/rosters/:code', async (request, response) => {
    const account = await office(request, response);
    const school = await findSchool(queries, request.params.code);
    await queries.rosterAccess(school.code, account);
    const shown = await rosterList(services, request, school.code, `/office/rosters/${school.code}`);
    render(response, 'office-roster', { account, school, ...shown, administratorPage: administratorAddress(account, school) });
  });
  return router;
}

/** The schools that an address asks for. */
function asked({ query }: Request, { role }: AccountView) {
  const view = VIEWS.find(({ name }) => name === query['view']) ?? ALL;
  // A district has its own schools alone, whatever an address says.
  const district = role === 'CENTRAL' ? textOf(query['district']).trim().toUpperCase().slice(0, 12) : '';
  const ofDistrict = { ...(district !== '' && { district }) };
  return { view, district, ofDistrict, filter: { ...view.conditions, ...ofDistrict } };
}
