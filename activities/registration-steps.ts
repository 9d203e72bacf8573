// What each form does to its case. Every step runs in the transaction that closes its form, looks before it writes, and
// answers with a refusal code where the state of things forbids it; then nothing of it is written.
import { addressPayload, confirmationPayload, decisionPayload, type SubmissionPayload, submissionPayload } from '../contracts/forms';
import { emailKey } from '../domain/contact';
import { refuseDecision } from '../domain/decision';
import { mayDecideSo } from '../domain/entitlement';
import type { RefusalCode } from '../domain/refusal';
import { type Decision, isPossible, OPEN_STATUSES, STATUS_AFTER } from '../domain/registration';
import { nameKey } from '../domain/thai-text';
import { refuseApproval } from '../domain/warnings';
import type { Form, Registration } from '../prisma/generated/client';
import { Prisma } from '../prisma/generated/client';
import { appendAudit } from './audit';
import { clockOf, type LockedRegistration } from './case-state';
import type { RecordingDependencies, Transaction } from './dependencies';
import { cancelLinks, queueLink, queueMail } from './mail-orders';
import { nextReference } from './reference';

/** A step of an existing case. */
export type CaseStep = (tx: Transaction, dependencies: RecordingDependencies, form: Form, row: LockedRegistration) => Promise<RefusalCode | null>;

/** R1.1: the submission becomes the school's one open registration. */
export async function recordSubmission(tx: Transaction, dependencies: RecordingDependencies, form: Form): Promise<RefusalCode | null> {
  const payload = submissionPayload.parse(form.payload);
  const school = await tx.school.findUniqueOrThrow({ where: { code: form.schoolCode }, select: STANDING });
  const refusal = refuseTaken(school) ?? (await claimEvidence(tx, form, payload));
  if (refusal) return refusal;
  const since = dependencies.now();
  const status = 'PENDING' as const;
  const clock = await clockOf(tx, dependencies, { status, escalation: 'NONE', districtCode: school.districtCode, since });
  const row = await tx.registration.create({
    data: {
      id: form.caseId,
      reference: await nextReference(tx, 'R', since),
      schoolCode: form.schoolCode,
      districtCode: school.districtCode,
      status,
      channel: payload.channel,
      trackingHash: payload.trackingHash,
      submittedAt: since,
      waitingSince: since,
      ...submitted(form, payload),
      ...clock,
    },
  });
  await queueMail(tx, dependencies, row, { purpose: 'received' });
  await tellDistrict(tx, dependencies, row);
  await auditStep(tx, form, row, 'SUBMITTED', { status, revision: 1 });
  return null;
}

/** What is asked of a school that registers: its district, its administrator, its open registration. */
const STANDING = {
  districtCode: true,
  accounts: { where: { role: 'SCHOOL', status: 'ACTIVE' }, select: { id: true } },
  registrations: { where: { status: { in: [...OPEN_STATUSES] } }, select: { id: true } },
} satisfies Prisma.SchoolSelect;

function refuseTaken({ accounts, registrations }: Prisma.SchoolGetPayload<{ select: typeof STANDING }>): RefusalCode | null {
  if (accounts.length > 0) return 'SCHOOL_HAS_ADMINISTRATOR';
  return registrations.length > 0 ? 'REGISTRATION_OPEN' : null;
}

/** A file belongs to the one form that claimed it first (R1.3). */
async function claimEvidence(tx: Transaction, form: Form, payload: SubmissionPayload): Promise<RefusalCode | null> {
  const fileId = payload.delegation?.evidence?.fileId;
  if (fileId === undefined) return null;
  const { count } = await tx.storedFile.updateMany({ where: { id: fileId, claimedBy: null }, data: { claimedBy: form.id } });
  return count === 1 ? null : 'FILE_REJECTED';
}

/** The columns that a submission or resubmission sets. */
function submitted(form: Form, payload: SubmissionPayload) {
  const { registrant } = payload;
  return {
    formId: form.id,
    capacity: payload.capacity,
    nationalIdHash: payload.nationalIdHash,
    nationalIdCipher: payload.nationalIdCipher,
    title: registrant.title,
    firstName: registrant.firstName,
    lastName: registrant.lastName,
    nameKey: nameKey(registrant.firstName, registrant.lastName),
    position: registrant.position,
    homeSchoolCode: registrant.homeSchoolCode,
    email: registrant.email,
    emailKey: emailKey(registrant.email),
    emailKind: payload.emailKind,
    phone: registrant.phone,
    actingOrder: payload.actingOrder ?? Prisma.DbNull,
    delegation: payload.delegation ?? Prisma.DbNull,
    evidenceFileId: payload.delegation?.evidence?.fileId ?? null,
  };
}

