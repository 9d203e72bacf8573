// What is told to open cases after a commit on which they depend (R3.2, R5.3d); the sweep tells those that did not hear it.
import { OPEN_TRANSFER_STATUSES } from '../domain/transfer';
import { tellOpenCase, tellTransfer } from '../temporal/case-workflows';
import type { CommandDependencies } from './dependencies';
import { tellIfAnswered } from './unanswered';

/** Tells the open transfer of a person that something was committed of which it is to make what follows (R5.3d). */
export async function tellTransferOf(dependencies: CommandDependencies, personId: string): Promise<void> {
  await tellIfAnswered(dependencies, () => tellTransfer(dependencies.temporal, personId));
}

/** Tells a school's open registration, and its transfers, to look at the facts anew: after it got another district, or closed. */
export async function tellCasesOf(dependencies: CommandDependencies, schoolCode: string): Promise<void> {
  await tellIfAnswered(dependencies, async () => {
    await tellOpenCase(dependencies.temporal, schoolCode);
    await tellTransfersOf(dependencies, schoolCode);
  });
}

/** Tells a school's open transfers, in and out, to look at the facts anew (R5.3d). @throws what Temporal's client throws */
export async function tellTransfersOf({ prisma, temporal }: CommandDependencies, schoolCode: string): Promise<void> {
  const open = await prisma.transfer.findMany({
    where: { status: { in: [...OPEN_TRANSFER_STATUSES] }, OR: [{ fromSchoolCode: schoolCode }, { toSchoolCode: schoolCode }] },
    select: { personId: true },
  });
  for (const { personId } of open) await tellTransfer(temporal, personId);
}
