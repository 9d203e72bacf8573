// Recording what happens to a registration (activities/record-form.ts): its forms, its deadlines, and what happened elsewhere.
import type { Deadline, Recorded } from '../contracts/case';
import type { RegistrationState } from '../contracts/registration';
import { CLOSED_REASON } from '../domain/closure';
import { isOpen } from '../domain/registration';
import type { Registration } from '../prisma/generated/client';
import { isClosedSchool } from '../prisma/school-closure';
import { UNSENT } from '../prisma/unsent';
import { appendAudit } from './audit';
import { caseState, clockOf, type LockedRegistration, lockRegistration, storedDeadline } from './case-state';
import type { RecordingDependencies, Transaction } from './dependencies';
import { queueMail } from './mail-orders';
import { createRecording } from './record-form';
import { close, recordSubmission, STEPS } from './registration-steps';

export type RegistrationActivities = ReturnType<typeof createRegistrationActivities>;

/** The local activities of the registration workflow. */
export function createRegistrationActivities(dependencies: RecordingDependencies) {
  const { prisma } = dependencies;
  const recording = createRecording<LockedRegistration, RegistrationState>(dependencies, {
    lock: lockRegistration,
    async apply(tx, form) {
      if (form.kind === 'SUBMISSION') return recordSubmission(tx, dependencies, form);
      const row = await lockRegistration(tx, form.caseId);
      const step = STEPS[form.kind];
      return row && step ? step(tx, dependencies, form, row) : 'NOT_FOUND';
    },
    state: caseState,
  });

  return {
    recordForm: recording.form,
    /** A deadline was reached: the case escalates or expires, if its row is still armed with it (R3.5). */
    passDeadline({ registrationId, kind, at }: { registrationId: string } & Deadline): Promise<Recorded<RegistrationState>> {
      return recording.row(registrationId, async (tx, row) => {
        const armed = storedDeadline(row);
        if (armed?.kind === kind && armed.at === at) await PASSING[kind]?.(tx, dependencies, row);
      });
    },
    /** The school's district or the holidays changed: the row follows, and its clock with it (R3.2, R3.5); or the school closed. */
    refreshCase(registrationId: string): Promise<Recorded<RegistrationState>> {
      return recording.row(registrationId, async (tx, row) => {
        if (isOpen(row.status)) await followSchool(tx, dependencies, row);
      });
    },
    /** R2.8: an objection marks the open case for the approver and tells the address on file; the same one counts once. */
    recordObjection({ registrationId, objectionId }: { registrationId: string; objectionId: string }): Promise<Recorded<RegistrationState>> {
      return recording.row(registrationId, async (tx, row) => {
        const { count } = await tx.objection.updateMany({ where: { id: objectionId, registrationId: null }, data: { registrationId } });
        if (isOpen(row.status) && count === 1) await contest(tx, dependencies, row, objectionId);
      });
    },
    /** A mail came back after it had been taken, or its days are over: shown to the approver and the operators. */
    async recordUndelivered(mailId: string): Promise<void> {
      await prisma.mail.updateMany({ where: { id: mailId, status: 'SENT' }, data: { status: 'BOUNCED', lastError: 'BOUNCED_LATER' } });
      await prisma.mail.updateMany({ where: { id: mailId, status: UNSENT }, data: { status: 'FAILED' } });
    },
  };
}

type Passing = (tx: Transaction, dependencies: RecordingDependencies, row: Registration) => Promise<void>;

const escalate =
  (escalation: 'HEAD' | 'CENTRAL'): Passing =>
  async (tx, dependencies, row) => {
    const clock = await clockOf(tx, dependencies, { ...row, escalation, since: row.waitingSince });
    await tx.registration.update({ where: { id: row.id }, data: { escalation, ...clock }, select: { id: true } });
    await auditClock(tx, row, 'ESCALATED', { escalation });
  };

const expire: Passing = async (tx, dependencies, row) => {
  await close(tx, dependencies, row, 'EXPIRED');
  await queueMail(tx, dependencies, row, { purpose: 'expired' });
  await auditClock(tx, row, 'EXPIRED', { status: 'EXPIRED' });
};

/** What each deadline that a registration is armed with does. */
const PASSING: Partial<Record<Deadline['kind'], Passing>> = {
  ESCALATE_HEAD: escalate('HEAD'),
  ESCALATE_CENTRAL: escalate('CENTRAL'),
  EXPIRE: expire,
};

function auditClock(tx: Transaction, row: Registration, action: string, after: Record<string, string>) {
  const before = { status: row.status, escalation: row.escalation };
  return appendAudit(tx, row.id, { actor: { kind: 'SYSTEM' }, action, schoolCode: row.schoolCode, districtCode: row.districtCode, before, after });
}

async function contest(tx: Transaction, dependencies: RecordingDependencies, row: Registration, objectionId: string): Promise<void> {
  await tx.registration.update({ where: { id: row.id }, data: { contested: true }, select: { id: true } });
  // One mail for a revision, however many object.
  await queueMail(tx, dependencies, row, { purpose: 'objection' });
  await auditClock(tx, row, 'OBJECTED', { objection: objectionId });
}

/** R5.3d: a school that closed needs no administrator: its case ends, with that for a reason, and the registrant is told. */
async function endWithSchool(tx: Transaction, dependencies: RecordingDependencies, row: Registration): Promise<void> {
  await close(tx, dependencies, row, 'REJECTED');
  const decision = { reason: CLOSED_REASON, decidedById: null, decidedAt: dependencies.now() };
  await tx.registration.update({ where: { id: row.id }, data: decision, select: { id: true } });
  await queueMail(tx, dependencies, row, { purpose: 'school-closed' });
  await auditClock(tx, row, 'SCHOOL_CLOSED', { status: 'REJECTED' });
}

async function followSchool(tx: Transaction, dependencies: RecordingDependencies, row: LockedRegistration): Promise<void> {
  const select = { districtCode: true, closedOn: true } as const;
  const { districtCode, closedOn } = await tx.school.findUniqueOrThrow({ where: { code: row.schoolCode }, select });
  if (isClosedSchool({ closedOn }, dependencies.now())) return endWithSchool(tx, dependencies, row);
  const moved = districtCode !== row.districtCode;
  // A case that no district had is new to the one that gets it: its clock starts now.
  const since = moved && row.districtCode === null ? dependencies.now() : row.waitingSince;
  const link = row.links.find(({ usedAt, cancelledAt }) => usedAt === null && cancelledAt === null);
  const clock = await clockOf(tx, dependencies, { ...row, districtCode, since }, link?.expiresAt ?? null);
  await tx.registration.update({ where: { id: row.id }, data: { districtCode, waitingSince: since, ...clock }, select: { id: true } });
  if (moved) {
    const after = { districtCode };
    await appendAudit(tx, row.id, {
      actor: { kind: 'SYSTEM' },
      action: 'DISTRICT_CHANGED',
      schoolCode: row.schoolCode,
      districtCode,
      before: { districtCode: row.districtCode },
      after,
    });
  }
}