/** R1.4: the district is told of every delegation; the system tells it for the school. */
async function tellDistrict(tx: Transaction, dependencies: RecordingDependencies, row: Registration): Promise<void> {
  if (row.capacity === 'DELEGATE') await queueMail(tx, dependencies, row, { purpose: 'delegation-notice', audience: 'DISTRICT' });
}

function auditStep(tx: Transaction, form: Form, row: Registration, action: string, after: Prisma.InputJsonObject, before?: Prisma.InputJsonObject) {
  return appendAudit(tx, row.id, {
    actor: form.actorId ? { kind: 'ACCOUNT', id: form.actorId } : { kind: 'REGISTRANT' },
    action,
    schoolCode: row.schoolCode,
    districtCode: row.districtCode,
    formId: form.id,
    after,
    ...(before && { before }),
  });
}

/** R3.1, R3.4: the office approves, returns or rejects the revision it saw. */
const recordDecision: CaseStep = async (tx, dependencies, form, row) => {
  const { decision, revision, reason } = decisionPayload.parse(form.payload);
  const refusal =
    refuseDecision(row, revision) ??
    (await refuseDecider(tx, form, row, decision)) ??
    (decision === 'APPROVE' && row.facts ? refuseApproval(row.facts) : null);
  if (refusal) return refusal;
  const status = STATUS_AFTER[decision];
  const since = dependencies.now();
  const clock = await clockOf(tx, dependencies, { status, escalation: row.escalation, districtCode: row.districtCode, since });
  await tx.registration.update({
    where: { id: row.id },
    data: {
      status,
      waitingSince: since,
      decidedById: form.actorId,
      decidedAt: since,
      reason: reason ?? null,
      closedAt: status === 'REJECTED' ? since : null,
      ...clock,
    },
    select: { id: true },
  });
  if (status === 'APPROVED') await queueLink(tx, dependencies, row);
  if (status === 'RETURNED') await queueMail(tx, dependencies, row, { purpose: 'returned', formId: form.id, dueAt: clock.deadlineAt });
  if (status === 'REJECTED') await queueMail(tx, dependencies, row, { purpose: 'rejected', formId: form.id });
  await auditStep(tx, form, row, status, { status, revision }, { status: row.status });
  return null;
};

/** Whether the account may still decide: it may have ended, or the school changed district, since the form was written. */
async function refuseDecider(tx: Transaction, form: Form, row: Registration, decision: Decision): Promise<RefusalCode | null> {
  const account = form.actorId ? await tx.account.findUnique({ where: { id: form.actorId } }) : null;
  return account?.status === 'ACTIVE' && mayDecideSo(decision, account, row) ? null : 'FORBIDDEN';
}

/** A new revision waits for the office from now on, with its clock anew. */
async function newRevision(tx: Transaction, dependencies: RecordingDependencies, { districtCode }: Registration) {
  const [status, escalation, since] = ['PENDING', 'NONE', dependencies.now()] as const;
  const clock = await clockOf(tx, dependencies, { status, escalation, districtCode, since });
  return { status, escalation, revision: { increment: 1 }, waitingSince: since, ...clock };
}

/** R3.4: the registrant's correction is a new revision that waits for the office again. */
const recordResubmission: CaseStep = async (tx, dependencies, form, row) => {
  if (!isPossible('resubmit', row.status)) return 'NOT_POSSIBLE_NOW';
  const payload = submissionPayload.parse(form.payload);
  const refusal = await claimEvidence(tx, form, payload);
  if (refusal) return refusal;
  const next = await tx.registration.update({
    where: { id: row.id },
    data: { ...submitted(form, payload), ...keptEvidence(row, payload), ...(await newRevision(tx, dependencies, row)), mendedById: null },
  });
  await queueMail(tx, dependencies, next, { purpose: 'received' });
  if (row.capacity !== 'DELEGATE' || row.nationalIdHash !== next.nationalIdHash) await tellDistrict(tx, dependencies, next);
  await auditStep(tx, form, row, 'RESUBMITTED', { status: next.status, revision: next.revision }, { status: row.status, revision: row.revision });
  return null;
};

/** The evidence of the earlier revision stays while the delegation does and nothing new is attached. */
function keptEvidence(row: Registration, payload: SubmissionPayload): { evidenceFileId?: string | null } {
  const attached = payload.delegation?.evidence?.fileId !== undefined;
  return payload.delegation && !attached ? { evidenceFileId: row.evidenceFileId } : {};
}

