// Passwords: argon2id with the parameters that OWASP names as its minimum (m=19456 KiB, t=2, p=1), hashing at most on
// as many threads as there are processors, so that a burst of sign-ins queues here instead of starving everything else.
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { turns } from './turns';

const PARAMETERS = { memoryCost: 19456, timeCost: 2, parallelism: 1 };

/** Asked once: asking reads a file of the system. */
const MOST_AT_ONCE = availableParallelism();

/** What waits longer than that is answered before its turn comes: a processor hashes some twenty in a second. */
const MOST_WAITING = MOST_AT_ONCE * 200;

const inTurn = turns(MOST_AT_ONCE, MOST_WAITING);

/** The argon2id hash of a password, NFC-normalised so that it is the same from every keyboard (RFC 8265). */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFC'), PARAMETERS));
}

/** A hash that no password has: verifying against it takes the same time as against a real one (R4.4). */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$Z4vUZHkLr1zEm6bR9cQxWw3uGmT1oJmJdY0S3m0y3bA';

/** Whether the password is the one of the hash; a missing hash takes the same time and is never right. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const right = await inTurn(() => verify(passwordHash ?? NOBODY, password.normalize('NFC')));
  return right && passwordHash !== undefined;
}
