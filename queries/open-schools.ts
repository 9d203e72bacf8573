// `isClosed` of domain/closure.ts as a condition of the database.
import { bangkokDate } from '../domain/working-days';
import type { Prisma } from '../prisma/generated/client';

/** Schools that are open today; one whose closing is only announced is open still. */
export function whereIsOpen(now: Date): Prisma.SchoolWhereInput {
  return { OR: [{ closedOn: null }, { closedOn: { gt: new Date(bangkokDate(now)) } }] };
}
