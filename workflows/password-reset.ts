// R4.5: somebody forgot the password. The caller was answered before: whether there is an account is told to its mail box alone.
import { proxyLocalActivities } from '@temporalio/workflow';
import type { PasswordResetActivities } from '../activities/password-resets';
import { SHORT_WRITES } from './case-recording';
import { startMailOfItsOwn } from './own-mail';

const { preparePasswordReset } = proxyLocalActivities<PasswordResetActivities>(SHORT_WRITES);

/** Workflow `passwordReset/‹id›`. */
export async function passwordReset(resetId: string): Promise<void> {
  const order = await preparePasswordReset(resetId);
  if (order) await startMailOfItsOwn(order, 'Link for a new password');
}
