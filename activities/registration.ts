// The local activities of the registration workflow: its forms, its deadlines, and what happened elsewhere.
import type { Deadline, MailOutcome, Recorded } from '../contracts/case';
import type { RegistrationState } from '../contracts/registration';
import { CLOSED_REASON, isClosed } from '../domain/closure';
import { isOpen } from '../domain/registration';
import { isUuid } from '../domain/uuid';
import { bangkokDate } from '../domain/working-days';
import { auditEntry } from '../prisma/audit';
import { isUnsent } from '../prisma/unsent';
import { type Clock, sameClock, storedDeadline } from './clock';
import type { RecordingDependencies } from './dependencies';
import { mailOf } from './mail-orders';
import { earlierOutcome, recordOutcome, recordReturned } from './mail-outcome';
import { recordEvent, recordForm } from './record-registration';
import { type Asked, auditOfClock, type CaseChange, clockAsOf, ended } from './registration-change';
import type { CaseRow } from './registration-facts';
import { unheardObjections } from './unheard-objections';

export type RegistrationActivities = ReturnType<typeof createRegistrationActivities>;

/** The activities over their dependencies. */
export function createRegistrationActivities(dependencies: RecordingDependencies) {
  const { prisma } = dependencies;
  /** R2.8: an objection marks the open case for the approver and tells the address on file; the same one counts once. */
  const recordObjection = ({ registrationId, objectionId }: { registrationId: string; objectionId: string }) =>
    recordEvent(dependencies, registrationId, async (asked, row) => {
      const counts = isUuid(objectionId) && (await prisma.objection.count({ where: { id: objectionId, registrationId: null } })) === 1;
      return counts && isOpen(row.status) ? contest(asked, row, objectionId) : null;
    });
  return {
    recordObjection,
    /** Makes a form effective, or refuses it; a form that was closed before answers with the state of its case. */
    recordForm: (formId: string): Promise<Recorded<RegistrationState>> => recordForm(dependencies, formId),
    /** A deadline was reached: the case escalates or expires, if its row is still armed with it (R3.5). */
    passDeadline({ registrationId, kind, at }: { registrationId: string } & Deadline): Promise<Recorded<RegistrationState>> {
      return recordEvent(dependencies, registrationId, (asked, row) => {
        const armed = storedDeadline(row);
        if (armed?.kind !== kind || armed.at !== at) return null;
        // Holidays that were entered a moment ago, or a policy that became longer, count before the case was told of them (R3.5); and a
        // release before armed what has no deadline now.
        const clock = presentClock(asked, row);
        if (clock.deadlineAt === null || clock.deadlineAt > new Date(at)) return { row: clock };
        return PASSING[kind]?.(asked, row) ?? null;
      });
    },
    /**
     * The school's district or the holidays changed: the row follows, and its clock with it (R3.2, R3.5); or the school closed. An
     * objection that the case was not told of marks it now (R2.8).
     */
    async refreshCase(registrationId: string): Promise<Recorded<RegistrationState>> {
      for (const { id: objectionId } of await unheardObjections(prisma, { registrationId })) await recordObjection({ registrationId, objectionId });
      return recordEvent(dependencies, registrationId, (asked, row) => (isOpen(row.status) ? followSchool(asked, row) : null));
    },
    /**
     * A mail came back after it had been taken, or was given up (workflows/delivery.ts): shown to the approver and the operators. One
     * that went out with the last attempt did go out.
     */
    async recordUndelivered(mailId: string, why: 'CAME_BACK' | 'GIVEN_UP' = 'CAME_BACK'): Promise<MailOutcome> {
      const mail = isUuid(mailId) ? await prisma.mail.findUnique({ where: { id: mailId } }) : null;
      // An operator's slip of the keyboard, or a mail that a restored database does not know: there is nothing to wait for.
      if (!mail) return { outcome: 'CANCELLED' };
      // Nor has one that is on its way: it goes out, and its link is good.
      if (why === 'CAME_BACK' && isUnsent(mail.status)) return { outcome: 'UNSENT' };
      if (mail.status === 'SENT' && why === 'CAME_BACK') {
        await recordReturned(prisma, mail);
        return { outcome: 'BOUNCED' };
      }
      const earlier = await earlierOutcome(prisma, mailId);
      if (earlier) return earlier;
      // A link that nobody got is dead from now on: the case does not wait for it without end (R3.5).
      return recordOutcome(dependencies, mail, { outcome: 'FAILED', until: dependencies.now(), error: mail.lastError });
    },
  };
}

