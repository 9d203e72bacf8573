import { Refused } from '../domain/refused';
import type { Commands } from './commands';
import type { Limiters } from './limits';

interface ResetRequest {
  email: string;
  formId: string;
  /** Of whoever asks, by which they are counted. */
  address: string;
}

/**
 * R4.5: counts a request for a link to set a new password, then does it. Beyond the limit nothing is done and nothing is said: the
 * answer is the same always. To be called with what has the right shape: a slip uses nothing up.
 */
export async function requestResetWithLimit(
  { commands, limiters }: { commands: Pick<Commands, 'requestPasswordReset'>; limiters: Pick<Limiters, 'resets'> },
  { email, formId, address }: ResetRequest,
): Promise<void> {
  if (await isWithin(limiters.resets(address))) await commands.requestPasswordReset({ email, formId });
}

/** Whether a throttle lets a call through. */
async function isWithin(limit: Promise<void>): Promise<boolean> {
  try {
    await limit;
    return true;
  } catch (failure) {
    if (failure instanceof Refused && failure.code === 'RATE_LIMITED') return false;
    throw failure;
  }
}
