// Preparing the digests (R3.5): which cases are due for whom is one question to the database, however many they are.
import type { MailOrder } from '../contracts/case';
import { DIGESTS_OF_ONE_RUN } from '../contracts/jobs';
import { dueWhenBefore, isDigestTime } from '../domain/reminders';
import { bangkokDate } from '../domain/working-days';
import { DIGEST_PURPOSES, type DigestPurpose } from '../mail/digest-mails';
import { UNSENT } from '../prisma/unsent';
import { holidays } from './clock';
import type { RecordingDependencies, Transaction } from './dependencies';
import { lastRun, noteRun } from './job-run';
import { orderOf } from './mail-orders';

export type DigestActivities = ReturnType<typeof createDigestActivities>;

const JOB = 'digests';
/** Any number that nobody else locks. */
const LOCK = 7_220_566;

/** The activities of the `digests` workflow. */
export function createDigestActivities(dependencies: RecordingDependencies) {
  const { prisma, policies, now } = dependencies;
  return {
    /** Whether a digest is to go out now: a schedule cannot know holidays. */
    async isDigestDue(): Promise<boolean> {
      return isDigestTime(policies.digestWindow, await lastRun(prisma, JOB), now(), await holidays(prisma));
    },
    /**
     * Writes one mail for each account to which something is due. What an earlier run, or an attempt of this one, has not
     * sent is cancelled, and its cases are due again: nobody gets yesterday's digest beside today's.
     * @returns the first of them, `DIGESTS_OF_ONE_RUN` at most, in the order of their IDs
     */
    async prepareDigests(): Promise<MailOrder[]> {
      return prisma.$transaction(
        async (tx) => {
          await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(PREPARING_MS)}, true)`;
          // Two runs at once prepare one after the other: the later one cancels what the earlier one has not sent.
          await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(${LOCK})`;
          await cancelUnsent(tx, now());
          const free = await holidays(tx);
          const before = {
            registrations: dueWhenBefore(policies.remindEvery, now(), free),
            transfers: dueWhenBefore(policies.transferRemindEvery, now(), free),
          };
          const { written, first } = await writeDigests(tx, before, now(), bangkokDate(now()));
          await noteRun(tx, JOB, now(), written);
          return first;
        },
        { timeout: PREPARING_MS },
      );
    },
    /** The next of those that are not sent. */
    async digestsAfter(mailId: string): Promise<MailOrder[]> {
      const mails = await prisma.mail.findMany({
        where: { ...UNSENT_DIGEST, id: { gt: mailId } },
        orderBy: { id: 'asc' },
        take: DIGESTS_OF_ONE_RUN,
      });
      return mails.map(orderOf);
    },
  };
}

/** One statement over all open cases of the country, twice as long as any that somebody waits for (prisma/client.ts). */
const PREPARING_MS = 30_000;

const UNSENT_DIGEST = { purpose: { in: [...DIGEST_PURPOSES] }, status: UNSENT };

async function cancelUnsent(tx: Transaction, now: Date): Promise<void> {
  await tx.mail.updateMany({
    where: {
      ...UNSENT_DIGEST,
      // One that is being handed over at this moment may be out already.
      OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }],
    },
    data: { status: 'CANCELLED' },
  });
}

/** What began to wait, or was last in a digest, before these instants is due. */
interface Due {
  registrations: Date;
  transfers: Date;
}

/**
 * Of registrations, approvers are reminded of what waits for long enough, the head and the central office of what was escalated
 * to them, and the central office of schools that have no district (R3.2). Of transfers, whoever was asked is reminded: the
 * holding school's administrator, its district's approvers; the central office and the head of what came to the central office
 * (R5.3d). A head who is the only one of a district is its approver too. Who stands in for somebody today is told what that one is
 * (R3.6). A case is due again when the account's last digest about it lies far enough back. An account gets one mail about all that
 * is due to it, an escalation where anything of it was escalated to them.
 * @param today `YYYY-MM-DD` in Bangkok
 * @returns how many mails were written, and the first of them
 */
