// What is done to a transfer from its page: consent or rejection, withdrawal, one appeal (R5.3d).
import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import { parseOrRefuse } from '../commands/broken-fields';
import type { AccountView } from '../commands/commands';
import { transferAppeal, transferDecision } from '../commands/transfer-schema';
import type { RefusalCode } from '../domain/refusal';
import { formAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { render } from './render';
import { session } from './session';
import { showTransfer } from './transfer-pages';

/** Refusals of the state of the case, which its page tells together with how it stands now. */
const TOLD: readonly RefusalCode[] = ['ALREADY_DECIDED', 'NOT_POSSIBLE_NOW', 'TRANSFER_OPEN'];

interface Sent {
  account: AccountView;
  transferId: string;
  values: Record<string, string>;
  formId: string;
}
/** Returns what was done, as the page of the transfer tells it. */
type Step = (services: PageServices, sent: Sent) => Promise<string>;

/** The forms of a transfer's page. */
export function transferStepPages(services: PageServices): Router {
  const { signedIn } = session(services);
  const router = express.Router();
  router.post('/transfers/:id/decisions', stepOf(services, decide));
  router.post('/transfers/:id/appeal', stepOf(services, appeal));
  router.get('/transfers/:id/withdrawal', async (request, response) => {
    const account = await signedIn(request, response);
    await showWithdrawal(services, response, account, request.params.id);
  });
  router.post('/transfers/:id/withdrawal', stepOf(services, withdraw));
  return router;
}

/** Takes a form to its command, then back to the page: with what was done, or with the form as it was typed. */
function stepOf(services: PageServices, carryOut: Step): (request: Request<{ id: string }>, response: Response) => Promise<void> {
  const { signedIn } = session(services);
  return async (request, response) => {
    const account = await signedIn(request, response);
    const { id } = request.params;
    const values = formTexts(request.body);
    try {
      const done = await carryOut(services, { account, transferId: id, values, formId: formIdOf(values) });
      response.redirect(303, `/transfers/${encodeURIComponent(id)}?done=${done}`);
    } catch (failure) {
      await showTransfer(services, response, { account, id, values, again: formAgain(services.refusalOf, response, failure, TOLD) });
    }
  };
}

async function decide({ commands, queries }: PageServices, { account, transferId, values, formId }: Sent): Promise<string> {
  await queries.transferAccess(transferId, account, 'DECIDER');
  const { decision, reason } = parseOrRefuse(transferDecision, { decision: values['decision'], reason: values['reason'] });
  await commands.decideTransfer({ transferId, caller: account, decision, reason, formId });
  return decision === 'APPROVE' ? 'approved' : 'rejected';
}

async function appeal({ commands, queries }: PageServices, { account, transferId, values, formId }: Sent): Promise<string> {
  await queries.transferAccess(transferId, account, 'REQUESTER');
  const { reason } = parseOrRefuse(transferAppeal, { reason: values['reason'] });
  await commands.appealTransfer({ transferId, caller: account, reason, formId });
  return 'appealed';
}

async function showWithdrawal({ queries }: PageServices, response: Response, account: AccountView, id: string): Promise<void> {
  await queries.transferAccess(id, account, 'REQUESTER');
  const transfer = await queries.transfer(id, account);
  render(response, 'transfer-withdrawal', { account, transfer, formId: randomUUID() });
}

async function withdraw({ commands }: PageServices, { account, transferId, formId }: Sent): Promise<string> {
  await commands.withdrawTransfer({ transferId, caller: account, formId });
  return 'withdrawn';
}
