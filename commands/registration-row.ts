import { Refused } from '../domain/refused';
import type { Registration } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A registration by its ID.
 * @throws Refused NOT_FOUND, also for what is no ID
 */
export async function registrationRow({ prisma }: CommandDependencies, id: string): Promise<Registration> {
  const row = UUID.test(id) ? await prisma.registration.findUnique({ where: { id } }) : null;
  if (!row) throw new Refused('NOT_FOUND');
  return row;
}
