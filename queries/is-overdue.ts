// R3.5: `isOverdue` of domain/deadlines.ts as a condition of the database, for lists and for figures: the three say the same.
import { Prisma } from '../prisma/generated/client';

/** For a list. What is due to nobody (R3.2) is told as such: its opposite has it too, and the opposite of a comparison with NULL would not. */
export function whereIsOverdue(now: Date): Prisma.RegistrationWhereInput {
  return { status: 'PENDING', dueAt: { not: null, lt: now } };
}

/** The same in SQL, of the table that the statement reads. */
export function sqlIsOverdue(now: Date): Prisma.Sql {
  return Prisma.sql`status = 'PENDING' AND due_at < ${now}`;
}
