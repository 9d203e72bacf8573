// Queuing mails: a mail is a row before it is a message (decision 6), written in the transaction of the step it tells.
import type { RegistrationPurpose } from '../mail/registration-mails';
import type { Account, Mail, Registration } from '../prisma/generated/client';
import { Prisma } from '../prisma/generated/client';
import { rowsOf } from '../prisma/rows';
import { derivedId } from '../security/derived-id';
import type { RecordingDependencies, Transaction } from './dependencies';

/** ADMINISTRATOR: who has, or had, the school's account (R4.6). */
export type Audience = 'REGISTRANT' | 'DISTRICT' | 'ADMINISTRATOR';

export interface MailRequest {
  purpose: RegistrationPurpose;
  audience?: Audience;
  /** The form whose reason the mail tells. */
  formId?: string;
  dueAt?: Date | null;
  /** Tells renewed links of one revision apart. */
  sequence?: number;
  /** Of an ADMINISTRATOR: the address at the time, since the same mailbox may serve somebody else later. */
  account?: Pick<Account, 'id' | 'email'> | undefined;
}

/** The row of a mail about a registration. */
export function mailOfRegistration(
  row: Pick<Registration, 'id' | 'revision' | 'email' | 'trackingVersion'>,
  { audience = 'REGISTRANT', account, ...request }: MailRequest,
  at: Date,
): MailRow {
  return mailRow(row.id, at, {
    ...request,
    registrationId: row.id,
    revision: row.revision,
    audience,
    // An office's address is read when the mail goes out, so that a mended contact is used.
    recipient: audience === 'DISTRICT' ? null : (account?.email ?? row.email),
    ...(account && { accountId: account.id }),
    trackingVersion: row.trackingVersion,
  });
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

/** Queues a mail of a case; a repeat of the same purpose, revision, sequence and audience queues nothing. */
export async function writeOrder(tx: Transaction, { now }: RecordingDependencies, caseId: string, mail: NewMail): Promise<string> {
  const row = mailRow(caseId, now(), mail);
  // In SQL, since Prisma plans an insert that skips conflicts anew each time, which costs four times as much.
  await tx.$executeRaw`INSERT INTO mail ${rowsOf('mail', [row], Prisma.sql`true`)} ON CONFLICT DO NOTHING`;
  return row.id;
}
