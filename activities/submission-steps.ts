// Submitting a registration, and correcting it (R1.1, R1.3, R3.4).
import { type SubmissionPayload, submissionPayload } from '../contracts/forms';
import { emailKey } from '../domain/contact';
import { stayingFile } from '../domain/evidence-file';
import type { RefusalCode } from '../domain/refusal';
import { isPossible } from '../domain/registration';
import { nameKey } from '../domain/thai-text';
import { handoverMails } from './handover';
import { type MailedRow, mailOf } from './mail-orders';
import { auditOfRevision, newRevision } from './new-revision';
import { referenceOf } from './reference';
import { refuseSchool } from './refuse-school';
import { type Asked, type AskedByForm, auditOfForm, type CaseChange, type CaseStep, clockAsOf, type NewCase } from './registration-change';
import type { AskingForm, CaseRow } from './registration-facts';

/** R1.1: the submission becomes the school's one open registration. */
export function recordSubmission(asked: Asked, form: AskingForm): RefusalCode | NewCase {
  const payload = submissionPayload.parse(form.payload);
  const { facts, since } = asked;
  const refusal = refuseSchool(asked, payload) ?? refuseFile(asked);
  if (refusal) return refusal;
  const { code: schoolCode, districtCode } = facts.school;
  const { awaitsAcknowledgement = false } = payload;
  const first = { status: 'PENDING', revision: 1, escalation: 'NONE', awaitsAcknowledgement } as const;
  const row = {
    id: form.caseId,
    reference: referenceOf('R', facts.number, since),
    schoolCode,
    districtCode,
    ...first,
    channel: payload.channel,
    replaces: payload.replaces ?? false,
    meetingId: payload.meetingId ?? null,
    // R2.6: who typed it in.
    assistedById: payload.channel === 'ASSISTED' ? form.actorId : null,
    trackingHash: payload.trackingHash,
    trackingVersion: 0,
    submittedAt: since,
    waitingSince: since,
    ...submitted(form, payload),
    ...clockAsOf(asked, { ...first, districtCode, since }),
  };
  const handover = row.replaces ? { replaces: true } : {};
  const channel = row.assistedById !== null ? { channel: row.channel } : {};
  return {
    row,
    ...claimed(payload),
    mails: [mailOf(asked, row, { purpose: 'received' }), ...tellDistrict(asked, row), ...handoverMails(asked, form, row)],
    audit: auditOfForm(form, row, { action: 'SUBMITTED', after: { status: row.status, revision: row.revision, ...handover, ...channel } }),
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

/** R1.3: a file belongs to the one form that claimed it first. */
function refuseFile({ facts }: Asked): RefusalCode | null {
  return facts.fileFree === false ? 'FILE_REJECTED' : null;
}

function claimed({ delegation }: SubmissionPayload): Pick<CaseChange, 'claimsFile'> {
  const fileId = delegation?.evidence?.fileId;
  return fileId === undefined ? {} : { claimsFile: fileId };
}

/** The evidence of the earlier revision, where it stands for the correction too. */
function keptEvidence({ nationalIdHash, evidenceFileId }: CaseRow, { delegation, ...corrected }: SubmissionPayload): string | null {
  const named = { nationalIdHash: corrected.nationalIdHash, fileId: delegation?.evidence?.fileId ?? null };
  return delegation ? stayingFile({ nationalIdHash, fileId: evidenceFileId }, named) : null;
}

/** R1.4: the district is told of every delegation; the system tells it for the school. */
function tellDistrict(asked: Asked, row: MailedRow & Pick<CaseRow, 'capacity'>) {
  return row.capacity === 'DELEGATE' ? [mailOf(asked, row, { purpose: 'delegation-notice', audience: 'DISTRICT' })] : [];
}

/** R4.1: the old address is told of another one, whoever gave it. */
function tellOldAddress(asked: AskedByForm, corrected: Pick<CaseRow, 'emailKey'>) {
  return corrected.emailKey === asked.row.emailKey ? [] : [mailOf(asked, asked.row, { purpose: 'address-changed' })];
}

/** R3.4: the registrant's correction is a new revision that waits for the office again. */
export const recordResubmission: CaseStep = (asked) => {
  const { form, row, facts } = asked;
  if (!isPossible('resubmit', row.status)) return 'NOT_POSSIBLE_NOW';
  const payload = submissionPayload.parse(form.payload);
  const kept = keptEvidence(row, payload);
  const refusal = kept === null ? refuseFile(asked) : null;
  if (refusal) return refusal;
  const next = {
    ...submitted(form, payload),
    ...(kept !== null && { evidenceFileId: kept }),
    ...newRevision(asked, { awaitsAcknowledgement: false }),
  };
  const corrected = { ...row, ...next };
  const stands = row.capacity === 'DELEGATE' && row.nationalIdHash === next.nationalIdHash && facts.sameDelegator === true;
  const news = stands ? [] : tellDistrict(asked, corrected);
  return {
    row: next,
    ...(kept === null && claimed(payload)),
    mails: [...tellOldAddress(asked, next), mailOf(asked, corrected, { purpose: 'received' }), ...news],
    audit: auditOfRevision(asked, 'RESUBMITTED', next),
  };
};
