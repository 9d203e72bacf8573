import { listed } from './fragments';
import type { MailStatus, Prisma } from './generated/client';

const ON_THE_WAY: MailStatus[] = ['QUEUED', 'RETRYING'];

/** The mails that are still on their way. */
export const UNSENT = { in: ON_THE_WAY } satisfies Prisma.EnumMailStatusFilter;

/** The same for `IN` in SQL. */
export const UNSENT_LIST = listed(ON_THE_WAY);

/** Whether a mail still is. */
export function isUnsent(status: MailStatus): boolean {
  return ON_THE_WAY.includes(status);
}
