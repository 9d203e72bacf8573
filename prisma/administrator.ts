import type { Account, Prisma } from './generated/client';

/** What makes an account that of a school's administrator; a school has one at most (R3.3). */
export const ADMINISTRATOR = { role: 'SCHOOL', status: 'ACTIVE' } as const satisfies Prisma.AccountWhereInput;

/** The account by which the person of a transfer administers the school that they leave, or null (R5.3d). */
export async function leavingAdministrator(
  prisma: Prisma.TransactionClient,
  { personId, fromSchoolCode }: { personId: string; fromSchoolCode: string | null },
): Promise<Account | null> {
  if (fromSchoolCode === null) return null;
  const { nationalIdHash } = await prisma.person.findUniqueOrThrow({ where: { id: personId }, select: { nationalIdHash: true } });
  return prisma.account.findFirst({ where: { ...ADMINISTRATOR, schoolCode: fromSchoolCode, nationalIdHash } });
}
