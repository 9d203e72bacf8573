// /office/erasure: a person is erased on a lawful request, or the request is refused, by the central office (X7).
import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { parseOrRefuse } from '../commands/broken-fields';
import type { AccountView } from '../commands/commands';
import { nationalIdField } from '../commands/submission-schema';
import { Refused } from '../domain/refused';
import type { Words } from '../domain/words';
import { doneWords } from './done';
import { ERASURE_BLOCKS, ERASURE_DONE } from './erasure-texts';
import { complaints, type FormAgain, formAgain, formIdAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { render } from './render';
import { session } from './session';

const asked = z.object({ nationalId: nationalIdField });
const reasonGiven = z.object({ reason: z.string().max(2000).optional() });

/** What the two confirming pages decide, and how their addresses end. */
const DECISIONS = {
  erase: { decision: 'ERASE', done: 'erased' },
  refuse: { decision: 'REFUSE', done: 'refused' },
} as const;
type Way = keyof typeof DECISIONS;

interface Shown {
  account: AccountView;
  id: string;
  way: Way;
  values?: Record<string, string>;
  again?: FormAgain;
  blocks?: Words[];
}

/** Find the person, see what is kept, then erase or refuse, each after a page that says what it means. */
export function erasurePages(services: PageServices): Router {
  const { queries } = services;
  const { central } = session(services);
  const router = express.Router();

  router.get('/office/erasure', async (request, response) => {
    const account = await central(request, response);
    const done = doneWords(ERASURE_DONE, request.query['done']);
    render(response, 'erasure-search', { account, done, nobody: false, values: {}, ...complaints([]) });
  });
  router.post('/office/erasure', async (request, response) => {
    const account = await central(request, response);
    await search(services, response, account, formTexts(request.body));
  });
  router.get('/office/erasure/:id', async (request, response) => {
    const account = await central(request, response);
    render(response, 'erasure-subject', { account, subject: await queries.erasureSubject(request.params.id, account) });
  });
  router.get('/office/erasure/:id/:way', async (request, response) => {
    const account = await central(request, response);
    await showConfirmation(services, response, { account, id: request.params.id, way: wayOf(request.params.way) });
  });
  router.post('/office/erasure/:id/:way', async (request, response) => {
    const account = await central(request, response);
    const { id, way } = request.params;
    await carryOut(services, response, { account, id, way: wayOf(way), values: formTexts(request.body) });
  });
  return router;
}

async function search({ commands, refusalOf }: PageServices, response: Response, account: AccountView, values: Record<string, string>) {
  try {
    const { nationalId } = parseOrRefuse(asked, { nationalId: values['nationalId'] ?? '' });
    const { person, registrations, formerForms } = await commands.findPerson({ caller: account, nationalId });
    const id = person?.id ?? registrations[0]?.id ?? formerForms[0]?.id;
    if (id !== undefined) return response.redirect(303, `/office/erasure/${id}`);
    render(response, 'erasure-search', { account, nobody: true, values, ...complaints([]) });
  } catch (failure) {
    const again = formAgain(refusalOf, response, failure);
    render(response, 'erasure-search', { account, nobody: false, values, ...complaints(again.errors) }, again.status);
  }
}

async function carryOut(services: PageServices, response: Response, sent: Shown & { values: Record<string, string> }): Promise<void> {
  const { commands, refusalOf } = services;
  const { account, id, way, values } = sent;
  const { decision, done } = DECISIONS[way];
  try {
    const { reason } = parseOrRefuse(reasonGiven, { reason: values['reason'] });
    await commands.erasePerson({ caller: account, id, decision, reason, formId: formIdOf(values) });
    response.redirect(303, `/office/erasure?done=${done}`);
  } catch (failure) {
    const again = formAgain(refusalOf, response, failure, ['ERASURE_BLOCKED']);
    await showConfirmation(services, response, { ...sent, again, blocks: blocksOf(failure) });
  }
}

function wayOf(text: string): Way {
  if (text !== 'erase' && text !== 'refuse') throw new Refused('NOT_FOUND');
  return text;
}

/** What is in the way, each with who ends it. */
function blocksOf(failure: unknown): Words[] {
  const because = failure instanceof Refused ? failure.details.extra?.['because'] : undefined;
  return Array.isArray(because) ? because.flatMap((what) => ERASURE_BLOCKS[String(what)] ?? []) : [];
}

async function showConfirmation({ queries }: PageServices, response: Response, { id, account, way, values = {}, again, blocks = [] }: Shown) {
  const subject = await queries.erasureSubject(id, account);
  const formId = formIdAgain(values, again);
  render(response, `erasure-${way}`, { account, subject, values, formId, blocks, ...complaints(again?.errors ?? []) }, again?.status);
}
