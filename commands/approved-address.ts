import { brokenRule } from '../domain/broken-rule';
import { emailKey } from '../domain/contact';
import { Refused } from '../domain/refused';
import type { Prisma } from '../prisma/generated/client';

/**
 * Refuses an office's account at the address of a registrant who has yet to confirm: that one would fail at the last step (R2.1).
 * @throws Refused EMAIL_IN_USE
 */
export async function refuseApprovedAddress(prisma: Pick<Prisma.TransactionClient, 'registration'>, email: string): Promise<void> {
  const approved = await prisma.registration.findFirst({ where: { emailKey: emailKey(email), status: 'APPROVED' }, select: { id: true } });
  if (approved) throw emailInUse();
}

/** R2.1: an active account, or an approved registration, has the address that somebody typed. */
export function emailInUse(): Refused {
  return new Refused('EMAIL_IN_USE', { errors: [brokenRule('email', 'EMAIL_IN_USE')] });
}
