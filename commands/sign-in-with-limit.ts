import { Refused } from '../domain/refused';
import type { AccountView, Commands } from './commands';
import type { SignInLimit } from './limits';

interface SignInRequest {
  email: string;
  password: string;
  /** The session that the browser had before, which ends: the token changes with every sign-in (docs/decisions.md 60). */
  before: string | undefined;
}

/**
 * R4.4: signs in, counting failures alone.
 * @throws Refused SIGN_IN_FAILED, RATE_LIMITED
 */
export async function signInWithLimit(
  commands: Pick<Commands, 'signIn' | 'signOut'>,
  limit: SignInLimit,
  { email, password, before }: SignInRequest,
): Promise<{ token: string; account: AccountView }> {
  await limit.attempt();
  try {
    const signedIn = await commands.signIn({ email, password });
    await limit.succeeded();
    if (before !== undefined) await commands.signOut({ token: before });
    return signedIn;
  } catch (failure) {
    if (!(failure instanceof Refused && failure.code === 'SIGN_IN_FAILED')) await limit.undone();
    throw failure;
  }
}
