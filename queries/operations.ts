// What operators ask: figures, and which mails are stuck.
import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { MailStatus, type Prisma, RegistrationStatus, TransferStatus } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { UNSENT } from '../prisma/unsent';
import { page, readInstantCursor, writeCursor } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { Queries } from './queries';

/** A mail that is not out by then is worth a look. */
const STUCK_AFTER_MS = 3_600_000;

/** R3.5: the official holidays, in their order. */
export function holidays({ prisma }: QueryDependencies): Queries['holidays'] {
  return async () => {
    const rows = await prisma.holiday.findMany({ orderBy: { date: 'asc' } });
    return rows.map(({ date, name }) => ({ date: isoDate(date), name }));
  };
}

/** Registrations, transfers and mails by status, stuck mails, and the recurring jobs with their last run. */
export function figures({ prisma, now }: QueryDependencies): Queries['figures'] {
  return async () => {
    const registrations = await prisma.registration.groupBy({ by: ['status'], _count: true });
    const transfers = await prisma.transfer.groupBy({ by: ['status'], _count: true });
    const mails = await prisma.mail.groupBy({ by: ['status'], _count: true });
    return {
      registrations: everyStatus(RegistrationStatus, registrations),
      transfers: everyStatus(TransferStatus, transfers),
      mails: everyStatus(MailStatus, mails),
      stuckMails: await prisma.mail.count({ where: stuck(now()) }),
      sealedEntries: (await prisma.auditSeal.aggregate({ _sum: { entries: true } }))._sum.entries ?? 0,
      lastHoliday: (await prisma.holiday.aggregate({ _max: { date: true } }))._max.date,
      jobs: await prisma.jobRun.findMany({ orderBy: { name: 'asc' } }),
    };
  };
}

function everyStatus(statuses: Record<string, string>, rows: { status: string; _count: number }[]): { status: string; count: number }[] {
  const counts = new Map(rows.map(({ status, _count }) => [status, _count]));
  return Object.values(statuses).map((status) => ({ status, count: counts.get(status) ?? 0 }));
}

function stuck(now: Date): Prisma.MailWhereInput {
  return { status: UNSENT, createdAt: { lt: new Date(now.getTime() - STUCK_AFTER_MS) } };
}

function after(cursor: string): Prisma.MailWhereInput {
  const { at, id } = readInstantCursor(cursor);
  return { OR: [{ createdAt: { gt: at } }, { createdAt: at, id: { gt: id } }] };
}

/** What waits for somebody to enter an address is shown at once: time alone does not mend it. */
const WITHOUT_ADDRESS = { status: UNSENT, lastError: 'NO_CONTACT' } satisfies Prisma.MailWhereInput;

/** R1.4, R5.3d: a district sees the mails of its own cases. */
function ofCaller({ role, districtCode }: Caller): Prisma.MailWhereInput {
  if (role === 'CENTRAL') return {};
  const code = districtCode ?? '';
  return { OR: [{ registration: { districtCode: code } }, { transfer: { OR: [{ fromDistrictCode: code }, { toDistrictCode: code }] } }] };
}

/** Mails that have been on their way for an hour, wait for an address, or were given up, oldest first; addresses are not told. */
export function stuckMails({ prisma, now }: QueryDependencies): Queries['stuckMails'] {
  return async ({ cursor, limit }, caller) => {
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    const waiting = { OR: [stuck(now()), WITHOUT_ADDRESS, { status: 'FAILED' as const }] };
    const rows = await prisma.mail.findMany({
      where: { AND: [waiting, ofCaller(caller), cursor === undefined ? {} : after(cursor)] },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: limit + 1,
      include: { registration: { select: { reference: true } }, transfer: { select: { reference: true } } },
    });
    const { items, nextCursor } = page(rows, limit, ({ createdAt, id }) => writeCursor(createdAt.toISOString(), id));
    return {
      items: items.map(({ id, purpose, audience, status, attempts, lastError, createdAt, registration, transfer }) => ({
        id,
        purpose,
        audience,
        status,
        attempts,
        createdAt: createdAt.toISOString(),
        ...(registration ?? transfer),
        ...(lastError !== null && { lastError }),
      })),
      nextCursor,
    };
  };
}
