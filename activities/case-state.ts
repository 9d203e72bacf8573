// The state of a case, read from its row, as the workflow adopts it; and the clock of a row.
import { type Deadline, deadlineKind, type MailOrder } from '../contracts/case';
import type { RegistrationState } from '../contracts/registration';
import { followsHolidays, nextDeadline, type ReviewPolicies } from '../domain/deadlines';
import { isOpen } from '../domain/registration';
import type { Mail, Prisma, Registration } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { UNSENT } from '../prisma/unsent';
import type { RecordingDependencies, Transaction } from './dependencies';

/** What steps look at beside the row: what keeps an office from approving, and the links that were mailed so far. */
const lockedWith = { facts: true, links: { include: { mail: { select: { revision: true } } } } } satisfies Prisma.RegistrationInclude;

export type LockedRegistration = Prisma.RegistrationGetPayload<{ include: typeof lockedWith }>;

/** Reads the row under a lock that lasts until the transaction ends: two recordings of one case never overlap. */
export async function lockRegistration(tx: Transaction, id: string): Promise<LockedRegistration | null> {
  await tx.$queryRaw`SELECT 1 FROM registration WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.registration.findUnique({ where: { id }, include: lockedWith });
}

const ORDERED = { id: true, purpose: true, audience: true } satisfies Prisma.MailSelect;

/** What the state is read from beside the row: the mails that are on their way or went out, oldest first, and the link that was used. */
const withMails = {
  mails: { where: { status: { in: [...UNSENT.in, 'SENT'] } }, orderBy: { createdAt: 'asc' }, select: { ...ORDERED, status: true } },
  links: { where: { usedAt: { not: null } }, select: { mailId: true } },
} satisfies Prisma.RegistrationInclude;

/** The case as its row tells it, with the mails that are not delivered yet; null where there is none. */
export async function caseState(tx: Transaction, id: string): Promise<RegistrationState | null> {
  const row = await tx.registration.findUnique({ where: { id }, include: withMails });
  if (!row) return null;
  const { status, revision, districtCode, escalation, links } = row;
  const sent = row.mails.filter((mail) => mail.status === 'SENT').map((mail) => mail.id);
  return {
    status,
    revision,
    districtCode,
    escalation,
    since: row.waitingSince.toISOString(),
    deadline: storedDeadline(row),
    dueAt: row.dueAt?.toISOString() ?? null,
    mails: row.mails.filter((mail) => mail.status !== 'SENT').map(orderOf),
    ...(!isOpen(status) && { arrived: [...sent, ...links.map(({ mailId }) => mailId)] }),
  };
}

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

type ClockedCase = Pick<Registration, 'status' | 'escalation' | 'districtCode'> & { since: Date };

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
