import type { Prisma } from './generated/client';

/** What makes an account that of a school's administrator; a school has one at most (R3.3). */
export const ADMINISTRATOR = { role: 'SCHOOL', status: 'ACTIVE' } as const satisfies Prisma.AccountWhereInput;
