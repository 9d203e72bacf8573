// Forgotten passwords (R4.5): whether the address has an account is looked for here, where nobody waits for the answer.
import type { MailOrder } from '../contracts/case';
import { lockAccount } from '../prisma/account-lock';
import { UNSENT } from '../prisma/unsent';
import { deriveToken, hashToken } from '../security/tokens';
import type { RecordingDependencies, Transaction } from './dependencies';

export type PasswordResetActivities = ReturnType<typeof createPasswordResetActivities>;

const PURPOSE = 'password-reset';
/** The first link of an office's account (R3.6) ends with a newer one too. */
const LINK_PURPOSES = [PURPOSE, 'account'];
/** More than these in an hour would only fill somebody's mail box. */
const MOST_IN_AN_HOUR = 20;
const HOUR_MS = 3_600_000;

/** The local activities of the `passwordReset` workflow. */
export function createPasswordResetActivities(dependencies: RecordingDependencies) {
  const { prisma } = dependencies;
  return {
    /** Writes the mail where the address has an active account; null where nothing is to be sent. A repeat answers the same. */
    async preparePasswordReset(resetId: string): Promise<MailOrder | null> {
      return prisma.$transaction(async (tx) => {
        const reset = await tx.passwordReset.findUnique({ where: { id: resetId } });
        if (reset?.accountId) return { mailId: resetId, purpose: PURPOSE, audience: 'ACCOUNT' };
        const account = reset?.emailKey ? await tx.account.findFirst({ where: { emailKey: reset.emailKey, status: 'ACTIVE' } }) : null;
        const gets = account !== null && !(await tooMany(tx, dependencies, account.id));
        // The address is needed no longer, whoever it is.
        await tx.passwordReset.updateMany({ where: { id: resetId }, data: { emailKey: null } });
        return gets ? writeReset(tx, dependencies, resetId, account.id) : null;
      });
    },
  };
}

async function tooMany(tx: Transaction, { now }: RecordingDependencies, accountId: string): Promise<boolean> {
  // Requests of one account are counted one after another.
  await lockAccount(tx, accountId);
  const recent = { gte: new Date(now().getTime() - HOUR_MS) };
  return (await tx.passwordReset.count({ where: { accountId, createdAt: recent } })) >= MOST_IN_AN_HOUR;
}

/** A new link ends the older ones: their mails first, as all locks are taken (prisma/account-lock.ts). */
async function writeReset(tx: Transaction, { tokenKey, now }: RecordingDependencies, id: string, accountId: string): Promise<MailOrder> {
  await tx.mail.updateMany({ where: { accountId, purpose: { in: LINK_PURPOSES }, status: UNSENT }, data: { status: 'CANCELLED' } });
  await tx.passwordReset.updateMany({ where: { accountId, usedAt: null, cancelledAt: null }, data: { cancelledAt: now() } });
  await tx.passwordReset.update({
    where: { id },
    data: { accountId, tokenHash: hashToken(deriveToken(tokenKey, 'reset', id)) },
    select: { id: true },
  });
  const mail = { id, accountId, purpose: PURPOSE, revision: 1, audience: 'ACCOUNT', createdAt: now() };
  await tx.mail.create({ data: mail, select: { id: true } });
  return { mailId: id, purpose: PURPOSE, audience: 'ACCOUNT' };
}
