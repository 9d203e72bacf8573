// Queuing mails: a mail is a row before it is a message (decision 6), written in the transaction of the step it tells.
import type { RegistrationPurpose } from '../mail/registration-mails';
import type { Account, Registration } from '../prisma/generated/client';
import { UNSENT } from '../prisma/unsent';
import { derivedId } from '../security/derived-id';
import { deriveToken, hashToken } from '../security/tokens';
import type { LockedRegistration } from './case-state';
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
  account?: Pick<Account, 'id' | 'email'>;
}

/** Queues a mail of a registration; a repeat of the same purpose, revision and audience queues nothing. */
export function queueMail(
  tx: Transaction,
  dependencies: RecordingDependencies,
  row: Pick<Registration, 'id' | 'revision' | 'email' | 'trackingVersion'>,
  { audience = 'REGISTRANT', sequence = 0, account, ...request }: MailRequest,
): Promise<string> {
  return writeOrder(tx, dependencies, row.id, {
    ...request,
    registrationId: row.id,
    revision: row.revision,
    sequence,
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
  sequence: number;
  audience: string;
  /** Null where the address is read when the mail goes out. */
  recipient?: string | null;
  formId?: string | null;
  dueAt?: Date | null;
  trackingVersion?: number;
}

/** Writes the row of a mail of a case; a repeat of the same purpose, revision, sequence and audience writes nothing. */
export async function writeOrder(tx: Transaction, { now }: RecordingDependencies, caseId: string, mail: NewMail): Promise<string> {
  const { purpose, revision, sequence, audience, recipient = null, formId = null, dueAt = null, trackingVersion = 0 } = mail;
  const { registrationId = null, accountId = null, transferId = null } = mail;
  // Its Message-ID follows from the ID.
  const id = derivedId(caseId, purpose, revision, sequence, audience);
  // In SQL, since Prisma plans an insert that skips conflicts anew each time, which costs four times as much.
  await tx.$executeRaw`
    INSERT INTO mail (id, registration_id, account_id, transfer_id, purpose, revision, sequence, audience, recipient, form_id, due_at, tracking_version, created_at)
    VALUES (${id}::uuid, ${registrationId}::uuid, ${accountId}::uuid, ${transferId}::uuid, ${purpose}, ${revision}, ${sequence}, ${audience}, ${recipient},
      ${formId}::uuid, ${dueAt}, ${trackingVersion}, ${now()})
    ON CONFLICT DO NOTHING`;
  return id;
}

/** Queues the mail with a confirmation link; the older link, if any, is cancelled by it (R4.2). */
export async function queueLink(
  tx: Transaction,
  dependencies: RecordingDependencies,
  row: Pick<LockedRegistration, 'id' | 'revision' | 'email' | 'trackingVersion' | 'links'>,
): Promise<void> {
  if (row.links.length > 0) await cancelLinks(tx, dependencies, row.id);
  const sequence = row.links.filter(({ mail }) => mail.revision === row.revision).length;
  const id = await queueMail(tx, dependencies, row, { purpose: 'approved', sequence });
  const tokenHash = hashToken(deriveToken(dependencies.tokenKey, 'confirm', id));
  await tx.link.create({ data: { mailId: id, registrationId: row.id, tokenHash }, select: { mailId: true } });
}

/** Cancels the live link of a case and its mail, if that has not gone out. */
export async function cancelLinks(tx: Transaction, { now }: RecordingDependencies, registrationId: string): Promise<void> {
  await tx.link.updateMany({ where: { registrationId, usedAt: null, cancelledAt: null }, data: { cancelledAt: now() } });
  await tx.mail.updateMany({
    where: { registrationId, purpose: 'approved', status: UNSENT },
    data: { status: 'CANCELLED' },
  });
}
