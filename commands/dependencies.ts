import type { Client } from '@temporalio/client';
import type { Config } from '../config';
import type { PrismaClient } from '../prisma/generated/client';
import type { KeyRing } from '../security/key-ring';

/** What commands are given. */
export interface CommandDependencies {
  prisma: PrismaClient;
  temporal: Client;
  keyRing: KeyRing;
  tokenKey: Buffer;
  session: Config['session'];
  /** The budget of each account (R5.3c). */
  lookupLimit: Config['limits']['lookups'];
  now(): Date;
  /** Told of a call to Temporal after a commit that was not answered, for operators: the next sweep tells the case. */
  unanswered(failure: unknown): void;
}