async function writeDigests(tx: Transaction, before: Due, now: Date, today: string): Promise<{ written: number; first: MailOrder[] }> {
  const rows = await tx.$queryRaw<{ id: string; purpose: DigestPurpose; written: number }[]>`
    WITH office AS (
      SELECT a.id, a.role, a.district_code, a.head,
        a.role = 'DISTRICT' AND (NOT a.head OR NOT EXISTS (
          SELECT FROM account o WHERE o.status = 'ACTIVE' AND o.role = 'DISTRICT' AND o.district_code = a.district_code AND NOT o.head
        )) AS approves
      FROM account a WHERE a.status = 'ACTIVE' AND a.role <> 'SCHOOL'
    ), asked AS (
      SELECT r.id AS case_id, r.waiting_since, a.id AS account_id, (a.role = 'CENTRAL' OR (a.head AND r.escalation <> 'NONE')) AS escalated,
        ${before.registrations}::timestamptz AS before
      FROM registration r
      JOIN office a ON (
        (a.role = 'DISTRICT' AND a.district_code = r.district_code
          AND ((a.head AND r.escalation <> 'NONE') OR (a.approves AND r.waiting_since < ${before.registrations})))
        OR (a.role = 'CENTRAL' AND (r.escalation = 'CENTRAL' OR (r.district_code IS NULL AND r.waiting_since < ${before.registrations})))
      )
      WHERE r.status = 'PENDING' AND NOT r.awaits_acknowledgement
      UNION ALL
      SELECT t.id, t.waiting_since, a.id, (a.role = 'CENTRAL' OR (a.head AND t.decider = 'CENTRAL')), ${before.transfers}::timestamptz
      FROM transfer t
      JOIN office a ON (
        (a.role = 'DISTRICT' AND a.district_code = t.from_district_code
          AND ((a.head AND t.decider = 'CENTRAL') OR (a.approves AND t.decider <> 'SCHOOL' AND t.waiting_since < ${before.transfers})))
        OR (a.role = 'CENTRAL' AND t.decider = 'CENTRAL')
      )
      WHERE t.status = 'PENDING'
      UNION ALL
      SELECT t.id, t.waiting_since, a.id, false, ${before.transfers}::timestamptz
      FROM transfer t
      JOIN account a ON a.status = 'ACTIVE' AND a.role = 'SCHOOL' AND a.school_code = t.from_school_code
      WHERE t.status = 'PENDING' AND t.appealed_at IS NULL AND t.waiting_since < ${before.transfers}
    ), told AS (
      SELECT * FROM asked
      UNION ALL
      SELECT asked.case_id, asked.waiting_since, s.substitute_id, asked.escalated, asked.before
      FROM asked
      JOIN substitution s ON s.absent_id = asked.account_id AND s.ended_at IS NULL AND ${today}::date BETWEEN s."from" AND s."to"
      JOIN account a ON a.id = s.substitute_id AND a.status = 'ACTIVE'
    ), due AS MATERIALIZED (
      SELECT case_id, account_id, bool_or(escalated) AS escalated
      FROM told WHERE NOT EXISTS (
        SELECT 1 FROM digest_item i JOIN mail m ON m.id = i.mail_id
        WHERE i.case_id = told.case_id AND m.account_id = told.account_id AND m.status <> 'CANCELLED'
          AND m.created_at >= told.before AND m.created_at >= told.waiting_since
      )
      GROUP BY case_id, account_id
    ), receiver AS MATERIALIZED (
      SELECT account_id, CASE WHEN bool_or(escalated) THEN 'escalation' ELSE 'reminder-digest' END AS purpose, gen_random_uuid() AS mail_id
      FROM due GROUP BY account_id
    ), mails AS (
      INSERT INTO mail (id, account_id, purpose, revision, audience, created_at)
      SELECT mail_id, account_id, purpose, 1, 'OFFICE', ${now} FROM receiver RETURNING id, purpose
    ), items AS (
      INSERT INTO digest_item (mail_id, case_id) SELECT receiver.mail_id, due.case_id FROM due JOIN receiver USING (account_id)
    )
    SELECT id, purpose, (count(*) OVER ())::int AS written FROM mails ORDER BY id LIMIT ${DIGESTS_OF_ONE_RUN}`;
  return { written: rows[0]?.written ?? 0, first: rows.map(({ id, purpose }) => orderOf({ id, purpose, audience: 'OFFICE' })) };
}
