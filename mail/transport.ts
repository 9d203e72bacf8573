// Handing mails to the mail server (nodemailer, pooled), and telling for-ever refusals from those that are worth a retry.
import { createTransport } from 'nodemailer';

export interface Message {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Deterministic, so that receivers drop what a crash made us send twice. */
  messageId: string;
  /** Goes out as `X-DPA-Purpose`. */
  purpose: string;
}

/** REFUSED: this receiver or message, for good (a permanent reply, RFC 5321 4.2.1); a retry cannot help. */
export type SendResult = { kind: 'ACCEPTED' } | { kind: 'REFUSED'; reason: string };

export interface Mailer {
  /** @throws MailDeliveryError when the server is down, busy or misconfigured: worth a retry */
  send(message: Message): Promise<SendResult>;
  close(): void;
}

/** A passing failure; its message names no address (X3). */
export class MailDeliveryError extends Error {}

/** @param smtpUrl `smtp://` or `smtps://`, with credentials if needed @param from address of the service */
export function createMailer({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 5,
    // Together less than the time the sending activity has.
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ purpose, ...message }) {
      try {
        await transport.sendMail({
          ...message,
          from,
          headers: { 'X-DPA-Purpose': purpose, 'Auto-Submitted': 'auto-generated' },
        });
        return { kind: 'ACCEPTED' };
      } catch (failure) {
        return understand(failure);
      }
    },
    close: () => transport.close(),
  };
}

interface SmtpFailure {
  code: string;
  responseCode: number;
}

function smtpFailure(failure: unknown): SmtpFailure {
  const given = typeof failure === 'object' && failure !== null ? failure : {};
  return {
    code: 'code' in given && typeof given.code === 'string' ? given.code : 'UNKNOWN',
    responseCode: 'responseCode' in given && typeof given.responseCode === 'number' ? given.responseCode : 0,
  };
}

/** Where in the conversation a permanent reply concerns the receiver or the message, not our standing with the server. */
const CONCERNS_MAIL: readonly string[] = ['EENVELOPE', 'EMESSAGE'];

function understand(failure: unknown): SendResult {
  const { code, responseCode } = smtpFailure(failure);
  // Servers like to repeat the address in their words, so only the codes are told.
  const reason = responseCode ? `SMTP ${responseCode}` : code;
  if (CONCERNS_MAIL.includes(code) && responseCode >= 500) return { kind: 'REFUSED', reason };
  throw new MailDeliveryError(`The mail server did not take the mail (${reason}); it is tried again.`);
}
