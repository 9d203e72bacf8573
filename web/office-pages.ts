// /office: the inbox of an approver, overdue first (R3.1, R3.5); a Monday's 120 cases are five pages.
import express, { type Request, type Response, type Router } from 'express';
import type { AccountView } from '../commands/commands';
import { mayDecide } from '../domain/entitlement';
import type { RegistrationView } from '../queries/queries';
import { complaints, type FormAgain, formIdAgain } from './form-again';
import { inboxOf, viewsFor } from './inbox-views';
import { tagsOf } from './office-tags';
import { ROWS_A_PAGE } from './page-sizes';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { render } from './render';
import { session } from './session';
import { STATUS_WORDS } from './texts';

/** The list of registrations under its headings. */
export function officePages(services: PageServices): Router {
  const { office } = session(services);
  const router = express.Router();
  router.get('/office', async (request, response) => {
    const account = await office(request, response);
    if (account) await showInbox(services, request, response, account);
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
  const cursor = textOf(request.query['cursor']) || undefined;
  const [counts, transfers, page] = await Promise.all([
    queries.registrationCounts(account),
    queries.transferCounts(account),
    queries.registrations({ ...inbox.conditions, cursor, limit: ROWS_A_PAGE }, account),
  ]);
  const now = new Date();
  const mixed = inbox.conditions.status === undefined;
  const rows = page.items.map((view) => {
    const decidable = isDecidable(account, view);
    return {
      view,
      decidable,
      tags: [...(mixed ? [STATUS_WORDS[view.status]] : []), ...tagsOf(view, now)],
      choosable: decidable && isChoosable(view),
      chosen: values[`case-${view.id}`] !== undefined,
    };
  });
  // Only told: a list goes on by its cursor, wherever the counting began.
  const first = cursor === undefined ? 1 : Number.parseInt(textOf(request.query['from']), 10) || 1;
  const next = page.nextCursor === null ? null : addressOf('/office', inbox.query, page.nextCursor, first + rows.length);
  const data = {
    account,
    inbox,
    views: viewsFor(account),
    counts,
    transfers,
    rows,
    first,
    total: inbox.q === '' && inbox.view.count ? counts[inbox.view.count] : null,
    next,
    together: { ...togetherIn(rows), address: addressOf('/office/decisions', inbox.query, cursor, first) },
    values,
    formId: formIdAgain(values, again),
    ...complaints(again?.errors ?? []),
  };
  render(response, 'office-inbox', data, again?.status);
}

/** Whether whoever looks at it may decide it: the central office of what was escalated to it alone (R3.5). */
function isDecidable(account: AccountView, { status, district, escalatedTo }: RegistrationView): boolean {
  return status === 'PENDING' && mayDecide(account, { districtCode: district?.code ?? null, escalation: escalatedTo ?? 'NONE' });
}

/** R3.7: what can be approved together with others. */
function isChoosable({ warnings = [], contested, opened }: RegistrationView): boolean {
  return warnings.length === 0 && contested !== true && opened === true;
}

/** Whether there is something to choose on this page, or only a way to come to it. */
function togetherIn(rows: readonly { decidable: boolean; choosable: boolean }[]) {
  return { some: rows.some(({ choosable }) => choosable), later: rows.some(({ decidable }) => decidable) };
}

/** An address that goes on in the same place of the list. */
function addressOf(path: string, query: string, cursor: string | undefined, from: number): string {
  const place = cursor === undefined ? '' : new URLSearchParams({ cursor, from: String(from) }).toString();
  const whole = [query.slice(1), place].filter((part) => part !== '').join('&');
  return whole === '' ? path : `${path}?${whole}`;
}
