// /transfers: what is pending in and out, and one transfer, for both schools, their districts and the central office (R5.3d).
import { randomUUID } from 'node:crypto';
import express, { type Response, type Router } from 'express';
import type { AccountView } from '../commands/commands';
import { isOverdue } from '../domain/deadlines';
import { isRequester } from '../domain/transfer-entitlement';
import { bangkokDate } from '../domain/working-days';
import type { TransferView } from '../queries/transfer-queries';
import { doneWords } from './done';
import { complaints, type FormAgain } from './form-again';
import { renderedFormId } from './form-id';
import { ROWS_A_PAGE } from './page-sizes';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { render } from './render';
import { session } from './session';
import { TRANSFER_DONE } from './transfer-texts';
import { transferViewsFor } from './transfer-views';

/** The lists, the one that has waited longest for its reader, and one transfer; what is done to it has its own routes (transfer-step-pages.ts). */
export function transferPages(services: PageServices): Router {
  const { queries } = services;
  const { signedIn } = session(services);
  const router = express.Router();

  router.get('/transfers', async (request, response) => {
    const account = await signedIn(request, response);
    const views = transferViewsFor(account);
    const view = views.find(({ name }) => name === request.query['view']) ?? views[0];
    const cursor = textOf(request.query['cursor']) || undefined;
    const [counts, list] = await Promise.all([
      queries.transferCounts(account),
      queries.transfers({ ...view.conditions, cursor, limit: ROWS_A_PAGE }, account),
    ]);
    const next = list.nextCursor === null ? null : `/transfers?${new URLSearchParams({ view: view.name, cursor: list.nextCursor })}`;
    const now = new Date();
    const rows = list.items.map((transfer) => ({ transfer, overdue: waitsTooLong(transfer, now) }));
    render(response, 'transfers', { account, views, view, counts, rows, next });
  });

  router.get('/transfers/next', async (request, response) => {
    const account = await signedIn(request, response);
    const [first] = (await queries.transfers({ waiting: true, limit: 1 }, account)).items;
    response.redirect(303, first ? `/transfers/${first.id}` : '/transfers');
  });
  router.get('/transfers/:id', async (request, response) => {
    const account = await signedIn(request, response);
    await showTransfer(services, response, { account, id: request.params.id, done: textOf(request.query['done']) });
  });
  return router;
}

interface Shown {
  account: AccountView;
  id: string;
  /** What somebody just did. */
  done?: string;
  /** A form of the page that came back, as it was typed. */
  values?: Record<string, string>;
  again?: FormAgain;
}

/** A transfer's page, with what its reader can do now. @throws Refused NOT_FOUND, FORBIDDEN */
export async function showTransfer(
  { queries }: Pick<PageServices, 'queries'>,
  response: Response,
  { account, id, done = '', values = {}, again }: Shown,
): Promise<void> {
  const transfer = await queries.transfer(id, account);
  const steps = await queries.transferSteps(id, account);
  // The page has several forms, and each is a request of its own.
  const formIds = { approve: randomUUID(), other: randomUUID(), ...(again?.sameRequest && { [formOf(values)]: renderedFormId(values) }) };
  const data = {
    account,
    transfer,
    overdue: waitsTooLong(transfer, new Date()),
    asked: isRequester(account, transfer),
    atOnce: movesAtOnce(transfer, new Date()),
    endsAccess: steps.includes('decide') && (await queries.transferEndsAccess(id, account)),
    steps: Object.fromEntries(steps.map((step) => [step, true])),
    formIds,
    values,
  };
  // Nobody's consent is waited for where the person was posted nowhere (R5.3e).
  const did = done === 'requested' && transfer.fromSchoolCode === undefined ? 'claimed' : done;
  const told = { done: doneWords(TRANSFER_DONE, did), decided: done === 'approved' || done === 'rejected' };
  render(response, 'transfer', { ...data, ...told, ...complaints(again?.errors ?? []) }, again?.status);
}

const formOf = ({ decision }: Record<string, string>) => (decision === 'APPROVE' ? 'approve' : 'other');

/** R5.3d: consent moves the record on the day that was asked for, or at once where that has come. */
function movesAtOnce({ status, effectiveOn }: TransferView, now: Date): boolean {
  return status === 'PENDING' && effectiveOn <= bangkokDate(now);
}

/** The rule of registrations, which knows of a transfer's statuses the one that waits for somebody (R3.5, R5.3d). */
function waitsTooLong({ status, dueAt }: TransferView, now: Date): boolean {
  return status === 'PENDING' && isOverdue({ status, dueAt: dueAt === null ? null : new Date(dueAt) }, now);
}
