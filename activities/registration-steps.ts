// What each form does to its case: decided on what is known of it, without the database, as rows to write or as a refusal code.
import { addressPayload, confirmationPayload, decisionPayload, type SubmissionPayload, submissionPayload } from '../contracts/forms';
import { isClosed } from '../domain/closure';
import { emailKey, isSameAddress } from '../domain/contact';
import { refuseDecision, refuseUnacknowledged } from '../domain/decision';
import { refuseDecider } from '../domain/entitlement';
import { deadLink } from '../domain/link';
import type { RefusalCode } from '../domain/refusal';
import { isPossible, STATUS_AFTER } from '../domain/registration';
import { nameKey } from '../domain/thai-text';
import { refuseAmongMany, refuseApproval } from '../domain/warnings';
import { bangkokDate } from '../domain/working-days';
import type { Form } from '../prisma/generated/client';
import { recordAcknowledgement } from './acknowledgement';
import { handedOverMails, handoverMails } from './handover';
import { type MailedRow, mailOf } from './mail-orders';
import { referenceOf } from './reference';
import { refuseSchool } from './refuse-school';
import {
  type Asked,
  type AskedByForm,
  auditOfForm,
  type CaseChange,
  type CaseStep,
  clockAsOf,
  ended,
  mailedLink,
  type NewCase,
} from './registration-change';
import type { AskingForm, CaseRow } from './registration-facts';

/** R1.1: the submission becomes the school's one open registration. */
export function recordSubmission(asked: Asked, form: AskingForm): RefusalCode | NewCase {
  const payload = submissionPayload.parse(form.payload);
  const { facts, since } = asked;
  const refusal = refuseSchool(asked, payload) ?? refuseFile(asked);
  if (refusal) return refusal;
  const { code: schoolCode, districtCode } = facts.school;
  const [status, revision, trackingVersion] = ['PENDING', 1, 0] as const;
  const row = {
    id: form.caseId,
    reference: referenceOf('R', facts.number, since),
    schoolCode,
    districtCode,
    status,
    revision,
    channel: payload.channel,
    replaces: payload.replaces ?? false,
    meetingId: payload.meetingId ?? null,
    awaitsAcknowledgement: payload.awaitsAcknowledgement ?? false,
    // R2.6: who typed it in.
    assistedById: payload.channel === 'ASSISTED' ? form.actorId : null,
    trackingHash: payload.trackingHash,
    trackingVersion,
    escalation: 'NONE' as const,
    submittedAt: since,
    waitingSince: since,
    ...submitted(form, payload),
    ...clockAsOf(asked, { status, escalation: 'NONE', districtCode, since }),
  };
  const handover = row.replaces ? { replaces: true } : {};
  const channel = row.assistedById !== null ? { channel: row.channel } : {};
  return {
    row,
    ...claimed(payload),
    mails: [mailOf(asked, row, { purpose: 'received' }), ...tellDistrict(asked, row), ...handoverMails(asked, form, row)],
    audit: auditOfForm(form, row, { action: 'SUBMITTED', after: { status, revision, ...handover, ...channel } }),
  };
}

/** The columns that a submission or resubmission sets. */
function submitted(form: AskingForm, payload: SubmissionPayload) {
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
    actingOrder: payload.actingOrder ?? null,
    delegation: payload.delegation ?? null,
    evidenceFileId: payload.delegation?.evidence?.fileId ?? null,
  };
}

/** R1.3: a file belongs to the one form that claimed it first, and to its case. */
function refuseFile({ facts }: Asked): RefusalCode | null {
  return facts.fileFree === false ? 'FILE_REJECTED' : null;
}

function claimed({ delegation }: SubmissionPayload): Pick<CaseChange, 'claimsFile'> {
  const fileId = delegation?.evidence?.fileId;
  return fileId === undefined ? {} : { claimsFile: fileId };
}

/** The evidence that a correction stands on: what it names, or that of the earlier revision where it speaks of the same delegate. */
function evidenceAfter(row: CaseRow, { delegation, nationalIdHash }: SubmissionPayload): string | null {
  const stays = delegation && nationalIdHash === row.nationalIdHash ? row.evidenceFileId : null;
  return delegation?.evidence?.fileId ?? stays;
}

