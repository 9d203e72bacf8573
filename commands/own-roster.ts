// The roster that an administrator may change: the own school's (R5.0).
import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { isUuid } from '../domain/uuid';
import type { Posting, Prisma, School } from '../prisma/generated/client';
import { lockOpenPosting } from '../prisma/open-posting';
import { isClosedSchool } from '../prisma/school-closure';

/**
 * The caller's own school.
 * @throws Refused FORBIDDEN for an office, NOT_FOUND for another school's roster (R5.0), SCHOOL_CLOSED from the day on which it closes
 */
export async function ownSchool(tx: Prisma.TransactionClient, caller: Caller, schoolCode: string, now: Date): Promise<School> {
  if (caller.role !== 'SCHOOL') throw new Refused('FORBIDDEN');
  if (caller.schoolCode !== schoolCode) throw new Refused('NOT_FOUND');
  const school = await tx.school.findUniqueOrThrow({ where: { code: schoolCode } });
  if (isClosedSchool(school, now)) throw new Refused('SCHOOL_CLOSED');
  return school;
}

/**
 * The posting that keeps a person on a school's roster, under a lock that lasts until the transaction ends: a change, a
 * removal and a move of one person follow one another. Null for somebody who is not there (any more).
 */
export async function lockPosting(tx: Prisma.TransactionClient, schoolCode: string, personId: string): Promise<Posting | null> {
  const posting = isUuid(personId) ? await lockOpenPosting(tx, personId) : null;
  return posting?.schoolCode === schoolCode ? posting : null;
}
