// Sending one mail, by an ordinary activity: the server retries it until it goes (R4.1), and operators see it waiting.
import { ActivityCancellationType, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { MailActivities } from '../activities/mail';
import type { Deadline, MailOrder, MailOutcome } from '../contracts/case';
import { MAIL_QUEUE } from '../contracts/search-attributes';
import { recordUndelivered } from './case-recording';

const SENDING = {
  taskQueue: MAIL_QUEUE,
  // One conversation with the mail server, and its turn among others. An attempt that takes longer keeps its claim on the mail.
  startToCloseTimeout: '45s',
  // A worker that was killed is noticed after this, not only after the whole conversation's time.
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', backoffCoefficient: 1.5, maximumInterval: '2m' },
  cancellationType: ActivityCancellationType.TRY_CANCEL,
} as const;

/** Sends one mail within a minute. @returns whether it needs nobody's care any more: it went out or was refused for good */
export async function deliverSoon(order: MailOrder): Promise<boolean> {
  const { sendMail } = proxyActivities<MailActivities>({ ...SENDING, scheduleToCloseTimeout: '1m', summary: summaryOf(order) });
  try {
    await sendMail(order.mailId);
    return true;
  } catch (failure) {
    if (isCancellation(failure)) throw failure;
    return false;
  }
}

function summaryOf({ purpose, audience }: MailOrder): string {
  return `mail: ${purpose} to ${audience}`;
}

/** Sends one mail until it went out, was refused for good, or what it tells is over (R4.1): however long a mail server is away. */
export async function deliver(order: MailOrder): Promise<{ deadline?: Deadline | null; trouble: 'BOUNCED' | 'FAILED' | null }> {
  const { sendMail } = proxyActivities<MailActivities>({ ...SENDING, summary: summaryOf(order) });
  try {
    const { outcome, deadline } = await sendMail(order.mailId);
    return { ...(deadline !== undefined && { deadline }), trouble: outcome === 'BOUNCED' || outcome === 'FAILED' ? outcome : null };
  } catch (failure) {
    if (isCancellation(failure)) throw failure;
    // Given up, by a release that gave it five days. Histories from before 30 November 2026 have no outcome here.
    const recorded: MailOutcome | null = await recordUndelivered(order.mailId, 'GIVEN_UP');
    // The last attempt may have sent it after all.
    const trouble = recorded?.outcome === 'SENT' ? null : 'FAILED';
    return { ...(recorded?.deadline !== undefined && { deadline: recorded.deadline }), trouble };
  }
}
