import { type Caller, mayRead } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { isUuid } from '../domain/uuid';
import type { PrismaClient, Registration } from '../prisma/generated/client';

/** A registration's row, for whoever may read it (R3.1). @throws Refused NOT_FOUND where there is none, FORBIDDEN */
export async function readableRow(prisma: PrismaClient, id: string, caller: Caller): Promise<Registration> {
  return readableBy(caller, isUuid(id) ? await prisma.registration.findUnique({ where: { id } }) : null);
}

/** The same of a row that was read already, null where there is none. @throws Refused NOT_FOUND, FORBIDDEN */
export function readableBy<Row extends { districtCode: string | null }>(caller: Caller, row: Row | null): Row {
  if (!row) throw new Refused('NOT_FOUND');
  if (!mayRead(caller, row)) throw new Refused('FORBIDDEN');
  return row;
}
