// /office: the inbox of an approver, overdue first (R3.1, R3.5); a Monday's 120 cases are five pages.
import express, { type Router } from 'express';
import { inboxOf, viewsFor } from './inbox-views';
import { tagsOf } from './office-tags';
import type { PageServices } from './pages';
import { render } from './render';
import { textOf } from './school-pages';
import { session } from './session';
import { STATUS_WORDS } from './texts';

/** So many are looked through at a glance, and load at once on a slow line. */
const A_PAGE = 25;

/** The list of registrations under its headings. */
export function officePages(services: PageServices): Router {
  const { queries } = services;
  const { office } = session(services);
  const router = express.Router();
  router.get('/office', async (request, response) => {
    const account = await office(request, response);
    if (!account) return;
    const inbox = inboxOf(account, request.query);
    const cursor = textOf(request.query['cursor']) || undefined;
    const [counts, transfers, page] = await Promise.all([
      queries.registrationCounts(account),
      queries.transferCounts(account),
      queries.registrations({ ...inbox.conditions, cursor, limit: A_PAGE }, account),
    ]);
    const now = new Date();
    const mixed = inbox.conditions.status === undefined;
    const rows = page.items.map((view) => ({ view, tags: [...(mixed ? [STATUS_WORDS[view.status]] : []), ...tagsOf(view, now)] }));
    // Only told: a list goes on by its cursor, wherever the counting began.
    const first = cursor === undefined ? 1 : Number.parseInt(textOf(request.query['from']), 10) || 1;
    const next = page.nextCursor === null ? null : nextAddress(inbox.query, page.nextCursor, first + rows.length);
    const total = inbox.q === '' && inbox.view.count ? counts[inbox.view.count] : null;
    render(response, 'office-inbox', { account, inbox, views: viewsFor(account), counts, transfers, rows, first, total, next });
  });
  return router;
}

function nextAddress(query: string, cursor: string, from: number): string {
  return `/office${query === '' ? '?' : `${query}&`}${new URLSearchParams({ cursor, from: String(from) })}`;
}
