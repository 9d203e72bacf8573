import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { lockActive } from '../prisma/account-lock';
import type { Prisma } from '../prisma/generated/client';

/**
 * Makes sure that the caller still has the access with which the call began, whose body may have come long after, and holds its end up
 * until the transaction ends (R3.6, R4.6). A school's administrator is asked behind the locks of the school and the posting, as whoever
 * moves one or closes a school takes them.
 * @throws Refused FORBIDDEN where it has ended meanwhile
 */
export async function lockAccess(tx: Prisma.TransactionClient, { id }: Pick<Caller, 'id'>): Promise<void> {
  if (!(await lockActive(tx, [id])).has(id)) throw new Refused('FORBIDDEN');
}