/** R1.4: the district is told of every delegation; the system tells it for the school. */
function tellDistrict(asked: Asked, row: MailedRow & Pick<CaseRow, 'capacity'>) {
  return row.capacity === 'DELEGATE' ? [mailOf(asked, row, { purpose: 'delegation-notice', audience: 'DISTRICT' })] : [];
}

/** R3.1, R3.4: the office approves, returns or rejects the revision it saw. */
const recordDecision: CaseStep = (asked) => {
  const { form, row, facts, since } = asked;
  const { decision, revision, reason = null, amongMany = false } = decisionPayload.parse(form.payload);
  // The account may have ended, or the school changed district, since the form was written.
  const officer = facts.asker?.status === 'ACTIVE' ? refuseDecider(decision, facts.asker, row) : 'FORBIDDEN';
  const refusal = refuseDecision(row, revision) ?? officer ?? (decision === 'APPROVE' ? refuseByFacts(asked, amongMany) : null);
  if (refusal) return refusal;
  const status = STATUS_AFTER[decision];
  const clock = clockAsOf(asked, { ...row, status, since });
  const closedAt = status === 'REJECTED' ? since : null;
  return {
    row: { status, waitingSince: since, decidedById: form.actorId, decidedAt: since, reason, closedAt, ...clock },
    ...(status === 'APPROVED' && mailedLink(asked, row)),
    ...(status === 'RETURNED' && { mails: [mailOf(asked, row, { purpose: 'returned', formId: form.id, dueAt: clock.deadlineAt })] }),
    ...(status === 'REJECTED' && { mails: [mailOf(asked, row, { purpose: 'rejected', formId: form.id })] }),
    audit: auditOfForm(form, row, { action: status, before: { status: row.status }, after: { status, revision } }),
  };
};

/** R1.7, R2.4, R3.7, R4.1: what keeps an office from approving. */
function refuseByFacts({ row, facts: { warnings } }: AskedByForm, amongMany: boolean): RefusalCode | null {
  if (!warnings) throw new Error(`The view registration_facts lacks ${row.id}`);
  // Opened it was before the form was written, and stays so.
  const many = amongMany ? refuseAmongMany(warnings, { contested: row.contested, opened: true }) : null;
  return refuseUnacknowledged(row) ?? many ?? refuseApproval(warnings);
}

/** A new revision waits for the office from now on, with its clock anew; what was decided of an earlier one is told by the history. */
function newRevision(asked: AskedByForm) {
  const { row, since } = asked;
  const [status, escalation] = ['PENDING', 'NONE'] as const;
  const clock = clockAsOf(asked, { status, escalation, districtCode: row.districtCode, since });
  const undecided = { decidedById: null, decidedAt: null, reason: null };
  return { status, escalation, revision: row.revision + 1, waitingSince: since, ...undecided, ...clock };
}

/** What the audit says of a new revision. */
function auditOfRevision({ form, row }: AskedByForm, action: string, { status, revision }: { status: string; revision: number }) {
  const before = { status: row.status, revision: row.revision };
  return auditOfForm(form, row, { action, before, after: { status, revision } });
}

/** R3.4: the registrant's correction is a new revision that waits for the office again. */
const recordResubmission: CaseStep = (asked) => {
  const { form, row } = asked;
  if (!isPossible('resubmit', row.status)) return 'NOT_POSSIBLE_NOW';
  const payload = submissionPayload.parse(form.payload);
  const evidenceFileId = evidenceAfter(row, payload);
  const attached = evidenceFileId !== row.evidenceFileId;
  const refusal = attached ? refuseFile(asked) : null;
  if (refusal) return refusal;
  const next = { ...submitted(form, payload), evidenceFileId, ...newRevision(asked), awaitsAcknowledgement: false };
  const corrected = { ...row, ...next };
  const news = row.capacity !== 'DELEGATE' || row.nationalIdHash !== next.nationalIdHash ? tellDistrict(asked, corrected) : [];
  return {
    row: next,
    ...(attached && claimed(payload)),
    mails: [mailOf(asked, corrected, { purpose: 'received' }), ...news],
    audit: auditOfRevision(asked, 'RESUBMITTED', next),
  };
};

