import { OPEN_TRANSFER_STATUSES } from '../domain/transfer';
import { tellTransfer } from '../temporal/case-workflows';
import type { CommandDependencies } from './dependencies';
import { isUnanswered } from './unanswered';

/**
 * Tells the open transfer of a person that something was committed of which it is to make what follows (R5.3d). Where the
 * signal is lost, the next sweep finds that row and facts disagree (activities/compared-cases.ts), and sends it.
 */
export async function tellTransferOf({ temporal }: CommandDependencies, personId: string): Promise<void> {
  try {
    await tellTransfer(temporal, personId);
  } catch (failure) {
    if (!isUnanswered(failure)) throw failure;
  }
}

/**
 * Tells a school's open transfers, in and out, to look at the facts anew (R5.3d): after it got another district, lost its
 * administrator or closed. A signal that is lost delays them until something else makes them look.
 */
export async function tellTransfersOf({ prisma, temporal }: CommandDependencies, schoolCode: string): Promise<void> {
  const open = await prisma.transfer.findMany({
    where: { status: { in: [...OPEN_TRANSFER_STATUSES] }, OR: [{ fromSchoolCode: schoolCode }, { toSchoolCode: schoolCode }] },
    select: { personId: true },
  });
  for (const { personId } of open) await tellTransfer(temporal, personId);
}
