import type { PrismaClient } from '../prisma/generated/client';
import type { KeyRing } from '../security/key-ring';

/** What queries are given. */
export interface QueryDependencies {
  prisma: PrismaClient;
  keyRing: KeyRing;
  now(): Date;
}
