// Signing in and staying signed in (R4.4, docs/decisions.md 60): sessions are rows, idle and whole life limited.
import { emailKey } from '../domain/contact';
import { Refused } from '../domain/refused';
import type { Account } from '../prisma/generated/client';
import { verifyPassword } from '../security/passwords';
import { hashToken, randomToken } from '../security/tokens';
import type { AccountView, Commands } from './commands';
import type { CommandDependencies } from './dependencies';

/** How often at most a session's row is touched: reading pages quickly does not write at each of them. */
const TOUCH_AFTER_MS = 15_000;

/** Signs in; an unknown address, a wrong password and an account that is not active are told alike, in the same time. */
export function signIn({ prisma, now }: CommandDependencies): Commands['signIn'] {
  return async ({ email, password }) => {
    const account = await prisma.account.findFirst({ where: { emailKey: emailKey(email), status: 'ACTIVE' } });
    const right = await verifyPassword(account?.passwordHash, password);
    if (!account || !right) throw new Refused('SIGN_IN_FAILED');
    const token = randomToken();
    const at = now();
    // R4.5: the password may have been set anew, or the access ended, while this one was verified. Whoever sets it waits for the lock,
    // and then ends this session too; that of an account that ends is none.
    const opened = await prisma.$executeRaw`
      INSERT INTO session (token_hash, account_id, created_at, last_seen_at) SELECT ${hashToken(token)}, id, ${at}, ${at} FROM account
      WHERE id = ${account.id}::uuid AND status = 'ACTIVE' AND password_hash = ${account.passwordHash} FOR SHARE`;
    if (opened === 0) throw new Refused('SIGN_IN_FAILED');
    return { token, account: accountView(account) };
  };
}

/** Ends a session; one that is gone already is no error. */
export function signOut({ prisma }: CommandDependencies): Commands['signOut'] {
  return async ({ token }) => {
    await prisma.session.deleteMany({ where: { tokenHash: hashToken(token) } });
  };
}

/** Who a session token speaks for, or null when the session is over. */
export function authenticate({ prisma, session: limits, now }: CommandDependencies): Commands['authenticate'] {
  return async (token) => {
    const tokenHash = hashToken(token);
    const session = await prisma.session.findUnique({ where: { tokenHash }, include: { account: true } });
    if (session?.account.status !== 'ACTIVE') return null;
    const at = now();
    const idle = at.getTime() - session.lastSeenAt.getTime();
    const age = at.getTime() - session.createdAt.getTime();
    if (idle >= limits.idleMs || age >= limits.maxMs) {
      await prisma.session.deleteMany({ where: { tokenHash } });
      return null;
    }
    if (idle > Math.min(TOUCH_AFTER_MS, limits.idleMs / 4)) {
      await prisma.session.updateMany({ where: { tokenHash }, data: { lastSeenAt: at } });
    }
    return accountView(session.account);
  };
}

function accountView({ id, email, name, role, schoolCode, districtCode, head }: Account): AccountView {
  return { id, email, name, role, schoolCode, districtCode, head };
}
