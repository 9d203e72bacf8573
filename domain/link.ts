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

/** Why a link cannot set a password: used, or expired, which a link cancelled by a newer one counts as; null where it can. */
export function deadLink({ usedAt, cancelledAt, expiresAt, status }: LinkFacts, now: Date): 'LINK_USED' | 'LINK_EXPIRED' | null {
  if (usedAt || status === 'ACTIVE') return 'LINK_USED';
  return cancelledAt || status !== 'APPROVED' || (expiresAt && expiresAt <= now) ? 'LINK_EXPIRED' : null;
}

/** Refuses a dead link. @throws Refused LINK_USED, LINK_EXPIRED */
export function refuseDeadLink(facts: LinkFacts, now: Date): void {
  const dead = deadLink(facts, now);
  if (dead) throw new Refused(dead);
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
