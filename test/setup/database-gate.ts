// A gate before PostgreSQL that holds back a statement, or its answer, at a moment that a test names: so that a process can
// be killed exactly before or after what it writes.
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './servers';

/** What a connection sends. */
type Moment = (statement: string) => boolean;

export interface DatabaseGate {
  /** The same database through the gate. */
  url: string;
  /** From now on statements at the moment are held: `before` they reach the database, or `after` it has done them. */
  hold(when: 'before' | 'after', moment: Moment): void;
  /** What is held now; a statement that its process tried again meanwhile is there twice. */
  held(): readonly string[];
  /** Holds no further ones; those that are held stay so until their process is gone. */
  open(): void;
  close(): Promise<void>;
}

/** Reads what a connection sends: the name of a statement that it named before is followed by its text. */
function createReader(): (chunk: Buffer) => string {
  const named = new Map<string, string>();
  return (chunk) => {
    const sent = chunk.toString('latin1');
    // Parse: its length, the name, the statement; Bind: its length, no portal, the name (PostgreSQL, "Message Formats").
    for (const [, name = '', statement = ''] of sent.matchAll(/P[\s\S]{4}(dpa\d+)\0([^\0]*)\0/g)) named.set(name, statement);
    return sent.replace(/B[\s\S]{4}\0(dpa\d+)\0/g, (bind, name: string) => bind + (named.get(name) ?? ''));
  };
}

/** Opens a gate before the database of an address. */
export async function startDatabaseGate(databaseUrl: string): Promise<DatabaseGate> {
  const target = new URL(databaseUrl);
  const port = await freePort();
  const sockets = new Set<Socket>();
  let holding: { when: 'before' | 'after'; moment: Moment } | null = null;
  let held: string[] = [];

  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    const read = createReader();
    let answer: 'passes' | 'held' | { awaited: string } = 'passes';
    client.on('data', (chunk: Buffer) => {
      const statement = read(chunk);
      const met = holding?.moment(statement) ? holding.when : null;
      if (met === 'after') answer = { awaited: statement };
      if (met === 'before') held.push(statement);
      else database.write(chunk);
    });
    database.on('data', (chunk: Buffer) => {
      if (answer === 'passes') client.write(chunk);
      else if (answer !== 'held') {
        held.push(answer.awaited);
        answer = 'held';
      }
    });
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: Object.assign(new URL(databaseUrl), { port: String(port) }).href,
    hold(when, moment) {
      held = [];
      holding = { when, moment };
    },
    held: () => held,
    open() {
      holding = null;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
