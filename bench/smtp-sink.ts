// A mail server that takes everything at once and keeps no mail, only how many came, when, and the confirmation links.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface SmtpSink {
  port: number;
  /** How many mails came. */
  count(): number;
  /** When the last one came, as `performance.now()` tells it. */
  lastAt(): number;
  /** The token of the confirmation link that was, or will be, mailed to an address. @throws Error when none comes in time */
  confirmToken(address: string): Promise<string>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 30_000;

/** Starts it on a free port of 127.0.0.1. */
export async function startSmtpSink(): Promise<SmtpSink> {
  let count = 0;
  let lastAt = 0;
  const tokens = new Map<string, string>();
  const waiting = new Map<string, (token: string) => void>();
  const take = (address: string, message: string) => {
    count += 1;
    lastAt = performance.now();
    const token = confirmTokenIn(message);
    if (token === null) return;
    tokens.set(address, token);
    waiting.get(address)?.(token);
    waiting.delete(address);
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    converse(socket, take);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const listening = server.address();
  return {
    port: typeof listening === 'object' && listening ? listening.port : 0,
    count: () => count,
    lastAt: () => lastAt,
    async confirmToken(address) {
      const here = tokens.get(address);
      if (here !== undefined) return here;
      const late = new AbortController();
      const mailed = new Promise<string>((resolve) => waiting.set(address, resolve)).finally(() => late.abort());
      return Promise.race([mailed, failAfter(PATIENCE_MS, late.signal)]);
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function failAfter(ms: number, signal: AbortSignal): Promise<never> {
  await pause(ms, undefined, { signal });
  throw new Error(`A mail with a confirmation link did not come within ${ms / 1000} s.`);
}

const REPLIES: Record<string, string> = { EHLO: '250-sink\r\n250 8BITMIME', DATA: '354 go on', QUIT: '221 bye' };

/** One connection: every command is welcome (RFC 5321). */
function converse(socket: Socket, take: (address: string, message: string) => void): void {
  let text = '';
  let address = '';
  let inMessage = false;
  const line = (command: string) => {
    const [verb = ''] = command.toUpperCase().split(' ');
    if (verb === 'RCPT') address = /<(.*)>/.exec(command)?.[1] ?? '';
    inMessage = verb === 'DATA';
    socket.write(`${REPLIES[verb] ?? '250 ok'}\r\n`);
  };
  const message = (body: string) => {
    take(address, body);
    inMessage = false;
    socket.write('250 taken\r\n');
  };
  socket.on('error', () => undefined);
  socket.setEncoding('latin1');
  socket.write('220 sink\r\n');
  socket.on('data', (chunk) => {
    text += String(chunk);
    for (;;) {
      const ending = inMessage ? '\r\n.\r\n' : '\r\n';
      const at = text.indexOf(ending);
      if (at < 0) return;
      const said = text.slice(0, at);
      text = text.slice(at + ending.length);
      (inMessage ? message : line)(said);
    }
  });
}

/** The token of `/confirm/‹token›` in the text part of a mail (RFC 2045: base64 or quoted-printable). */
function confirmTokenIn(message: string): string | null {
  if (!/^X-DPA-Purpose: approved\r?$/im.test(message)) return null;
  const [, part = ''] = message.split(/Content-Type: text\/plain/i);
  const [head = '', body = ''] = part.split('\r\n--')[0]?.split(/\r\n\r\n(.*)/s) ?? [];
  return /\/confirm\/([\w-]+)/.exec(decode(head, body))?.[1] ?? null;
}

function decode(head: string, body: string): string {
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  return body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
