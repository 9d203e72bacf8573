import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createMailer, MailDeliveryError, type Mailer, type Message } from '../../mail/transport';

const MESSAGE: Message = {
  to: 'somchai@school.test',
  subject: '[DPA] แจ้งผลการอนุมัติ',
  text: 'เรียน นายสมชาย ใจดี',
  html: '<p>เรียน นายสมชาย ใจดี</p>',
  messageId: '<11111111-1111-8111-a111-111111111111@dpa.example.test>',
  purpose: 'approved',
};
/** What no error may repeat (X3). */
const PERSONAL = /@|[<>]|somchai|school|สมชาย|เรียน|hunter2/;

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A server for one test; nothing in it is encrypted or needs a log-in unless the options say so. */
async function serve(options: SMTPServerOptions = {}, port = 0): Promise<{ port: number; raw: string[] }> {
  const raw: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, _session, done) =>
      void text(stream).then((mail) => {
        raw.push(mail);
        done();
      }, done),
    ...options,
  });
  server.on('error', () => undefined);
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  ends.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: portOf(listening.address()), raw };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return address.port;
}

function mailer(port: number, credentials = ''): Mailer {
  const made = createMailer({ smtpUrl: `smtp://${credentials}127.0.0.1:${port}`, from: 'DPA <no-reply@dpa.example.test>' });
  ends.push(() => made.close());
  return made;
}

/** As servers answer: with the address in their words. */
function reply(responseCode: number): Error {
  return Object.assign(new Error(`5.1.1 <somchai@school.test>: said about นายสมชาย`), { responseCode });
}