const recordWithdrawal: CaseStep = async (tx, dependencies, form, row) => {
  if (!isPossible('withdraw', row.status)) return 'NOT_POSSIBLE_NOW';
  await close(tx, dependencies, row, 'WITHDRAWN');
  await queueMail(tx, dependencies, row, { purpose: 'withdrawn' });
  await auditStep(tx, form, row, 'WITHDRAWN', { status: 'WITHDRAWN' }, { status: row.status });
  return null;
};

/** Ends the case in a status from which nothing follows; its link is dead. */
export async function close(
  tx: Transaction,
  dependencies: RecordingDependencies,
  row: Registration,
  status: 'WITHDRAWN' | 'EXPIRED' | 'ACTIVE',
): Promise<void> {
  const since = dependencies.now();
  if (status !== 'ACTIVE') await cancelLinks(tx, dependencies, row.id);
  await tx.registration.update({
    where: { id: row.id },
    data: { status, waitingSince: since, closedAt: since, deadlineKind: null, deadlineAt: null, dueAt: null },
    select: { id: true },
  });
}

/** R4.3: the link is used up and the account becomes the school's one administrator; unique indexes have the last word (R3.3). */
const recordConfirmation: CaseStep = async (tx, dependencies, form, row) => {
  const { mailId, passwordHash } = confirmationPayload.parse(form.payload);
  const link = row.links.find((mailed) => mailed.mailId === mailId);
  if (!link) return 'NOT_FOUND';
  if (link.usedAt || row.status === 'ACTIVE') return 'LINK_USED';
  const now = dependencies.now();
  if (row.status !== 'APPROVED' || link.cancelledAt || (link.expiresAt && link.expiresAt <= now)) return 'LINK_EXPIRED';
  await tx.link.update({ where: { mailId }, data: { usedAt: now }, select: { mailId: true } });
  await tx.account.create({
    data: {
      id: form.id,
      email: row.email,
      emailKey: row.emailKey,
      role: 'SCHOOL',
      name: `${row.title}${row.firstName} ${row.lastName}`,
      passwordHash,
      schoolCode: row.schoolCode,
      nationalIdHash: row.nationalIdHash,
      registrationId: row.id,
      createdAt: now,
    },
    select: { id: true },
  });
  await close(tx, dependencies, row, 'ACTIVE');
  await auditStep(tx, form, row, 'CONFIRMED', { status: 'ACTIVE', account: form.id }, { status: row.status });
  return null;
};

/** R4.2: a new link; the older one is dead from now on. */
const recordRenewal: CaseStep = async (tx, dependencies, form, row) => {
  if (!isPossible('renewLink', row.status)) return 'NOT_POSSIBLE_NOW';
  await queueLink(tx, dependencies, row);
  const clock = await clockOf(tx, dependencies, { ...row, since: row.waitingSince });
  await tx.registration.update({ where: { id: row.id }, data: clock, select: { id: true } });
  await auditStep(tx, form, row, 'LINK_RENEWED', { status: row.status });
  return null;
};

/** R4.1: another address is another revision: the office approves it again, by somebody else, and the old address is told. */
const recordAddress: CaseStep = async (tx, dependencies, form, row) => {
  if (!isPossible('mendAddress', row.status)) return 'NOT_POSSIBLE_NOW';
  const { email, trackingVersion, trackingHash } = addressPayload.parse(form.payload);
  await queueMail(tx, dependencies, row, { purpose: 'address-changed' });
  await cancelLinks(tx, dependencies, row.id);
  const next = await tx.registration.update({
    where: { id: row.id },
    data: {
      ...(await newRevision(tx, dependencies, row)),
      email,
      emailKey: emailKey(email),
      trackingVersion,
      trackingHash,
      mendedById: form.actorId,
    },
  });
  await queueMail(tx, dependencies, next, { purpose: 'received' });
  await auditStep(tx, form, row, 'ADDRESS_MENDED', { status: next.status, revision: next.revision }, { status: row.status, revision: row.revision });
  return null;
};

/** Which step a form of an existing registration takes. */
export const STEPS: Partial<Record<Form['kind'], CaseStep>> = {
  DECISION: recordDecision,
  RESUBMISSION: recordResubmission,
  WITHDRAWAL: recordWithdrawal,
  CONFIRMATION: recordConfirmation,
  RENEWAL: recordRenewal,
  ADDRESS: recordAddress,
};
