import type { RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { OPEN_TRANSFER_STATUSES } from '../domain/transfer';
import { isUuid } from '../domain/uuid';
import type { Transfer } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';

/**
 * A transfer by its ID.
 * @throws Refused NOT_FOUND, also for what is no ID
 */
export async function transferRow({ prisma }: CommandDependencies, id: string): Promise<Transfer> {
  const row = isUuid(id) ? await prisma.transfer.findUnique({ where: { id } }) : null;
  if (!row) throw new Refused('NOT_FOUND');
  return row;
}

/** Whether somebody else has an open request for the person (R5.3c); `except` is the transfer that asks. */
export async function personAskedFor({ prisma }: CommandDependencies, personId: string, except: string): Promise<RefusalCode | null> {
  const open = await prisma.transfer.findFirst({
    where: { personId, status: { in: [...OPEN_TRANSFER_STATUSES] }, id: { not: except } },
    select: { id: true },
  });
  return open ? 'TRANSFER_OPEN' : null;
}
