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
  if (!isLive({ usedAt, cancelledAt, expiresAt, status }, now)) throw new Refused('LINK_EXPIRED');
}

/** Whether a link can still set a password. */
export function isLive({ usedAt, cancelledAt, expiresAt, status }: LinkFacts, now: Date): boolean {
  return !usedAt && !cancelledAt && status === 'APPROVED' && (expiresAt === null || expiresAt > now);
}

/** What decides whether a link for a new password is still good (R4.5). */
export interface ResetFacts {
  usedAt: Date | null;
  /** By a newer link. */
  cancelledAt: Date | null;
  /** Null while its mail has not gone out. */
  expiresAt: Date | null;
  accountActive: boolean;
}

/**
 * Refuses a dead link for a new password; of an account that has ended every link counts as expired.
 * @throws Refused LINK_USED, LINK_EXPIRED
 */
export function refuseDeadReset({ usedAt, cancelledAt, expiresAt, accountActive }: ResetFacts, now: Date): void {
  if (usedAt) throw new Refused('LINK_USED');
  if (!accountActive || cancelledAt || (expiresAt && expiresAt <= now)) throw new Refused('LINK_EXPIRED');
}
