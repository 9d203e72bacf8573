// The least that a durable registration can be: the product is measured against it. Three updates, rows by local activities,
// mails by ordinary ones; no validators, no timers, no search attributes, nothing for operators.
import { condition, defineUpdate, proxyActivities, proxyLocalActivities, setHandler, uuid4 } from '@temporalio/workflow';
import type { BareActivities } from './activities';
import type { BareCase } from './messages';

// Nothing is retried for long: what goes wrong here is told at once.
const retry = { maximumAttempts: 3 };
const { recordSubmission, recordApproval, recordConfirmation } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '10s', retry });
const { sendMail } = proxyActivities<BareActivities>({ startToCloseTimeout: '45s', retry });

export const submit = defineUpdate<void>('submit');
export const approve = defineUpdate<void>('approve');
export const confirm = defineUpdate<void>('confirm');

/** Workflow `bare/‹school code›`: ends when the account is there and both mails went out. */
export async function bareRegistration(registrationId: string, given: BareCase): Promise<void> {
  const sent: Promise<void>[] = [];
  let active = false;
  setHandler(submit, async () => {
    const mailId = uuid4();
    await recordSubmission(registrationId, mailId, given);
    sent.push(sendMail(mailId));
  });
  setHandler(approve, async () => {
    const mailId = uuid4();
    await recordApproval(registrationId, mailId, given);
    sent.push(sendMail(mailId));
  });
  setHandler(confirm, async () => {
    await recordConfirmation(registrationId, given);
    active = true;
  });
  await condition(() => active);
  await Promise.all(sent);
}
