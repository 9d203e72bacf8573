// What a step does to a registration, as plain rows: decided without the database, written by one statement
// (activities/write-change.ts).
import type { RegistrationState } from '../contracts/registration';
import type { RefusalCode } from '../domain/refusal';
import { isOpen } from '../domain/registration';
import { type Actor, type AuditFact, auditEntry } from '../prisma/audit';
import type { Account, Link, Registration } from '../prisma/generated/client';
import { isUnsent } from '../prisma/unsent';
import { deriveToken, hashToken } from '../security/tokens';
import { type Clock, storedDeadline } from './clock';
import type { RecordingDependencies } from './dependencies';
import { type MailRow, mailOf, orderOf } from './mail-orders';
import { type ClockedCase, clockOf } from './registration-clock';
import type { AskingForm, CaseFacts, CaseRow } from './registration-facts';

/** What a step is decided on. */
export interface Asked extends Pick<RecordingDependencies, 'policies' | 'tokenKey'> {
  facts: CaseFacts;
  /** When it happens. */
  since: Date;
}

/** The same, where a form of an existing case asks. */
export interface AskedByForm extends Asked {
  form: AskingForm;
  row: CaseRow;
}

/**
 * The case as its school's district may decide it: the school may have another one, or none, since the case was told of it last
 * (R3.1, R3.2).
 */
export function withOwnDistrict({ row, facts: { school } }: AskedByForm): CaseRow {
  return { ...row, districtCode: school.districtCode };
}

/** A step of an existing case. */
export type CaseStep = (asked: AskedByForm) => RefusalCode | CaseChange;

/** The columns that the workflow is told. */
type Told = Pick<
  CaseRow,
  'status' | 'revision' | 'districtCode' | 'escalation' | 'awaitsAcknowledgement' | 'waitingSince' | 'dueAt' | 'deadlineKind' | 'deadlineAt'
>;

/** The rows that a step writes: all of them or none. */
export interface CaseChange {
  /** Columns of the registration; of a new one all that have no default. */
  row?: Partial<Registration>;
  mails?: MailRow[];
  /** The link in one of the mails. */
  link?: Pick<Link, 'mailId' | 'registrationId' | 'tokenHash'>;
  /** The live link ends, and its mail where that has not gone out (R4.2). */
  cancelsLinks?: boolean;
  /** The mail whose link is used up. */
  usesLink?: string;
  /** The evidence that belongs to the form from now on: a file belongs to the one form that claimed it first (R1.3). */
  claimsFile?: string;
  /** The objection that is about this case from now on: it counts once (R2.8). */
  claimsObjection?: string;
  /** The account that ends, with its sessions and its links for a new password (R4.6). */
  endsAccount?: string;
  account?: Omit<Account, 'status' | 'districtCode' | 'head' | 'endedAt'>;
  /** The day on which the school must not be closed, `YYYY-MM-DD` (R5.3d). */
  whileOpenOn?: string;
  /** The entry of the audit (X1). */
  audit?: ReturnType<typeof auditEntry>;
}

/** What a submission writes. */
export interface NewCase extends CaseChange {
  row: Partial<Registration> & Told;
}

/** The clock of the case in the status it is about to have (R3.5). @param linkExpiresAt of an approved case whose link went out */
export function clockAsOf({ facts, policies }: Asked, row: ClockedCase, linkExpiresAt: Date | null = null): Clock {
  return clockOf(row, policies, facts.holidays, linkExpiresAt);
}

/** The mail with a confirmation link, and the link; the older link, if any, ends (R4.2). */
export function mailedLink(asked: Asked, row: CaseRow): Required<Pick<CaseChange, 'mails' | 'link' | 'cancelsLinks'>> {
  const sequence = row.links.filter(({ revision }) => revision === row.revision).length;
  const mail = mailOf(asked, row, { purpose: 'approved', sequence });
  const tokenHash = hashToken(deriveToken(asked.tokenKey, 'confirm', mail.id));
  return { mails: [mail], link: { mailId: mail.id, registrationId: row.id, tokenHash }, cancelsLinks: row.links.length > 0 };
}

/** What a form did. */
export function auditOfForm(
  form: AskingForm,
  row: Pick<CaseRow, 'id' | 'schoolCode' | 'districtCode'>,
  fact: Pick<AuditFact, 'action' | 'before' | 'after'>,
) {
  const actor: Actor = form.actorId ? { kind: 'ACCOUNT', id: form.actorId } : { kind: 'REGISTRANT' };
  const { schoolCode, districtCode } = row;
  return auditEntry({ ...fact, subject: row.id, actor, onBehalfOf: form.onBehalfOf, schoolCode, districtCode, formId: form.id });
}

/** What the clock did, or what happened elsewhere. */
export function auditOfClock(row: CaseRow, action: string, after: Record<string, string>) {
  const { id, schoolCode, districtCode, status, escalation } = row;
  return auditEntry({ subject: id, actor: { kind: 'SYSTEM' }, action, schoolCode, districtCode, before: { status, escalation }, after });
}

/** The columns of a case that ends. */
export function ended(status: 'WITHDRAWN' | 'EXPIRED' | 'ACTIVE' | 'REJECTED', since: Date) {
  return { status, waitingSince: since, closedAt: since, deadlineKind: null, deadlineAt: null, dueAt: null };
}

/** The case as its row tells it after the change, with the mails that are not delivered yet. */
export function stateAfter(row: Told & Pick<CaseRow, 'mails' | 'links'>, change: CaseChange = {}): RegistrationState {
  const { status, revision, districtCode, escalation, awaitsAcknowledgement, waitingSince, dueAt, ...after } = { ...row, ...change.row };
  const sent = row.mails.filter(({ status }) => status === 'SENT').map(({ id }) => id);
  const used = [...row.links.filter(({ usedAt }) => usedAt !== null).map(({ mailId }) => mailId), ...(change.usesLink ? [change.usesLink] : [])];
  const standing = row.mails.filter(({ status, purpose }) => isUnsent(status) && !(change.cancelsLinks && purpose === 'approved'));
  const queued = (change.mails ?? []).filter(({ id }) => !row.mails.some((mail) => mail.id === id));
  return {
    status,
    revision,
    districtCode,
    escalation,
    ...(awaitsAcknowledgement && { awaitsAcknowledgement }),
    since: waitingSince.toISOString(),
    deadline: storedDeadline(after),
    dueAt: dueAt?.toISOString() ?? null,
    mails: [...standing, ...queued].map(orderOf),
    ...(!isOpen(status) && { arrived: [...sent, ...used] }),
  };
}
