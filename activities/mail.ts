// Sending a mail whose row was queued: claimed before sending, recorded after (DESIGN.md, decision 6).
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { type MailOutcome, SIGNAL } from '../contracts/case';
import type { Mailer, SendResult } from '../mail/transport';
import type { Mail, Registration } from '../prisma/generated/client';
import { UNSENT } from '../prisma/unsent';
import { type Heartbeat, startHeartbeat } from './acceptance';
import { appendAudit } from './audit';
import { clockOf, lockRegistration, storedDeadline } from './case-state';
import type { Transaction } from './dependencies';
import type { Letter, LetterDependencies } from './letter';
import { isPasswordLink, LETTERS } from './letters';
import { partiesOf } from './transfer-audit';

export interface MailDependencies extends LetterDependencies {
  mailer: Mailer;
}

export type MailActivities = ReturnType<typeof createMailActivities>;

/** A claim outlives the heartbeat's time-out a little: whoever held it is known to be gone by then. */
const CLAIM_MS = 12_000;
/** From this attempt on operators see the case among "mail failing". */
const TROUBLE_AFTER_ATTEMPTS = 3;
/** An office's address that is missing or refused is mended by people, not by seconds. */
const OFFICE_RETRY = '10m';

/** The ordinary activities that send. */
export function createMailActivities(dependencies: MailDependencies) {
  return {
    /** Sends one mail, once: a repeat finds it sent. Fails, to be retried by the server, while it cannot be delivered. */
    async sendMail(mailId: string): Promise<MailOutcome> {
      const heartbeat = startHeartbeat();
      try {
        return await attempt(dependencies, mailId, heartbeat);
      } catch (failure) {
        if (isTrouble(failure)) await reportTrouble(mailId);
        throw failure;
      } finally {
        heartbeat.stop();
      }
    },
  };
}

async function attempt(dependencies: MailDependencies, mailId: string, heartbeat: Heartbeat): Promise<MailOutcome> {
  const mail = await claim(dependencies, mailId);
  if ('outcome' in mail) return mail;
  const { earlier } = heartbeat;
  if (earlier) return dependencies.prisma.$transaction((tx) => recordOutcome(tx, dependencies, mail, earlier.until, null));
  const write = LETTERS.get(mail.purpose);
  if (!write) throw ApplicationFailure.nonRetryable(`No letter for ${mail.purpose}`, 'NO_LETTER');
  const letter = await write(dependencies, mail);
  if (!letter) return cancel(dependencies, mail.id);
  const { to, until } = letter;
  if (to === null) throw await failLater(dependencies, mail, 'NO_CONTACT');
  const result = await send(dependencies, mail, to, letter);
  if (result.kind === 'ACCEPTED') heartbeat.accepted({ until });
  if (result.kind === 'REFUSED' && letter.mendable) throw await failLater(dependencies, mail, result.reason);
  return dependencies.prisma.$transaction((tx) => recordOutcome(tx, dependencies, mail, until, result.kind === 'REFUSED' ? result.reason : null));
}

async function send(dependencies: MailDependencies, { id, purpose }: Mail, to: string, { message }: Letter): Promise<SendResult> {
  const messageId = `<${id}@${new URL(dependencies.publicUrl).hostname}>`;
  try {
    return await dependencies.mailer.send({ to, ...message, messageId, purpose });
  } catch (failure) {
    await noteAttempt(dependencies, id, failure instanceof Error ? failure.message : 'UNKNOWN');
    throw failure;
  }
}

/** Takes the mail for this attempt, or tells how it stands when there is nothing to send. */
async function claim({ prisma, now }: MailDependencies, id: string): Promise<Mail | MailOutcome> {
  const at = now();
  const { count } = await prisma.mail.updateMany({
    where: { id, status: UNSENT, OR: [{ claimedUntil: null }, { claimedUntil: { lt: at } }] },
    data: { claimedUntil: new Date(at.getTime() + CLAIM_MS), attempts: { increment: 1 } },
  });
  const mail = await prisma.mail.findUniqueOrThrow({ where: { id } });
  if (count === 1) return mail;
  const { status } = mail;
  if (status === 'QUEUED' || status === 'RETRYING') throw ApplicationFailure.retryable('Another attempt is under way', 'CLAIMED');
  return { outcome: status };
}

/** What there was to tell is over before it was told. */
async function cancel({ prisma }: MailDependencies, id: string): Promise<MailOutcome> {
  await prisma.mail.updateMany({ where: { id, status: UNSENT }, data: { status: 'CANCELLED', claimedUntil: null } });
  return { outcome: 'CANCELLED' };
}

