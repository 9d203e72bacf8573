import { Refused } from './refused';
import type { RegistrationStatus } from './registration';

/** What decides whether a confirmation link can still set a password (R4.2). */
export interface LinkFacts {
  usedAt: Date | null;
  cancelledAt: Date | null;
  /** Null while its mail has not gone out. */
  expiresAt: Date | null;
  /** Of its registration. */
  status: RegistrationStatus;
}

/**
 * Refuses a dead link: used, or expired, which a link cancelled by a newer one counts as.
 * @throws Refused LINK_USED, LINK_EXPIRED
 */
export function refuseDeadLink({ usedAt, cancelledAt, expiresAt, status }: LinkFacts, now: Date): void {
  if (usedAt || status === 'ACTIVE') throw new Refused('LINK_USED');
  if (cancelledAt || status !== 'APPROVED' || (expiresAt && expiresAt <= now)) throw new Refused('LINK_EXPIRED');
}