const recordWithdrawal: CaseStep = (asked) => {
  const { form, row, since } = asked;
  if (!isPossible('withdraw', row.status)) return 'NOT_POSSIBLE_NOW';
  return {
    row: ended('WITHDRAWN', since),
    cancelsLinks: true,
    mails: [mailOf(asked, row, { purpose: 'withdrawn' })],
    audit: auditOfForm(form, row, { action: 'WITHDRAWN', before: { status: row.status }, after: { status: 'WITHDRAWN' } }),
  };
};

/** R4.3: the link is used up and the account becomes the school's one administrator; unique indexes have the last word (R3.3). */
const recordConfirmation: CaseStep = (asked) => {
  const { form, row, facts, since } = asked;
  const { mailId, passwordHash } = confirmationPayload.parse(form.payload);
  const refusal = refuseConfirmation(asked, mailId);
  if (refusal) return refusal;
  const today = bangkokDate(since);
  if (isClosed(facts.school.closedOn, today)) return 'SCHOOL_CLOSED';
  const { id: registrationId, email, schoolCode, nationalIdHash } = row;
  const name = `${row.title}${row.firstName} ${row.lastName}`;
  // Nobody may be left to end: the administrator was revoked or moved meanwhile.
  const replaced = row.replaces ? facts.school.administrator : null;
  const after = { status: 'ACTIVE', account: form.id, ...(replaced && { endedAccount: replaced.id }) };
  return {
    whileOpenOn: today,
    row: ended('ACTIVE', since),
    usesLink: mailId,
    ...(replaced && { endsAccount: replaced.id }),
    account: {
      id: form.id,
      email,
      emailKey: row.emailKey,
      role: 'SCHOOL',
      name,
      passwordHash,
      schoolCode,
      nationalIdHash,
      registrationId,
      createdAt: since,
    },
    mails: handedOverMails(asked, replaced),
    audit: auditOfForm(form, row, { action: 'CONFIRMED', before: { status: row.status }, after }),
  };
};

function refuseConfirmation({ row, since }: AskedByForm, mailId: string): RefusalCode | null {
  const link = row.links.find((mailed) => mailed.mailId === mailId);
  return link ? deadLink({ ...link, status: row.status }, since) : 'NOT_FOUND';
}

/** R4.2: a new link; the older one is dead from now on. */
const recordRenewal: CaseStep = (asked) => {
  const { form, row } = asked;
  if (!isPossible('renewLink', row.status)) return 'NOT_POSSIBLE_NOW';
  return {
    row: clockAsOf(asked, { ...row, since: row.waitingSince }),
    ...mailedLink(asked, row),
    audit: auditOfForm(form, row, { action: 'LINK_RENEWED', after: { status: row.status } }),
  };
};

/** R4.1: another address is another revision: the office approves it again, by somebody else, and the old address is told. */
const recordAddress: CaseStep = (asked) => {
  const { form, row } = asked;
  if (!isPossible('mendAddress', row.status)) return 'NOT_POSSIBLE_NOW';
  const { email, trackingVersion, trackingHash } = addressPayload.parse(form.payload);
  if (isSameAddress(email, row)) return 'SAME_ADDRESS';
  const next = { ...newRevision(asked), email, emailKey: emailKey(email), trackingVersion, trackingHash, mendedById: form.actorId };
  return {
    row: next,
    cancelsLinks: true,
    mails: [mailOf(asked, row, { purpose: 'address-changed' }), mailOf(asked, { ...row, ...next }, { purpose: 'received' })],
    audit: auditOfRevision(asked, 'ADDRESS_MENDED', next),
  };
};

/** From its last day on nothing goes on for a school, also before the sweep ended what was open (docs/process.md). */
function unlessClosed(step: CaseStep): CaseStep {
  return (asked) => {
    const outcome = step(asked);
    const refused = typeof outcome === 'string';
    return !refused && isClosed(asked.facts.school.closedOn, bangkokDate(asked.since)) ? 'SCHOOL_CLOSED' : outcome;
  };
}

/** Which step a form of an existing registration takes. */
export const STEPS: Partial<Record<Form['kind'], CaseStep>> = {
  DECISION: unlessClosed(recordDecision),
  RESUBMISSION: unlessClosed(recordResubmission),
  WITHDRAWAL: recordWithdrawal,
  CONFIRMATION: recordConfirmation,
  RENEWAL: unlessClosed(recordRenewal),
  ADDRESS: unlessClosed(recordAddress),
  ACKNOWLEDGEMENT: recordAcknowledgement,
};
