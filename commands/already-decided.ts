import { registrationDecided } from '../domain/case-words';
import { Refused } from '../domain/refused';
import type { CommandDependencies } from './dependencies';

/** R3.1: "already decided", naming who and when; or how else the case left the office's hands. */
export async function alreadyDecided({ prisma }: CommandDependencies, registrationId: string): Promise<Refused> {
  const row = await prisma.registration.findUniqueOrThrow({ where: { id: registrationId }, include: { decidedBy: true } });
  return new Refused('ALREADY_DECIDED', {
    words: registrationDecided(row.status, { name: row.decidedBy?.name ?? null, at: row.decidedAt }),
    extra: {
      registrationStatus: row.status,
      ...(row.decidedBy && { decidedBy: { name: row.decidedBy.name, districtCode: row.decidedBy.districtCode } }),
      ...(row.decidedAt && { decidedAt: row.decidedAt.toISOString() }),
    },
  });
}