async function failureOf(sending: Promise<unknown>): Promise<Error> {
  const outcome: unknown = await sending.catch((failure: unknown) => failure);
  if (!(outcome instanceof Error)) throw new Error(`Did not fail: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** A passing failure that tells the reason and nothing personal. */
async function expectPassing(sending: Promise<unknown>, reason: RegExp): Promise<void> {
  const failure = await failureOf(sending);
  expect(failure).toBeInstanceOf(MailDeliveryError);
  expect(failure.message).toMatch(reason);
  expect(`${failure.message}${failure.stack?.split('\n')[0]}${JSON.stringify(failure)}`).not.toMatch(PERSONAL);
  expect(failure.cause).toBeUndefined();
}

describe('R4.1 a mail that the server takes', () => {
  test('arrives in both forms, with its purpose, its own Message-ID and the mark of a machine', async () => {
    const { port, raw } = await serve();
    expect(await mailer(port).send(MESSAGE)).toEqual({ kind: 'ACCEPTED' });
    const [mail = ''] = raw;
    // Names of headers have no case (RFC 5322).
    for (const header of [
      'X-DPA-Purpose: approved',
      'Auto-Submitted: auto-generated',
      `Message-ID: ${MESSAGE.messageId}`,
      'From: DPA <no-reply@dpa.example.test>',
      'To: somchai@school.test',
    ])
      expect(mail.toLowerCase()).toContain(`${header.toLowerCase()}\r\n`);
    expect(mail).toMatch(/Content-Type: multipart\/alternative[\s\S]*text\/plain; charset=utf-8[\s\S]*text\/html; charset=utf-8/);
  });

  test('a second one goes over the same connection', async () => {
    let connections = 0;
    const { port, raw } = await serve({
      onConnect: (_session, done) => {
        connections += 1;
        done();
      },
    });
    const { send } = mailer(port);
    await send(MESSAGE);
    await send(MESSAGE);
    expect([connections, raw.length]).toEqual([1, 2]);
  });

  test('nothing is read from files or fetched for it', async () => {
    const { port, raw } = await serve();
    const withPath = { ...MESSAGE, attachments: [{ path: __filename }] };
    const failure = await failureOf(mailer(port).send(withPath));
    expect(failure.message).toMatch(/ESTREAM|EFILEACCESS/);
    expect(raw).toEqual([]);
  });
});

describe('R4.1 a mail that is refused for good', () => {
  test.each([550, 551, 552, 553, 554, 556])('%i to the receiver: REFUSED, not thrown', async (code) => {
    const { port } = await serve({ onRcptTo: (_address, _session, done) => done(reply(code)) });
    expect(await mailer(port).send(MESSAGE)).toEqual({ kind: 'REFUSED', reason: `SMTP ${code}` });
  });

  test('an address that speaks of relays is refused like any other', async () => {
    const words = '5.1.1 <relay-access@relay.test>: user unknown';
    const { port } = await serve({ onRcptTo: (_address, _session, done) => done(Object.assign(new Error(words), { responseCode: 550 })) });
    expect(await mailer(port).send({ ...MESSAGE, to: 'relay-access@relay.test' })).toEqual({ kind: 'REFUSED', reason: 'SMTP 550' });
  });

  test('554 to the message: REFUSED', async () => {
    const { port } = await serve({ onData: (stream, _session, done) => void text(stream).then(() => done(reply(554)), done) });
    expect(await mailer(port).send(MESSAGE)).toEqual({ kind: 'REFUSED', reason: 'SMTP 554' });
  });

  test('without PIPELINING, too, and the next mail goes out over the same connection', async () => {
    const { port, raw } = await serve({
      hidePIPELINING: true,
      onRcptTo: ({ address }, _session, done) => done(address === MESSAGE.to ? reply(550) : null),
    });
    const { send } = mailer(port);
    expect(await send(MESSAGE)).toEqual({ kind: 'REFUSED', reason: 'SMTP 550' });
    expect(await send({ ...MESSAGE, to: 'other@school.test' })).toEqual({ kind: 'ACCEPTED' });
    expect(raw).toHaveLength(1);
  });
});

describe('R4.1 X3 what passes, or is ours to mend, is thrown for a retry and names nobody', () => {
  test.each([421, 450, 451, 452])('%i to the receiver', async (code) => {
    const { port } = await serve({ onRcptTo: (_address, _session, done) => done(reply(code)) });
    await expectPassing(mailer(port).send(MESSAGE), new RegExp(`SMTP ${code}`));
  });

  test('451 to the message', async () => {
    const { port } = await serve({ onData: (stream, _session, done) => void text(stream).then(() => done(reply(451)), done) });
    await expectPassing(mailer(port).send(MESSAGE), /SMTP 451/);
  });

  test.each([530, 550, 553])('%i to the sender: the receiver has done nothing', async (code) => {
    const { port } = await serve({ onMailFrom: (_address, _session, done) => done(reply(code)) });
    await expectPassing(mailer(port).send(MESSAGE), new RegExp(`SMTP ${code}`));
  });

  test.each([503, 530, 535])('%i to the receiver is about our log-in', async (code) => {
    const { port } = await serve({ onRcptTo: (_address, _session, done) => done(reply(code)) });
    await expectPassing(mailer(port).send(MESSAGE), new RegExp(`SMTP ${code}`));
  });

  test.each([
    [554, '5.7.1 <somchai@school.test>: Relay access denied'],
    [550, '5.7.1 Unable to relay for somchai@school.test'],
    [550, '5.7.1 relaying denied'],
  ])('%i %s: a server that does not send on for us', async (responseCode, words) => {
    const { port } = await serve({ onRcptTo: (_address, _session, done) => done(Object.assign(new Error(words), { responseCode })) });
    await expectPassing(mailer(port).send(MESSAGE), new RegExp(`SMTP ${responseCode}`));
  });

  test('a wrong password', async () => {
    const { port } = await serve({ authOptional: false, onAuth: (_auth, _session, done) => done(reply(535)) });
    await expectPassing(mailer(port, 'somchai:hunter2@').send(MESSAGE), /SMTP 535/);
  });

  test('a certificate that nobody vouches for', async () => {
    const { port } = await serve({ disabledCommands: [] });
    await expectPassing(mailer(port).send(MESSAGE), /ETLS|ESOCKET/);
  });

  test('a connection that breaks off at the greeting', async () => {
    const { port } = await serve({ onConnect: (_session, done) => done(reply(554)) });
    await expectPassing(mailer(port).send(MESSAGE), /SMTP 554|ECONNECTION|EPROTOCOL/);
  });

  test('a server that is down; when it is up again, the mail goes out', async () => {
    const { port } = await serve();
    await ends.pop()?.();
    const early = mailer(port);
    await expectPassing(early.send(MESSAGE), /ECONNECTION|ESOCKET|ECONNREFUSED/);
    const { raw } = await serve({}, port);
    // Closed before the server, which waits for its connections.
    ends.push(() => early.close());
    expect(await early.send(MESSAGE)).toEqual({ kind: 'ACCEPTED' });
    expect(raw).toHaveLength(1);
  });
});
