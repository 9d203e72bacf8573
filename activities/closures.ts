// The day on which a school closes has come (R5.3d): whoever administers it signs in no more. Its open cases are told by the
// comparison that follows every sweep (activities/reconcile.ts); whatever is recorded of them looks at the date by itself.
import { bangkokDate } from '../domain/working-days';
import { ADMINISTRATOR } from '../prisma/administrator';
import { appendAudit, SUBJECT } from '../prisma/audit';
import type { PrismaClient } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { endAdministratorOf, lockWhetherClosed } from '../prisma/school-closure';
import type { RecordingDependencies } from './dependencies';

/** Ends the administrators of schools that are closed by now. @returns how many */
export async function endAdministratorsOfClosed(dependencies: Pick<RecordingDependencies, 'prisma' | 'now'>): Promise<number> {
  const { prisma, now } = dependencies;
  const closed = await prisma.school.findMany({
    where: { closedOn: { lte: new Date(bangkokDate(now())) }, accounts: { some: ADMINISTRATOR } },
    select: { code: true },
  });
  let ended = 0;
  for (const { code } of closed) if (await endAdministrator(prisma, code, now())) ended += 1;
  return ended;
}

/** @returns whether there was one; not where the school was opened again, or somebody else was faster */
function endAdministrator(prisma: PrismaClient, code: string, at: Date): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    if (!(await lockWhetherClosed(tx, code, at))) return false;
    const account = await endAdministratorOf(tx, code, at);
    if (account === null) return false;
    const { districtCode, closedOn } = await tx.school.findUniqueOrThrow({ where: { code }, select: { districtCode: true, closedOn: true } });
    const after = { closedOn: closedOn && isoDate(closedOn), endedAccount: account };
    await appendAudit(tx, {
      subject: SUBJECT.school(code),
      actor: { kind: 'SYSTEM' },
      action: 'ADMINISTRATOR_ENDED',
      schoolCode: code,
      districtCode,
      after,
    });
    return true;
  });
}
