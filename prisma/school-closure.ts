// A school's row under locks: whether it is closed, as whoever makes an administrator, or moves somebody there, has to know for certain.
import { isClosed } from '../domain/closure';
import { bangkokDate } from '../domain/working-days';
import { ADMINISTRATOR } from './administrator';
import { endAccount } from './end-account';
import type { Prisma, School } from './generated/client';
import { isoDate } from './iso-date';

/** Whether a row that was read is of a school that is closed. */
export function isClosedSchool({ closedOn }: Pick<School, 'closedOn'>, now: Date): boolean {
  return isClosed(closedOn && isoDate(closedOn), bangkokDate(now));
}

/** Whether a school is closed now; until the transaction ends no closing of it can come in between. */
export async function lockWhetherClosed(tx: Prisma.TransactionClient, code: string, now: Date): Promise<boolean> {
  const rows = await tx.$queryRaw<Pick<School, 'closedOn'>[]>`SELECT closed_on AS "closedOn" FROM school WHERE code = ${code} FOR SHARE`;
  return rows.some((row) => isClosedSchool(row, now));
}

/**
 * A school's row as it is, under a lock: of two changes at once the second one sees the first, and whoever moves somebody there has
 * finished. Null where there is no such school.
 */
export async function lockSchool(tx: Prisma.TransactionClient, code: string): Promise<School | null> {
  await tx.$queryRaw`SELECT 1 FROM school WHERE code = ${code} FOR NO KEY UPDATE`;
  return tx.school.findUnique({ where: { code } });
}

/** Ends the account of a school's administrator, if it has one, and its sessions. @returns its ID */
export async function endAdministratorOf(tx: Prisma.TransactionClient, schoolCode: string, at: Date): Promise<string | null> {
  const account = await tx.account.findFirst({ where: { schoolCode, ...ADMINISTRATOR }, select: { id: true } });
  return account && (await endAccount(tx, account.id, at)) ? account.id : null;
}
