// /office: the inbox of an approver, overdue first (R3.1, R3.5); a Monday's 120 cases are five pages.
import express, { type Request, type Response, type Router } from 'express';
import type { AccountView } from '../commands/commands';
import { refuseAmongMany } from '../domain/warnings';
import type { Page, RegistrationView } from '../queries/queries';
import { complaints, type FormAgain, formIdAgain } from './form-again';
import { type Inbox, inboxOf, viewsFor } from './inbox-views';
import { type Tag, tagsOf } from './office-tags';
import { OFFICE_STATUS_WORDS } from './office-texts';
import { ROWS_A_PAGE } from './page-sizes';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { render } from './render';
import { session } from './session';

/** The list of registrations under its headings. */
export function officePages(services: PageServices): Router {
  const { office } = session(services);
  const router = express.Router();
  router.get('/office', async (request, response) => {
    const account = await office(request, response);
    await showInbox(services, request, response, account);
  });
  return router;
}

/** Shows a page of the list that the query names. @param sent the form of the page that came back, as it was sent */
export async function showInbox(
  { queries }: PageServices,
  request: Pick<Request, 'query'>,
  response: Response,
  account: AccountView,
  { values = {}, again }: { values?: Record<string, string>; again?: FormAgain } = {},
): Promise<void> {
  const inbox = inboxOf(account, request.query);
  const place = placeOf(request.query);
  const [counts, transfers, page] = await Promise.all([
    queries.registrationCounts(account),
    queries.transferCounts(account),
    queries.registrations({ ...inbox.conditions, cursor: place.cursor, limit: ROWS_A_PAGE }, account),
  ]);
  const now = new Date();
  const rows = page.items.map((view) => rowOf(view, { inbox, values, now }));
  const list = { rows, first: place.first, next: nextAddress(inbox, place, page), together: togetherIn(rows, inbox, place) };
  const total = inbox.q === '' && inbox.view.count ? counts[inbox.view.count] : null;
  const form = { values, formId: formIdAgain(values, again), ...complaints(again?.errors ?? []) };
  render(response, 'office-inbox', { account, inbox, views: viewsFor(account), counts, transfers, total, ...list, ...form }, again?.status);
}

/** Where a page stands in its list: behind a cursor, and the number of its first row. */
interface Place {
  cursor: string | undefined;
  /** Only told: a list goes on by its cursor, wherever the counting began. */
  first: number;
}

function placeOf(query: Request['query']): Place {
  const cursor = textOf(query['cursor']) || undefined;
  return { cursor, first: cursor === undefined ? 1 : Number.parseInt(textOf(query['from']), 10) || 1 };
}

interface InboxRow {
  view: RegistrationView;
  approvable: boolean;
  /** The reader typed it in, mended its address or bears its registrant's name: it is returned or rejected on its own page, and approved by somebody else. */
  approvedByOthers: boolean;
  tags: readonly Tag[];
  /** Whether it can be decided together with others, and whether the form that came back had chosen it. */
  choosable: boolean;
  chosen: boolean;
}

function rowOf(view: RegistrationView, { inbox, values, now }: { inbox: Inbox; values: Record<string, string>; now: Date }): InboxRow {
  const { mayApprove, mayRefuse } = view;
  const waits = view.status === 'PENDING';
  const approvable = waits && mayApprove === 'YES';
  // Under a heading of one status every row has that.
  const status = inbox.conditions.status === undefined ? [OFFICE_STATUS_WORDS[view.status]] : [];
  return {
    view,
    approvable,
    approvedByOthers: waits && mayRefuse === true && mayApprove !== 'YES',
    tags: [...status, ...tagsOf(view, now)],
    choosable: approvable && isChoosable(view),
    chosen: values[`case-${view.id}`] !== undefined,
  };
}

/** R3.7: what can be approved together with others. */
function isChoosable({ warnings = [], contested = false, opened = false }: RegistrationView): boolean {
  return refuseAmongMany(warnings, { contested, opened }) === null;
}

/** Whether there is something to choose on this page, or only a way to come to it; and where what is chosen is sent. */
function togetherIn(rows: readonly InboxRow[], { query }: Inbox, { cursor, first }: Place) {
  return {
    some: rows.some(({ choosable }) => choosable),
    later: rows.some(({ approvable }) => approvable),
    approvedByOthers: rows.some(({ approvedByOthers }) => approvedByOthers),
    address: addressOf('/office/decisions', query, cursor, first),
  };
}

/** The next page of the list; null behind the last. */
function nextAddress({ query }: Inbox, { first }: Place, { items, nextCursor }: Page<RegistrationView>): string | null {
  return nextCursor === null ? null : addressOf('/office', query, nextCursor, first + items.length);
}

/** An address that goes on in the same place of the list. */
function addressOf(path: string, query: string, cursor: string | undefined, from: number): string {
  const place = cursor === undefined ? '' : new URLSearchParams({ cursor, from: String(from) }).toString();
  const whole = [query.slice(1), place].filter((part) => part !== '').join('&');
  return whole === '' ? path : `${path}?${whole}`;
}
