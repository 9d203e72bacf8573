// R3.5: reminders change nothing, so they are set-based: a schedule starts this, and everybody to whom something is due gets
// one mail about all of it.
import { continueAsNew, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { DigestActivities } from '../activities/digests';
import type { MailOrder } from '../contracts/case';
import { DIGESTS_OF_ONE_RUN } from '../contracts/jobs';
import { deliverSoon } from './delivery';
import { startMailOfItsOwn } from './own-mail';

const { isDigestDue, prepareDigests, digestsAfter } = proxyActivities<DigestActivities>({
  // One statement over all open cases of the country takes some seconds.
  startToCloseTimeout: '1m',
  // A database that is down for longer than an hour leaves it to the next run of the schedule.
  scheduleToCloseTimeout: '1h',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** What the runs before this one sent: how many, and the last of them. */
interface Sent {
  mails: number;
  last: string;
}

/** Workflow `digests-‹time›`, run after run (`DIGESTS_OF_ONE_RUN`). @returns how many mails were written */
export async function digests(sent?: Sent): Promise<{ mails: number }> {
  if (!sent && !(await isDigestDue())) return { mails: 0 };
  const orders = sent ? await digestsAfter(sent.last) : await prepareDigests();
  setCurrentDetails(`Sends ${orders.length} digests. What does not go out within a minute goes on as mail/‹id›.`);
  await Promise.all(orders.map(carry));
  const mails = (sent?.mails ?? 0) + orders.length;
  const last = orders.at(DIGESTS_OF_ONE_RUN - 1);
  if (last) await continueAsNew<typeof digests>({ mails, last: last.mailId });
  return { mails };
}

/** A mail server that is down must not keep the next digest from being prepared. */
async function carry(order: MailOrder): Promise<void> {
  if (!(await deliverSoon(order))) await startMailOfItsOwn(order, `Digest "${order.purpose}"`);
}
