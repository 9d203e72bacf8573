// Tokens of links and sessions: 256 bits, stored as hashes. Those in mails are derived from the row's ID,
// so that a retry rebuilds the same link although only its hash is stored (docs/decisions.md 4).
import { createHash, createHmac, randomBytes } from 'node:crypto';

export type TokenPurpose = 'track' | 'confirm' | 'reset';

/** The token of a row for a purpose: HMAC-SHA-256 under the token key, 43 characters of base64url. */
export function deriveToken(tokenKey: Buffer, purpose: TokenPurpose, rowId: string): string {
  return createHmac('sha256', tokenKey).update(`${purpose}:${rowId}`).digest('base64url');
}

/** The tracking token of a registration; each address that it had has its own, so that mending the address ends the older (R4.1). */
export function trackingToken(tokenKey: Buffer, registrationId: string, version: number): string {
  return deriveToken(tokenKey, 'track', version === 0 ? registrationId : `${registrationId}:${version}`);
}

/** A fresh random token, 43 characters of base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. Looking a row up by this hash needs no constant-time comparison: nobody can choose a hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
