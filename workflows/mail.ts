// One mail of a case that has closed, carried until it is delivered or given up.
import { setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { MailOrder } from '../contracts/case';
import { DpaMail } from '../contracts/search-attributes';
import { deliver } from './delivery';
import { mailTrouble } from './signals';

/** Workflow `mail/<id>`: ends when the mail went out, was refused for good, was over before it was told, or was given up. */
export async function mail(order: MailOrder): Promise<void> {
  setCurrentDetails(`The mail **${order.purpose}** waits to be delivered.`);
  setHandler(mailTrouble, () => {
    setCurrentDetails(`The mail **${order.purpose}** cannot be delivered so far; it is tried again by itself. See the pending activity.`);
    upsertSearchAttributes([{ key: DpaMail, value: 'FAILING' }]);
  });
  const { trouble } = await deliver(order);
  setCurrentDetails(trouble ? `The mail **${order.purpose}** was not delivered: ${trouble}.` : `The mail **${order.purpose}** went out.`);
  upsertSearchAttributes([{ key: DpaMail, value: trouble }]);
}
