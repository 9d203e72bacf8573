import type { ReviewPolicies } from '../domain/deadlines';
import type { Policy } from '../domain/policy';
import type { TransferPolicies } from '../domain/transfer';
import type { Prisma, PrismaClient } from '../prisma/generated/client';

/** What the recording activities are given: the database, the key of the links' tokens, the policies and a clock. */
export interface RecordingDependencies {
  prisma: PrismaClient;
  tokenKey: Buffer;
  policies: ReviewPolicies & TransferPolicies & { remindEvery: Policy; transferRemindEvery: Policy; digestWindow: Policy; resetWithin: Policy };
  now(): Date;
}

/** The transaction in which one step is recorded. */
export type Transaction = Prisma.TransactionClient;
