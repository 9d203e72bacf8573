// Sending a mail whose row was queued: claimed before sending, recorded after (DESIGN.md, decision 6).
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { decisionPayload } from '../contracts/forms';
import { type MailOutcome, SIGNAL } from '../contracts/registration';
import { deadlineAfter } from '../domain/policy';
import { POSITIONS } from '../domain/submission';
import { composeMail, MAIL_PURPOSES, type MailData } from '../mail/compose';
import type { Mailer } from '../mail/transport';
import type { Prisma } from '../prisma/generated/client';
import { deriveToken, trackingToken } from '../security/tokens';
import { type Heartbeat, startHeartbeat } from './acceptance';
import { appendAudit } from './audit';
import { clockOf, holidays, lockRegistration, storedDeadline } from './case-state';
import type { RecordingDependencies, Transaction } from './dependencies';

export interface MailDependencies extends RecordingDependencies {
  mailer: Mailer;
  publicUrl: string;
}

export type MailActivities = ReturnType<typeof createMailActivities>;

/** A claim outlives the heartbeat's time-out a little: whoever held it is known to be gone by then. */
const CLAIM_MS = 12_000;
/** From this attempt on operators see the case among "mail failing". */
const TROUBLE_AFTER_ATTEMPTS = 3;
/** An office's address that is missing or refused is mended by people, not by seconds. */
const OFFICE_RETRY = '10m';

const withCase = { registration: { include: { school: { include: { district: true } } } } } satisfies Prisma.MailInclude;
type MailOfCase = Prisma.MailGetPayload<{ include: typeof withCase }>;

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
  const to = recipient(mail);
  if (to === null) throw await failLater(dependencies, mail, 'NO_CONTACT');
  const purpose = MAIL_PURPOSES.find((known) => known === mail.purpose);
  if (!purpose) throw ApplicationFailure.nonRetryable(`No template for ${mail.purpose}`, 'NO_TEMPLATE');
  const until = await actUntil(dependencies, mail);
  const message = composeMail(purpose, await mailData(dependencies, mail, until));
  const result = await dependencies.mailer
    .send({ to, ...message, messageId: `<${mail.id}@${new URL(dependencies.publicUrl).hostname}>`, purpose })
    .catch(async (failure: unknown) => {
      await noteAttempt(dependencies, mail.id, failure instanceof Error ? failure.message : 'UNKNOWN');
      throw failure;
    });
  if (result.kind === 'ACCEPTED') heartbeat.accepted({ until });
  if (result.kind === 'REFUSED' && mail.audience === 'DISTRICT') throw await failLater(dependencies, mail, result.reason);
  return dependencies.prisma.$transaction((tx) => recordOutcome(tx, dependencies, mail, until, result.kind === 'REFUSED' ? result.reason : null));
}

/** Takes the mail for this attempt, or tells how it stands when there is nothing to send. */
async function claim({ prisma, now }: MailDependencies, id: string): Promise<MailOfCase | MailOutcome> {
  const at = now();
  const { count } = await prisma.mail.updateMany({
    where: { id, status: { in: ['QUEUED', 'RETRYING'] }, OR: [{ claimedUntil: null }, { claimedUntil: { lt: at } }] },
    data: { claimedUntil: new Date(at.getTime() + CLAIM_MS), attempts: { increment: 1 } },
  });
  const mail = await prisma.mail.findUniqueOrThrow({ where: { id }, include: withCase });
  if (count === 1) return mail;
  const { status } = mail;
  if (status === 'QUEUED' || status === 'RETRYING') throw ApplicationFailure.retryable('Another attempt is under way', 'CLAIMED');
  return { outcome: status };
}

function recipient(mail: MailOfCase): string | null {
  return mail.audience === 'DISTRICT' ? (mail.registration.school.district?.email ?? null) : mail.recipient;
}

/** Until when the reader has to act; a link lives from its sending (R4.2). */
async function actUntil({ prisma, policies, now }: MailDependencies, mail: MailOfCase): Promise<Date | null> {
  return mail.purpose === 'approved' ? deadlineAfter(policies.confirmWithin, now(), await holidays(prisma)) : mail.dueAt;
}

