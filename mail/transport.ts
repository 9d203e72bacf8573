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

/** REFUSED: this receiver or message, for good (R4.1; a permanent reply, RFC 5321 4.2.1), its reply code stands in the reason; a retry cannot help. */
export type SendResult = { kind: 'ACCEPTED' } | { kind: 'REFUSED'; reason: string };

export interface Mailer {
  /** Hands one mail over (R4.1). @throws MailDeliveryError when the server is down, busy or misconfigured: worth a retry */
  send(message: Message): Promise<SendResult>;
  close(): void;
}

/** A passing failure; its message names no address (X3). */
export class MailDeliveryError extends Error {}

/** A pool of connections to one server. @param smtpUrl `smtp://` or `smtps://`, with credentials if needed @param from address of the service */
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
  command: string;
  response: string;
}

function smtpFailure(failure: unknown): SmtpFailure {
  const given = typeof failure === 'object' && failure !== null ? failure : {};
  return {
    code: 'code' in given && typeof given.code === 'string' ? given.code : 'UNKNOWN',
    responseCode: 'responseCode' in given && typeof given.responseCode === 'number' ? given.responseCode : 0,
    command: 'command' in given && typeof given.command === 'string' ? given.command : '',
    response: 'response' in given && typeof given.response === 'string' ? given.response : '',
  };
}

/** The commands that speak of the receiver and of the message. What MAIL FROM is told concerns us, as the log-in does. */
const CONCERNS_MAIL: readonly string[] = ['RCPT TO', 'DATA'];
/** Sequence, authentication and encryption (RFC 5321 4.2.2, RFC 4954 6, RFC 3207): our settings, even where RCPT is told so. */
const CONCERNS_US: readonly number[] = [503, 530, 534, 535, 538];

/**
 * A server that does not send on for us, such as one whose list of networks lacks ours: every receiver would be refused. Its code is
 * that of any refusal (554, 550 5.7.1), its words are not. @param response may repeat the address, which may say anything
 */
function refusesToRelay(response: string): boolean {
  return /\brelay/i.test(response.replaceAll(/\S*@\S*/g, ''));
}

function isForGood({ responseCode, command, response }: SmtpFailure): boolean {
  return responseCode >= 500 && CONCERNS_MAIL.includes(command) && !CONCERNS_US.includes(responseCode) && !refusesToRelay(response);
}

function understand(failure: unknown): SendResult {
  const told = smtpFailure(failure);
  // Servers like to repeat the address in their words, so only the codes are told.
  const reason = told.responseCode ? `SMTP ${told.responseCode}` : told.code;
  if (isForGood(told)) return { kind: 'REFUSED', reason };
  throw new MailDeliveryError(`The mail server did not take the mail (${reason}); it is tried again.`);
}
