// PostgreSQL and Temporal for one test file alone, which may stop and start them: the same data, on the same ports.
import { rmSync } from 'node:fs';
import { startPostgres } from '../../prisma/local-server';
import { findTemporalExecutable } from '../../temporal/local-executable';
import { startTemporalServer } from '../../temporal/local-server';
import { freePort, PORTS_TRIED, type ServerAddresses, serverFolder, TEST_POSTGRES } from './servers';
import { makeTemplates } from './templates';

/** A server that can be stopped and started again. */
export interface Stoppable {
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface OwnServers {
  addresses: ServerAddresses;
  postgres: Stoppable;
  temporal: Stoppable;
  /** Stops both for good and removes their data. */
  end(): Promise<void>;
}

/** Starts both, with the migrated template that test databases are copied from. */
export async function startOwnServers(): Promise<OwnServers> {
  const dataDir = serverFolder();
  const executable = await findTemporalExecutable((line) => process.stderr.write(`${line}\n`));
  const [{ server: postgres, started }, { server: temporal, started: frontend }] = await Promise.all([
    onFreePort((port) => startPostgres({ dataDir, port, flags: TEST_POSTGRES })),
    onFreePort((port) => startTemporalServer({ executable, dataDir, port })),
  ]);
  const { adminUrl } = started;
  const { address } = frontend;
  await makeTemplates(adminUrl('postgres'));
  return {
    addresses: { postgres: adminUrl('postgres'), temporal: address },
    postgres,
    temporal,
    async end() {
      await Promise.allSettled([temporal.stop(), postgres.stop()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts a server on a free port, which it keeps when it is started again. */
async function onFreePort<T extends { stop(): Promise<void> }>(launch: (port: number) => Promise<T>) {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const server = restartable(() => launch(port));
    try {
      return { server, started: await server.begin() };
    } catch (failure) {
      if (tries === PORTS_TRIED) throw failure;
    }
  }
}

function restartable<T extends { stop(): Promise<void> }>(launch: () => Promise<T>): Stoppable & { begin(): Promise<T> } {
  let running: T | undefined;
  const begin = async () => {
    const started = await launch();
    running = started;
    return started;
  };
  return {
    begin,
    start: async () => void (await begin()),
    async stop() {
      await running?.stop();
      running = undefined;
    },
  };
}
