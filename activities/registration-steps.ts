// What each form does to its case. Every step runs in the transaction that closes its form, looks before it writes, and
// answers with a refusal code where the state of things forbids it; then nothing of it is written.
import { addressPayload, confirmationPayload, decisionPayload, type SubmissionPayload, submissionPayload } from '../contracts/forms';
import { emailKey, isSameAddress } from '../domain/contact';
import { refuseDecision, refuseUnacknowledged } from '../domain/decision';
import { refuseDecider } from '../domain/entitlement';
import type { RefusalCode } from '../domain/refusal';
import { type Decision, isPossible, STATUS_AFTER } from '../domain/registration';
import { nameKey } from '../domain/thai-text';
import { refuseAmongMany, refuseApproval } from '../domain/warnings';
import type { Form, Registration } from '../prisma/generated/client';
import { Prisma } from '../prisma/generated/client';
import { lockWhetherClosed } from '../prisma/school-closure';
import { recordAcknowledgement } from './acknowledgement';
import { appendAudit } from './audit';
import { clockOf, type LockedRegistration } from './case-state';
import type { RecordingDependencies, Transaction } from './dependencies';
import { claimEvidence, keptEvidence } from './evidence';
import { endReplaced, tellHandedOver, tellOfHandover } from './handover';
import { cancelLinks, queueLink, queueMail } from './mail-orders';
import { nextReference } from './reference';
import { refuseSchool, STANDING } from './school-standing';

/** A step of an existing case. */
export type CaseStep = (tx: Transaction, dependencies: RecordingDependencies, form: Form, row: LockedRegistration) => Promise<RefusalCode | null>;

/** R1.1: the submission becomes the school's one open registration. */
export async function recordSubmission(tx: Transaction, dependencies: RecordingDependencies, form: Form): Promise<RefusalCode | null> {
  const payload = submissionPayload.parse(form.payload);
  const school = await tx.school.findUniqueOrThrow({ where: { code: form.schoolCode }, select: STANDING });
  const refusal = (await refuseSchool(tx, dependencies, form, school, payload)) ?? (await claimEvidence(tx, form, payload));
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
      replaces: payload.replaces ?? false,
      meetingId: payload.meetingId ?? null,
      awaitsAcknowledgement: payload.awaitsAcknowledgement ?? false,
      // R2.6: who typed it in.
      assistedById: payload.channel === 'ASSISTED' ? form.actorId : null,
      trackingHash: payload.trackingHash,
      submittedAt: since,
      waitingSince: since,
      ...submitted(form, payload),
      ...clock,
    },
  });
  await queueMail(tx, dependencies, row, { purpose: 'received' });
  await tellDistrict(tx, dependencies, row);
  await tellOfHandover(tx, dependencies, form, row);
  await auditStep(tx, form, row, 'SUBMITTED', {
    status,
    revision: 1,
    ...(row.replaces && { replaces: true }),
    ...(row.assistedById !== null && { channel: row.channel }),
  });
  return null;
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
    onBehalfOf: form.onBehalfOf,
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
  const { decision, revision, reason, amongMany = false } = decisionPayload.parse(form.payload);
  const refusal =
    refuseDecision(row, revision) ??
    (await refuseOfficer(tx, form, row, decision)) ??
    (decision === 'APPROVE' ? refuseByFacts(row, amongMany) : null);
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
async function refuseOfficer(tx: Transaction, form: Form, row: Registration, decision: Decision): Promise<RefusalCode | null> {
  const account = form.actorId ? await tx.account.findUnique({ where: { id: form.actorId } }) : null;
  return account?.status === 'ACTIVE' ? refuseDecider(decision, account, row) : 'FORBIDDEN';
}

/** R1.7, R2.4, R3.7, R4.1: what keeps an office from approving. */
function refuseByFacts({ facts, ...row }: LockedRegistration, amongMany: boolean): RefusalCode | null {
  if (!facts) throw new Error(`The view registration_facts lacks ${row.id}`);
  // Opened it was before the form was written, and stays so.
  const many = amongMany ? refuseAmongMany(facts, { contested: row.contested, opened: true }) : null;
  return refuseUnacknowledged(row) ?? many ?? refuseApproval(facts);
}

/** A new revision waits for the office from now on, with its clock anew; what was decided of an earlier one is told by the history. */
async function newRevision(tx: Transaction, dependencies: RecordingDependencies, { districtCode }: Registration) {
  const [status, escalation, since] = ['PENDING', 'NONE', dependencies.now()] as const;
  const clock = await clockOf(tx, dependencies, { status, escalation, districtCode, since });
  const undecided = { decidedById: null, decidedAt: null, reason: null };
  return { status, escalation, revision: { increment: 1 }, waitingSince: since, ...undecided, ...clock };
}

/** R3.4: the registrant's correction is a new revision that waits for the office again. */
const recordResubmission: CaseStep = async (tx, dependencies, form, row) => {
  if (!isPossible('resubmit', row.status)) return 'NOT_POSSIBLE_NOW';
  const payload = submissionPayload.parse(form.payload);
  const refusal = await claimEvidence(tx, form, payload);
  if (refusal) return refusal;
  const next = await tx.registration.update({
    where: { id: row.id },
    data: {
      ...submitted(form, payload),
      ...keptEvidence(row, payload),
      ...(await newRevision(tx, dependencies, row)),
      awaitsAcknowledgement: false,
    },
  });
  await queueMail(tx, dependencies, next, { purpose: 'received' });
  if (row.capacity !== 'DELEGATE' || row.nationalIdHash !== next.nationalIdHash) await tellDistrict(tx, dependencies, next);
  await auditStep(tx, form, row, 'RESUBMITTED', { status: next.status, revision: next.revision }, { status: row.status, revision: row.revision });
  return null;
};

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
  status: 'WITHDRAWN' | 'EXPIRED' | 'ACTIVE' | 'REJECTED',
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
  if (await lockWhetherClosed(tx, row.schoolCode, now)) return 'SCHOOL_CLOSED';
  await tx.link.update({ where: { mailId }, data: { usedAt: now }, select: { mailId: true } });
  const replaced = await endReplaced(tx, dependencies, row);
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
  await tellHandedOver(tx, dependencies, row, replaced);
  const after = { status: 'ACTIVE', account: form.id, ...(replaced && { endedAccount: replaced.id }) };
  await auditStep(tx, form, row, 'CONFIRMED', after, { status: row.status });
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
  if (isSameAddress(email, row)) return 'SAME_ADDRESS';
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
  ACKNOWLEDGEMENT: recordAcknowledgement,
};
