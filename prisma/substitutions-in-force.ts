// R3.6: who stands in for whom today, as commands and queries ask it.
import type { Caller } from '../domain/entitlement';
import { bangkokDate } from '../domain/working-days';
import type { Prisma, PrismaClient } from './generated/client';

/** Substitutions that are in force on the day of an instant, in Bangkok. */
export function inForce(at: Date) {
  const today = new Date(bangkokDate(at));
  return { endedAt: null, from: { lte: today }, to: { gte: today } } satisfies Prisma.SubstitutionWhereInput;
}

/** Whether somebody leads their district today, and for whom: its head, or who stands in for the head. */
export async function leadership(
  { prisma, now }: { prisma: Pick<PrismaClient, 'substitution'>; now(): Date },
  { id, role, districtCode, head }: Caller,
): Promise<{ leads: boolean; onBehalfOf: string | null }> {
  if (role !== 'DISTRICT' || head) return { leads: role === 'DISTRICT', onBehalfOf: null };
  const found = await prisma.substitution.findFirst({
    where: { ...inForce(now()), substituteId: id, absent: { is: { status: 'ACTIVE', head: true, districtCode } } },
    select: { absentId: true },
  });
  return { leads: found !== null, onBehalfOf: found?.absentId ?? null };
}
