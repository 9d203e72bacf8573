import { listed } from './fragments';
import type { MailStatus, Prisma } from './generated/client';

const ON_THE_WAY = ['QUEUED', 'RETRYING'] as const satisfies readonly MailStatus[];

/** The mails that are still on their way. */
export const UNSENT = { in: [...ON_THE_WAY] } satisfies Prisma.EnumMailStatusFilter;

/** The same for `IN` in SQL. */
export const UNSENT_LIST = listed(ON_THE_WAY);

/** Whether a mail still is. */
export function isUnsent(status: MailStatus): status is (typeof ON_THE_WAY)[number] {
  return ON_THE_WAY.some((one) => one === status);
}
