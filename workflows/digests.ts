// R3.5: reminders change nothing, so they are set-based: a schedule starts this, and everybody to whom something is due gets
// one mail about all of it.
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { DigestActivities } from '../activities/digests';
import type { MailOrder } from '../contracts/case';
import { deliverSoon } from './delivery';
import { startMailOfItsOwn } from './own-mail';

const { isDigestDue, prepareDigests } = proxyActivities<DigestActivities>({
  // One statement over all open cases of the country takes some seconds.
  startToCloseTimeout: '1m',
  // A database that is down for longer than an hour leaves it to the next run of the schedule.
  scheduleToCloseTimeout: '1h',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** Workflow `digests-‹time›`. @returns how many mails were written */
export async function digests(): Promise<{ mails: number }> {
  if (!(await isDigestDue())) return { mails: 0 };
  const orders = await prepareDigests();
  setCurrentDetails(`Sends ${orders.length} digests. What does not go out within a minute goes on as mail/‹id›.`);
  await Promise.all(orders.map(carry));
  return { mails: orders.length };
}

/** A mail server that is down must not keep the next digest from being prepared. */
async function carry(order: MailOrder): Promise<void> {
  if (!(await deliverSoon(order))) await startMailOfItsOwn(order, `Digest "${order.purpose}"`);
}
