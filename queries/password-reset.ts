import { refuseDeadReset } from '../domain/link';
import { Refused } from '../domain/refused';
import { hashToken } from '../security/tokens';
import type { QueryDependencies } from './dependencies';
import type { Queries } from './queries';

/** R4.5: what opening the link shows; nothing is consumed, however often it is opened. */
export function passwordReset({ prisma, now }: QueryDependencies): Queries['passwordReset'] {
  return async (token) => {
    const reset = await prisma.passwordReset.findUnique({ where: { tokenHash: hashToken(token) }, include: { account: true } });
    if (!reset?.account) throw new Refused('NOT_FOUND');
    refuseDeadReset({ ...reset, accountActive: reset.account.status === 'ACTIVE' }, now());
    return { expiresAt: reset.expiresAt?.toISOString() ?? null };
  };
}

/** Whether there is such a link, dead or not. */
export function passwordResetAccess({ prisma }: QueryDependencies): Queries['passwordResetAccess'] {
  return async (token) => {
    const reset = await prisma.passwordReset.findUnique({ where: { tokenHash: hashToken(token) }, select: { accountId: true } });
    if (!reset?.accountId) throw new Refused('NOT_FOUND');
  };
}