type Passing = (asked: Asked, row: CaseRow) => CaseChange;

const escalate =
  (escalation: 'HEAD' | 'CENTRAL'): Passing =>
  (asked, row) => ({
    row: { escalation, ...clockAsOf(asked, { ...row, escalation, since: row.waitingSince }) },
    audit: auditOfClock(row, 'ESCALATED', { escalation }),
  });

const expire: Passing = (asked, row) => ({
  row: ended('EXPIRED', asked.since),
  cancelsLinks: true,
  mails: [mailOf(asked, row, { purpose: 'expired' })],
  audit: auditOfClock(row, 'EXPIRED', { status: 'EXPIRED' }),
});

/** What each deadline that a registration is armed with does. */
const PASSING: Partial<Record<Deadline['kind'], Passing>> = {
  ESCALATE_HEAD: escalate('HEAD'),
  ESCALATE_CENTRAL: escalate('CENTRAL'),
  EXPIRE: expire,
};

/** One mail for a revision, however many object. */
function contest(asked: Asked, row: CaseRow, objectionId: string): CaseChange {
  return {
    claimsObjection: objectionId,
    row: { contested: true },
    mails: [mailOf(asked, row, { purpose: 'objection' })],
    audit: auditOfClock(row, 'OBJECTED', { objection: objectionId }),
  };
}

/** R5.3d: a school that closed needs no administrator: its case ends, with that for a reason, and the registrant is told. */
function endWithSchool(asked: Asked, row: CaseRow): CaseChange {
  const { since } = asked;
  return {
    row: { ...ended('REJECTED', since), reason: CLOSED_REASON, decidedById: null, decidedAt: since },
    cancelsLinks: true,
    mails: [mailOf(asked, row, { purpose: 'school-closed' })],
    audit: auditOfClock(row, 'SCHOOL_CLOSED', { status: 'REJECTED' }),
  };
}

/** Null where the row follows already: most of those who are told of new holidays, and a nudge too many. */
function followSchool(asked: Asked, row: CaseRow): CaseChange | null {
  const { districtCode, closedOn } = asked.facts.school;
  if (isClosed(closedOn, bangkokDate(asked.since))) return endWithSchool(asked, row);
  const moved = districtCode !== row.districtCode;
  // A case that no district had is new to the one that gets it: its clock starts now.
  const since = moved && row.districtCode === null ? asked.since : row.waitingSince;
  const clock = presentClock(asked, { ...row, districtCode, waitingSince: since });
  const stands = !moved && since.getTime() === row.waitingSince.getTime() && sameClock(clock, row);
  return stands ? null : { row: { districtCode, waitingSince: since, ...clock }, ...(moved && { audit: auditOfMove(row, districtCode) }) };
}

/** The clock by the holidays and policies of now. */
function presentClock(asked: Asked, row: CaseRow): Clock {
  return clockAsOf(asked, { ...row, since: row.waitingSince }, liveLink(row)?.expiresAt ?? null);
}

/** The link of a case that can still be used, or will be when its mail has gone out. */
function liveLink({ links }: CaseRow): CaseRow['links'][number] | undefined {
  return links.find(({ usedAt, cancelledAt }) => usedAt === null && cancelledAt === null);
}

function auditOfMove(row: CaseRow, districtCode: string | null) {
  const facts = { before: { districtCode: row.districtCode }, after: { districtCode } };
  return auditEntry({ subject: row.id, actor: { kind: 'SYSTEM' }, action: 'DISTRICT_CHANGED', schoolCode: row.schoolCode, districtCode, ...facts });
}
