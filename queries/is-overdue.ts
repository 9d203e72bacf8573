// R3.5: `isOverdue` of domain/deadlines.ts as a condition of the database, for lists and for figures: the three say the same.
import { Prisma } from '../prisma/generated/client';

/** For a list. */
export function whereIsOverdue(now: Date): Prisma.RegistrationWhereInput {
  return { status: 'PENDING', dueAt: { lt: now } };
}

/** The same in SQL, of the table that the statement reads. */
export function sqlIsOverdue(now: Date): Prisma.Sql {
  return Prisma.sql`status = 'PENDING' AND due_at < ${now}`;
}
