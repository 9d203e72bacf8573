import { Refused } from '../domain/refused';
import { isUuid } from '../domain/uuid';
import type { Registration, RegistrationFacts } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';

/**
 * A registration by its ID.
 * @throws Refused NOT_FOUND, also for what is no ID
 */
export async function registrationRow({ prisma }: CommandDependencies, id: string): Promise<Registration> {
  const row = isUuid(id) ? await prisma.registration.findUnique({ where: { id } }) : null;
  if (!row) throw new Refused('NOT_FOUND');
  return row;
}

export type RegistrationWithFacts = Registration & { facts: RegistrationFacts | null };

/**
 * The same, with what keeps an office from approving it.
 * @throws Refused NOT_FOUND, also for what is no ID
 */
export async function registrationWithFacts({ prisma }: CommandDependencies, id: string): Promise<RegistrationWithFacts> {
  const row = isUuid(id) ? await prisma.registration.findUnique({ where: { id }, include: { facts: true } }) : null;
  if (!row) throw new Refused('NOT_FOUND');
  return row;
}
