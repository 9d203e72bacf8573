// /office/decisions: one decision on the cases that were chosen in the inbox (R3.7), and what became of each.
import express, { type Response, type Router } from 'express';
import type { AccountView, OutcomeOfOne } from '../commands/commands';
import { parseDecisions } from '../commands/parse-decision';
import { brokenRule } from '../domain/broken-rule';
import { Refused } from '../domain/refused';
import type { Words } from '../domain/words';
import type { RegistrationTitle } from '../queries/queries';
import { sayWhenAgain } from './failure';
import { formAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import { type Inbox, inboxOf } from './inbox-views';
import { caseAddress } from './office-case';
import { showInbox } from './office-pages';
import { DECIDED_WORDS, OFFICE_STATUS_WORDS } from './office-texts';
import type { PageServices } from './pages';
import { render } from './render';
import { session } from './session';

/** The form of the inbox; what has no outcome yet can be sent again as the same request. */
export function decidingManyPages(services: PageServices): Router {
  const { commands, queries, refusalOf, logUnexpected } = services;
  const { office } = session(services);
  const router = express.Router();
  router.post('/office/decisions', async (request, response) => {
    const account = await office(request, response);
    const values = formTexts(request.body);
    try {
      const asked = parseDecisions(decisionsOf(values));
      // The forms of the cases have IDs of their own: without those that are done it is the same request (commands/decide-many.ts).
      const formId = formIdOf(values, (name) => CASE.test(name));
      const outcomes = await commands.decideMany({ ...asked, caller: account, formId });
      const titles = await queries.registrationTitles(
        outcomes.map(({ registrationId }) => registrationId),
        account,
      );
      const inbox = inboxOf(account, request.query);
      for (const outcome of outcomes) if ('failure' in outcome && !refusalOf(outcome.failure)) logUnexpected(outcome.failure, request);
      const rows = outcomes.map((outcome) => rowOf(refusalOf, inbox, outcome, titles));
      showOutcomes(response, account, inbox, rows, values);
    } catch (failure) {
      await showInbox(services, request, response, account, { values, again: formAgain(refusalOf, response, failure) });
    }
  });
  return router;
}

/** Fields of the chosen cases: `case-‹id›`, with the revision that the list showed. */
const CASE = /^case-(.+)$/;

/** What the form says, as the API takes it. @throws Refused where nothing was chosen */
function decisionsOf(values: Record<string, string>): Record<string, unknown> {
  const { decision, verified, reason = '' } = values;
  const items = Object.entries(values).flatMap(([name, revision]) => {
    const registrationId = CASE.exec(name)?.[1];
    return registrationId === undefined ? [] : [{ registrationId, revision: Number(revision) }];
  });
  if (items.length === 0) throw new Refused('VALIDATION', { errors: [NOTHING_CHOSEN] });
  return { items, decision, ...(verified !== undefined && { verified: true }), ...(reason.trim() !== '' && { reason: reason.trim() }) };
}

const NOTHING_CHOSEN = {
  ...brokenRule('', 'VALIDATION'),
  message: 'โปรดเลือกคำขอในรายการก่อน / Choose registrations in the list first.',
};

interface OutcomeRow {
  id: string;
  title: RegistrationTitle | undefined;
  address: string;
  /** A status that it was given, or why it was not. */
  words: Words & { colour: string };
  done: boolean;
  /** No outcome yet. */
  open: boolean;
}

function rowOf(
  refusalOf: PageServices['refusalOf'],
  inbox: Inbox,
  outcome: OutcomeOfOne,
  titles: ReadonlyMap<string, RegistrationTitle>,
): OutcomeRow {
  const { registrationId: id } = outcome;
  const row = { id, title: titles.get(id), address: caseAddress({ id, inbox }) };
  if ('status' in outcome) {
    const words = { ...OFFICE_STATUS_WORDS[outcome.status], ...DECIDED_WORDS[outcome.status] };
    return { ...row, words, done: true, open: false };
  }
  // What nobody expected of one keeps nobody from the outcomes of the others.
  const { words, status } = refusalOf(outcome.failure) ?? new Refused('INTERNAL');
  return { ...row, words: { ...words, colour: 'yellow' }, done: false, open: status >= 500 };
}

function showOutcomes(response: Response, account: AccountView, inbox: Inbox, rows: OutcomeRow[], values: Record<string, string>): void {
  const again = Object.entries(values).filter(([name]) => !CASE.test(name) || rows.some(({ id, open }) => open && name === `case-${id}`));
  const open = rows.filter((row) => row.open).length;
  if (open > 0) sayWhenAgain(response, new Refused('UNAVAILABLE'));
  render(response, 'office-decided-many', { account, inbox, rows, again, open, done: rows.filter((row) => row.done).length });
}
