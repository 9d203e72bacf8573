import type { Prisma } from './generated/client';

/** The mails that are still on their way. */
export const UNSENT = { in: ['QUEUED', 'RETRYING'] } satisfies Prisma.EnumMailStatusFilter;
