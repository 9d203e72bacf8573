import type { RefusalCode } from './refusal';
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

/** What decides whether whoever holds a link may ask for a new one by it (R4.1, R4.2). */
export interface RenewalFacts extends LinkFacts {
  /** Of the mail that brought the link. */
  mailedRevision: number;
  /** Of its registration now. */
  revision: number;
}

/**
 * Why no new link is given for this one; null where a new one is due, if the case still allows it. Whoever reads a mailbox that was
 * replaced has no say in the case any more.
 */
export function renewalRefusal({ mailedRevision, revision, ...link }: RenewalFacts, now: Date): RefusalCode | null {
  if (mailedRevision !== revision) return 'NOT_POSSIBLE_NOW';
  const dead = deadLink(link, now);
  if (dead === null) return 'LINK_STILL_GOOD';
  return dead === 'LINK_USED' ? dead : null;
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