async function mailData({ prisma, tokenKey, publicUrl }: MailDependencies, mail: MailOfCase, until: Date | null): Promise<MailData> {
  const { registration: row } = mail;
  const { school } = row;
  const office = { name: school.district?.name ?? 'สำนักงาน ก.ค.ศ.', phone: school.district?.phone ?? null };
  const form = mail.formId ? await prisma.form.findUnique({ where: { id: mail.formId } }) : null;
  return {
    reference: row.reference,
    school: school.name,
    office,
    salutation: mail.audience === 'DISTRICT' ? `ผู้อำนวยการ${office.name}` : `${row.title}${row.firstName} ${row.lastName}`,
    position: POSITIONS.find((position) => position === row.position) ?? 'TEACHER',
    date: row.submittedAt,
    until,
    reason: form ? (decisionPayload.parse(form.payload).reason ?? null) : null,
    trackLink: `${publicUrl}/track/${trackingToken(tokenKey, row.id, mail.trackingVersion)}`,
    confirmLink: mail.purpose === 'approved' ? `${publicUrl}/confirm/${deriveToken(tokenKey, 'confirm', mail.id)}` : null,
    registerLink: `${publicUrl}/`,
    ...(mail.purpose === 'expired' && { ending: await endingOf(prisma, mail) }),
  };
}

/** What an expired case waited for in vain: a revision that was approved had a link. */
async function endingOf(prisma: MailDependencies['prisma'], { registrationId, revision }: MailOfCase): Promise<'NOT_CONFIRMED' | 'NOT_CORRECTED'> {
  const links = await prisma.link.count({ where: { registrationId, mail: { revision } } });
  return links > 0 ? 'NOT_CONFIRMED' : 'NOT_CORRECTED';
}

/** Records that the mail went out, or was refused for good; a link's clock, and the case's, starts here. */
async function recordOutcome(
  tx: Transaction,
  dependencies: MailDependencies,
  mail: MailOfCase,
  until: Date | null,
  refused: string | null,
): Promise<MailOutcome> {
  const outcome = refused === null ? ('SENT' as const) : ('BOUNCED' as const);
  const row = await lockRegistration(tx, mail.registrationId);
  const { count } = await tx.mail.updateMany({
    // Cancelled meanwhile by a newer link: it stays so.
    where: { id: mail.id, status: { in: ['QUEUED', 'RETRYING'] } },
    data: { status: outcome, sentAt: refused === null ? dependencies.now() : null, lastError: refused, claimedUntil: null },
  });
  if (!row || count === 0) return { outcome: 'CANCELLED' };
  const facts = { actor: { kind: 'SYSTEM' as const }, schoolCode: row.schoolCode, districtCode: row.districtCode };
  await appendAudit(tx, row.id, { ...facts, action: `MAIL_${outcome}`, after: { purpose: mail.purpose, mail: mail.id } });
  if (mail.purpose !== 'approved') return { outcome };
  await tx.link.update({ where: { mailId: mail.id }, data: { expiresAt: until }, select: { mailId: true } });
  if (row.status !== 'APPROVED') return { outcome };
  const clock = await clockOf(tx, dependencies, { ...row, since: row.waitingSince }, until);
  await tx.registration.update({ where: { id: row.id }, data: clock, select: { id: true } });
  return { outcome, deadline: storedDeadline(clock) };
}

async function noteAttempt({ prisma }: MailDependencies, id: string, lastError: string): Promise<void> {
  await prisma.mail.updateMany({
    where: { id, status: { in: ['QUEUED', 'RETRYING'] } },
    data: { status: 'RETRYING', lastError, claimedUntil: null },
  });
}

/** R1.4: a notice to an office without a usable address stays on its way, and the failure shows to operators. */
async function failLater(dependencies: MailDependencies, mail: MailOfCase, reason: string): Promise<ApplicationFailure> {
  await noteAttempt(dependencies, mail.id, reason);
  return ApplicationFailure.create({
    message: `The district's contact address cannot be used (${reason}). Mend it; the notice is tried again.`,
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
