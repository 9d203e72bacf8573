// Recording that a mail went out, was refused for good, or was given up: its row, its audit entry and, for a link, the clocks that start
// with its sending (R4.2), in one statement. It is done for every mail of every case.
import type { MailOutcome } from '../contracts/case';
import { followsHolidays } from '../domain/deadlines';
import { type Mail, Prisma, type PrismaClient } from '../prisma/generated/client';
import { isUnsent, UNSENT_LIST } from '../prisma/unsent';
import { type Clock, holidays, NO_HOLIDAYS, storedDeadline } from './clock';
import type { RecordingDependencies } from './dependencies';
import { clockOf } from './registration-clock';

/** A mail, and the case that it is about. */
type OfCase = Pick<Mail, 'id' | 'registrationId' | 'transferId'>;

function lockedCaseOf({ registrationId, transferId }: OfCase): Prisma.Sql {
  return Prisma.sql`of_case AS MATERIALIZED (
      SELECT id, school_code, district_code, status FROM registration WHERE id = ${registrationId}::uuid FOR UPDATE
    ), of_transfer AS MATERIALIZED (
      SELECT id, to_school_code, from_district_code, to_district_code FROM transfer WHERE id = ${transferId}::uuid FOR UPDATE
    )`;
}

/** The case is locked first, as every recording does, and counting its rows makes PostgreSQL do so; a mail of an account has none. */
const LOCKED = Prisma.sql`(SELECT count(*) FROM of_case) + (SELECT count(*) FROM of_transfer) >= 0`;

/** The audit entry of what `told` says (X1). */
function audited(outcome: Sending['outcome']): Prisma.Sql {
  return Prisma.sql`audited AS (
      INSERT INTO audit_entry (case_id, actor_kind, action, school_code, district_code, other_district_code, after)
      SELECT coalesce(r.id::text, t.id::text, 'account/' || m.account_id), 'SYSTEM', ${`MAIL_${outcome}`}, coalesce(r.school_code, t.to_school_code),
        coalesce(r.district_code, t.from_district_code), t.to_district_code, jsonb_build_object('purpose', m.purpose, 'mail', m.id)
      FROM told m LEFT JOIN of_case r ON true LEFT JOIN of_transfer t ON true
    )`;
}

/** How a sending ended. */
interface Sending {
  /** `FAILED`: it was given up. */
  outcome: 'SENT' | 'BOUNCED' | 'FAILED';
  /** Until when the reader of the mail has to act, as the mail says. */
  until: Date | null;
  /** Why it did not go out, null where it did. */
  error: string | null;
}

/** The clock of a case whose link goes out. */
async function clockOfLink({ prisma, policies, now }: RecordingDependencies, until: Date | null): Promise<Clock> {
  const free = followsHolidays('APPROVED', policies) ? await holidays(prisma) : NO_HOLIDAYS;
  return clockOf({ status: 'APPROVED', escalation: 'NONE', districtCode: null, awaitsAcknowledgement: false, since: now() }, policies, free, until);
}

/** Records it. One that was cancelled meanwhile, by a newer link, stays so. */
export async function recordOutcome(dependencies: RecordingDependencies, mail: Mail, { outcome, until, error }: Sending): Promise<MailOutcome> {
  const { prisma, now } = dependencies;
  const sentAt = outcome === 'SENT' ? now() : null;
  const clock = await clockOfLink(dependencies, until);
  // A link for a new password comes after its mail (prisma/account-lock.ts).
  const [recorded] = await prisma.$queryRaw<{ told: boolean; armed: boolean }[]>`
    WITH ${lockedCaseOf(mail)}, told AS (
      UPDATE mail SET status = ${outcome}::"MailStatus", sent_at = ${sentAt}, last_error = ${error}, claimed_until = NULL
      WHERE id = ${mail.id}::uuid AND status IN ${UNSENT_LIST} AND ${LOCKED}
      RETURNING id, purpose, account_id
    ), ${audited(outcome)}, link_started AS (
      UPDATE link SET expires_at = ${until} FROM told WHERE link.mail_id = told.id
    ), reset_started AS (
      UPDATE password_reset SET expires_at = ${until} FROM told WHERE password_reset.id = told.id
    ), armed AS (
      UPDATE registration SET deadline_kind = ${clock.deadlineKind}, deadline_at = ${clock.deadlineAt}, due_at = ${clock.dueAt}
      FROM told, of_case WHERE registration.id = of_case.id AND of_case.status = 'APPROVED' AND told.purpose = 'approved'
      RETURNING 1
    )
    SELECT EXISTS (SELECT FROM told) AS told, EXISTS (SELECT FROM armed) AS armed`;
  if (!recorded?.told) return (await earlierOutcome(prisma, mail.id)) ?? { outcome: 'CANCELLED' };
  return { outcome, ...(recorded.armed && { deadline: storedDeadline(clock) }) };
}

/**
 * What an earlier attempt recorded, whose answer was lost: with the clock that its case has from it.
 * @returns null while the mail is on its way
 */
export async function earlierOutcome(prisma: PrismaClient, mailId: string): Promise<MailOutcome | null> {
  const mail = await prisma.mail.findUnique({ where: { id: mailId }, include: { registration: true } });
  // A database that was restored from before the mail knows nothing of it: nobody can write it any more.
  if (!mail) return { outcome: 'CANCELLED' };
  if (isUnsent(mail.status)) return null;
  const { status: outcome, purpose, registration } = mail;
  const waits = outcome !== 'CANCELLED' && purpose === 'approved' && registration?.status === 'APPROVED';
  return { outcome, ...(waits && { deadline: storedDeadline(registration) }) };
}

/** Records that a mail came back after the server had taken it; one that did not go out, or came back before, stays as it is. */
export async function recordReturned(prisma: PrismaClient, mail: OfCase): Promise<void> {
  await prisma.$executeRaw`
    WITH ${lockedCaseOf(mail)}, told AS (
      UPDATE mail SET status = 'BOUNCED', last_error = 'BOUNCED_LATER' WHERE id = ${mail.id}::uuid AND status = 'SENT' AND ${LOCKED}
      RETURNING id, purpose, account_id
    ), ${audited('BOUNCED')}
    SELECT FROM told`;
}
