// The state of a case as the workflow adopts it: its undelivered mails, its deadline, the clock of its row.
import { type Deadline, deadlineKind, type MailOrder } from '../contracts/case';
import { followsHolidays, nextDeadline, type ReviewPolicies } from '../domain/deadlines';
import type { Mail, Prisma, Registration } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { UNSENT } from '../prisma/unsent';
import type { RecordingDependencies, Transaction } from './dependencies';

const ORDERED = { id: true, purpose: true, audience: true } satisfies Prisma.MailSelect;

/** The mails of a case that are not delivered yet, oldest first. */
export async function undeliveredMails(tx: Transaction, ofCase: Prisma.MailWhereInput): Promise<MailOrder[]> {
  const mails = await tx.mail.findMany({
    where: { ...ofCase, status: UNSENT },
    orderBy: { createdAt: 'asc' },
    select: ORDERED,
  });
  return mails.map(orderOf);
}

function orderOf({ id, purpose, audience }: Pick<Mail, 'id' | 'purpose' | 'audience'>): MailOrder {
  return { mailId: id, purpose, audience };
}

/** The deadline that the row is armed with. */
export function storedDeadline(row: Pick<Clock, 'deadlineKind' | 'deadlineAt'>): Deadline | null {
  const kind = deadlineKind(row.deadlineKind);
  return row.deadlineAt && kind ? { kind, at: row.deadlineAt.toISOString() } : null;
}

/** The holidays of the central office's table, as ISO dates. */
export async function holidays(tx: Transaction): Promise<ReadonlySet<string>> {
  const rows = await tx.holiday.findMany({ select: { date: true } });
  return new Set(rows.map(({ date }) => isoDate(date)));
}

/** For durations by the clock, which go on on any day. */
export const NO_HOLIDAYS: ReadonlySet<string> = new Set();

/** What a row's clock reads from its status: columns to write (R3.5). */
export interface Clock {
  deadlineKind: string | null;
  deadlineAt: Date | null;
  dueAt: Date | null;
}

/** What the clock of a registration is read from. */
export type ClockedCase = Pick<Registration, 'status' | 'escalation' | 'districtCode'> & { since: Date };

/**
 * The clock of a row in the status it is about to have.
 * @param linkExpiresAt of an approved case whose link went out
 */
export async function clockOf(
  tx: Transaction,
  { policies }: RecordingDependencies,
  row: ClockedCase,
  linkExpiresAt: Date | null = null,
): Promise<Clock> {
  const free = followsHolidays(row.status, policies) ? await holidays(tx) : NO_HOLIDAYS;
  return clockOn(row, policies, free, linkExpiresAt);
}

/** The same, on holidays that were read before. */
export function clockOn(row: ClockedCase, policies: ReviewPolicies, free: ReadonlySet<string>, linkExpiresAt: Date | null): Clock {
  // Nobody owes a decision for a school that has no district yet (R3.2): its clock starts when it gets one.
  if (row.status === 'PENDING' && row.districtCode === null) return { deadlineKind: null, deadlineAt: null, dueAt: null };
  const next = nextDeadline({ ...row, linkExpiresAt }, policies, free);
  const due = row.status === 'PENDING' ? nextDeadline({ ...row, escalation: 'NONE', linkExpiresAt }, policies, free) : next;
  return { deadlineKind: next?.kind ?? null, deadlineAt: next?.at ?? null, dueAt: linkExpiresAt ?? due?.at ?? null };
}
