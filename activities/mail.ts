// Sending a mail whose row was queued: claimed before sending, recorded after (docs/decisions.md 4).
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { type MailOutcome, SIGNAL } from '../contracts/case';
import type { Mailer, SendResult } from '../mail/transport';
import type { Mail } from '../prisma/generated/client';
import { UNSENT } from '../prisma/unsent';
import { type Heartbeat, startHeartbeat } from './acceptance';
import type { Letter, LetterDependencies } from './letter';
import { LETTERS } from './letters';
import { earlierOutcome, recordOutcome } from './mail-outcome';

export interface MailDependencies extends LetterDependencies {
  mailer: Mailer;
}

export type MailActivities = ReturnType<typeof createMailActivities>;

/** A claim that is not renewed outlives the heartbeat's time-out a little: whoever held it is known to be gone by then. */
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
        heartbeat.failing();
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
  // A slow server, or a queue before it, takes longer than a claim lasts; Temporal may have given this attempt up by then.
  heartbeat.alongWith(claimKeeper(dependencies, mail));
  const { earlier } = heartbeat;
  if (earlier) return recordOutcome(dependencies, mail, { outcome: 'SENT', until: earlier.until, error: null });
  const write = LETTERS.get(mail.purpose);
  // While workers are replaced, one of the older release gets a mail that only the newer ones can write.
  if (!write) throw ApplicationFailure.retryable(`No letter for ${mail.purpose}`, 'NO_LETTER');
  const letter = await write(dependencies, mail);
  if (!letter) return cancel(dependencies, mail.id);
  const { to, until } = letter;
  if (to === null) throw await failLater(dependencies, mail, 'NO_CONTACT');
  const result = await send(dependencies, mail, to, letter);
  if (result.kind === 'ACCEPTED') heartbeat.accepted({ until });
  if (result.kind === 'REFUSED' && letter.mendable) throw await failLater(dependencies, mail, result.reason);
  const ended = result.kind === 'REFUSED' ? ({ outcome: 'BOUNCED', error: result.reason } as const) : ({ outcome: 'SENT', error: null } as const);
  return recordOutcome(dependencies, mail, { until, ...ended });
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
  const [claimed] = await prisma.mail.updateManyAndReturn({
    where: { id, status: UNSENT, OR: [{ claimedUntil: null }, { claimedUntil: { lt: at } }] },
    data: { claimedUntil: new Date(at.getTime() + CLAIM_MS), attempts: { increment: 1 } },
  });
  if (claimed) return claimed;
  const earlier = await earlierOutcome(prisma, id);
  if (earlier) return earlier;
  throw ApplicationFailure.retryable('Another attempt is under way', 'CLAIMED');
}

/** Renews a claim each time it is called, as long as nobody else changed it. */
function claimKeeper({ prisma, now }: MailDependencies, { id, claimedUntil }: Mail): () => void {
  // The last one asked for may have been made though its answer was lost.
  let possible = claimedUntil ? [claimedUntil] : [];
  let renewing = false;
  const renew = async () => {
    const next = new Date(now().getTime() + CLAIM_MS);
    const own = { in: possible };
    possible = [...possible.slice(-1), next];
    const { count } = await prisma.mail.updateMany({ where: { id, status: UNSENT, claimedUntil: own }, data: { claimedUntil: next } });
    if (count === 1) possible = [next];
  };
  return () => {
    if (renewing) return;
    renewing = true;
    // A database that is away is noticed when the outcome is recorded.
    void renew()
      .catch(() => undefined)
      .finally(() => {
        renewing = false;
      });
  };
}

/** What there was to tell is over before it was told. */
async function cancel({ prisma }: MailDependencies, id: string): Promise<MailOutcome> {
  await prisma.mail.updateMany({ where: { id, status: UNSENT }, data: { status: 'CANCELLED', claimedUntil: null } });
  return { outcome: 'CANCELLED' };
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
  if (attempt === TROUBLE_AFTER_ATTEMPTS) return true;
  return attempt === 1 && failure instanceof ApplicationFailure && failure.type === 'OFFICE_CONTACT';
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
