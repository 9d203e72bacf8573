// PostgreSQL and Temporal for one test file alone, which may stop and start them: the same data, on the same ports.
import { rmSync } from 'node:fs';
import { startPostgres } from '../../prisma/local-server';
import { findTemporalExecutable } from '../../temporal/local-executable';
import { startTemporalServer } from '../../temporal/local-server';
import { freePort, makeTemplate, type ServerAddresses, serverFolder, TEST_POSTGRES } from './servers';

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
  const [postgresPort, temporalPort] = [await freePort(), await freePort()];
  const executable = await findTemporalExecutable((line) => process.stderr.write(`${line}\n`));
  const postgres = restartable(() => startPostgres({ dataDir, port: postgresPort, flags: TEST_POSTGRES }));
  const temporal = restartable(() => startTemporalServer({ executable, dataDir, port: temporalPort }));
  const [{ adminUrl }, { address }] = await Promise.all([postgres.begin(), temporal.begin()]);
  await makeTemplate(adminUrl('postgres'));
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
