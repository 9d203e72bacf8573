// Queuing mails: a mail is a row before it is a message (docs/decisions.md 4), written in the transaction of the step it tells.
import type { MailOrder } from '../contracts/case';
import type { RegistrationPurpose } from '../mail/registration-mails';
import type { TransferPurpose } from '../mail/transfer-mails';
import { rowsOf } from '../prisma/fragments';
import type { Account, Mail, Registration, Transfer } from '../prisma/generated/client';
import { Prisma } from '../prisma/generated/client';
import { derivedId } from '../security/derived-id';
import type { Transaction } from './dependencies';

/** What a mail about a registration needs of it. */
export type MailedRow = Pick<Registration, 'id' | 'revision' | 'email' | 'trackingVersion'>;

interface RegistrationMail {
  purpose: RegistrationPurpose;
  /** The registrant, where not told; ADMINISTRATOR: who has, or had, the school's account (R4.6). */
  audience?: 'DISTRICT' | 'ADMINISTRATOR';
  /** The form whose reason the mail tells. */
  formId?: string;
  dueAt?: Date | null;
  /** Tells renewed links of one revision apart. */
  sequence?: number;
  /** Of an ADMINISTRATOR: the address at the time, since the same mailbox may serve somebody else later. */
  account?: Pick<Account, 'id' | 'email'>;
}

/** A mail about a registration. */
export function mailOf({ since }: { since: Date }, row: MailedRow, { audience, account, ...request }: RegistrationMail): MailRow {
  return mailRow(row.id, since, {
    ...request,
    registrationId: row.id,
    revision: row.revision,
    audience: audience ?? 'REGISTRANT',
    // An office's address is read when the mail goes out, so that a mended contact is used.
    recipient: audience === 'DISTRICT' ? null : (account?.email ?? row.email),
    ...(account && { accountId: account.id }),
    trackingVersion: row.trackingVersion,
  });
}

interface TransferMail {
  purpose: TransferPurpose;
  audience: string;
  /** The form whose decision or reason the mail tells. */
  formId: string | null;
  /** Tells a second mail of one purpose apart. */
  sequence: number;
}

/** A mail about a transfer; an appeal makes a second round of mails. */
export function mailOfTransfer(at: Date, { id, appealedAt, dueAt }: Transfer, mail: TransferMail): MailRow {
  return mailRow(id, at, { ...mail, transferId: id, revision: appealedAt === null ? 1 : 2, dueAt });
}

interface NewMail {
  registrationId?: string;
  accountId?: string;
  transferId?: string;
  purpose: string;
  revision: number;
  sequence?: number;
  audience: string;
  /** Null where the address is read when the mail goes out. */
  recipient?: string | null;
  formId?: string | null;
  dueAt?: Date | null;
  trackingVersion?: number;
}

/** A mail as it is queued. */
export type MailRow = Pick<
  Mail,
  | 'id'
  | 'registrationId'
  | 'accountId'
  | 'transferId'
  | 'purpose'
  | 'revision'
  | 'sequence'
  | 'audience'
  | 'recipient'
  | 'formId'
  | 'dueAt'
  | 'trackingVersion'
  | 'createdAt'
>;

/** The row of a mail of a case; its ID, and so its Message-ID, follow from the case, purpose, revision, sequence and audience. */
function mailRow(caseId: string, createdAt: Date, mail: NewMail): MailRow {
  const { purpose, revision, sequence = 0, audience, recipient = null, formId = null, dueAt = null, trackingVersion = 0 } = mail;
  const { registrationId = null, accountId = null, transferId = null } = mail;
  const id = derivedId(caseId, purpose, revision, sequence, audience);
  return { id, registrationId, accountId, transferId, purpose, revision, sequence, audience, recipient, formId, dueAt, trackingVersion, createdAt };
}

/** Queues mails; a repeat of the same case, purpose, revision, sequence and audience queues nothing. */
export async function queueMails(tx: Transaction, rows: readonly MailRow[]): Promise<void> {
  if (rows.length === 0) return;
  // In SQL, since Prisma plans an insert that skips conflicts anew each time, which costs four times as much.
  await tx.$executeRaw`INSERT INTO mail ${rowsOf('mail', rows, Prisma.sql`true`)} ON CONFLICT DO NOTHING`;
}

/** A queued mail as its workflow is told it. */
export function orderOf({ id, purpose, audience }: Pick<Mail, 'id' | 'purpose' | 'audience'>): MailOrder {
  return { mailId: id, purpose, audience };
}
