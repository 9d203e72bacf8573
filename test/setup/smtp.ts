// A mail server of a test's own, which the test can let wait, refuse and ask what it was given.
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { freePort } from './servers';

export interface TakenMail {
  address: string;
  purpose: string;
  messageId: string;
}

export interface Smtp {
  url: string;
  /** The mails for an address, of a purpose, as often as they came. */
  taken(address: string, purpose: string): TakenMail[];
  /** What happens after a mail has come and before the server says so. */
  beforeAnswering(mail: TakenMail): Promise<void>;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startSmtp(): Promise<Smtp> {
  const port = await freePort();
  const mails: TakenMail[] = [];
  const smtp: Smtp = {
    url: `smtp://127.0.0.1:${port}`,
    taken: (address, purpose) => mails.filter((mail) => mail.address === address && mail.purpose === purpose),
    beforeAnswering: async () => undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    // Workers keep their connections; the server does not wait for them.
    closeTimeout: 100,
    onData(stream, session, done) {
      const take = async () => {
        const source = await text(stream);
        const mail = {
          address: session.envelope.rcptTo[0]?.address ?? '',
          purpose: headerOf(source, 'X-DPA-Purpose'),
          messageId: headerOf(source, 'Message-ID'),
        };
        mails.push(mail);
        await smtp.beforeAnswering(mail);
      };
      take().then(() => done(), done);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return smtp;
}

function headerOf(source: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(source)?.[1]?.trim() ?? '';
}
