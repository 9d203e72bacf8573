// The database is the last guard (R3.3): which refusal a broken unique index means.
import type { RefusalCode } from '../domain/refusal';
import { Prisma } from '../prisma/generated/client';

const REFUSAL_OF_INDEX: Record<string, RefusalCode> = {
  registration_one_open_of_a_school: 'REGISTRATION_OPEN',
  registration_one_approved_of_an_address: 'EMAIL_IN_USE',
  account_one_administrator_of_a_school: 'SCHOOL_HAS_ADMINISTRATOR',
  account_one_active_email: 'EMAIL_IN_USE',
  account_one_school_of_a_person: 'PERSON_HAS_SCHOOL',
  transfer_one_open_of_a_person: 'TRANSFER_OPEN',
};

/** A broken unique index of Prisma's own statement, or any failure of one in SQL (https://www.prisma.io/docs/orm/reference/error-reference). */
const BROKEN = ['P2002', 'P2010'];

/** The refusal that a failed transaction means, or null when it failed for another reason and is to be tried again. */
export function refusalOfConstraint(failure: unknown): RefusalCode | null {
  if (!(failure instanceof Prisma.PrismaClientKnownRequestError) || !BROKEN.includes(failure.code)) return null;
  const told = JSON.stringify(failure.meta) + failure.message;
  const index = Object.keys(REFUSAL_OF_INDEX).find((name) => told.includes(name));
  return index === undefined ? null : (REFUSAL_OF_INDEX[index] ?? null);
}
