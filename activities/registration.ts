// Recording what happens to a registration: each in one transaction with its audit and mail rows, as a compare-and-set
// by the ID of the form that asked, so that a repeat after any crash answers the same (DESIGN.md, decision 1).
import { ApplicationFailure } from '@temporalio/common';
import type { Deadline, Recorded } from '../contracts/registration';
import type { RefusalCode } from '../domain/refusal';
import { isOpen } from '../domain/registration';
import type { Form, Registration } from '../prisma/generated/client';
import { UNSENT } from '../prisma/unsent';
import { appendAudit } from './audit';
import { caseState, clockOf, lockRegistration, storedDeadline } from './case-state';
import { refusalOfConstraint } from './constraint';
import type { RecordingDependencies, Transaction } from './dependencies';
import { queueMail } from './mail-orders';
import { close, recordSubmission, STEPS } from './registration-steps';

export type RegistrationActivities = ReturnType<typeof createRegistrationActivities>;

/** The local activities of the registration workflow. */
export function createRegistrationActivities(dependencies: RecordingDependencies) {
  const { prisma } = dependencies;
  // A case waits at most this long for its own row; beyond it the attempt is repeated.
  const inTransaction = <T>(work: (tx: Transaction) => Promise<T>) => prisma.$transaction(work, { maxWait: 5_000, timeout: 8_000 });

  return {
    /** Makes a form effective, or refuses it; a form that was closed before answers with the state of its case. */
    async recordForm(formId: string): Promise<Recorded> {
      try {
        return await inTransaction((tx) => applyForm(tx, dependencies, formId));
      } catch (failure) {
        const refusal = refusalOfConstraint(failure);
        if (!refusal) throw failure;
        return inTransaction((tx) => refuseForm(tx, dependencies, formId, refusal));
      }
    },
    /** A deadline was reached: the case escalates or expires, if its row is still armed with it (R3.5). */
    async passDeadline(passed: { registrationId: string } & Deadline): Promise<Recorded> {
      return inTransaction(async (tx) => {
        const row = await lockRegistration(tx, passed.registrationId);
        const armed = row && storedDeadline(row);
        if (row && armed?.kind === passed.kind && armed.at === passed.at) await PASSING[passed.kind](tx, dependencies, row);
        return recorded(tx, passed.registrationId);
      });
    },
    /** The school's district or the holidays changed: the row follows, and its clock with it (R3.2, R3.5). */
    async refreshCase(registrationId: string): Promise<Recorded> {
      return inTransaction(async (tx) => {
        const row = await lockRegistration(tx, registrationId);
        if (row && isOpen(row.status)) await followSchool(tx, dependencies, row);
        return recorded(tx, registrationId);
      });
    },
    /** R2.8: an objection marks the open case for the approver and tells the address on file; the same one counts once. */
    async recordObjection({ registrationId, objectionId }: { registrationId: string; objectionId: string }): Promise<Recorded> {
      return inTransaction(async (tx) => {
        const row = await lockRegistration(tx, registrationId);
        const { count } = await tx.objection.updateMany({ where: { id: objectionId, registrationId: null }, data: { registrationId } });
        if (row && isOpen(row.status) && count === 1) await contest(tx, dependencies, row, objectionId);
        return recorded(tx, registrationId);
      });
    },
    /** A mail came back after it had been taken, or its days are over: shown to the approver and the operators. */
    async recordUndelivered(mailId: string): Promise<void> {
      await prisma.mail.updateMany({ where: { id: mailId, status: 'SENT' }, data: { status: 'BOUNCED', lastError: 'BOUNCED_LATER' } });
      await prisma.mail.updateMany({ where: { id: mailId, status: UNSENT }, data: { status: 'FAILED' } });
    },
  };
}

async function applyForm(tx: Transaction, dependencies: RecordingDependencies, formId: string): Promise<Recorded> {
  const form = await lockForm(tx, formId);
  const row = await lockRegistration(tx, form.caseId);
  if (form.state === 'OPEN') {
    const refusal = await applyStep(tx, dependencies, form, row);
    await closeForm(tx, dependencies, form.id, refusal);
    return recorded(tx, form.caseId, refusal);
  }
  return recorded(tx, form.caseId, form.refusal);
}

async function lockForm(tx: Transaction, formId: string): Promise<Form> {
  await tx.$queryRaw`SELECT 1 FROM form WHERE id = ${formId}::uuid FOR UPDATE`;
  const form = await tx.form.findUnique({ where: { id: formId } });
  if (!form) throw ApplicationFailure.nonRetryable('The form is not in the database: see docs/operations.md, restore.', 'FORM_MISSING');
  return form;
}

async function applyStep(tx: Transaction, dependencies: RecordingDependencies, form: Form, row: Registration | null): Promise<RefusalCode | null> {
  if (form.kind === 'SUBMISSION') return recordSubmission(tx, dependencies, form);
  return row ? STEPS[form.kind](tx, dependencies, form, row) : 'NOT_FOUND';
}

function closeForm(tx: Transaction, { now }: RecordingDependencies, id: string, refusal: string | null) {
  const state = refusal === null ? ('APPLIED' as const) : ('REFUSED' as const);
  return tx.form.update({ where: { id }, data: { state, refusal, closedAt: now() }, select: { id: true } });
}

async function refuseForm(tx: Transaction, dependencies: RecordingDependencies, formId: string, refusal: RefusalCode): Promise<Recorded> {
  const form = await lockForm(tx, formId);
  if (form.state === 'OPEN') await closeForm(tx, dependencies, form.id, refusal);
  return recorded(tx, form.caseId, form.state === 'OPEN' ? refusal : form.refusal);
}

async function recorded(tx: Transaction, registrationId: string, refusal: string | null = null): Promise<Recorded> {
  const row = await tx.registration.findUnique({ where: { id: registrationId } });
  return { state: row && (await caseState(tx, row)), ...(refusal !== null && { refusal }) };
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

const PASSING: Record<Deadline['kind'], Passing> = {
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

async function followSchool(tx: Transaction, dependencies: RecordingDependencies, row: Registration): Promise<void> {
  const { districtCode } = await tx.school.findUniqueOrThrow({ where: { code: row.schoolCode }, select: { districtCode: true } });
  const moved = districtCode !== row.districtCode;
  // A case that no district had is new to the one that gets it: its clock starts now.
  const since = moved && row.districtCode === null ? dependencies.now() : row.waitingSince;
  const link = await tx.link.findFirst({ where: { registrationId: row.id, usedAt: null, cancelledAt: null } });
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
