// The holidays with which a database begins: without them deadlines in working days would pass over weekends alone (R3.5).
import { OFFICIAL_HOLIDAYS } from '../domain/holidays';
import type { PrismaClient } from './generated/client';

/** Enters those that are known at this release into a table that nobody has filled. @returns how many */
export async function enterOfficialHolidays(prisma: PrismaClient): Promise<number> {
  if ((await prisma.holiday.count()) > 0) return 0;
  const data = OFFICIAL_HOLIDAYS.map(({ date, name }) => ({ date: new Date(date), name }));
  return (await prisma.holiday.createMany({ data, skipDuplicates: true })).count;
}