/** Records that the mail went out, or was refused for good. */
async function recordOutcome(
  tx: Transaction,
  dependencies: MailDependencies,
  mail: Mail,
  until: Date | null,
  refused: string | null,
): Promise<MailOutcome> {
  const outcome = refused === null ? ('SENT' as const) : ('BOUNCED' as const);
  const row = mail.registrationId === null ? null : await lockRegistration(tx, mail.registrationId);
  const { count } = await tx.mail.updateMany({
    // Cancelled meanwhile by a newer link: it stays so.
    where: { id: mail.id, status: UNSENT },
    data: { status: outcome, sentAt: refused === null ? dependencies.now() : null, lastError: refused, claimedUntil: null },
  });
  if (count === 0) return { outcome: 'CANCELLED' };
  const { caseId, ...place } = row ? subjectOf(row) : await subjectOfMail(tx, mail);
  const after = { purpose: mail.purpose, mail: mail.id };
  await appendAudit(tx, caseId, { actor: { kind: 'SYSTEM' }, action: `MAIL_${outcome}`, ...place, after });
  if (isPasswordLink(mail.purpose)) await tx.passwordReset.updateMany({ where: { id: mail.id }, data: { expiresAt: until } });
  return row && mail.purpose === 'approved' ? { outcome, ...(await startLink(tx, dependencies, row, mail.id, until)) } : { outcome };
}

/** Whose audit tells of a mail. */
interface Subject {
  caseId: string;
  schoolCode: string | null;
  districtCode: string | null;
  otherDistrictCode?: string | null;
}

function subjectOf({ id: caseId, schoolCode, districtCode }: Registration): Subject {
  return { caseId, schoolCode, districtCode };
}

/** Of a mail that belongs to no registration. */
async function subjectOfMail(tx: Transaction, { transferId, accountId }: Mail): Promise<Subject> {
  const transfer = transferId === null ? null : await tx.transfer.findUniqueOrThrow({ where: { id: transferId } });
  if (!transfer) return { caseId: `account/${accountId}`, schoolCode: null, districtCode: null };
  return { caseId: transfer.id, ...partiesOf(transfer) };
}

/** A link's clock, and the case's, starts when its mail went out (R4.2). */
async function startLink(
  tx: Transaction,
  dependencies: MailDependencies,
  row: Registration,
  mailId: string,
  until: Date | null,
): Promise<Pick<MailOutcome, 'deadline'>> {
  await tx.link.update({ where: { mailId }, data: { expiresAt: until }, select: { mailId: true } });
  if (row.status !== 'APPROVED') return {};
  const clock = await clockOf(tx, dependencies, { ...row, since: row.waitingSince }, until);
  await tx.registration.update({ where: { id: row.id }, data: clock, select: { id: true } });
  return { deadline: storedDeadline(clock) };
}

async function noteAttempt({ prisma }: MailDependencies, id: string, lastError: string): Promise<void> {
  await prisma.mail.updateMany({
    where: { id, status: UNSENT },
    data: { status: 'RETRYING', lastError, claimedUntil: null },
  });
}

/** R1.4: a notice to an office without a usable address stays on its way, and the failure shows to operators. */
async function failLater(dependencies: MailDependencies, mail: Mail, reason: string): Promise<ApplicationFailure> {
  await noteAttempt(dependencies, mail.id, reason);
  return ApplicationFailure.create({
    message: `The office's address cannot be used (${reason}). Mend it; the mail is tried again.`,
    type: 'OFFICE_CONTACT',
    nextRetryDelay: OFFICE_RETRY,
  });
}

/** Whether operators should see it now: after several attempts, or at once where only people can mend it. */
function isTrouble(failure: unknown): boolean {
  const { attempt } = Context.current().info;
  if (failure instanceof ApplicationFailure && failure.type === 'OFFICE_CONTACT') return attempt === 1;
  return attempt === TROUBLE_AFTER_ATTEMPTS;
}

/** Tells the case that its mail keeps failing. */
async function reportTrouble(mailId: string): Promise<void> {
  const { info, client } = Context.current();
  if (!info.workflowExecution) return;
  await client.workflow
    .getHandle(info.workflowExecution.workflowId)
    .signal(SIGNAL.mailTrouble, { mailId })
    // The display is a comfort; the retry itself is what matters.
    .catch(() => undefined);
}
