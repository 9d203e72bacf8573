// R3.6: who stands in for whom today, as commands and queries ask it.
import { bangkokDate } from '../domain/working-days';
import type { Prisma } from './generated/client';

/** Substitutions that are in force on the day of an instant, in Bangkok. */
export function inForce(at: Date) {
  const today = new Date(bangkokDate(at));
  return { endedAt: null, from: { lte: today }, to: { gte: today } } satisfies Prisma.SubstitutionWhereInput;
}

/** Those of a head of the district for whom the account stands in. */
export function forTheHead({ id, districtCode }: { id: string; districtCode: string | null }, at: Date): Prisma.SubstitutionWhereInput {
  return { ...inForce(at), substituteId: id, absent: { is: { status: 'ACTIVE', head: true, districtCode } } };
}
