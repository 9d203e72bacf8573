// R3.6: who does something about the people of an office is of it until that is done.
import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { lockActive } from '../prisma/account-lock';
import type { Prisma } from '../prisma/generated/client';
import { leadership } from '../prisma/substitutions-in-force';

/**
 * Whether the caller leads the district, and for whom, under a lock on the caller's account: it may have ended since the call began.
 * @param ending another account that the transaction is about to end, which is locked with it
 * @throws Refused FORBIDDEN where the caller's has
 */
export async function lockedLeadership(
  tx: Prisma.TransactionClient,
  now: () => Date,
  caller: Caller,
  ending?: string,
): ReturnType<typeof leadership> {
  const active = ending === undefined ? await lockActive(tx, [caller.id]) : await lockActive(tx, [caller.id, ending], 'END');
  if (!active.has(caller.id)) throw new Refused('FORBIDDEN');
  return leadership({ prisma: tx, now }, caller);
}
