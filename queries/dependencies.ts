import type { PrismaClient } from '../prisma/generated/client';
import type { KeyRing } from '../security/key-ring';

/** What queries are given. */
export interface QueryDependencies {
  prisma: PrismaClient;
  keyRing: KeyRing;
  /** How long a roster's check, and the confirmation of a person's data, count as lately (R5.0), in milliseconds. */
  rosterCheckEveryMs: number;
  now(): Date;
}
